#!/usr/bin/env bash
# Opens the total of visits with the number of the old portal.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/opening-balance.sh SET AMOUNT REASON

Writes the entry 'opening' into the ledger: AMOUNT visits, and why. Readers see the reason at /thong-ke. The ledger is
never changed: the same command again does nothing, another amount is refused.

  SET  parameters of the deployment: $(sets)

Example: infra/opening-balance.sh prod 1731932 'Số lượt của cổng cũ đến hết ngày 31-10-2026'
END
}

help_if_asked "$@"
[ $# -eq 3 ] || { usage >&2; exit 2; }
check_set "$1"
amount=$2 reason=$3
[[ $amount =~ ^([1-9][0-9]{0,11}|1000000000000)$ ]] || fail "'$amount' is no number of visits; allowed are 1 to 1000000000000, digits alone."
[[ -n ${reason// /} && $reason != *[[:cntrl:]]* ]] || fail "The reason must be one line, and not empty."
need az curl
check_login >/dev/null
read_outputs "$1"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
escaped=${reason//\\/\\\\}
printf '{"id":"opening","amount":%s,"reason":"%s"}' "$amount" "${escaped//\"/\\\"}" >"$work/entry.json"

key=$(az functionapp function keys list --resource-group "${outputs[resourceGroupName]}" \
  --name "${outputs[functionAppName]}" --function-name Ledger --query default --output tsv) ||
  fail "The key of Ledger could not be read, and nothing was written. See \"Who needs which right\" in infra/README.md."
[ -n "$key" ] || fail "The function Ledger has no key yet, and nothing was written. Is the app published and running?"

# It goes to curl by a pipe: neither in a list of processes nor on the screen.
status=$(printf 'header = "x-functions-key: %s"\n' "$key" |
  curl --silent --show-error --config - --header 'Content-Type: application/json' --data-binary "@$work/entry.json" \
    --output "$work/answer" --write-out '%{http_code}' "${outputs[endpointUrl]}/api/ledger") ||
  fail "The portal did not answer; nothing is known to be written. The command may be repeated."
case "$status" in
  201) say "Written: the total opens with $amount." ;;
  200) say "This very entry stood there already." ;;
  *) fail "The portal answered $status: $(cat "$work/answer")" ;;
esac
