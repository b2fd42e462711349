#!/usr/bin/env bash
# Installs the packages of the named lists (third_party/packages/NAME.txt) that are missing; asks nothing.
#   third_party/install.sh build run
# Exit status 1, with the packages' names, where something is missing and may not be installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

wanted=()
for list in "$@"; do
  while IFS= read -r name; do wanted+=("$name"); done < <(grep -v '^[[:space:]]*\(#\|$\)' "$here/packages/$list.txt")
done

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
missing=()
if ! command -v dpkg-query >/dev/null; then
  echo "meanwhile: this is no Debian; make sure that these packages' counterparts are there: ${wanted[*]}" >&2
  exit 0
fi
for name in "${wanted[@]}"; do is_installed "$name" || missing+=("$name"); done
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  else
    echo "meanwhile: these packages are missing and this user may not install them." >&2
    echo "  Ask an administrator for: apt-get install ${missing[*]}" >&2
    exit 1
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "meanwhile: installing ${#missing[@]} packages: ${missing[*]}" >&2
install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q \
    install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1
}
# The package lists may be old or missing: they are only fetched when the first try fails.
if ! install; then
  "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 -q update >>"$log" 2>&1 || true
  if ! install; then
    tail -n 15 "$log" >&2
    echo "meanwhile: apt-get could not install: ${missing[*]}" >&2
    exit 1
  fi
fi
