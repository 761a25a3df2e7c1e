# clang-format and clang-tidy 19: on changed files, or with --full on all of them and, beyond, the C++ tests
# under ThreadSanitizer. SUYUAN_LINT_BASE: changed since when (else: by the newest commit). SUYUAN_LINT_SECONDS:
# when to begin no further file with clang-tidy; those that were not read are counted (else: no bound).
install_packages "${packages_test[@]}"
[ -f build/release/compile_commands.json ] || configure release -DSUYUAN_BUILD_TESTS=ON
if [ "${1:-}" = --full ]; then
    mapfile -t sources < <(git ls-files 'src/*.cc' 'tests/*.cc' 'bench/*.cc')
    mapfile -t formatted < <(git ls-files '*.h' '*.cc')
else
    mapfile -t sources < <(changed_sources 'src/*.cc' 'tests/*.cc' 'bench/*.cc')
    mapfile -t formatted < <(changed_sources '*.h' '*.cc')
fi
failed=0
if [ ${#formatted[@]} -gt 0 ]; then
    say "clang-format: ${#formatted[@]} files"
    clang-format-19 --dry-run --Werror "${formatted[@]}" || failed=1
fi
# Only what the build compiles has a command that clang-tidy can read.
mapfile -t known < <(printf '%s\n' "${sources[@]}" | while read -r source; do
    grep -qF "\"$PWD/$source\"" build/release/compile_commands.json && printf '%s\n' "$source"
done)
# More than this is no change but a new piece of the house, and takes hours: that is for --full.
changed_max=60
if [ "${1:-}" != --full ] && [ ${#known[@]} -gt $changed_max ]; then
    say "clang-tidy: ${#known[@]} files changed, more than $changed_max; read them with ./run lint --full"
elif [ ${#known[@]} -gt 0 ]; then
    say "clang-tidy: ${#known[@]} files"
    # The generated sources that headers need.
    compile release suyuan_http
    unread=$(mktemp)
    end=$((EPOCHSECONDS + ${SUYUAN_LINT_SECONDS:-1000000}))
    printf '%s\n' "${known[@]}" | LINT_END=$end LINT_UNREAD=$unread xargs -P "$(nproc)" -n 1 bash -c '
        if [ "$EPOCHSECONDS" -ge "$LINT_END" ]; then
            printf "%s\n" "$0" >>"$LINT_UNREAD"
            exit 0
        fi
        checks=
        case $0 in *_test.cc | *_testing.* | tests/*) checks=-bugprone-unchecked-optional-access ;; esac
        timeout 300 clang-tidy-19 --checks="$checks" --quiet -p build/release --extra-arg=-Wno-unknown-warning-option \
            --extra-arg=-Wno-deprecated-declarations "$0" 2>/dev/null
    ' || failed=1
    left=$(wc -l <"$unread")
    rm -f "$unread"
    [ "$left" -eq 0 ] || say "clang-tidy: $left of ${#known[@]} files were not read for want of time"
fi
if [ "${1:-}" = --full ]; then
    configure tsan
    compile tsan
    SUYUAN_PROPERTY_WORLDS=500 ctest --test-dir build/tsan --output-on-failure -LE tidy || failed=1
fi
[ $failed -eq 0 ] && say "lint: nothing found"
exit $failed
