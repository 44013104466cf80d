#!/usr/bin/env bash
# Smoke test: requests pages and numbers and checks the responses. Counts no visit and changes nothing.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/smoke.sh URL

Requests pages and numbers of the portal at URL and checks the responses. Retries for a minute while the portal starts
(variables SMOKE_ATTEMPTS and SMOKE_SECONDS). Exit code: 0 all correct, 1 a response is wrong, 2 the test could not run.
END
}

help_if_asked "$@"
[ $# -le 1 ] || refuse "Only one URL is allowed; got '$1' and '$2'."
case "${1:-}" in
  http://* | https://*) url=${1%/} ;;
  '') usage >&2; exit 2 ;;
  *) refuse "'$1' is not a URL; allowed is, for example, https://phucthuan.example.vn" ;;
esac
need curl
attempts=${SMOKE_ATTEMPTS:-12}
seconds=${SMOKE_SECONDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# check PATH STATUS TEXT [METHOD]: expects this status, and this text in the headers or the body.
check() {
  local path=$1 status=$2 text=$3 method=${4:-GET} attempt found=none body=()
  # Some proxies refuse a POST without Content-Length.
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
  say "  WRONG $method $path: expected $status with '$text', got $found"
  failed=$((failed + 1))
}

say "Testing $url"
check / 200 '<html lang="vi"'
check /thong-ke 200 '<html lang="vi"'
check /api/health 200 '"status":"ok"'
check /api/visits 200 '"total":'
check '/tim-kiem?q=smoke' 200 '<html lang="vi"'
check /feed.xml 200 '<feed'
check /robots.txt 200 'Sitemap:'
check /khong-co-trang-nay 404 '<html lang="vi"'
check / 200 'Content-Security-Policy:'
check /api/health/report 401 'HTTP/'
check /api/ledger 401 'HTTP/' POST

[ "$failed" -eq 0 ] || fail "$failed responses were wrong."
say "All responses are correct."
