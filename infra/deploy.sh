#!/usr/bin/env bash
# Puts the portal into Azure, or brings what is there up to date.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/deploy.sh SET [--yes] [--what-if]

Puts the portal into the Azure subscription that az is logged in to. Looks first, shows what would change and asks;
then makes it, publishes the function app, and asks the portal for its pages. A package that fails is rolled back.
Safe to repeat, and to end with Ctrl+C: the next run goes on from what is there.

  SET        parameters to use: $(sets)
  --yes      do not ask
  --what-if  show what would change, and end

Variables: AZURE_LOCATION (southeastasia unless told), and those that infra/params/SET.bicepparam reads:
ALERT_EMAIL, EDITORS_GROUP_ID, CUSTOM_DOMAIN, ALLOWED_ADDRESSES. infra/README.md tells what they are.
END
}

set_name='' yes=false only_look=false
for argument in "$@"; do
  case "$argument" in
    --help | -h) usage; exit 0 ;;
    --yes) yes=true ;;
    --what-if) only_look=true ;;
    -*) fail "'$argument' is no option of deploy.sh; allowed are --yes, --what-if and --help." ;;
    *) [ -z "$set_name" ] || fail "One set of parameters at a time: '$set_name' or '$argument'."; set_name=$argument ;;
  esac
done
[ -n "$set_name" ] || { usage >&2; exit 2; }
check_set "$set_name"

repository=$(dirname "$infra")
parameters="$infra/params/$set_name.bicepparam"
location=${AZURE_LOCATION:-southeastasia}
group=$(group_of "$set_name")
front_door_attempts=${FRONT_DOOR_ATTEMPTS:-90}
front_door_seconds=${FRONT_DOOR_SECONDS:-30}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find_budget_start() {
  local start
  start=$(az consumption budget show --budget-name "budget-$project-$(environment_of "$set_name")" \
    --resource-group-name "$group" --query timePeriod.startDate --output tsv 2>/dev/null) || start=''
  [ -n "$start" ] || start=$(date -u +%Y-%m-01)
  printf '%s' "${start:0:10}"
}

check_variables() {
  local name
  while read -r name; do
    [ -n "${!name:-}" ] || fail "Set the variable $name, which $set_name.bicepparam reads; infra/README.md tells what it is."
  done < <(sed -n "s/.*readEnvironmentVariable('\([A-Z_]*\)').*/\1/p" "$parameters")
}

check_providers() {
  local provider registered
  registered=$(az provider list --query "[?registrationState=='Registered'].namespace" --output tsv)
  for provider in Microsoft.App Microsoft.Cdn Microsoft.Consumption Microsoft.Insights Microsoft.ManagedIdentity \
    Microsoft.Network Microsoft.OperationalInsights Microsoft.Storage Microsoft.Web; do
    if ! grep -qix "$provider" <<<"$registered"; then
      say "  Registering $provider with the subscription (once, takes a minute) …"
      az provider register --namespace "$provider" --wait
    fi
  done
}

# Asks for the caller's own rights, which needs no right to read the directory: a workflow's identity has none.
check_right_to_assign() {
  local granting
  granting=$(az rest --method get \
    --url '/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01' \
    --query "length(value[?(contains(actions, '*') || contains(actions, 'Microsoft.Authorization/*') || contains(actions, 'Microsoft.Authorization/roleAssignments/write')) && !contains(notActions, 'Microsoft.Authorization/*/Write')])" \
    --output tsv 2>/dev/null) || granting=unknown
  case "$granting" in
    unknown) say "  Whether you may assign roles could not be asked; the deployment will tell." ;;
    0) fail "$(az account show --query user.name --output tsv) may not assign roles in this subscription. Needed: Owner, or Contributor with Role Based Access Control Administrator." ;;
  esac
}

check_region() {
  az functionapp list-flexconsumption-locations --query '[].name' --output tsv | grep -qx "$location" ||
    fail "Flex Consumption is not offered in '$location'; az functionapp list-flexconsumption-locations tells where it is."
}

