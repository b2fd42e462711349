#!/usr/bin/env bash
# Installs what is missing, builds a release, and runs meanwhile with the arguments given:
#   app/run.sh                  the window; without a display: meanwhile demo
#   app/run.sh record --for 8s  any command of meanwhile
# MEANWHILE_BUILD: another build folder than build/release.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
build=${MEANWHILE_BUILD:-$top/build/release}
stamp=$build/.packages-installed

# What was installed once for these lists need not be asked for again: a second run starts at once.
if [ ! -e "$stamp" ] || [ "$top/third_party/packages/build.txt" -nt "$stamp" ] ||
  [ "$top/third_party/packages/run.txt" -nt "$stamp" ]; then
  "$top/third_party/install.sh" build run
  mkdir -p "$build"
  touch "$stamp"
fi

quietly() {
  local log=$build/build.log
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "meanwhile: the build failed; everything it said is in $log" >&2
    exit 1
  fi
}
if [ ! -e "$build/build.ninja" ]; then
  quietly cmake -S "$top" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DMEANWHILE_TESTS=OFF -DCMAKE_UNITY_BUILD=ON
fi
[ -x "$build/app/meanwhile" ] || echo "meanwhile: building (a few minutes, this first time)" >&2
quietly cmake --build "$build" --target meanwhile

if [ $# -eq 0 ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname)" = Linux ]; then
  set -- demo
fi
exec "$build/app/meanwhile" "$@"
