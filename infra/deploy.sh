#!/usr/bin/env bash
# Deploys the portal to Azure, or updates it.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/preflight.sh"

usage() {
  cat <<END
Usage: infra/deploy.sh SET [--yes] [--what-if]

Deploys the portal to the current Azure subscription of az: checks the requirements, shows the changes, asks for
confirmation, deploys, publishes the function app and runs a smoke test. A package that fails the test is rolled back.
You can repeat it and stop it with Ctrl+C: the next run continues.

  SET        parameter set: $(sets)
  --yes      do not ask for confirmation
  --what-if  only show the changes

Variables: AZURE_LOCATION (default southeastasia), and those that infra/params/SET.bicepparam reads:
ALERT_EMAIL, EDITORS_GROUP_ID, CUSTOM_DOMAIN, ALLOWED_ADDRESSES. See infra/README.md.
END
}

help_if_asked "$@"
set_name='' yes=false only_what_if=false
for argument in "$@"; do
  case "$argument" in
    --yes) yes=true ;;
    --what-if) only_what_if=true ;;
    -*) fail "'$argument' is not an option of deploy.sh; allowed are --yes, --what-if and --help." ;;
    *)
      [ -z "$set_name" ] || fail "Only one parameter set is allowed; got '$set_name' and '$argument'."
      set_name=$argument
      ;;
  esac
done
[ -n "$set_name" ] || { usage >&2; exit 2; }
check_set "$set_name"

repository=$(dirname "$infra")
environment=$(environment_of "$set_name")
parameters="$infra/params/$set_name.bicepparam"
location=${AZURE_LOCATION:-southeastasia}
group=$(group_of "$set_name")
# A unique name, so that a failed deployment does not replace the last successful one.
started=$(date -u +%Y%m%dT%H%M%SZ)
deployment_name="$(deployment_of "$set_name")-$started"
front_door_attempts=${FRONT_DOOR_ATTEMPTS:-90}
front_door_seconds=${FRONT_DOOR_SECONDS:-30}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

confirm() {
  local answer
  if [ "$yes" = true ]; then return; fi
  read -rp "Apply these changes to '$subscription'? Type yes: " answer || answer=''
  [ "$answer" = yes ] || fail "Nothing was changed."
}

deployment() {
  az deployment sub "$1" --name "$deployment_name" --location "$location" \
    --parameters "$parameters" --parameters location="$location" "${@:2}"
}

build_package() {
  # The project file names the runtime (linux-x64, framework-dependent) and ReadyToRun.
  dotnet publish "$repository/functions/PhucThuan.Functions" --configuration Release --output "$work/app"
  # Without this file, the host would find no function in the package.
  [ -f "$work/app/worker.config.json" ] || fail "The build wrote no worker.config.json; the package has no worker."
  (cd "$work/app" && zip --quiet --recurse-paths ../package.zip .)
}

# is_portal URL: true when the portal responds, with any status. Front Door's own error pages lack our CSP header.
is_portal() {
  local head
  head=$(curl --silent --max-time 30 --output /dev/null --dump-header - "$1/") || return 1
  grep -qi '^content-security-policy:' <<<"$head"
}

# A new Front Door needs up to 45 minutes to become reachable; the package must not be rolled back for that.
await_front_door() {
  local attempt
  for ((attempt = 1; attempt <= front_door_attempts; attempt++)); do
    if is_portal "$1"; then return; fi
    say "  Front Door does not respond yet, retrying ($attempt of $front_door_attempts)"
    sleep "$front_door_seconds"
  done
}

# Stores the package before publishing, so that the newest stored package is the running one.
keep_package() {
  with_fresh_roles az storage blob upload --auth-mode login --account-name "$host_account" --container-name packages \
    --name "$package" --file "$work/package.zip" --metadata tested=false --no-progress --output none
}

# Marks the package as tested; keeps the newest five tested packages and deletes all others. The portal runs by now, so
# an error here is only a warning; the next deployment cleans up.
mark_package() {
  local kept name tested count=0
  mark_tested "$host_account" "$package" true || {
    say "The portal runs, but $package could not be marked as tested; rollback.sh will skip it." >&2
    return
  }
  kept=$(kept_packages "$host_account") || kept=''
  while IFS=$'\t' read -r name tested; do
    if [ "$tested" = true ] && ((++count <= 5)); then continue; fi
    [ -z "$name" ] || delete_package "$host_account" "$name" ||
      say "The portal runs, but the old package $name could not be deleted." >&2
  done < <(tac <<<"$kept")
  say "  Stored as $package."
}

say "1/6 Checking requirements"
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
if [ "$only_what_if" = false ]; then
  check_rights
  check_providers
  # A workflow's login expires after ten minutes, a token after an hour: get the storage token early.
  az account get-access-token --resource https://storage.azure.com --output none
  say "2/6 Validating the templates"
  deployment validate --output none
fi
say "3/6 Changes"
if [ "$only_what_if" = true ]; then
  # The default validation level requires the permissions of the deployment itself.
  deployment what-if --validation-level ProviderNoRbac
  exit 0
fi
deployment what-if
confirm
say "4/6 Deploying (ten minutes the first time)"
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
  say "If the domain is new, create two DNS records:"
  say "  TXT _dnsauth.${CUSTOM_DOMAIN:-} = ${outputs[domainValidationToken]}"
  say "  CNAME ${CUSTOM_DOMAIN:-} = ${endpoint#https://}"
  say "The certificate is issued within an hour after that."
fi
if [ "$front_door_is_new" = true ]; then await_front_door "$endpoint"; fi

say "6/6 Running the smoke test"
status=0
"$infra/smoke.sh" "$endpoint" || status=$?
case "$status" in
  0) ;;
  1)
    say "The new package failed its smoke test; rolling back to the last good one."
    "$infra/rollback.sh" "$set_name" --to latest || say "The rollback failed; check the portal." >&2
    fail "The deployment failed its smoke test."
    ;;
  *) fail "The smoke test could not run, so the new package stays. Run infra/smoke.sh $endpoint" ;;
esac
mark_package

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf 'endpoint=%s\naddress=%s\n' "$endpoint" "$address" >>"$GITHUB_OUTPUT"
fi
say "The portal is at $address"
say "For editors: https://${outputs[contentStorageName]}.blob.core.windows.net/articles and …/media (Storage Explorer)."
