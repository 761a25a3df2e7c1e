install_packages "${packages_test[@]}"
configure release -DSUYUAN_BUILD_TESTS=ON
compile release
ctest --test-dir build/release --output-on-failure -j "$(nproc)" ${1:+-R "$1"}
