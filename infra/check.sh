#!/usr/bin/env bash
# Checks a live portal against expectations of public portals, and writes a report. Changes nothing.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/check.sh URL [FOLDER]

Checks the portal at URL from outside: encryption, headers, load times, accessibility, search, print, feed, contact,
statistics, IPv6, links. Writes bao-cao.html and bao-cao.json, in Vietnamese, into FOLDER (default: conformity-report).
The rules, with their sources and dates, are in infra/conformity/rules.json. The report states what is expected; it does
not judge what is lawful. It opens an article as an automated browser, which is not counted as a visit. Needs Node.js 20
and Chromium, Chrome or Edge, or the program in the variable CHROMIUM. Exit code: 0 all expectations are met, 1 some are
not, 2 the check could not run.
END
}

help_if_asked "$@"
[ $# -le 2 ] || refuse "Only one URL and one folder are allowed; got '$3' too."
case "${1:-}" in
  http://* | https://*) url=$1 ;;
  '') usage >&2; exit 2 ;;
  *) refuse "'$1' is not a URL; allowed is, for example, https://phucthuan.example.vn" ;;
esac
need node npm
program="$infra/conformity"
if ! cmp -s "$program/package-lock.json" "$program/node_modules/.installed"; then
  say "Installing the check with npm, once …"
  (cd "$program" && npm ci --no-audit --no-fund --loglevel=error) || refuse "npm ci failed in $program."
  cp "$program/package-lock.json" "$program/node_modules/.installed"
fi

say "Checking $url"
node "$program/check.js" "$url" "${2:-conformity-report}"
