// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/zip_archive.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <minizip/ioapi.h>
#include <minizip/unzip.h>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/detail/damaged.h"
#include "codec/detail/zip_input.h"

namespace suyuan::codec::detail {
namespace {

// Parts of workbooks have names of up to about 60 bytes.
constexpr std::size_t kNameBytesMax = 255;

// What unpacks to less cannot hurt, whatever its ratio.
constexpr std::uint64_t kHarmlessBytes = std::uint64_t{16} << 20;

// Encrypted, strongly so, with an encrypted directory.
constexpr std::uint64_t kEncryptedFlags = 0x2041;
// A part that changes an older one of the same name.
constexpr std::uint64_t kPatchFlag = 0x20;
constexpr std::uint64_t kStored = 0;
constexpr std::uint64_t kDeflated = 8;

ZipInput& input_of(void* opaque) {
    return *static_cast<ZipInput*>(opaque);
}

void* open_input(void* opaque, const void* /*name*/, int /*mode*/) {
    return opaque;
}

unsigned long read_input(void* opaque, void* /*stream*/, void* bytes, unsigned long size) {
    return input_of(opaque).read(std::span(static_cast<char*>(bytes), size));
}

unsigned long
refuse_to_write(void* /*opaque*/, void* /*stream*/, const void* /*bytes*/, unsigned long /*size*/) {
    return 0;
}

ZPOS64_T tell_input(void* opaque, void* /*stream*/) {
    return input_of(opaque).offset();
}

long seek_input(void* opaque, void* /*stream*/, ZPOS64_T offset, int origin) {
    ZipInput& input = input_of(opaque);
    std::uint64_t base = 0;
    if (origin == ZLIB_FILEFUNC_SEEK_CUR) {
        base = input.offset();
    } else if (origin == ZLIB_FILEFUNC_SEEK_END) {
        base = input.size();
    }
    if (base > input.size() || offset > input.size() - base) {
        return -1;
    }
    input.seek(base + offset);
    return 0;
}

int close_input(void* /*opaque*/, void* /*stream*/) {
    return 0;
}

int error_of_input(void* opaque, void* /*stream*/) {
    return input_of(opaque).error() ? 1 : 0;
}

void close_archive(void* handle) {
    ::unzClose(handle);
}

Status check_sizes(const unz_file_info64& info, const ZipLimits& limits) {
    if ((info.flag & kEncryptedFlags) != 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                "工作簿已加密：请另存为不带密码的文件。",
                "the workbook is encrypted: save it without a password"
            }
        );
    }
    if ((info.flag & kPatchFlag) != 0) {
        return damaged("a part is a change of another one");
    }
    if (info.compression_method != kStored && info.compression_method != kDeflated) {
        return damaged(format("compression method {} is not used in it", info.compression_method));
    }
    if (info.uncompressed_size > kHarmlessBytes &&
        info.uncompressed_size / limits.ratio_max > info.compressed_size) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format(
                    "工作簿的一部分解压后超过其大小的 {} 倍：请删除带格式的空行空列，或另存为 "
                    "CSV。",
                    limits.ratio_max
                ),
                format(
                    "a part of the workbook unpacks to more than {} times its size: delete empty "
                    "rows and columns that are formatted, or save the sheet as CSV",
                    limits.ratio_max
                )
            }
        );
    }
    return {};
}

}  // namespace

ZipArchive::ZipArchive(std::unique_ptr<ZipInput> input, Handle handle)
    : input_(std::move(input)), handle_(std::move(handle)) {}

Result<ZipArchive> ZipArchive::open(std::unique_ptr<ByteSource> source, const ZipLimits& limits) {
    auto input = std::make_unique<ZipInput>(std::move(source));
    zlib_filefunc64_def functions{
        open_input,
        read_input,
        refuse_to_write,
        tell_input,
        seek_input,
        close_input,
        error_of_input,
        input.get()
    };
    Handle handle(::unzOpen2_64("", &functions), close_archive);
    ZipArchive archive(std::move(input), std::move(handle));
    if (archive.handle_ == nullptr) {
        return archive.damage("the directory at its end is missing, is the file cut off?");
    }
    SUYUAN_TRY_VOID(archive.read_directory(limits));
    return archive;
}

