#!/usr/bin/env bash
# Asks a portal for its pages, and looks at the answers. Counts no visit and changes nothing.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/smoke.sh URL

Asks the portal at URL for its pages and numbers. Ends with 0 when all answers are right, with 1 when one is wrong, and with
2 when it could not ask. A portal that is just starting is asked again for a minute (variables SMOKE_ATTEMPTS and
SMOKE_SECONDS).
END
}

help_if_asked "$@"
[ $# -le 1 ] || refuse "One address at a time: '$1' or '$2'."
case "${1:-}" in
  http://* | https://*) url=${1%/} ;;
  '') usage >&2; exit 2 ;;
  *) refuse "'$1' is no address; allowed is one such as https://phucthuan.example.vn" ;;
esac
need curl
attempts=${SMOKE_ATTEMPTS:-12}
seconds=${SMOKE_SECONDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# check PATH STATUS TEXT [METHOD]: the answer has this status, and this text in its head or body.
check() {
  local path=$1 status=$2 text=$3 method=${4:-GET} attempt found=none body=()
  # Without a length some proxies refuse a POST before it reaches the portal.
  [ "$method" = GET ] || body=(--data '')
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    [ "$attempt" -eq 1 ] || sleep "$seconds"
    : >"$work/answer"
    found=$(curl --silent --include --max-time 30 --request "$method" "${body[@]}" --output "$work/answer" \
      --write-out '%{http_code}' "$url$path") || found="none (${found:-000})"
    if [ "$found" = "$status" ] && grep -qiF -- "$text" "$work/answer"; then
      say "  ok    $method $path: $status"
      return
    fi
  done
  say "  WRONG $method $path: wanted $status with '$text', got $found"
  failed=$((failed + 1))
}

say "Asking $url"
check / 200 '<html lang="vi"'
check /thong-ke 200 '<html lang="vi"'
check /api/visits 200 '"total":'
check '/tim-kiem?q=smoke' 200 '<html lang="vi"'
check /feed.xml 200 '<feed'
check /robots.txt 200 'Sitemap:'
check /khong-co-trang-nay 404 '<html lang="vi"'
check / 200 'Content-Security-Policy:'
check /api/ledger 401 'HTTP/' POST

[ "$failed" -eq 0 ] || fail "$failed answers were wrong."
say "All answers are right."
