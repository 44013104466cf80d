#!/usr/bin/env bash
# Puts the portal into Azure, or brings what is there up to date.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/preflight.sh"

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

help_if_asked "$@"
set_name='' yes=false only_look=false
for argument in "$@"; do
  case "$argument" in
    --yes) yes=true ;;
    --what-if) only_look=true ;;
    -*) fail "'$argument' is no option of deploy.sh; allowed are --yes, --what-if and --help." ;;
    *) [ -z "$set_name" ] || fail "One set of parameters at a time: '$set_name' or '$argument'."; set_name=$argument ;;
  esac
done
[ -n "$set_name" ] || { usage >&2; exit 2; }
check_set "$set_name"

repository=$(dirname "$infra")
environment=$(environment_of "$set_name")
parameters="$infra/params/$set_name.bicepparam"
location=${AZURE_LOCATION:-southeastasia}
group=$(group_of "$set_name")
# A name of its own for each: one that fails must not take the place of the last that did not.
started=$(date -u +%Y%m%dT%H%M%SZ)
deployment_name="$(deployment_of "$set_name")-$started"
front_door_attempts=${FRONT_DOOR_ATTEMPTS:-90}
front_door_seconds=${FRONT_DOOR_SECONDS:-30}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

confirm() {
  local answer
  if [ "$yes" = true ]; then return; fi
  read -rp "Make these changes in '$subscription'? Type yes: " answer || answer=''
  [ "$answer" = yes ] || fail "Nothing was changed."
}

deployment() {
  az deployment sub "$1" --name "$deployment_name" --location "$location" \
    --parameters "$parameters" --parameters location="$location" "${@:2}"
}

build_package() {
  # The project file names the runtime (linux-x64, framework-dependent) and ReadyToRun.
  dotnet publish "$repository/functions/PhucThuan.Functions" --configuration Release --output "$work/app"
  # Without it Azure would start a package that has no function.
  [ -f "$work/app/worker.config.json" ] || fail "The build wrote no worker.config.json: the package has no worker."
  (cd "$work/app" && zip --quiet --recurse-paths ../package.zip .)
}

# Whether the portal itself answers at an address, well or not: Front Door and Azure know nothing of our policy.
is_portal() {
  local head
  head=$(curl --silent --max-time 30 --output /dev/null --dump-header - "$1/") || return 1
  grep -qi '^content-security-policy:' <<<"$head"
}

# A new Front Door takes up to three quarters of an hour until it is known everywhere; a package is not to blame for that.
await_front_door() {
  local attempt
  for ((attempt = 1; attempt <= front_door_attempts; attempt++)); do
    if is_portal "$1"; then return; fi
    say "  Front Door does not answer yet, asking again ($attempt of $front_door_attempts)"
    sleep "$front_door_seconds"
  done
}

# Kept before it is published, so that the newest that is kept is the one that runs; marked when it has passed its test.
keep_package() {
  with_fresh_roles az storage blob upload --auth-mode login --account-name "$host_account" --container-name packages \
    --name "$package" --file "$work/package.zip" --metadata tested=false --no-progress --output none
}

# The newest five that passed stay. One that did not is of no use when a newer one did. The portal runs by now, so what fails
# here does not make the deployment fail: each step says so, and the next deployment does what is left.
mark_package() {
  local kept name tested count=0
  tell_package "$host_account" "$package" true || {
    say "The portal runs and passed its test, but $package could not be marked so, and rollback.sh will pass it over." >&2
    return
  }
  kept=$(kept_packages "$host_account") || kept=''
  while IFS=$'\t' read -r name tested; do
    if [ "$tested" = true ] && ((++count <= 5)); then continue; fi
    [ -z "$name" ] || delete_package "$host_account" "$name" || say "The portal runs; the old package $name could not be deleted." >&2
  done < <(tac <<<"$kept")
  say "  Kept as $package."
}

say "1/6 Looking at what is needed"
need az dotnet zip curl
check_version
subscription=$(check_login)
say "  Subscription: $subscription"
check_variables
check_runner
check_region
check_not_undone
if [ -z "${BUDGET_START:-}" ]; then
  BUDGET_START=$(find_budget_start)
fi
export BUDGET_START
if [ "$only_look" = false ]; then
  check_rights
  check_providers
  # In a workflow the login is good for ten minutes and a token for an hour: get that for packages while it can be got.
  az account get-access-token --resource https://storage.azure.com --output none
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
read_outputs "$set_name" "$deployment_name"
host_account=${outputs[hostStorageName]} endpoint=${outputs[endpointUrl]} address=${outputs[publicUrl]}

say "5/6 Building and publishing the function app"
build_package
package="portal-$started-$(git -C "$repository" rev-parse --short HEAD 2>/dev/null || printf local).zip"
keep_package
front_door_is_new=false
if [ "$endpoint" != "$address" ] && ! is_portal "$endpoint"; then front_door_is_new=true; fi
publish_package "$work/package.zip"
if [ -n "${outputs[domainValidationToken]}" ]; then
  say "If the domain is new, make two records in its DNS: TXT _dnsauth.${CUSTOM_DOMAIN:-} = ${outputs[domainValidationToken]}"
  say "and CNAME ${CUSTOM_DOMAIN:-} = ${endpoint#https://}. The certificate comes within an hour."
fi
if [ "$front_door_is_new" = true ]; then await_front_door "$endpoint"; fi

say "6/6 Asking the portal for its pages"
status=0
"$infra/smoke.sh" "$endpoint" || status=$?
case "$status" in
  0) ;;
  1)
    say "The new package does not work; going back to the last one that did."
    "$infra/rollback.sh" "$set_name" --to latest || say "Nothing could be rolled back; the portal needs a look." >&2
    fail "The deployment failed its smoke test."
    ;;
  *) fail "The portal could not be asked, so nothing is known of the new package; it stays. Run infra/smoke.sh $endpoint" ;;
esac
mark_package

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf 'endpoint=%s\naddress=%s\n' "$endpoint" "$address" >>"$GITHUB_OUTPUT"
fi
say "The portal is at $address"
say "Editors open https://${outputs[contentStorageName]}.blob.core.windows.net/articles and …/media in Azure Storage Explorer."
