#!/usr/bin/env bash
# Uploads a folder of articles and pictures.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/publish-articles.sh SET DIR

Uploads the articles in DIR ({slug}.html) into container articles, and the pictures and documents in the folders beneath
it into container media, each with its content type. What is there already is replaced (the old version is kept for 90
days); nothing is deleted. Safe to repeat. You need to be in the group of editors.

  SET  parameters of the deployment: $(sets)
END
}

# What the portal serves; tests compare this list with its code.
content_type() {
  case "${1,,}" in
    *.html) echo text/html ;;
    *.avif) echo image/avif ;;
    *.doc) echo application/msword ;;
    *.docx) echo application/vnd.openxmlformats-officedocument.wordprocessingml.document ;;
    *.gif) echo image/gif ;;
    *.jpeg | *.jpg) echo image/jpeg ;;
    *.mp3) echo audio/mpeg ;;
    *.mp4) echo video/mp4 ;;
    *.ods) echo application/vnd.oasis.opendocument.spreadsheet ;;
    *.odt) echo application/vnd.oasis.opendocument.text ;;
    *.pdf) echo application/pdf ;;
    *.png) echo image/png ;;
    *.webp) echo image/webp ;;
    *.xls) echo application/vnd.ms-excel ;;
    *.xlsx) echo application/vnd.openxmlformats-officedocument.spreadsheetml.sheet ;;
    *.zip) echo application/zip ;;
    *) return 1 ;;
  esac
}

upload() {
  az storage blob upload --auth-mode login --account-name "$account" --container-name "$1" --name "$2" --file "$3" \
    --content-type "$4" --overwrite --no-progress --output none </dev/null
}

case "${1:-}" in
  --help | -h) usage; exit 0 ;;
esac
[ $# -eq 2 ] || { usage >&2; exit 2; }
check_set "$1"
directory=${2%/}
[ -d "$directory" ] || fail "'$2' is no folder."
need az
check_login >/dev/null
account=$(output "$1" contentStorageName)

# Hidden files and the lock files of Word are left out. Pictures go first, so that no article shows a hole.
mapfile -d '' files < <(cd "$directory" && {
  find . -mindepth 2 -type f -not -path '*/.*' -not -name '~$*' -print0 | sort -z
  find . -maxdepth 1 -type f -name '*.html' -not -name '.*' -not -name '~$*' -print0 | sort -z
})
[ "${#files[@]}" -gt 0 ] || fail "'$directory' has neither articles (*.html) nor folders of pictures."

number=0 skipped=0
for file in "${files[@]}"; do
  file=${file#./}
  number=$((number + 1))
  progress="[$number/${#files[@]}]"
  if ! type=$(content_type "$file") || { [[ $file == */* ]] && [ "$type" = text/html ]; }; then
    say "$progress $file is left out: the portal does not serve files of its kind."
    skipped=$((skipped + 1))
  elif [[ $file == */* ]]; then
    say "$progress media: ${file#media/}"
    with_fresh_roles upload media "${file#media/}" "$directory/$file" "$type"
  else
    [[ $file =~ ^[a-z0-9]+(-[a-z0-9]+)*\.html$ ]] ||
      say "$progress $file will not be shown: an article is named with a to z, digits and single hyphens."
    say "$progress articles: $file"
    with_fresh_roles upload articles "$file" "$directory/$file" "$type"
  fi
done
say "Uploaded $((number - skipped)) files, left out $skipped."
