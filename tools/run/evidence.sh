# What the tests of access say, as lines of JSON in docs/evidence: the authorisation matrix, and N pairs of worlds.
install_packages "${packages_test[@]}"
ensure_node
node_modules_of tests/http
node_modules_of tests/policy
npm run build --silent --prefix tests/policy
configure release -DSUYUAN_BUILD_TESTS=ON
compile release suyuan
export SUYUAN_PROGRAM=$PWD/build/release/suyuan
SUYUAN_COMMIT=$(git describe --always --dirty --exclude '*' 2>/dev/null || echo unknown)
export SUYUAN_COMMIT
mkdir -p docs/evidence
SUYUAN_EVIDENCE=$PWD/docs/evidence/matrix.jsonl node --test --test-reporter=tap tests/http/matrix.test.mjs
SUYUAN_EVIDENCE=$PWD/docs/evidence/two_worlds.jsonl SUYUAN_PAIRS=${1:-5000} \
    node --test --test-reporter=tap tests/http/two_worlds.test.mjs
