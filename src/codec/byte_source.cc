// SPDX-License-Identifier: Apache-2.0

#include "codec/byte_source.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "io/input_file.h"

namespace suyuan::codec {
namespace {

class BytesInMemory : public ByteSource {
public:
    explicit BytesInMemory(std::string bytes) : bytes_(std::move(bytes)) {}

    [[nodiscard]] std::uint64_t size() const noexcept override { return bytes_.size(); }

    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into)
        const override {
        const std::size_t begin = std::min<std::uint64_t>(offset, bytes_.size());
        const std::string_view piece = std::string_view(bytes_).substr(begin, into.size());
        std::ranges::copy(piece, into.begin());
        return piece.size();
    }

private:
    std::string bytes_;
};

class BytesOfFile : public ByteSource {
public:
    explicit BytesOfFile(io::InputFile file) : file_(std::move(file)) {}

    [[nodiscard]] std::uint64_t size() const noexcept override { return file_.size(); }

    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into)
        const override {
        return offset < size() ? file_.read_at(offset, into) : Result<std::size_t>(0);
    }

private:
    io::InputFile file_;
};

}  // namespace

std::unique_ptr<ByteSource> source_of_bytes(std::string bytes) {
    return std::make_unique<BytesInMemory>(std::move(bytes));
}

Result<std::unique_ptr<ByteSource>> source_of_file(const std::filesystem::path& path) {
    SUYUAN_TRY(io::InputFile file, io::InputFile::open(path));
    return std::make_unique<BytesOfFile>(std::move(file));
}

}  // namespace suyuan::codec
