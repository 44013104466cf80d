#!/usr/bin/env bash
# Publishes a package that worked before.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/rollback.sh SET [--to PACKAGE | --list]

Publishes a kept package again: unless told, the newest that passed its last smoke test, but not the newest of all, which
is the one that was deployed last. One that fails its smoke test now is passed over from then on, so that the next run goes further back; when
one passes, those newer than it are kept no more. Resources, articles and visits stay as they are.

  SET           parameters of the deployment: $(sets)
  --to PACKAGE  this package; 'latest' is the newest that passed
  --list        name the kept packages, the newest last, and end
END
}

help_if_asked "$@"
set_name='' package='' list=false
while [ $# -gt 0 ]; do
  case "$1" in
    --to)
      [ -n "${2:-}" ] || fail "--to wants the name of a package; infra/rollback.sh SET --list tells them."
      package=$2
      shift
      ;;
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

read_outputs "$set_name"
account=${outputs[hostStorageName]} endpoint=${outputs[endpointUrl]}
kept=$(kept_packages "$account") || fail "The kept packages could not be listed; who rolls back needs a role, see \"Who needs which right\" in infra/README.md."
names=$(cut -f 1 <<<"$kept")
if [ "$list" = true ]; then
  sed -E 's/\ttrue$//; s/\t.*/ (has not passed its smoke test)/' <<<"$kept"
  exit 0
fi
[ -n "$kept" ] || fail "No package has been kept yet; there is nothing to go back to."

tested=$(sed -n 's/\ttrue$//p' <<<"$kept")
deployed=$(tail -n 1 <<<"$names")
case "$package" in
  latest) package=$(tail -n 1 <<<"$tested") ;;
  '') package=$(grep -vxF -- "$deployed" <<<"$tested" | tail -n 1) || package='' ;;
  *) grep -qxF -- "$package" <<<"$names" || fail "'$package' is not kept; allowed are: $(tr '\n' ' ' <<<"$names")" ;;
esac
[ -n "$package" ] || fail "No other package is kept that passed its smoke test; there are: $(tr '\n' ' ' <<<"$names")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "Publishing $package again"
az storage blob download --auth-mode login --account-name "$account" --container-name packages \
  --name "$package" --file "$work/package.zip" --no-progress --output none
publish_package "$work/package.zip"
status=0
"$infra/smoke.sh" "$endpoint" || status=$?
case "$status" in
  0) tell_package "$account" "$package" true ;;
  1)
    tell_package "$account" "$package" false || say "$package could not be marked; name another with --to." >&2
    fail "$package does not work either. Run infra/rollback.sh $set_name again for the one before it; --list names all."
    ;;
  *) fail "$package is published, but the portal could not be asked. Run infra/smoke.sh $endpoint" ;;
esac

# What turned out not to work: the next deployment that fails must not go back to it.
while read -r newer; do
  [[ "$newer" > "$package" ]] || continue
  delete_package "$account" "$newer"
  say "$newer is not kept any more."
done <<<"$names"
say "$package runs."
