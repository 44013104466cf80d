#!/usr/bin/env bash
# Adds the old portal's number of visits to the total.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/opening-balance.sh SET AMOUNT REASON

Adds the ledger entry 'opening' with AMOUNT visits and a REASON, which readers see at /thong-ke. You can repeat the
command; an entry that differs is refused, because entries cannot be changed.

  SET  parameter set of the deployment: $(sets)

Example: infra/opening-balance.sh prod 1731932 'Số lượt của cổng cũ đến hết ngày 31-10-2026'
END
}

help_if_asked "$@"
[ $# -eq 3 ] || { usage >&2; exit 2; }
check_set "$1"
amount=$2 reason=$3
[[ $amount =~ ^([1-9][0-9]{0,11}|1000000000000)$ ]] ||
  fail "AMOUNT is '$amount'; allowed is a number from 1 to 1000000000000, digits only."
[[ -n ${reason// /} && $reason != *[[:cntrl:]]* ]] || fail "REASON must be a single line and must not be empty."
need az curl
check_login >/dev/null
read_outputs "$1"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
escaped=${reason//\\/\\\\}
printf '{"id":"opening","amount":%s,"reason":"%s"}' "$amount" "${escaped//\"/\\\"}" >"$work/entry.json"

key=$(az functionapp function keys list --resource-group "${outputs[resourceGroupName]}" \
  --name "${outputs[functionAppName]}" --function-name Ledger --query default --output tsv) ||
  fail "The key of function Ledger could not be read; nothing was written. See \"Permissions\" in infra/README.md."
[ -n "$key" ] || fail "Function Ledger has no key yet; nothing was written. Is the app published and running?"

# The key is piped to curl, so that it appears neither in the process list nor on the screen.
status=$(printf 'header = "x-functions-key: %s"\n' "$key" |
  curl --silent --show-error --config - --header 'Content-Type: application/json' --data-binary "@$work/entry.json" \
    --output "$work/answer" --write-out '%{http_code}' "${outputs[endpointUrl]}/api/ledger") ||
  fail "The portal did not respond; it is unknown whether the entry was written. Repeat the command."
case "$status" in
  201) say "Written: the total starts with $amount." ;;
  200) say "The same entry existed already." ;;
  *) fail "The portal answered $status: $(cat "$work/answer")" ;;
esac
