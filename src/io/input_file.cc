// SPDX-License-Identifier: Apache-2.0

#include "io/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "io/detail/posix.h"

namespace suyuan::io {

Result<InputFile> InputFile::open(const std::filesystem::path& path) {
    // Not blocking: a named pipe without a writer would stop us here.
    detail::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open()) {
        return detail::fail_with_errno("open", path);
    }
    struct stat status{};
    if (::fstat(file.value(), &status) != 0) {
        return detail::fail_with_errno("stat", path);
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::kInvalidArgument, path.string() + " is no regular file");
    }
    return InputFile(file.release(), static_cast<std::uint64_t>(status.st_size), path);
}

InputFile::InputFile(int descriptor, std::uint64_t size, std::filesystem::path path)
    : descriptor_(descriptor), size_(size), path_(std::move(path)) {}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(std::exchange(other.size_, 0)),
      path_(std::move(other.path_)) {}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(size_, other.size_);
    std::swap(path_, other.path_);
    return *this;
}

InputFile::~InputFile() {
    const detail::Descriptor closes_itself(descriptor_);
}

Result<std::size_t> InputFile::read_at(std::uint64_t offset, std::span<char> into) const {
    std::size_t filled = 0;
    while (filled < into.size()) {
        const std::span<char> rest = into.subspan(filled);
        const ::ssize_t count = detail::retry_interrupted([&] {
            return ::pread(
                descriptor_, rest.data(), rest.size(), static_cast<::off_t>(offset + filled)
            );
        });
        if (count < 0) {
            return detail::fail_with_errno("read", path_);
        }
        if (count == 0) {
            break;
        }
        filled += static_cast<std::size_t>(count);
    }
    return filled;
}

}  // namespace suyuan::io
