# shellcheck shell=bash
# What the scripts share. It is sourced; running it does nothing.
set -euo pipefail

# The first part of every name: parameter "name" of main.bicep.
project=phucthuan
infra="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

# Fresh roles take up to ten minutes to reach every server of Azure.
role_attempts=${ROLE_ATTEMPTS:-20}
role_seconds=${ROLE_SECONDS:-30}

say() { printf '%s\n' "$*"; }

fail() {
  printf 'Error: %s\n' "$*" >&2
  exit 1
}

need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || fail "$program is not installed, and is needed."
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

# output SET NAME: what the last deployment of main.bicep said.
output() {
  local value
  value=$(az deployment sub show --name "$(deployment_of "$1")" --query "properties.outputs.$2.value" --output tsv) ||
    fail "There is no deployment '$(deployment_of "$1")' in this subscription; run infra/deploy.sh $1 first."
  printf '%s' "$value"
}

# Runs a command again while Azure answers that a right is missing, because rights that were just granted are on their way.
with_fresh_roles() {
  local attempt log
  for ((attempt = 1; ; attempt++)); do
    if log=$("$@" 2>&1); then
      [ -z "$log" ] || say "$log"
      return 0
    fi
    if ! grep -qE '403|Forbidden|AuthorizationPermissionMismatch|AuthorizationFailure|required permissions' <<<"$log"; then
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

# Names of the kept packages, the oldest first: they begin with their time.
kept_packages() {
  az storage blob list --auth-mode login --account-name "$1" --container-name packages \
    --query 'sort_by(@, &name)[].name' --output tsv
}

# publish_package GROUP APP FILE
publish_package() {
  with_fresh_roles az functionapp deployment source config-zip --resource-group "$1" --name "$2" --src "$3" --output none
}
