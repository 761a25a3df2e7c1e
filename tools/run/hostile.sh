install_packages "${packages_test[@]}"
ensure_node
configure release -DSUYUAN_BUILD_TESTS=ON
compile release suyuan
SUYUAN_HOSTILE="${1:-}" SUYUAN_PROGRAM=$PWD/build/release/suyuan node --test --test-reporter=tap tests/hostile/*.test.mjs