Status ZipArchive::read_directory(const ZipLimits& limits) {
    unz_global_info64 global{};
    if (::unzGetGlobalInfo64(handle_.get(), &global) != UNZ_OK) {
        return damage("its directory cannot be read");
    }
    if (global.number_entry > limits.entries_max) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format(
                    "工作簿有 {} 个部分，最多读 {} 个：请把工作表另存为 CSV。",
                    global.number_entry,
                    limits.entries_max
                ),
                format(
                    "the workbook has {} parts, at most {} are read: save the sheet as CSV",
                    global.number_entry,
                    limits.entries_max
                )
            }
        );
    }
    std::uint64_t unpacked_bytes = 0;
    int outcome =
        global.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : ::unzGoToFirstFile(handle_.get());
    while (outcome == UNZ_OK && entries_.size() < global.number_entry) {
        SUYUAN_TRY(Entry entry, read_entry(limits));
        if (entry.unpacked_bytes > limits.unpacked_bytes_max - unpacked_bytes) {
            return fail(
                ErrorCode::kLimitExceeded,
                Sentence{
                    format(
                        "工作簿解压后超过 {} 字节：请拆分，或把工作表另存为 CSV。",
                        limits.unpacked_bytes_max
                    ),
                    format(
                        "the workbook unpacks to more than {} bytes: split it, or save the sheet "
                        "as CSV",
                        limits.unpacked_bytes_max
                    )
                }
            );
        }
        unpacked_bytes += entry.unpacked_bytes;
        entries_.push_back(std::move(entry));
        outcome = ::unzGoToNextFile(handle_.get());
    }
    if (outcome != UNZ_END_OF_LIST_OF_FILE || entries_.size() != global.number_entry) {
        return damage("its directory ends early");
    }
    std::ranges::sort(entries_, {}, &Entry::key);
    if (std::ranges::adjacent_find(entries_, {}, &Entry::key) != entries_.end()) {
        return damage("two of its parts have the same name");
    }
    return check_apart();
}

Result<ZipArchive::Entry> ZipArchive::read_entry(const ZipLimits& limits) {
    unz_file_info64 info{};
    std::array<char, kNameBytesMax + 1> name{};
    unz64_file_pos place{};
    if (::unzGetCurrentFileInfo64(
            handle_.get(), &info, name.data(), name.size(), nullptr, 0, nullptr, 0
        ) != UNZ_OK ||
        ::unzGetFilePos64(handle_.get(), &place) != UNZ_OK) {
        return damage("an entry of its directory cannot be read");
    }
    if (info.size_filename > kNameBytesMax) {
        return damage("the name of a part is too long");
    }
    SUYUAN_TRY_VOID(check_sizes(info, limits));
    // Raw: compares the entry's own header with the directory's, and tells where its bytes begin.
    if (::unzOpenCurrentFile2(handle_.get(), nullptr, nullptr, 1) != UNZ_OK) {
        return damage("a part and the directory contradict each other");
    }
    const std::uint64_t begin = ::unzGetCurrentFileZStreamPos64(handle_.get());
    ::unzCloseCurrentFile(handle_.get());
    if (begin > input_->size() || info.compressed_size > input_->size() - begin) {
        return damage("a part reaches beyond the end of the file, is it cut off?");
    }
    if (!bears_name(place.pos_in_zip_directory, {name.data(), info.size_filename})) {
        return damage("a part and the directory contradict each other");
    }
    return Entry{
        .key = key_of({name.data(), info.size_filename}),
        .directory_offset = place.pos_in_zip_directory,
        .directory_index = place.num_of_file,
        .data_begin = begin,
        .data_end = begin + info.compressed_size,
        .unpacked_bytes = info.uncompressed_size
    };
}

