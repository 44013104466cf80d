#!/usr/bin/env bash
# Publishes a package that worked before.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/rollback.sh SET [--to PACKAGE | --list]

Publishes a kept package again: the one before the last, unless told. Only packages whose smoke test passed are kept, five
of them; those newer than the one that then runs are kept no more. Resources, articles and visits stay as they are.

  SET           parameters of the deployment: $(sets)
  --to PACKAGE  this package; 'latest' is the newest that was kept
  --list        name the kept packages, the newest last, and end
END
}

set_name='' package='' list=false
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --to) package=${2:?'--to wants the name of a package'}; shift ;;
    --list) list=true ;;
    -*) fail "'$1' is no option of rollback.sh; allowed are --to, --list and --help." ;;
    *)
      [ -z "$set_name" ] || fail "One set of parameters at a time; there are '$set_name' and '$1'."
      set_name=$1
      ;;
  esac
  shift
done
[ -n "$set_name" ] || { usage >&2; exit 2; }
check_set "$set_name"
need az curl
check_login >/dev/null

account=$(output "$set_name" hostStorageName)
kept=$(kept_packages "$account")
if [ "$list" = true ]; then
  say "$kept"
  exit 0
fi
[ -n "$kept" ] || fail "No package has been kept yet; there is nothing to go back to."

case "$package" in
  latest) package=$(tail -n 1 <<<"$kept") ;;
  '')
    [ "$(wc -l <<<"$kept")" -ge 2 ] || fail "Only one package is kept, and it is the one that runs: $kept"
    package=$(tail -n 2 <<<"$kept" | head -n 1)
    ;;
  *) grep -qxF -- "$package" <<<"$kept" || fail "'$package' is not kept; allowed are: $(tr '\n' ' ' <<<"$kept")" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "Publishing $package again"
az storage blob download --auth-mode login --account-name "$account" --container-name packages \
  --name "$package" --file "$work/package.zip" --no-progress --output none
publish_package "$(output "$set_name" resourceGroupName)" "$(output "$set_name" functionAppName)" "$work/package.zip"
"$infra/smoke.sh" "$(output "$set_name" endpointUrl)" || fail "$package does not work either; infra/rollback.sh $set_name --list names the others."

# What was kept after it turned out not to work: the next deployment that fails must not go back to it.
while read -r newer; do
  [[ "$newer" > "$package" ]] || continue
  az storage blob delete --auth-mode login --account-name "$account" --container-name packages --name "$newer" --output none </dev/null
  say "$newer is not kept any more."
done <<<"$kept"
say "$package runs."
