#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test.   tests/run.sh [ctest arguments, e.g. -R Player]
# MEANWHILE_BUILD: another build folder than build/tests; MEANWHILE_CMAKE: further arguments of cmake.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
build=${MEANWHILE_BUILD:-$top/build/tests}

"$top/third_party/install.sh" build run test
# Not optimised: what costs time in these tests (FFmpeg, x264, SQLite) comes optimised from the distribution.
# shellcheck disable=SC2086  # several arguments in one variable
cmake -S "$top" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-g1 ${MEANWHILE_CMAKE:-} >/dev/null
cmake --build "$build"
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}
# Real time on a shared machine: a test may be starved once, not three times.
ctest --test-dir "$build" --output-on-failure --repeat until-pass:3 --no-tests=error -j2 "$@"
