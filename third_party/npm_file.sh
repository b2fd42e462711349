#!/usr/bin/env bash
# Fetches one file of a package of third_party/packages/npm.txt with npm, and checks the package's hash; nothing of it is run.
#   third_party/npm_file.sh axe-core build/axe.min.js
# Exit status 3: npm isn't installed, or the package can't be had now.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

read -r version file hash < <(awk -v name="$1" '$1 == name { print $2, $3, $4 }' "$here/packages/npm.txt")
command -v npm >/dev/null || { echo "meanwhile: npm isn't installed" >&2; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$1@$version" >/dev/null 2>&1) || { echo "meanwhile: npm can't fetch $1 $version now" >&2; exit 3; }
package=$(echo "$work"/*.tgz)
[ "sha512-$(openssl dgst -sha512 -binary "$package" | base64 -w0)" = "$hash" ] ||
  { echo "meanwhile: $1 $version isn't the package that it was" >&2; exit 1; }
tar -xzf "$package" -C "$work" "package/$file"
mkdir -p "$(dirname "$2")"
mv "$work/package/$file" "$2"