Status ZipArchive::check_apart() const {
    std::vector<const Entry*> by_place;
    by_place.reserve(entries_.size());
    for (const Entry& entry : entries_) {
        by_place.push_back(&entry);
    }
    std::ranges::sort(by_place, {}, &Entry::data_begin);
    const auto overlap =
        std::ranges::adjacent_find(by_place, [](const Entry* first, const Entry* second) {
            return first->data_end > second->data_begin;
        });
    if (overlap != by_place.end()) {
        return damage("two of its parts share bytes");
    }
    const auto directory = std::ranges::min_element(entries_, {}, &Entry::directory_offset);
    if (!by_place.empty() && by_place.back()->data_end > directory->directory_offset) {
        return damage("a part reaches into the directory");
    }
    return {};
}

// Whether an entry's own header has the name that the directory gives it: minizip compares all but
// that. APPNOTE.TXT 4.3.7, 4.3.12.
bool ZipArchive::bears_name(std::uint64_t directory_offset, std::string_view name) {
    constexpr std::size_t kOffsetAt = 42;
    constexpr std::size_t kNameAt = 30;
    constexpr std::uint32_t kInExtraField = 0xFFFF'FFFF;
    std::array<char, 4> bytes{};
    input_->seek(directory_offset + kOffsetAt);
    if (input_->read(bytes) != bytes.size()) {
        return false;
    }
    std::uint32_t offset = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        offset |= std::uint32_t{static_cast<unsigned char>(bytes.at(i))} << (8 * i);
    }
    if (offset == kInExtraField) {
        return true;  // beyond 4 GiB: read by minizip alone
    }
    std::string own(name.size(), '\0');
    input_->seek(offset + kNameAt);
    return input_->read(own) == own.size() && own == name;
}

std::string ZipArchive::key_of(std::string_view name) {
    std::string key(name);
    for (char& c : key) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        } else if (c == '\\') {
            c = '/';
        }
    }
    return key;
}

const ZipArchive::Entry* ZipArchive::find(std::string_view name) const {
    const std::string key = key_of(name);
    const auto found = std::ranges::lower_bound(entries_, key, {}, &Entry::key);
    return found == entries_.end() || found->key != key ? nullptr : &*found;
}

bool ZipArchive::contains(std::string_view name) const {
    return find(name) != nullptr;
}

Status ZipArchive::open_entry(std::string_view name) {
    if (std::exchange(is_entry_open_, false)) {
        ::unzCloseCurrentFile(handle_.get());
    }
    const Entry* const entry = find(name);
    if (entry == nullptr) {
        return damage(format("its part {} is missing", name.substr(0, kNameBytesMax)));
    }
    const unz64_file_pos place{entry->directory_offset, entry->directory_index};
    if (::unzGoToFilePos64(handle_.get(), &place) != UNZ_OK ||
        ::unzOpenCurrentFile(handle_.get()) != UNZ_OK) {
        return damage(format("its part {} cannot be read", entry->key));
    }
    is_entry_open_ = true;
    entry_read_ = 0;
    entry_total_ = entry->unpacked_bytes;
    return {};
}

Result<std::size_t> ZipArchive::read(std::span<char> into) {
    SUYUAN_ASSERT(is_entry_open_ || entry_read_ == entry_total_);
    if (!is_entry_open_) {
        return 0;
    }
    const int count =
        ::unzReadCurrentFile(handle_.get(), into.data(), static_cast<unsigned>(into.size()));
    if (count < 0) {
        return damage("a part cannot be unpacked");
    }
    entry_read_ += static_cast<std::uint64_t>(count);
    if (count == 0) {
        SUYUAN_TRY_VOID(finish_entry());
    }
    return static_cast<std::size_t>(count);
}

Status ZipArchive::finish_entry() {
    is_entry_open_ = false;
    if (::unzCloseCurrentFile(handle_.get()) != UNZ_OK) {
        return damage("the checksum of a part is wrong");
    }
    if (entry_read_ != entry_total_) {
        return damage("a part unpacks to less than it says");
    }
    return {};
}

Failure ZipArchive::damage(std::string_view what) const {
    const std::optional<Error>& error = input_->error();
    return error ? Failure(*error) : damaged(what);
}

}  // namespace suyuan::codec::detail
