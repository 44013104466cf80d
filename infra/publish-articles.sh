#!/usr/bin/env bash
# Uploads a folder of articles and pictures.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
  cat <<END
Usage: infra/publish-articles.sh SET DIR

Uploads the articles in DIR and its subfolders (.docx, .html, .htm, .xhtml, .md, .txt) to container articles, and other
files, and all of folder media, to container media, with their content types. Existing blobs are replaced (old versions
are kept for at least 90 days); nothing is deleted. Skipped files are reported. You can repeat it. You must be a member
of the editors' group.

  SET  parameter set of the deployment: $(sets)
END
}

# Content types that the portal serves; a test compares this list with the code.
content_type() {
  case "${1,,}" in
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

# Prints the content type of an article. Returns 1 for other files, and for files in folder media or in a folder that a
# program saved with an article. Tests compare the list with the code.
article_type() {
  case "${1,,}" in
    media/* | *[_.]files/*) return 1 ;;
    *.docm) echo application/vnd.ms-word.document.macroEnabled.12 ;;
    *.docx) content_type "$1" ;;
    *.dotx) echo application/vnd.openxmlformats-officedocument.wordprocessingml.template ;;
    *.htm | *.html) echo text/html ;;
    *.markdown | *.md) echo text/markdown ;;
    *.txt) echo text/plain ;;
    *.xhtml) echo application/xhtml+xml ;;
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
[ -d "$2" ] || fail "'$2' is not a folder."
directory=$(cd -- "$2" && pwd)
need az
check_login >/dev/null
read_outputs "$1"
account=${outputs[contentStorageName]}

# Hidden files and Word's lock files are skipped. Pictures go first, so that no article lacks its pictures.
seen=(-not -type d -not -path '*/.*' -not -name '~$*')
mapfile -d '' files < <(cd -- "$directory" && {
  find . "${seen[@]}" -print0 | sort -z
})
articles=() others=()
for file in "${files[@]}"; do
  if article_type "${file#./}" >/dev/null; then articles+=("${file#./}"); else others+=("${file#./}"); fi
done
files=("${others[@]}" "${articles[@]}")

# skip_reason FILE: prints why a file is skipped; prints nothing when it is uploaded.
skip_reason() {
  if [ -L "$directory/$1" ]; then
    echo 'it is a symbolic link'
  elif article_type "$1" >/dev/null; then
    [[ ${1##*/} == *[[:alnum:]]*.* ]] || echo 'its name has no letter or digit for an address'
  elif ! content_type "$1" >/dev/null; then
    echo 'the portal does not serve this file type; an article is a .docx, .html, .md or .txt file'
  fi
}

# DIR/x and DIR/media/x would have the same blob name, so the result would depend on the order.
twice=$(for file in "${files[@]}"; do
  article_type "$file" >/dev/null || printf '%s\n' "${file#media/}"
done | sort | uniq -d)
[ -z "$twice" ] ||
  fail "These files are both in '$2' and in its folder media: ${twice//$'\n'/, }. Nothing was uploaded."

number=0 skipped=0
for file in "${files[@]}"; do
  number=$((number + 1))
  progress="[$number/${#files[@]}]"
  reason=$(skip_reason "$file")
  if [ -n "$reason" ]; then
    say "$progress $file is skipped: $reason."
    skipped=$((skipped + 1))
  elif type=$(article_type "$file"); then
    say "$progress articles: $file"
    with_fresh_roles upload articles "$file" "$directory/$file" "$type"
  else
    say "$progress media: ${file#media/}"
    with_fresh_roles upload media "${file#media/}" "$directory/$file" "$(content_type "$file")"
  fi
done
[ "$number" -gt "$skipped" ] || fail "'$2' contains no articles and no pictures."
say "Uploaded $((number - skipped)) files, skipped $skipped."
