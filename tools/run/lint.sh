# clang-format and clang-tidy 19: on changed files, or with --full on all of them and, beyond, the C++ tests
# under ThreadSanitizer. SUYUAN_LINT_SECONDS bounds the tidy part (0: no bound).
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
if [ ${#known[@]} -gt 0 ]; then
    say "clang-tidy: ${#known[@]} files"
    # The generated sources that headers need.
    compile release suyuan_http
    printf '%s\n' "${known[@]}" |
        xargs -P "$(nproc)" -n 1 timeout "${SUYUAN_LINT_FILE_SECONDS:-240}" clang-tidy-19 --quiet \
            -p build/release --extra-arg=-Wno-unknown-warning-option 2>/dev/null || failed=1
fi
if [ "${1:-}" = --full ]; then
    configure tsan
    compile tsan
    SUYUAN_PROPERTY_WORLDS=500 ctest --test-dir build/tsan --output-on-failure -LE tidy || failed=1
fi
[ $failed -eq 0 ] && say "lint: nothing found"
exit $failed
