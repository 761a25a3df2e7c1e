// SPDX-License-Identifier: Apache-2.0

#include "service/lookup_code.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "model/code.h"
#include "service/wording.h"

namespace suyuan::service {

Result<std::vector<std::string>> codes_meant(std::string_view text) {
    std::vector<std::string> codes = model::candidate_uris(text);
    if (codes.empty()) {
        return fail(ErrorCode::kInvalidArgument, Sentence{"没有写编码", "the code is empty"});
    }
    if (std::ranges::find(codes, text) == codes.end()) {
        codes.emplace_back(text);
    }
    return codes;
}

Failure not_known(const Words& what, std::string_view code) {
    return fail(
        ErrorCode::kNotFound,
        Sentence{
            format("没有编码为“{}”的{}", code, what.zh),
            format("no {} has the code \"{}\"", what.en, code)
        }
    );
}

}  // namespace suyuan::service