confirm() {
  local answer
  if [ "$yes" = true ]; then return; fi
  read -rp "Make these changes in '$subscription'? Type yes: " answer || answer=''
  [ "$answer" = yes ] || fail "Nothing was changed."
}

deployment() {
  az deployment sub "$1" --name "$(deployment_of "$set_name")" --location "$location" \
    --parameters "$parameters" --parameters location="$location" "${@:2}"
}

build_package() {
  # For the one system that Flex Consumption runs: SQLite's libraries for all others would make the package six times as large.
  FunctionsWorker=true dotnet publish "$repository/functions/PhucThuan.Functions" --configuration Release \
    --runtime linux-x64 --no-self-contained --output "$work/app"
  # Only the worker's build writes it; without it Azure would start a package with no function in it.
  [ -f "$work/app/worker.config.json" ] || fail "The build left no worker.config.json: it was made without the worker's packages."
  (cd "$work/app" && zip --quiet --recurse-paths ../package.zip .)
}

# A new Front Door takes up to three quarters of an hour until it is known everywhere; a package is not to blame for that.
await_front_door() {
  local attempt
  for ((attempt = 1; attempt <= front_door_attempts; attempt++)); do
    if [ "$(curl --silent --max-time 30 --output /dev/null --write-out '%{http_code}' "$1/")" = 200 ]; then return; fi
    say "  Front Door does not answer yet, asking again ($attempt of $front_door_attempts)"
    sleep "$front_door_seconds"
  done
}

keep_package() {
  local account=$1 name old
  name="portal-$(date -u +%Y%m%dT%H%M%SZ)-$(git -C "$repository" rev-parse --short HEAD 2>/dev/null || printf local).zip"
  with_fresh_roles az storage blob upload --auth-mode login --account-name "$account" --container-name packages \
    --name "$name" --file "$work/package.zip" --no-progress --output none
  kept_packages "$account" | head -n -5 | while read -r old; do
    az storage blob delete --auth-mode login --account-name "$account" --container-name packages --name "$old" --output none </dev/null
  done
  say "  Kept as $name."
}

say "1/6 Looking at what is needed"
need az dotnet zip curl
subscription=$(check_login)
say "  Subscription: $subscription"
BUDGET_START=${BUDGET_START:-$(find_budget_start)}
export BUDGET_START
check_variables
check_region
if [ "$only_look" = false ]; then
  check_right_to_assign
  check_providers
  say "2/6 Asking Azure whether the templates are valid"
  deployment validate --output none
fi
say "3/6 What would change"
if [ "$only_look" = true ]; then
  # Else Azure wants the rights that the deployment itself would need, of somebody who only looks.
  deployment what-if --validation-level ProviderNoRbac
  exit 0
fi
deployment what-if
confirm
say "4/6 Making it (ten minutes the first time)"
deployment create --output none

say "5/6 Building and publishing the function app"
build_package
publish_package "$(output "$set_name" resourceGroupName)" "$(output "$set_name" functionAppName)" "$work/package.zip"

token=$(output "$set_name" domainValidationToken)
if [ -n "$token" ]; then
  say "If the domain is new, make two records in its DNS: TXT _dnsauth.${CUSTOM_DOMAIN:-} = $token"
  say "and CNAME ${CUSTOM_DOMAIN:-} = $(output "$set_name" endpointUrl | sed 's|https://||'). The certificate comes within an hour."
  await_front_door "$(output "$set_name" endpointUrl)"
fi

say "6/6 Asking the portal for its pages"
if ! "$infra/smoke.sh" "$(output "$set_name" endpointUrl)"; then
  say "The new package does not work; going back to the last one that did."
  "$infra/rollback.sh" "$set_name" --to latest || say "Nothing could be rolled back; the portal needs a look." >&2
  fail "The deployment failed its smoke test."
fi
keep_package "$(output "$set_name" hostStorageName)"

say "The portal is at $(output "$set_name" publicUrl)"
