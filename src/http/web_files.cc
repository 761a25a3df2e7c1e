// SPDX-License-Identifier: Apache-2.0

#include "http/web_files.h"

#include <algorithm>  // IWYU pragma: keep
#include <string_view>

namespace suyuan::http {

const WebFile* find_web_file(std::string_view name) noexcept {
    const auto files = web_files();
    const auto at = std::ranges::lower_bound(files, name, {}, &WebFile::name);
    return at != files.end() && at->name == name ? &*at : nullptr;
}

}  // namespace suyuan::http
