# shellcheck shell=bash
# Checks that deploy.sh makes before it changes anything. Source it. It reads the variables set_name, parameters,
# location, group, work and only_what_if.
# shellcheck disable=SC2154

check_version() {
  local version
  version=$(az version --query '"azure-cli"' --output tsv)
  printf '2.76.0\n%s\n' "$version" | sort --check=quiet --version-sort ||
    fail "az is version $version; 2.76.0 or newer is needed: az upgrade."
}

# Checks the variables of the parameter set, except for BUDGET_START, which deploy.sh looks up.
check_variables() {
  local name
  while read -r name; do
    [ -n "${!name:-}" ] || fail "Set the variable $name, which $set_name.bicepparam reads; see infra/README.md."
  done < <(sed -n "/BUDGET_START/d; s/.*readEnvironmentVariable('\([A-Z_]*\)').*/\1/p" "$parameters")
  check_form ALERT_EMAIL '[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+' \
    'one email address, such as ops@phucthuan.example.vn'
  check_form EDITORS_GROUP_ID '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}' \
    "the group's object id, from az ad group show --group NAME --query id"
  check_form CUSTOM_DOMAIN '([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}' \
    'a domain in lower case without https:// and path, such as phucthuan.example.vn'
  check_addresses
}

# check_form NAME PATTERN ALLOWED: validates a variable early; Azure would report it after ten minutes.
check_form() {
  local name=$1 pattern=$2 allowed=$3
  grep -q "readEnvironmentVariable('$name'" "$parameters" || return 0
  [[ -z ${!name:-} || ${!name} =~ ^($pattern)$ ]] || fail "$name is '${!name}'; allowed is $allowed."
}

# Storage refuses /31 and /32 ranges and private addresses.
check_addresses() {
  local address number='(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])' addresses
  grep -q "readEnvironmentVariable('ALLOWED_ADDRESSES'" "$parameters" || return 0
  mapfile -d , -t addresses < <(printf '%s' "${ALLOWED_ADDRESSES:-}")
  for address in "${addresses[@]}"; do
    address=${address//[[:space:]]/}
    [[ -z $address || $address =~ ^($number\.){3}$number(/([1-9]|[12][0-9]|30))?$ ]] ||
      fail "ALLOWED_ADDRESSES contains '$address'; allowed are public IPv4 addresses, or ranges up to /30," \
        "separated by commas: 203.0.113.4,198.51.100.0/24"
    [[ ! $address =~ ^(10|192\.168|172\.(1[6-9]|2[0-9]|3[01]))\. ]] ||
      fail "ALLOWED_ADDRESSES contains '$address', which is private; storage accepts public addresses only."
  done
}

# GitHub-hosted runners have no fixed address, and run in Azure, where firewall rules by address have no effect.
check_runner() {
  if [ "${RUNNER_ENVIRONMENT:-}" = github-hosted ] && [ "$only_what_if" = false ] &&
    grep -qx 'param privateNetwork = true' "$parameters"; then
    fail "A GitHub-hosted runner cannot deploy $set_name, because it cannot reach the storage." \
      "Deploy from an allowed address, or with a self-hosted runner in the network."
  fi
}

check_region() {
  local regions versions zones=()
  [[ $location =~ ^[a-z0-9]+$ ]] ||
    fail "AZURE_LOCATION is '$location'; allowed is the short name of a region, such as southeastasia."
  # Not every region has zones.
  if grep -qx 'param zoneRedundant = true' "$parameters"; then zones=(--zone-redundant true); fi
  regions=$(az functionapp list-flexconsumption-locations "${zones[@]}" --query '[].name' --output tsv)
  grep -qx "$location" <<<"$regions" ||
    fail "Flex Consumption is not available in '$location'${zones[*]:+ with zones}; to list the regions, run:" \
      "az functionapp list-flexconsumption-locations ${zones[*]}"
  # az prints 10 or 10.0.
  versions=$(az functionapp list-flexconsumption-runtimes --location "$location" --runtime dotnet-isolated \
    --query '[].version' --output tsv)
  grep -qE '^10(\.0)?$' <<<"$versions" ||
    fail "Flex Consumption has no .NET 10 in '$location'; it has: ${versions//$'\n'/ }"
}

# The sets of an environment share a resource group. A less restricted set over another would expose its resources.
check_not_undone() {
  local there types
  there=$(az group exists --name "$group")
  [ "$there" = true ] || return 0
  types=$(az resource list --resource-group "$group" --query '[].type' --output tsv)
  if grep -qix 'Microsoft.Cdn/profiles' <<<"$types" && ! grep -q '^param customDomain = ' "$parameters"; then
    fail "$group has a Front Door, and $set_name would make the app reachable without it." \
      "Use the set with Front Door, or delete the Front Door first."
  fi
  if grep -qix 'Microsoft.Network/privateEndpoints' <<<"$types" &&
    ! grep -qx 'param privateNetwork = true' "$parameters"; then
    fail "$group is on a private network, and $set_name would make its storage public." \
      "Use the set with the private network, or delete the private endpoints first."
  fi
}

# Prints the start date of the existing budget, because Azure refuses a new one. Only "not found" means no budget.
find_budget_start() {
  local budget start id
  budget="budget-$project-$environment"
  id="/subscriptions/{subscriptionId}/resourceGroups/$group/providers/Microsoft.Consumption/budgets/$budget"
  if ! start=$(az rest --method get --query properties.timePeriod.startDate --output tsv 2>"$work/errors" \
    --url "$id?api-version=2023-11-01"); then
    grep -qE 'Not ?Found|\b404\b' "$work/errors" ||
      fail "The start of $budget could not be read: $(cat "$work/errors")"
    start=$(date -u +%Y-%m-01)
  fi
  [[ $start =~ ^20[0-9]{2}-[01][0-9]-01 ]] || fail "$budget starts on '$start', which is not a first day of a month."
  printf '%s' "${start:0:10}"
}

# may KIND: prints how many of the caller's roles may write KIND, such as locks. It reads the caller's own permissions,
# because a workflow's identity may not read the directory.
may() {
  local action="Microsoft.Authorization/$1" allowed excluded
  allowed="contains(actions, '*') || contains(actions, 'Microsoft.Authorization/*')"
  allowed+=" || contains(actions, '$action/*') || contains(actions, '$action/write')"
  excluded="contains(notActions, 'Microsoft.Authorization/*/Write')"
  az rest --method get --output tsv \
    --url '/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01' \
    --query "length(value[?($allowed) && !$excluded])"
}

check_rights() {
  local kind granting kinds=(roleAssignments)
  if grep -qx 'param deleteLock = true' "$parameters"; then kinds+=(locks); fi
  for kind in "${kinds[@]}"; do
    granting=$(may "$kind" 2>/dev/null) || granting=unknown
    case "$granting" in
      unknown) say "  Your permission to write $kind could not be checked; continuing." ;;
      0)
        fail "$(az account show --query user.name --output tsv) may not write $kind in this subscription." \
          "Required: Owner, or Contributor with User Access Administrator."
        ;;
    esac
  done
}

check_providers() {
  local provider registered
  registered=$(az provider list --query "[?registrationState=='Registered'].namespace" --output tsv)
  for provider in Microsoft.App Microsoft.Cdn Microsoft.Consumption Microsoft.Insights Microsoft.ManagedIdentity \
    Microsoft.Network Microsoft.OperationalInsights Microsoft.Storage Microsoft.Web; do
    if ! grep -qix "$provider" <<<"$registered"; then
      say "  Registering resource provider $provider (once, takes a minute) …"
      az provider register --namespace "$provider" --wait
    fi
  done
}
