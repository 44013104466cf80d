#!/usr/bin/env bash
# Adds the old portal's visits to the total, or its views to the articles.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/opening-balance.sh SET AMOUNT REASON
       infra/opening-balance.sh SET --articles FILE REASON

Adds the ledger entry 'opening' with AMOUNT visits and a REASON, which readers see at /thong-ke. With --articles, adds
the views of each article in FILE to that article: a CSV file with the columns article (slug or address) and views. All
lines are checked first; nothing is written when a line is wrong. You can repeat the command; an entry that differs is
refused, because entries cannot be changed.

  SET  parameter set of the deployment: $(sets)

Examples: infra/opening-balance.sh commune 1731932 'Số lượt của cổng cũ đến hết ngày 31-10-2026'
          infra/opening-balance.sh commune --articles views.csv 'Lượt xem ở cổng cũ đến hết ngày 31-10-2026'
END
}

# read_key: reads the key of function Ledger into the variable key.
read_key() {
  key=$(az functionapp function keys list --resource-group "${outputs[resourceGroupName]}" \
    --name "${outputs[functionAppName]}" --function-name Ledger --query default --output tsv) ||
    fail "The key of function Ledger could not be read; nothing was written. See \"Permissions\" in infra/README.md."
  [ -n "$key" ] || fail "Function Ledger has no key yet; nothing was written. Is the app published and running?"
}

# send TYPE FILE [QUERY]: posts FILE; sets the variable status, and writes the response to $work/answer. The key is
# piped to curl, so that it appears neither in the process list nor on the screen.
send() {
  status=$(printf 'header = "x-functions-key: %s"\n' "$key" |
    curl --silent --show-error --config - --header "Content-Type: $1" --data-binary "@$2" \
      --output "$work/answer" --write-out '%{http_code}' "${outputs[endpointUrl]}/api/ledger${3:-}") ||
    fail "The portal did not respond; it is unknown whether entries were written. Repeat the command."
}

# refused: prints the response of the portal, whose detail has a line for each fault, and exits.
refused() { fail "The portal answered $status: $(sed 's/\\n/\n/g' "$work/answer")"; }

# number NAME: prints a number of the response.
number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$work/answer"; }

add_site() {
  local escaped=${reason//\\/\\\\}
  printf '{"id":"opening","amount":%s,"reason":"%s"}' "$amount" "${escaped//\"/\\\"}" >"$work/entry.json"
  send application/json "$work/entry.json"
  case "$status" in
    201) say "Written: the total starts with $amount." ;;
    200) say "The same entry existed already." ;;
    *) refused ;;
  esac
}

add_articles() {
  local query new remaining before
  query="?reason=$(printf %s "$reason" | od -An -v -tx1 | tr -d '\n' | sed 's/ /%/g')"
  send text/csv "$file" "$query&check=true"
  [ "$status" = 200 ] || refused
  new=$(number remaining)
  say "Checked $(number lines) articles: $new new entries."
  for ((before = new + 1, remaining = new; remaining > 0; )); do
    [ "$remaining" -lt "$before" ] || fail "Another command seems to write the same file; repeat this one later."
    before=$remaining
    send text/csv "$file" "$query"
    [ "$status" = 200 ] || refused
    remaining=$(number remaining)
    say "  $((new - remaining)) of $new entries written."
  done
  say "Done: every article of the file has its entry."
}

help_if_asked "$@"
file='' amount=''
if [ "${2:-}" = --articles ]; then
  [ $# -eq 4 ] || { usage >&2; exit 2; }
  file=$3 reason=$4
else
  [ $# -eq 3 ] || { usage >&2; exit 2; }
  amount=$2 reason=$3
fi
check_set "$1"
[ -n "$file" ] || [[ $amount =~ ^([1-9][0-9]{0,11}|1000000000000)$ ]] ||
  fail "AMOUNT is '$amount'; allowed is a number from 1 to 1000000000000, digits only."
[ -z "$file" ] || [ -r "$file" ] || fail "File '$file' cannot be read."
[[ -n ${reason// /} && $reason != *[[:cntrl:]]* ]] || fail "REASON must be a single line and must not be empty."
need az curl
check_login >/dev/null
read_outputs "$1"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
read_key
if [ -n "$file" ]; then add_articles; else add_site; fi
