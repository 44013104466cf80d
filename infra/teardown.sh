#!/usr/bin/env bash
# Deletes a deployment of the portal with all its data.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/teardown.sh SET [--yes]

Deletes the resource group of a deployment with its articles, media and visits. Refuses a group without our tags, or
with a resource without them. See infra/README.md for what to back up first.

  SET    parameter set of the deployment: $(sets)
  --yes  do not ask for confirmation; ignored for production, whose name must be typed
END
}

help_if_asked "$@"
set_name='' yes=false
for argument in "$@"; do
  case "$argument" in
    --yes) yes=true ;;
    -*) fail "'$argument' is not an option of teardown.sh; allowed are --yes and --help." ;;
    *)
      [ -z "$set_name" ] || fail "Only one parameter set is allowed; got '$set_name' and '$argument'."
      set_name=$argument
      ;;
  esac
done
[ -n "$set_name" ] || { usage >&2; exit 2; }
check_set "$set_name"
need az
subscription=$(check_login)
environment=$(environment_of "$set_name")
group=$(group_of "$set_name")

there=$(az group exists --name "$group")
if [ "$there" != true ]; then
  say "'$subscription' has no resource group $group: nothing to delete."
  exit 0
fi
tags=$(az group show --name "$group" --query "join('/', [tags.project || '', tags.environment || ''])" --output tsv)
[ "$tags" = "$project/$environment" ] ||
  fail "The tags of $group are '$tags', not project=$project and environment=$environment. Nothing was deleted."

# Azure creates some resources itself, without tags: the smart detection of Application Insights and the network
# interface of a private endpoint. Resource types come in any case.
resources=$(az resource list --resource-group "$group" --query "[].[type, name, tags.project || '']" --output tsv)
foreign=''
while IFS=$'\t' read -r type name tag; do
  # An empty group gives one empty line.
  if [ -z "$type" ] || [ "$tag" = "$project" ]; then continue; fi
  case "${type,,}/$name" in
    microsoft.alertsmanagement/smartdetectoralertrules/*) ;;
    'microsoft.insights/actiongroups/Application Insights Smart Detection') ;;
    microsoft.network/networkinterfaces/*-nic)
      grep -qixF "Microsoft.Network/privateEndpoints"$'\t'"${name%-nic}"$'\t'"$project" <<<"$resources" ||
        foreign+=" $name"
      ;;
    *) foreign+=" $name" ;;
  esac
done <<<"$resources"
[ -z "$foreign" ] || fail "$group contains resources without our tags; move them away first:$foreign"

say "This deletes $group in '$subscription' with:"
az resource list --resource-group "$group" --query '[].{type: type, name: name}' --output table
if [ "$environment" != dev ]; then
  say "This is production: articles, media and visits will be lost permanently."
  read -rp "Type $group to delete it: " answer || answer=''
  [ "$answer" = "$group" ] || fail "Nothing was deleted."
elif [ "$yes" = false ]; then
  read -rp "Type yes to delete it: " answer || answer=''
  [ "$answer" = yes ] || fail "Nothing was deleted."
fi

az lock list --resource-group "$group" --query '[].id' --output tsv | while read -r lock; do
  say "Removing the lock ${lock##*/}"
  az lock delete --ids "$lock" </dev/null
done
# Without --force, a deleted workspace reserves its name for 14 days, and a new one of that name gets the old logs.
az resource list --resource-group "$group" --resource-type Microsoft.OperationalInsights/workspaces \
  --query '[].name' --output tsv |
  while read -r workspace; do
    say "Purging the logs $workspace"
    az monitor log-analytics workspace delete --resource-group "$group" --workspace-name "$workspace" --force --yes \
      </dev/null
  done
say "Deleting $group (several minutes) …"
az group delete --name "$group" --yes
say "Deleted $group."
