install_packages "${packages_test[@]}"
ensure_node
node_modules_of tests/http
node_modules_of tests/policy
npm run build --silent --prefix tests/policy
configure release -DSUYUAN_BUILD_TESTS=ON
compile release suyuan
SUYUAN_PROGRAM=$PWD/build/release/suyuan node --test --test-reporter=tap tests/http/*.test.mjs
