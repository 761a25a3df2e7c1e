// SPDX-License-Identifier: Apache-2.0

#include "io/temporary_folder.h"

#include <filesystem>
#include <string>
#include <system_error>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"

namespace suyuan::io {

Result<TemporaryFolder> TemporaryFolder::create() {
    std::error_code failure;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(failure);
    std::string name = (parent / "suyuan-XXXXXX").string();
    if (failure || ::mkdtemp(name.data()) == nullptr) {
        return fail(ErrorCode::kUnavailable, format("no temporary folder can be made at {}", name));
    }
    return TemporaryFolder(name);
}

TemporaryFolder::~TemporaryFolder() {
    if (!path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
}

}  // namespace suyuan::io
