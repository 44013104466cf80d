#!/usr/bin/env bash
# Deletes a deployment of the portal, with everything in it.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/teardown.sh SET [--yes]

Deletes the resource group of a deployment with articles, pictures and visits. Only a group that carries our tags, and
holds nothing that does not, is deleted. infra/README.md tells what to save before.

  SET    parameters of the deployment: $(sets)
  --yes  do not ask; not for production, whose name must be typed
END
}

help_if_asked "$@"
set_name='' yes=false
for argument in "$@"; do
  case "$argument" in
    --yes) yes=true ;;
    -*) fail "'$argument' is no option of teardown.sh; allowed are --yes and --help." ;;
    *)
      [ -z "$set_name" ] || fail "One set of parameters at a time; there are '$set_name' and '$argument'."
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
  say "There is no resource group $group in '$subscription': nothing to delete."
  exit 0
fi
tags=$(az group show --name "$group" --query "join('/', [tags.project || '', tags.environment || ''])" --output tsv)
[ "$tags" = "$project/$environment" ] || fail "$group does not carry our tags (project=$project, environment=$environment) but '$tags'; it is left alone."

# Azure makes some resources itself, beside ours and without tags: what Application Insights watches with and tells by, and
# the interface of a private endpoint. Types come in any case.
resources=$(az resource list --resource-group "$group" --query "[].[type, name, tags.project || '']" --output tsv)
foreign=''
while IFS=$'\t' read -r type name tag; do
  # A group that an earlier run emptied is one empty line.
  if [ -z "$type" ] || [ "$tag" = "$project" ]; then continue; fi
  case "${type,,}/$name" in
    microsoft.alertsmanagement/smartdetectoralertrules/*) ;;
    'microsoft.insights/actiongroups/Application Insights Smart Detection') ;;
    microsoft.network/networkinterfaces/*-nic)
      grep -qixF "Microsoft.Network/privateEndpoints"$'\t'"${name%-nic}"$'\t'"$project" <<<"$resources" || foreign+=" $name"
      ;;
    *) foreign+=" $name" ;;
  esac
done <<<"$resources"
[ -z "$foreign" ] || fail "$group holds what is not ours; move it away first:$foreign"

say "Going to delete $group in '$subscription' with:"
az resource list --resource-group "$group" --query '[].{type: type, name: name}' --output table
if [ "$environment" = prod ]; then
  say "This is production: articles, pictures and the count of visits will be gone for good."
  read -rp "Type $group to delete it: " answer || answer=''
  [ "$answer" = "$group" ] || fail "Nothing was deleted."
elif [ "$yes" = false ]; then
  read -rp "Type yes to delete it: " answer || answer=''
  [ "$answer" = yes ] || fail "Nothing was deleted."
fi

az lock list --resource-group "$group" --query '[].id' --output tsv | while read -r lock; do
  say "Taking off the lock ${lock##*/}"
  az lock delete --ids "$lock" </dev/null
done
# A workspace that is only deleted with its group keeps its name for 14 days, and comes back with its logs when it is made again.
az resource list --resource-group "$group" --resource-type Microsoft.OperationalInsights/workspaces --query '[].name' --output tsv |
  while read -r workspace; do
    say "Deleting the logs $workspace for good"
    az monitor log-analytics workspace delete --resource-group "$group" --workspace-name "$workspace" --force --yes </dev/null
  done
say "Deleting $group (several minutes) …"
az group delete --name "$group" --yes
say "$group is gone."
