install_packages "${packages_test[@]}"
configure release -DSUYUAN_BUILD_TESTS=ON
compile release trace_property_test
SUYUAN_PROPERTY_WORLDS=${1:-1000000} build/release/tests/property/trace_property_test
