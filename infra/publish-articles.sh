#!/usr/bin/env bash
# Uploads a folder of articles and pictures.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/publish-articles.sh SET DIR

Uploads the articles in DIR ({slug}.html) into container articles, and the pictures and documents beside them and in the
folders beneath into container media, each with its content type. What is there already is replaced (the old version is
kept for 90 days at least); nothing is deleted, and what is left out is named. Safe to repeat. You need to be in the group of editors.

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

help_if_asked "$@"
[ $# -eq 2 ] || { usage >&2; exit 2; }
check_set "$1"
[ -d "$2" ] || fail "'$2' is no folder."
directory=$(cd -- "$2" && pwd)
need az
check_login >/dev/null
read_outputs "$1"
account=${outputs[contentStorageName]}

# Hidden files and the lock files of Word are passed over. Pictures go first, so that no article shows a hole.
seen=(-not -type d -not -path '*/.*' -not -name '~$*')
mapfile -d '' files < <(cd -- "$directory" && {
  find . "${seen[@]}" -not -name '*.html' -print0 | sort -z
  find . "${seen[@]}" -name '*.html' -print0 | sort -z
})

# Why a file is not uploaded; nothing when it is.
reason_against() {
  if [ -L "$directory/$1" ]; then
    echo 'it is a link'
  elif ! content_type "$1" >/dev/null; then
    echo 'the portal serves no files of its kind; an article ends in .html'
  elif [[ $1 == */*.[Hh][Tt][Mm][Ll] ]]; then
    echo 'articles lie in the folder itself'
  elif [[ ${1,,} == *.html && $1 != *.html ]]; then
    echo "an article's name ends in .html, in small letters"
  fi
}

# Files in media/ and beside it share one container: which one would be shown must not depend on the order.
twice=$(for file in "${files[@]}"; do
  file=${file#./}
  [[ $file == *.html ]] || printf '%s\n' "${file#media/}"
done | sort | uniq -d)
[ -z "$twice" ] || fail "Both '$2' and its folder media hold these, and each would replace the other: ${twice//$'\n'/, }. Nothing was uploaded."

number=0 skipped=0
for file in "${files[@]}"; do
  file=${file#./}
  number=$((number + 1))
  progress="[$number/${#files[@]}]"
  reason=$(reason_against "$file")
  if [ -n "$reason" ]; then
    say "$progress $file is left out: $reason."
    skipped=$((skipped + 1))
  elif [[ $file == *.html ]]; then
    [[ $file =~ ^[a-z0-9]+(-[a-z0-9]+)*\.html$ ]] ||
      say "$progress $file will not be shown: an article is named with a to z, digits and single hyphens."
    say "$progress articles: $file"
    with_fresh_roles upload articles "$file" "$directory/$file" text/html
  else
    say "$progress media: ${file#media/}"
    with_fresh_roles upload media "${file#media/}" "$directory/$file" "$(content_type "$file")"
  fi
done
[ "$number" -gt "$skipped" ] || fail "'$2' has neither articles (*.html) nor pictures."
say "Uploaded $((number - skipped)) files, left out $skipped."
