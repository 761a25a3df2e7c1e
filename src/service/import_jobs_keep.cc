// SPDX-License-Identifier: Apache-2.0
//
// Which imports there are: begun, found again by the next process, let go.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "io/files.h"
#include "io/input_file.h"
#include "io/randomness.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/detail/import_refusals.h"
#include "service/import_jobs.h"
#include "service/import_record.h"

namespace suyuan::service {
namespace {

constexpr std::size_t kFileNameBytesMax = 255;

// What an import is after its process ended: how much of its file came, and that of one which was
// only checked nothing was stored.
Status look_at_state(const std::filesystem::path& source, FileImport& import) {
    if (import.state == ImportState::kChecking) {
        import.state = ImportState::kReady;
    }
    if (import.state != ImportState::kUploading) {
        return {};
    }
    import.received = 0;
    if (!io::exists(source)) {
        return {};
    }
    SUYUAN_TRY(const io::InputFile file, io::InputFile::open(source));
    import.received = std::min(file.size(), import.size);
    if (import.received == import.size) {
        SUYUAN_TRY_VOID(io::sync_file(source));
        import.state = ImportState::kReady;
    }
    return {};
}

}  // namespace

// Nobody guesses another's import, and nobody's name becomes a path.
std::string ImportJobs::new_id() {
    std::array<std::byte, 16> bytes{};
    randomness_.fill(bytes);
    return crypto::to_hex(bytes);
}

Result<std::vector<std::filesystem::path>> ImportJobs::resume(
    const policy::RequestContext& context, const policy::Scope& scope
) {
    std::vector<std::filesystem::path> set_aside;
    if (!io::exists(directory_)) {
        return set_aside;
    }
    SUYUAN_TRY(const auto files, io::list_files(directory_, {"import.json"}));
    std::vector<std::shared_ptr<Entry>> begun;
    for (const std::filesystem::path& file : files) {
        auto import = read_import(file);
        if (!import && import.error().code() == ErrorCode::kUnavailable) {
            return Failure(std::move(import).error());
        }
        if (!import) {
            // One record that is damaged keeps nobody from their work.
            set_aside.push_back(file.parent_path() / "import.unreadable");
            SUYUAN_TRY_VOID(io::rename_file(file, set_aside.back()));
            continue;
        }
        auto entry = std::make_shared<Entry>();
        entry->import = *std::move(import);
        SUYUAN_TRY_VOID(look_at_state(file.parent_path() / "source", entry->import));
        if (entry->import.state == ImportState::kPublishing) {
            begun.push_back(entry);
        }
        const std::scoped_lock lock(mutex_);
        entries_.insert_or_assign(entry->import.id, std::move(entry));
    }
    for (const auto& entry : begun) {
        SUYUAN_TRY_VOID(enqueue(context, scope, entry));
    }
    return set_aside;
}

// Forgets the oldest import that does not run, of this sender if it has its share, of all if
// nobody's more can be kept.
Status ImportJobs::make_room(std::string_view submitter) {
    std::string oldest;
    {
        const std::scoped_lock lock(mutex_);
        if (is_stopping_) {
            return detail::is_stopping();
        }
        const auto is_senders = [&](const auto& entry) {
            return entry.second->import.submitter == submitter;
        };
        const bool has_share = std::ranges::count_if(entries_, is_senders) >= kImportsOfSenderMax;
        if (!has_share && entries_.size() < kImportsMax) {
            return {};
        }
        auto found = entries_.end();
        for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
            if (entry->second->context || (has_share && !is_senders(*entry))) {
                continue;
            }
            if (found == entries_.end() ||
                entry->second->import.created_at < found->second->import.created_at) {
                found = entry;
            }
        }
        if (found == entries_.end()) {
            return detail::too_many_wait();
        }
        oldest = found->first;
        entries_.erase(found);
    }
    return io::remove_directory(folder_of(oldest));
}

Result<FileImport> ImportJobs::create(
    const policy::RequestContext& context, std::string_view file_name, std::uint64_t size
) {
    if (file_name.empty() || file_name.size() > kFileNameBytesMax) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("请给出文件名，最长 {} 字节。", kFileNameBytesMax),
                format("give the file's name, at most {} bytes", kFileNameBytesMax)
            }
        );
    }
    if (size == 0 || size > kFileBytesMax) {
        return fail(
            size == 0 ? ErrorCode::kInvalidArgument : ErrorCode::kLimitExceeded,
            Sentence{
                size == 0 ? "文件是空的。" : format("文件最大 {} 字节。", kFileBytesMax),
                size == 0 ? "the file is empty"
                          : format("a file has at most {} bytes", kFileBytesMax)
            }
        );
    }
    auto entry = std::make_shared<Entry>();
    FileImport& import = entry->import;
    import.submitter = context.principal().operator_code;
    import.file_name = file_name;
    import.size = size;
    import.created_at = clock_.now_us();
    SUYUAN_TRY_VOID(make_room(import.submitter));
    import.id = new_id();
    SUYUAN_TRY_VOID(io::make_directories(folder_of(import.id)));
    SUYUAN_TRY_VOID(save(import));
    FileImport created = import;
    const std::scoped_lock lock(mutex_);
    entries_.emplace(created.id, std::move(entry));
    return created;
}

Status ImportJobs::forget(const policy::RequestContext& context, std::string_view id) {
    {
        const std::scoped_lock lock(mutex_);
        SUYUAN_TRY(const std::shared_ptr<Entry> entry, entry_of(context, id));
        if (entry->context) {
            return fail(
                ErrorCode::kConflict,
                Sentence{"导入正在进行：请先停止。", "the import is running: stop it first"}
            );
        }
        entries_.erase(entries_.find(id));
    }
    return io::remove_directory(folder_of(id));
}

}  // namespace suyuan::service
