// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/byte_source.h"
#include "codec/detail/zip_input.h"

namespace suyuan::codec::detail {

struct ZipLimits {
    std::size_t entries_max = 0;
    std::uint64_t unpacked_bytes_max = 0;  // of all entries together
    std::uint64_t ratio_max = 0;           // of an entry that unpacks to more than 16 MiB
};

// A zip archive of a stranger. Names are keys to compare with and nothing else; they are compared
// as the packages of ECMA-376 are: letters of either case and slashes of either kind are the same.
//
// All of its directory is judged by open(): entries that are encrypted, packed otherwise than
// stored or deflated, named twice, or that share bytes are refused, as are those that break a
// limit.
//
// Threads: one at a time. Memory: the directory and about 128 KiB.
class ZipArchive {
public:
    // Fails with kInvalidArgument, kLimitExceeded, or what `source` fails with.
    static Result<ZipArchive> open(std::unique_ptr<ByteSource> source, const ZipLimits& limits);

    [[nodiscard]] bool contains(std::string_view name) const;

    // Of two names of one entry the same.
    [[nodiscard]] static std::string key_of(std::string_view name);

    // Goes to the start of an entry. Fails with kInvalidArgument if there is none.
    [[nodiscard]] Status open_entry(std::string_view name);

    // Unpacks more of the open entry; 0 at its end, when its checksum has been compared. Fails with
    // kInvalidArgument. Requires an open entry.
    [[nodiscard]] Result<std::size_t> read(std::span<char> into);

    // Of the open entry, unpacked.
    [[nodiscard]] std::uint64_t bytes_read() const noexcept { return entry_read_; }

    [[nodiscard]] std::uint64_t bytes_total() const noexcept { return entry_total_; }

private:
    struct Entry {
        std::string key;
        std::uint64_t directory_offset = 0;  // minizip's way back to it
        std::uint64_t directory_index = 0;
        std::uint64_t data_begin = 0;
        std::uint64_t data_end = 0;
        std::uint64_t unpacked_bytes = 0;
    };

    using Handle = std::unique_ptr<void, void (*)(void*)>;

    ZipArchive(std::unique_ptr<ZipInput> input, Handle handle);

    Status read_directory(const ZipLimits& limits);
    Result<Entry> read_entry(const ZipLimits& limits);
    Status check_apart() const;
    bool bears_name(std::uint64_t directory_offset, std::string_view name);
    Status finish_entry();
    [[nodiscard]] const Entry* find(std::string_view name) const;
    [[nodiscard]] Failure damage(std::string_view what) const;

    std::unique_ptr<ZipInput> input_;  // outlives handle_, which reads from it
    Handle handle_;                    // an unzFile
    std::vector<Entry> entries_;       // ordered by key
    bool is_entry_open_ = false;
    std::uint64_t entry_read_ = 0;
    std::uint64_t entry_total_ = 0;
};

}  // namespace suyuan::codec::detail
