#!/usr/bin/env bash
# Installs what is missing, builds a release, and runs meanwhile with the arguments given:
#   app/run.sh                  the window; without a display: meanwhile demo
#   app/run.sh record --for 8s  any command of meanwhile
# MEANWHILE_BUILD: another build folder than build/release.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
build=${MEANWHILE_BUILD:-$top/build/release}
stamp=$build/.packages-installed
log=$build/build.log

# What was installed once for these lists need not be asked for again: a second run starts at once.
if [ ! -e "$stamp" ] || [ "$top/third_party/packages/build.txt" -nt "$stamp" ] ||
  [ "$top/third_party/packages/run.txt" -nt "$stamp" ]; then
  "$top/third_party/install.sh" build run
  mkdir -p "$build"
  touch "$stamp"
fi

# Standard output stays the command's own: all of this goes to standard error. A terminal has one line, written over
# and cut to its width.
say_step() {
  if [ -t 2 ]; then
    local rows columns
    read -r rows columns < <(stty size <&2 2>/dev/null || echo 24 80)
    printf '\r\033[K%s' "${1:0:$((columns > 1 ? columns - 1 : 79))}" >&2
  else
    echo "$1" >&2
  fi
}
clear_step() { if [ -t 2 ]; then printf '\r\033[K' >&2; fi; }

# What a step builds, of ninja's "Building CXX object app/CMakeFiles/app_ui.dir/ui/pen.cpp.o": a file, or what was joined.
built_by() {
  local file=${1##* }
  if [[ $file =~ CMakeFiles/(.*)\.dir/Unity/unity_([0-9]+)_ ]]; then
    echo "${BASH_REMATCH[1]}, part $((BASH_REMATCH[2] + 1))"
  elif [[ $file =~ CMakeFiles/(.*)\.dir/cmake_pch ]]; then
    echo "${BASH_REMATCH[1]}, headers"
  else
    file=${file/CMakeFiles\/*.dir\//}
    echo "${file%.o}"
  fi
}
# Keeps all that ninja says; shows how far it is. Without a terminal: a line each tenth.
show_progress() {
  local line percent told=-10
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    # Looking for new files, which ninja does each time, builds nothing.
    [[ $line =~ ^\ *([0-9]+)%\ ((Building|Linking)\ .*)$ ]] || continue
    percent=${BASH_REMATCH[1]}
    if [ -t 2 ] || ((percent >= told + 10)); then
      told=$percent
      say_step "meanwhile: building, $percent % ($(built_by "${BASH_REMATCH[2]}"))"
    fi
  done 3>"$log"
  clear_step
}
failed() {
  clear_step
  tail -n 40 "$log" >&2
  echo "meanwhile: the build failed; everything it said is in $log" >&2
  exit 1
}
if [ ! -e "$build/build.ninja" ]; then
  say_step "meanwhile: looking for the libraries to build with"
  cmake -S "$top" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DMEANWHILE_TESTS=OFF -DCMAKE_UNITY_BUILD=ON \
    >"$log" 2>&1 || failed
fi
[ -x "$build/app/meanwhile" ] || say_step "meanwhile: building (a few minutes, this first time)"
NINJA_STATUS='%p ' cmake --build "$build" --target meanwhile 2>&1 | show_progress || failed

if [ $# -eq 0 ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ "$(uname)" = Linux ]; then
  set -- demo
fi
exec "$build/app/meanwhile" "$@"
