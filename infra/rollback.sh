#!/usr/bin/env bash
# Publishes an earlier package again.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/rollback.sh SET [--to PACKAGE | --list]

Publishes a stored package again. By default it takes the newest tested package, except for the newest of all, which is
the one deployed last. A package that fails its smoke test now is marked, and the next run goes further back. When a
package passes, newer packages are deleted. Resources, articles and visits are not changed.

  SET           parameter set of the deployment: $(sets)
  --to PACKAGE  publish this package; 'latest' is the newest tested one
  --list        list the stored packages, newest last
END
}

help_if_asked "$@"
set_name='' package='' list=false
while [ $# -gt 0 ]; do
  case "$1" in
    --to)
      [ -n "${2:-}" ] || fail "--to needs the name of a package; infra/rollback.sh SET --list prints them."
      package=$2
      shift
      ;;
    --list) list=true ;;
    -*) fail "'$1' is not an option of rollback.sh; allowed are --to, --list and --help." ;;
    *)
      [ -z "$set_name" ] || fail "Only one parameter set is allowed; got '$set_name' and '$1'."
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
kept=$(kept_packages "$account") ||
  fail "The packages could not be listed. Is a role missing? See \"Permissions\" in infra/README.md."
names=$(cut -f 1 <<<"$kept")
if [ "$list" = true ]; then
  sed -E 's/\ttrue$//; s/\t.*/ (not tested)/' <<<"$kept"
  exit 0
fi
[ -n "$kept" ] || fail "No package has been stored yet."

tested=$(sed -n 's/\ttrue$//p' <<<"$kept")
deployed=$(tail -n 1 <<<"$names")
case "$package" in
  latest) package=$(tail -n 1 <<<"$tested") ;;
  '') package=$(grep -vxF -- "$deployed" <<<"$tested" | tail -n 1) || package='' ;;
  *) grep -qxF -- "$package" <<<"$names" || fail "'$package' is not stored; allowed are: $(tr '\n' ' ' <<<"$names")" ;;
esac
[ -n "$package" ] || fail "No other package passed its smoke test; stored are: $(tr '\n' ' ' <<<"$names")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "Publishing $package again"
az storage blob download --auth-mode login --account-name "$account" --container-name packages \
  --name "$package" --file "$work/package.zip" --no-progress --output none
publish_package "$work/package.zip"
status=0
"$infra/smoke.sh" "$endpoint" || status=$?
case "$status" in
  0) mark_tested "$account" "$package" true ;;
  1)
    mark_tested "$account" "$package" false || say "$package could not be marked; choose another one with --to." >&2
    fail "$package failed its smoke test too. Run infra/rollback.sh $set_name again to go one package further back."
    ;;
  *) fail "$package is published, but the smoke test could not run. Run infra/smoke.sh $endpoint" ;;
esac

# Newer packages are broken; a failed deployment must not roll back to them.
while read -r newer; do
  [[ "$newer" > "$package" ]] || continue
  delete_package "$account" "$newer"
  say "Deleted $newer."
done <<<"$names"
say "$package is running."
