#!/usr/bin/env bash
# Makes a Debian package for the Debian that it runs on: installs what is missing, builds a release, packs it.
#   app/package.sh        standard output: where the package lies
# MEANWHILE_BUILD: another build folder than build/release.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
build=${MEANWHILE_BUILD:-$top/build/release}
log=$build/package.log

"$top/third_party/install.sh" package
"$top/app/run.sh" --version >/dev/null
if ! cpack --config "$build/CPackConfig.cmake" -G DEB -B "$build/package" >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "meanwhile: packing failed; everything it said is in $log" >&2
  exit 1
fi
package=$(sed -n 's/^CPack: - package: \(.*\) generated\.$/\1/p' "$log")
echo "meanwhile: install it with: sudo apt install $package" >&2
echo "$package"
