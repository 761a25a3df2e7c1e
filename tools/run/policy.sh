# Random questions to the policy's engine and to an independent reading of docs/policy.md; wrong
# engines; the cost of a decision.
install_packages "${packages_test[@]}"
ensure_node
node_modules_of tests/policy
configure release -DSUYUAN_BUILD_TESTS=ON
compile release policy_questions
SUYUAN_POLICY_QUESTIONS=${1:-10000000} SUYUAN_PROGRAM=$PWD/build/release/suyuan \
    node --test --test-reporter=tap tests/policy/policy.test.mjs
