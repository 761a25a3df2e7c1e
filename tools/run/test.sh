# What must pass: every suite on the release build, the unit and parser tests under AddressSanitizer, and
# lint of what the newest commit changed (ten minutes of it at most). Each suite appends "passed failed"
# to a tally; the last line sums them up.
install_packages "${packages_test[@]}"
ensure_node
[ -d "${SUYUAN_TEST_DATA:-}" ] || say "SUYUAN_TEST_DATA is not set: tests on public data say 'skipped: no data'"
mkdir -p build
tally=build/tally
: >"$tally"

# count NAME PASSED FAILED
count() {
    printf '%s %s %s\n' "$1" "$2" "$3" >>"$tally"
    say "$1: $2 passed, $3 failed"
}

# run_ctest NAME FOLDER ARGUMENT...
run_ctest() {
    local name=$1 folder=$2 log=build/$1.log
    shift 2
    ctest --test-dir "$folder" --output-on-failure --no-tests=error "$@" 2>&1 | tee "$log" |
        grep --line-buffered -vE '^ +Start |Passed +[0-9.]+ sec$' || true
    local failed total
    failed=$(sed -n 's/.*tests passed, \([0-9]*\) tests failed out of [0-9]*/\1/p' "$log" | tail -n 1)
    total=$(sed -n 's/.*tests failed out of \([0-9]*\).*/\1/p' "$log" | tail -n 1)
    if [ -z "$total" ]; then count "$name" 0 1; else count "$name" $((total - failed)) "$failed"; fi
}

# run_node NAME FILE...
run_node() {
    local name=$1 log=build/$1.log passed failed
    shift
    SUYUAN_PROGRAM=$PWD/build/release/suyuan node --test --test-concurrency=1 --test-reporter=tap "$@" 2>&1 |
        tee "$log" | grep --line-buffered -E '^ *not ok|^# (tests|pass|fail|skipped)' || true
    passed=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$log" | tail -n 1)
    failed=$(sed -n 's/^# fail \([0-9]*\)$/\1/p' "$log" | tail -n 1)
    if [ -z "$passed" ] || [ "$((passed + failed))" -eq 0 ]; then count "$name" 0 1; else count "$name" "$passed" "$failed"; fi
    [ "${failed:-1}" -eq 0 ] || tail -n 60 "$log"
}

# run_vitest NAME FOLDER
run_vitest() {
    local name=$1 folder=$2 log=$PWD/build/$1.json numbers
    (cd "$folder" && npx --no-install vitest run --reporter=json --outputFile="$log") >"build/$name.log" 2>&1 || tail -n 60 "build/$name.log"
    numbers=$(node -p 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); `${r.numPassedTests} ${r.numFailedTests + r.numPendingTests}`' "$log" 2>/dev/null || echo "0 1")
    # shellcheck disable=SC2086
    count "$name" $numbers
}

# check NAME COMMAND...: one test that is a command.
check() {
    local name=$1
    shift
    if "$@"; then count "$name" 1 0; else count "$name" 0 1; fi
}

configure release -DSUYUAN_BUILD_TESTS=ON
if ! compile release; then
    count build 0 1
else
    run_ctest cxx build/release -j "$(nproc)"
    for suite in http e2e policy; do
        [ -f "tests/$suite/package-lock.json" ] && node_modules_of "tests/$suite"
    done
    check console-types npm --prefix web/console exec -- vue-tsc --noEmit -p web/console
    run_vitest console web/console
    run_node cli tests/cli/*.test.mjs
    check policy-types npm run build --silent --prefix tests/policy
    run_node http tests/http/*.test.mjs
    run_node hostile tests/hostile/*.test.mjs
    run_node policy tests/policy/*.test.mjs
    run_node e2e tests/e2e/*.test.mjs
fi
configure asan -DSUYUAN_BUILD_TESTS=ON
if compile asan unit_programs; then
    export LSAN_OPTIONS=suppressions=$PWD/cmake/lsan.supp:print_suppressions=0
    run_ctest asan build/asan -L 'unit|fuzz' -j "$(nproc)"
else
    count asan-build 0 1
fi
export SUYUAN_LINT_SECONDS=${SUYUAN_LINT_SECONDS:-600}
check lint bash -c 'set -euo pipefail; source tools/run/common.sh; set --; source tools/run/lint.sh'
passed=$(awk '{ sum += $2 } END { print sum + 0 }' "$tally")
failed=$(awk '{ sum += $3 } END { print sum + 0 }' "$tally")
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
