# shellcheck shell=bash
# What the scripts share. It is sourced; running it does nothing.
set -euo pipefail

# The first part of every name: parameter "name" of main.bicep.
project=phucthuan
infra="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

# Fresh roles take up to ten minutes to reach every server of Azure.
role_attempts=${ROLE_ATTEMPTS:-20}
role_seconds=${ROLE_SECONDS:-30}
# Rules of storage's firewall take a minute or two.
network_attempts=4

say() { printf '%s\n' "$*"; }

fail() {
  printf 'Error: %s\n' "$*" >&2
  exit 1
}

# Like fail, for what could not even be begun; who called tells by the 2 that nothing was found out.
refuse() {
  printf 'Error: %s\n' "$*" >&2
  exit 2
}

# Wherever --help stands.
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
    command -v "$program" >/dev/null || refuse "$program is not installed, and is needed."
  done
}

# prod-frontdoor and prod-private are other parameters of the same environment, prod.
environment_of() { printf '%s' "${1%%-*}"; }

sets() { (cd "$infra/params" && printf '%s ' *.bicepparam | sed 's/\.bicepparam//g'); }

check_set() {
  [ -f "$infra/params/$1.bicepparam" ] || fail "'$1' is no set of parameters; allowed are: $(sets)"
}

group_of() { printf 'rg-%s-%s' "$project" "$(environment_of "$1")"; }

deployment_of() { printf '%s-%s' "$project" "$(environment_of "$1")"; }

check_login() {
  az account show --query name --output tsv 2>/dev/null || fail "Nobody is logged in to Azure: run az login, then az account set --subscription NAME."
}

# The newest deployment of a set that came to its end. One that failed left no outputs, but what was there still is.
newest_deployment() {
  az deployment sub list --output tsv \
    --query "sort_by([?starts_with(name, '$(deployment_of "$1")-') && properties.provisioningState == 'Succeeded'], &properties.timestamp)[-1].name"
}

output_names=(resourceGroupName functionAppName hostStorageName contentStorageName endpointUrl publicUrl domainValidationToken)
declare -A outputs=()

# read_outputs SET [DEPLOYMENT]: puts what main.bicep said into outputs, all of it at once, so that nothing is left to be
# asked of Azure when a package is already published. Only the domain's token may be empty.
read_outputs() {
  local set_name=$1 deployment=${2:-} query lines values name index
  if [ -z "$deployment" ]; then
    deployment=$(newest_deployment "$set_name") || fail "Azure did not tell its deployments; run this again."
    [ -n "$deployment" ] || fail "No deployment of '$set_name' has come to its end in this subscription; run infra/deploy.sh $set_name first."
  fi
  query=$(printf "%s.value || '', " "${output_names[@]}")
  lines=$(az deployment sub show --name "$deployment" --query "properties.outputs.[${query%, }]" --output tsv) ||
    fail "Azure did not tell what deployment $deployment made; run this again."
  mapfile -t values <<<"$lines"
  for index in "${!output_names[@]}"; do
    name=${output_names[index]}
    outputs[$name]=${values[index]:-}
    [ -n "${outputs[$name]}" ] || [ "$name" = domainValidationToken ] ||
      fail "Deployment $deployment has no output '$name'; run infra/deploy.sh $set_name again."
  done
}

# Whether storage's firewall refused, not a missing role: that one says "to perform this operation using this permission". az
# puts the first sentence in the place of storage's own, which who publishes passes on.
is_refused_by_network() {
  grep -qE 'blocked by network rules|\bAuthorizationFailure\b|not authorized to perform this operation\.' <<<"$1"
}

# Runs a command again while Azure answers that a right is missing, because rights that were just granted are on their way.
with_fresh_roles() {
  local attempt log
  for ((attempt = 1; ; attempt++)); do
    if log=$("$@" 2>&1); then
      [ -z "$log" ] || say "$log"
      return 0
    fi
    if is_refused_by_network "$log"; then
      if [ "$attempt" -ge "$network_attempts" ] || [ "$attempt" -ge "$role_attempts" ]; then
        printf '%s\nThe firewall of storage does not let this machine in; see "With prod-private" in infra/README.md.\n' "$log" >&2
        return 1
      fi
      say "  Refused by the firewall of storage, whose rules take a minute. Attempt $attempt of $network_attempts, the next in $role_seconds s."
      sleep "$role_seconds"
      continue
    fi
    if ! grep -qE '\b403\b|\bForbidden\b|\bAuthorization(PermissionMismatch|Failed)\b|required permissions' <<<"$log"; then
      printf '%s\n' "$log" >&2
      return 1
    fi
    if [ "$attempt" -ge "$role_attempts" ]; then
      printf '%s\nStill refused after %d attempts. Is your role missing? See "Who needs which right" in infra/README.md.\n' "$log" "$attempt" >&2
      return 1
    fi
    say "  Refused for now: roles are still on their way. Attempt $attempt of $role_attempts, the next in $role_seconds s."
    sleep "$role_seconds"
  done
}

# kept_packages ACCOUNT: a line for each, the oldest first since names begin with their time: the name, a tab, and "true"
# when its smoke test passed.
kept_packages() {
  az storage blob list --auth-mode login --account-name "$1" --container-name packages --include m --num-results '*' \
    --query "sort_by(@, &name)[].[name, metadata.tested || 'false']" --output tsv
}

# tell_package ACCOUNT NAME true|false: whether it passed its last smoke test.
tell_package() {
  az storage blob metadata update --auth-mode login --account-name "$1" --container-name packages --name "$2" \
    --metadata tested="$3" --output none
}

# delete_package ACCOUNT NAME
delete_package() {
  az storage blob delete --auth-mode login --account-name "$1" --container-name packages --name "$2" --output none </dev/null
}

# publish_package FILE
publish_package() {
  with_fresh_roles az functionapp deployment source config-zip --resource-group "${outputs[resourceGroupName]}" \
    --name "${outputs[functionAppName]}" --src "$1" --output none
}
