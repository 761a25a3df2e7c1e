# Writes a C++ source that holds the policy file as text; run by a build step:
#
#   cmake -DINPUT=suyuan-policy.toml -DOUTPUT=product_policy_text.cc -P embed_policy.cmake

file(READ "${INPUT}" text)
file(WRITE "${OUTPUT}.new" "// SPDX-License-Identifier: Apache-2.0
// Written by cmake/embed_policy.cmake.

#include \"policy/policy.h\"

#include <string_view>

namespace suyuan::policy {

std::string_view product_policy_text() noexcept {
    static constexpr std::string_view kText = R\"policy(${text})policy\";
    return kText;
}

}  // namespace suyuan::policy
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")
