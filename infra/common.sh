# shellcheck shell=bash
# Functions that the scripts share. Source it.
set -euo pipefail

# First part of every resource name; must equal parameter "name" of main.bicep.
project=phucthuan
infra="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

# A new role assignment takes up to ten minutes to become effective.
role_attempts=${ROLE_ATTEMPTS:-20}
role_seconds=${ROLE_SECONDS:-30}
# Storage firewall rules take one or two minutes to become effective.
network_attempts=4

say() { printf '%s\n' "$*"; }

fail() {
  printf 'Error: %s\n' "$*" >&2
  exit 1
}

# Like fail, but with exit code 2: the check could not be made, so its result is unknown.
refuse() {
  printf 'Error: %s\n' "$*" >&2
  exit 2
}

# Handles --help at any position.
help_if_asked() {
  local argument
  for argument in "$@"; do
    case "$argument" in
      --help | -h) usage; exit 0 ;;
    esac
  done
}

need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || refuse "$program is required but not installed."
  done
}

# The sets commune and dev have an environment each; prod, prod-frontdoor and prod-private share one, prod.
environment_of() { printf '%s' "${1%%-*}"; }

sets() { (cd "$infra/params" && printf '%s ' *.bicepparam | sed 's/\.bicepparam//g'); }

check_set() {
  [ -f "$infra/params/$1.bicepparam" ] || fail "'$1' is not a parameter set; allowed are: $(sets)"
}

group_of() { printf 'rg-%s-%s' "$project" "$(environment_of "$1")"; }

deployment_of() { printf '%s-%s' "$project" "$(environment_of "$1")"; }

check_login() {
  az account show --query name --output tsv 2>/dev/null ||
    fail "Not logged in to Azure: run az login, then az account set --subscription NAME."
}

# The newest successful deployment of a set. A failed deployment has no outputs.
newest_deployment() {
  local filter
  filter="starts_with(name, '$(deployment_of "$1")-') && properties.provisioningState == 'Succeeded'"
  az deployment sub list --output tsv --query "sort_by([?$filter], &properties.timestamp)[-1].name"
}

output_names=(
  resourceGroupName functionAppName hostStorageName contentStorageName endpointUrl publicUrl domainValidationToken
)
declare -A outputs=()

# read_outputs SET [DEPLOYMENT]: reads all outputs of main.bicep into the array outputs, before anything is published.
# Only domainValidationToken may be empty.
read_outputs() {
  local set_name=$1 deployment=${2:-} query lines values name index
  if [ -z "$deployment" ]; then
    deployment=$(newest_deployment "$set_name") || fail "The deployments could not be listed; run this again."
    [ -n "$deployment" ] ||
      fail "This subscription has no successful deployment of '$set_name'; run infra/deploy.sh $set_name first."
  fi
  query=$(printf "%s.value || '', " "${output_names[@]}")
  lines=$(az deployment sub show --name "$deployment" --query "properties.outputs.[${query%, }]" --output tsv) ||
    fail "The outputs of deployment $deployment could not be read; run this again."
  mapfile -t values <<<"$lines"
  for index in "${!output_names[@]}"; do
    name=${output_names[index]}
    outputs[$name]=${values[index]:-}
    [ -n "${outputs[$name]}" ] || [ "$name" = domainValidationToken ] ||
      fail "Deployment $deployment has no output '$name'; run infra/deploy.sh $set_name again."
  done
}

# is_refused_by_network LOG: true when the storage firewall refused the request. The first pattern is the message of az,
# the others are those of storage. A missing role has a different message: "… this operation using this permission".
is_refused_by_network() {
  grep -qE 'blocked by network rules|\bAuthorizationFailure\b|not authorized to perform this operation\.' <<<"$1"
}

# with_fresh_roles COMMAND...: retries while Azure reports a missing permission: new role assignments take a while.
with_fresh_roles() {
  local attempt log missing_permission
  missing_permission='\b403\b|\bForbidden\b|\bAuthorization(PermissionMismatch|Failed)\b|required permissions'
  for ((attempt = 1; ; attempt++)); do
    if log=$("$@" 2>&1); then
      [ -z "$log" ] || say "$log"
      return 0
    fi
    if is_refused_by_network "$log"; then
      if [ "$attempt" -ge "$network_attempts" ] || [ "$attempt" -ge "$role_attempts" ]; then
        printf '%s\nThe storage firewall blocks this machine; see "Private network" in infra/README.md.\n' "$log" >&2
        return 1
      fi
      say "  Blocked by the storage firewall; new rules take a minute." \
        "Attempt $attempt of $network_attempts, retrying in $role_seconds s."
      sleep "$role_seconds"
      continue
    fi
    if ! grep -qE "$missing_permission" <<<"$log"; then
      printf '%s\n' "$log" >&2
      return 1
    fi
    if [ "$attempt" -ge "$role_attempts" ]; then
      printf '%s\nStill refused after %d attempts. Is a role missing? See "Permissions" in infra/README.md.\n' \
        "$log" "$attempt" >&2
      return 1
    fi
    say "  Refused: a new role is not effective yet." \
      "Attempt $attempt of $role_attempts, retrying in $role_seconds s."
    sleep "$role_seconds"
  done
}

# kept_packages ACCOUNT: one line per package, oldest first (names start with a timestamp): name, tab, "true" when the
# package passed its smoke test.
kept_packages() {
  az storage blob list --auth-mode login --account-name "$1" --container-name packages --include m --num-results '*' \
    --query "sort_by(@, &name)[].[name, metadata.tested || 'false']" --output tsv
}

# mark_tested ACCOUNT NAME true|false: stores whether the package passed its last smoke test.
mark_tested() {
  az storage blob metadata update --auth-mode login --account-name "$1" --container-name packages --name "$2" \
    --metadata tested="$3" --output none
}

# delete_package ACCOUNT NAME
delete_package() {
  az storage blob delete --auth-mode login --account-name "$1" --container-name packages --name "$2" \
    --output none </dev/null
}

# publish_package FILE
publish_package() {
  with_fresh_roles az functionapp deployment source config-zip --resource-group "${outputs[resourceGroupName]}" \
    --name "${outputs[functionAppName]}" --src "$1" --output none
}
