// SPDX-License-Identifier: Apache-2.0
//
// What senders said about the columns of their files, for the next file of the same titles.

#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/file_import.h"

namespace suyuan::service {

// A help, not a promise: what cannot be kept or read is as if nobody had said it.
//
// Threads: every member from any thread.
class ChosenColumns {
public:
    explicit ChosenColumns(std::filesystem::path file) : file_(std::move(file)) {}

    void put(
        std::string_view submitter,
        const std::vector<std::string>& titles,
        const FileImportOptions& options
    );

    [[nodiscard]] std::optional<FileImportOptions> find(
        std::string_view submitter, const std::vector<std::string>& titles
    ) const;

private:
    std::filesystem::path file_;
    mutable std::mutex mutex_;  // held by whoever reads or writes the file
};

}  // namespace suyuan::service
