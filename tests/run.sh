#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test.   tests/run.sh [ctest arguments, e.g. -R Player]
# MEANWHILE_BUILD: another build folder than build/tests; MEANWHILE_CMAKE: further arguments of cmake.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
build=${MEANWHILE_BUILD:-$top/build/tests}

# Names what failed at least once, and what this machine had nothing for, from CTest's log of all attempts.
tell_of_tries() {
  awk '
    function end_of_test() { if (state == "Failed") ++failed[entry]; if (state == "Passed") passed[entry] = 1 }
    /^[0-9]+\/[0-9]+ Test: / { entry = $0; sub(/^[^:]*: /, "", entry) }
    /^\[  FAILED  \] .* \([0-9]+ ms\)$/ { name = $4; sub(/,$/, "", name); if (!index(tests[entry], " " name)) tests[entry] = tests[entry] " " name }
    /^\[  SKIPPED \] .* \([0-9]+ ms\)$/ { skipped[$4] = 1 }
    /^Test (Failed|Passed)\.$/ { state = $2; sub(/\./, "", state); end_of_test() }
    END {
      for (name in skipped) print "skipped: " name
      for (entry in failed) {
        print (passed[entry] ? "passed after " : "FAILED ") failed[entry] " failure(s): " entry tests[entry]
      }
    }' "$build/Testing/Temporary/LastTest.log" | sort
}

"$top/third_party/install.sh" build run test
# Not optimised: what costs time in these tests (FFmpeg, x264, SQLite) comes optimised from the distribution.
# shellcheck disable=SC2086  # several arguments in one variable
cmake -S "$top" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-g1 ${MEANWHILE_CMAKE:-} >/dev/null
cmake --build "$build"
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}
# Real time on a shared machine: a test may be starved once, not three times.
status=0
ctest --test-dir "$build" --output-on-failure --repeat until-pass:3 --no-tests=error -j"$(($(nproc) + 1))" "$@" || status=$?
echo "== Tests that didn't pass at once (each is mended or explained):"
tell_of_tries
exit "$status"
