# shellcheck shell=bash
# What deploy.sh looks at before it changes anything. It is sourced, and reads set_name, parameters, location, group and work.
# shellcheck disable=SC2154

check_version() {
  local version
  version=$(az version --query '"azure-cli"' --output tsv)
  printf '2.76.0\n%s\n' "$version" | sort --check=quiet --version-sort ||
    fail "az is version $version; 2.76.0 or newer is needed: az upgrade."
}

# BUDGET_START is not asked for: it is looked up.
check_variables() {
  local name
  while read -r name; do
    [ -n "${!name:-}" ] || fail "Set the variable $name, which $set_name.bicepparam reads; infra/README.md tells what it is."
  done < <(sed -n "/BUDGET_START/d; s/.*readEnvironmentVariable('\([A-Z_]*\)').*/\1/p" "$parameters")
  check_form ALERT_EMAIL '[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+' 'one address of mail, such as ops@phucthuan.example.vn'
  check_form EDITORS_GROUP_ID '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}' "the group's object id, which az ad group show --group NAME --query id tells"
  check_form CUSTOM_DOMAIN '([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}' 'a domain in small letters without https:// and path, such as phucthuan.example.vn'
  check_addresses
}

# check_form NAME PATTERN ALLOWED: what the parameter file reads must look like this; Azure would say so after ten minutes.
check_form() {
  local name=$1 pattern=$2 allowed=$3
  grep -q "readEnvironmentVariable('$name'" "$parameters" || return 0
  [[ -z ${!name:-} || ${!name} =~ ^($pattern)$ ]] || fail "$name is '${!name}'; what is wanted is $allowed."
}

# Storage refuses ranges of one and two addresses (/32 and /31), and private ones.
check_addresses() {
  local address number='(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])' addresses
  grep -q "readEnvironmentVariable('ALLOWED_ADDRESSES'" "$parameters" || return 0
  mapfile -d , -t addresses < <(printf '%s' "${ALLOWED_ADDRESSES:-}")
  for address in "${addresses[@]}"; do
    address=${address//[[:space:]]/}
    [[ -z $address || $address =~ ^($number\.){3}$number(/([1-9]|[12][0-9]|30))?$ ]] ||
      fail "ALLOWED_ADDRESSES holds '$address'; what is wanted are public IPv4 addresses, or ranges up to /30, with commas between: 203.0.113.4,198.51.100.0/24"
    [[ ! $address =~ ^(10|192\.168|172\.(1[6-9]|2[0-9]|3[01]))\. ]] ||
      fail "ALLOWED_ADDRESSES holds '$address', which is private; storage lets in public addresses alone."
  done
}

# Runners of GitHub's own have no address that could be allowed, and run in Azure, where rules by address have no effect.
check_runner() {
  if [ "${RUNNER_ENVIRONMENT:-}" = github-hosted ] && [ "$only_look" = false ] && grep -qx 'param privateNetwork = true' "$parameters"; then
    fail "$set_name cannot be deployed by a runner of GitHub's: its storage is closed to it. Deploy from an allowed address, or with a runner of your own in the network."
  fi
}

check_region() {
  local regions versions zones=()
  [[ $location =~ ^[a-z0-9]+$ ]] ||
    fail "AZURE_LOCATION is '$location'; what is wanted is the region's short name, such as southeastasia for Southeast Asia."
  # Regions with zones are fewer.
  if grep -qx 'param zoneRedundant = true' "$parameters"; then zones=(--zone-redundant true); fi
  regions=$(az functionapp list-flexconsumption-locations "${zones[@]}" --query '[].name' --output tsv)
  grep -qx "$location" <<<"$regions" ||
    fail "Flex Consumption is not offered in '$location'${zones[*]:+ with zones}; az functionapp list-flexconsumption-locations ${zones[*]} tells where it is."
  # az writes 10 or 10.0.
  versions=$(az functionapp list-flexconsumption-runtimes --location "$location" --runtime dotnet-isolated --query '[].version' --output tsv)
  grep -qE '^10(\.0)?$' <<<"$versions" || fail "Flex Consumption does not run .NET 10 in '$location'; it runs: ${versions//$'\n'/ }"
}

# The sets of one environment share a group. Over another's resources a set would not take them away, but open what they close.
check_not_undone() {
  local there types
  there=$(az group exists --name "$group")
  [ "$there" = true ] || return 0
  types=$(az resource list --resource-group "$group" --query '[].type' --output tsv)
  if grep -qix 'Microsoft.Cdn/profiles' <<<"$types" && ! grep -q '^param customDomain = ' "$parameters"; then
    fail "$group has a Front Door, and $set_name would open the app beside it. Use the set that has one, or delete the Front Door first."
  fi
  if grep -qix 'Microsoft.Network/privateEndpoints' <<<"$types" && ! grep -qx 'param privateNetwork = true' "$parameters"; then
    fail "$group is on a private network, and $set_name would open its storage. Use the set that has one, or delete the private endpoints first."
  fi
}

# Azure refuses a budget another first day than it began with. Only "not found" means that there is none.
find_budget_start() {
  local budget start
  budget="budget-$project-$environment"
  if ! start=$(az rest --method get --query properties.timePeriod.startDate --output tsv 2>"$work/errors" \
    --url "/subscriptions/{subscriptionId}/resourceGroups/$group/providers/Microsoft.Consumption/budgets/$budget?api-version=2023-11-01"); then
    grep -qE 'Not ?Found|\b404\b' "$work/errors" || fail "Azure did not tell when $budget began: $(cat "$work/errors")"
    start=$(date -u +%Y-%m-01)
  fi
  [[ $start =~ ^20[0-9]{2}-[01][0-9]-01 ]] || fail "$budget began on '$start', which is no first of a month."
  printf '%s' "${start:0:10}"
}

# may KIND: whether Azure says that KIND, such as locks, may be written. Asks for the caller's own rights, which needs no right
# to read the directory: a workflow's identity has none.
may() {
  local action="Microsoft.Authorization/$1"
  az rest --method get --output tsv \
    --url '/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01' \
    --query "length(value[?(contains(actions, '*') || contains(actions, 'Microsoft.Authorization/*') || contains(actions, '$action/*') || contains(actions, '$action/write')) && !contains(notActions, 'Microsoft.Authorization/*/Write')])"
}

check_rights() {
  local kind granting kinds=(roleAssignments)
  if grep -qx 'param deleteLock = true' "$parameters"; then kinds+=(locks); fi
  for kind in "${kinds[@]}"; do
    granting=$(may "$kind" 2>/dev/null) || granting=unknown
    case "$granting" in
      unknown) say "  Whether you may write $kind could not be asked; the deployment will tell." ;;
      0)
        fail "$(az account show --query user.name --output tsv) may not write $kind in this subscription. Needed: Owner, or Contributor with User Access Administrator."
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
      say "  Registering $provider with the subscription (once, takes a minute) …"
      az provider register --namespace "$provider" --wait
    fi
  done
}
