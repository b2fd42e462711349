#!/usr/bin/env bash
# Brings the catalogs up to date with the sentences of the source: new ones are there, empty; those that changed a little
# are marked "fuzzy" and not used until a translator has looked at them. Needs gettext.
#   app/languages/update.sh           all catalogs
#   app/languages/update.sh new fr    begins another one
#   app/languages/update.sh pot FILE  only the sentences, as a template
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
here=$top/app/languages
sentences=$(mktemp -d)
trap 'rm -rf "$sentences"' EXIT

# What HTML marks by data-tr (app/page/page_words.h), as a script, for xgettext reads no HTML.
words_of_html() {
  grep -oE '<[^<>]* data-tr[^<>]*>([^<]+</)?' "$1" | grep -oE ' (title|aria-label|placeholder)="[^"]*"|>[^<]+</$' |
    sed -E 's|^ [^=]*="(.*)"$|tr("\1");|; s|^>(.*)</$|tr("\1");|'
}

# Sorted by file, without line numbers: a catalog changes only where a sentence does.
extract() {
  cd "$top"
  git ls-files --cached --others --exclude-standard 'app/*.cpp' 'app/*.h' 'media/*.cpp' 'media/*.h' 'upload/*.cpp' 'upload/*.h' |
    grep -v '^media/base/translation' | sort >"$sentences/files"
  git ls-files --cached --others --exclude-standard 'app/page/web/*.js' 'app/page/list/*.js' | sort >"$sentences/scripts"
  # Each under its own name, in another folder that is looked into first.
  for page in app/page/web/page.html app/page/list/page.html; do
    mkdir -p "$sentences/html/$(dirname "$page")"
    words_of_html "$page" >"$sentences/html/$page"
    echo "$page" >>"$sentences/scripts"
  done
  local common=(--from-code=UTF-8 --add-location=file --package-name=meanwhile --add-comments=TRANSLATORS --keyword)
  xgettext "${common[@]}" --language=C++ --keyword=tr:1 --keyword=tr_in:1c,2 --keyword=tr_format:1 --keyword=tr_format_in:1c,2 --keyword=tr_count:2,3 \
    --keyword=tr_later:1 --files-from="$sentences/files" --output="$1"
  xgettext "${common[@]}" --language=JavaScript --keyword=tr:1 --keyword=trIn:1c,2 --keyword=trFormat:1 --keyword=trCount:2,3 \
    --directory="$sentences/html" --directory=. --files-from="$sentences/scripts" --join-existing --output="$1"
  # Guessed of every "%": our placeholders are {}.
  sed -E -i 's/, (no-)?(c|javascript)-format//; /^#$/d' "$1"
}

extract "$sentences/meanwhile.pot"
case ${1:-} in
  pot) cp "$sentences/meanwhile.pot" "$2" ;;
  new) msginit --no-translator --locale="$2" --input="$sentences/meanwhile.pot" --output-file="$here/$2.po" ;;
  *)
    for catalog in "$here"/*.po; do
      msgmerge --quiet --update --backup=none --add-location=file --previous "$catalog" "$sentences/meanwhile.pot"
      echo "$(basename "$catalog"): $(msgfmt --statistics -o /dev/null "$catalog" 2>&1)"
    done
    ;;
esac
