// SPDX-License-Identifier: Apache-2.0

#include "io/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkostemp() is POSIX, not C.

#include "base/error.h"
#include "base/result.h"
#include "io/detail/posix.h"

namespace suyuan::io {
namespace {

namespace fs = std::filesystem;

// More files than any import has; a mistyped "/" ends here instead of filling memory.
constexpr std::size_t kListedFilesMax = 1'000'000;

constexpr std::size_t kReadChunkBytes = std::size_t{1} << 16U;

// The folder whose entry names `path`: "." for a bare name.
fs::path parent_of(const fs::path& path) {
    const fs::path parent = path.parent_path();
    return parent.empty() ? fs::path(".") : parent;
}

Status write_and_rename(
    const detail::Descriptor& file,
    const fs::path& beside,
    const fs::path& path,
    std::string_view bytes
) {
    SUYUAN_TRY_VOID(detail::write_all(file, bytes, beside));
    if (::fsync(file.value()) != 0) {
        return detail::fail_with_errno("sync", beside);
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) {
        return detail::fail_with_errno("rename to", path);
    }
    return sync_directory(parent_of(path));
}

Status make_directory(const fs::path& path) {
    if (::mkdir(path.c_str(), 0700) == 0) {
        return sync_directory(parent_of(path));
    }
    std::error_code ignored;
    if (errno == EEXIST && fs::is_directory(path, ignored)) {
        return {};
    }
    return detail::fail_with_errno("create directory", path);
}

bool has_extension(const fs::path& path, const std::vector<std::string>& extensions) {
    const std::string name = path.filename().string();
    return std::ranges::any_of(extensions, [&](const std::string& extension) {
        return name.ends_with(extension);
    });
}

Failure fail_with(const std::error_code& error, const fs::path& path) {
    return fail(
        detail::code_from_errno(error.value()), "list " + path.string() + ": " + error.message()
    );
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t bytes_max) {
    const detail::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) {
        return detail::fail_with_errno("open", path);
    }
    // By what is read, not by what stat() says: files of /proc have no size, others may grow.
    std::string text;
    std::array<char, kReadChunkBytes> chunk{};
    while (true) {
        const ::ssize_t count = detail::retry_interrupted([&] {
            return ::read(file.value(), chunk.data(), chunk.size());
        });
        if (count < 0) {
            return detail::fail_with_errno("read", path);
        }
        if (count == 0) {
            return text;
        }
        text.append(chunk.data(), static_cast<std::size_t>(count));
        if (text.size() > bytes_max) {
            return fail(
                ErrorCode::kLimitExceeded,
                path.string() + " is larger than " + std::to_string(bytes_max) + " bytes"
            );
        }
    }
}

Status append_file(const std::filesystem::path& path, std::uint64_t size, std::string_view bytes) {
    constexpr ::mode_t kOwnersOnly = 0600;
    const int flags = O_WRONLY | O_CLOEXEC | O_APPEND | (size == 0 ? O_CREAT : 0);
    const detail::Descriptor file(::open(path.c_str(), flags, kOwnersOnly));
    if (!file.is_open()) {
        return detail::fail_with_errno("open", path);
    }
    struct ::stat status{};
    if (::fstat(file.value(), &status) != 0) {
        return detail::fail_with_errno("look at", path);
    }
    if (static_cast<std::uint64_t>(status.st_size) < size) {
        return fail(
            ErrorCode::kConflict,
            path.string() + " has " + std::to_string(status.st_size) + " bytes, not " +
                std::to_string(size)
        );
    }
    if (static_cast<std::uint64_t>(status.st_size) > size &&
        ::ftruncate(file.value(), static_cast<::off_t>(size)) != 0) {
        return detail::fail_with_errno("cut", path);
    }
    return detail::write_all(file, bytes, path);
}

Status sync_file(const std::filesystem::path& path) {
    const detail::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) {
        return detail::fail_with_errno("open", path);
    }
    if (::fsync(file.value()) != 0) {
        return detail::fail_with_errno("sync", path);
    }
    return sync_directory(parent_of(path));
}

Status rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return detail::fail_with_errno("rename", from);
    }
    return sync_directory(parent_of(to));
}

Status remove_directory(const std::filesystem::path& path) {
    std::error_code error;
    fs::remove_all(path, error);
    if (error) {
        return fail(
            detail::code_from_errno(error.value()),
            "remove " + path.string() + ": " + error.message()
        );
    }
    return sync_directory(parent_of(path));
}

Status write_file(const std::filesystem::path& path, std::string_view bytes) {
    std::string beside = path.string() + ".XXXXXX";
    const detail::Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
    if (!file.is_open()) {
        return detail::fail_with_errno("create", beside);
    }
    Status written = write_and_rename(file, beside, path, bytes);
    if (!written) {
        ::unlink(beside.c_str());
    }
    return written;
}

Status make_directories(const std::filesystem::path& path) {
    Status made;
    fs::path so_far;
    for (auto part = path.begin(); made && part != path.end(); ++part) {
        so_far /= *part;  // "" after a trailing slash: the folder again.
        made = make_directory(so_far);
    }
    return made;
}

Status sync_directory(const std::filesystem::path& path) {
    const detail::Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.is_open()) {
        return detail::fail_with_errno("open", path);
    }
    if (::fsync(directory.value()) != 0) {
        return detail::fail_with_errno("sync", path);
    }
    return {};
}

Status remove_file(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return detail::fail_with_errno("remove", path);
    }
    return {};
}

bool exists(const std::filesystem::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

Result<std::vector<std::filesystem::path>> list_files(
    const std::filesystem::path& path, const std::vector<std::string>& extensions
) {
    std::vector<fs::path> found;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return fail(ErrorCode::kNotFound, path.string() + " does not exist");
    }
    if (error) {
        return fail_with(error, path);
    }
    if (!fs::is_directory(status)) {
        if (fs::is_regular_file(status) && has_extension(path, extensions)) {
            found.push_back(path);
        }
        return found;
    }
    auto entry = fs::recursive_directory_iterator(path, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code vanished;
        if (!fs::is_regular_file(entry->symlink_status(vanished)) ||
            !has_extension(entry->path(), extensions)) {
            continue;
        }
        if (found.size() == kListedFilesMax) {
            return fail(
                ErrorCode::kLimitExceeded,
                path.string() + " holds more than " + std::to_string(kListedFilesMax) + " files"
            );
        }
        found.push_back(entry->path());
    }
    if (error) {
        return fail_with(error, path);
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace suyuan::io
