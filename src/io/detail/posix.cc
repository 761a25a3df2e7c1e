// SPDX-License-Identifier: Apache-2.0

#include "io/detail/posix.h"

#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <source_location>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/result.h"

namespace suyuan::io::detail {

Descriptor::~Descriptor() {
    if (value_ >= 0) {
        ::close(value_);
    }
}

ErrorCode code_from_errno(int error) noexcept {
    switch (error) {
        case ENOENT:
            return ErrorCode::kNotFound;
        case EACCES:
        case EPERM:
        case EROFS:
            return ErrorCode::kPermissionDenied;
        default:
            return ErrorCode::kUnavailable;
    }
}

Failure fail_with_errno(
    std::string_view action, const std::filesystem::path& path, std::source_location origin
) {
    const int error = errno;
    std::string message(action);
    message += ' ';
    message += path.string();
    message += ": ";
    message += std::generic_category().message(error);
    return fail(code_from_errno(error), std::move(message), origin);
}

Status write_all(
    const Descriptor& file, std::string_view bytes, const std::filesystem::path& path
) {
    while (!bytes.empty()) {
        const ::ssize_t written =
            retry_interrupted([&] { return ::write(file.value(), bytes.data(), bytes.size()); });
        if (written < 0) {
            return fail_with_errno("write", path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

}  // namespace suyuan::io::detail
