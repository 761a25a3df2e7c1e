# docs/policy.md read twice, engine and evaluator: laws, N random questions, every defect, the cost of a decision.
# The large run, without N, adds its result to docs/evidence/policy.jsonl. SUYUAN_POLICY: another policy file.
install_packages "${packages_test[@]}"
ensure_node
node_modules_of tests/policy
configure release -DSUYUAN_BUILD_TESTS=ON
compile release policy_questions policy_laws_test
npm run build --silent --prefix tests/policy
SUYUAN_POLICY_QUESTIONS=${1:-1000000} build/release/tests/policy/policy_laws_test --gtest_brief=1
if [ $# -eq 0 ]; then
    mkdir -p docs/evidence
    export SUYUAN_EVIDENCE=$PWD/docs/evidence/policy.jsonl
fi
SUYUAN_COMMIT=$(git describe --always --dirty --exclude '*' 2>/dev/null || echo unknown) \
    node tests/policy/build/compare.js "${1:-10000000}"
