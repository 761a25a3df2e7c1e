// SPDX-License-Identifier: Apache-2.0
//
// Where the demo province goes: into the store, into files, or nowhere.

#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "app/data.h"
#include "base/result.h"
#include "codec/csv.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "province/epcis_document.h"
#include "province/life.h"
#include "province/province.h"
#include "service/platform.h"

namespace suyuan::app {

// Threads: one.
class ProvinceSink {
public:
    ProvinceSink() = default;
    ProvinceSink(const ProvinceSink&) = delete;
    ProvinceSink& operator=(const ProvinceSink&) = delete;
    virtual ~ProvinceSink() = default;

    // First every page of the registry, then every life, then finish().
    virtual Status take_registry(const province::RegistryPage& page) = 0;
    virtual Status take_life(const province::Life& life) = 0;
    virtual Status finish() = 0;
};

// As capture documents of a thousand events, a few lives each, after the papers that they name.
// What a second party reports again has that party for its submitter. Lifetime: platform and asker
// outlive it.
class StoreSink final : public ProvinceSink {
public:
    StoreSink(service::Platform& platform, const Asker& asker);

    Status take_registry(const province::RegistryPage& page) override;
    Status take_life(const province::Life& life) override;
    Status finish() override;

    // New in the store.
    [[nodiscard]] std::uint64_t stored_count() const noexcept { return stored_count_; }

private:
    Status capture(const policy::RequestContext& context, std::string_view document);

    service::Platform& platform_;
    const Asker& asker_;
    policy::RequestContext second_party_;
    province::RegistryPage papers_;
    province::DocumentWriter events_;
    province::DocumentWriter doubles_;
    std::uint64_t stored_count_ = 0;
};

// events.csv (one line for each item of each event) and the registry, in a directory where none of
// the files is yet: operators.csv, sites.csv, products.csv, links.csv, papers.csv, vehicles.csv and
// people.csv. The last four have the columns of the import's sheets.
class CsvSink final : public ProvinceSink {
public:
    // Fails with kUnavailable, naming the file.
    static Result<std::unique_ptr<CsvSink>> create(const std::filesystem::path& directory);

    Status take_registry(const province::RegistryPage& page) override;
    Status take_life(const province::Life& life) override;
    Status finish() override;

private:
    struct FileCloser {
        // The unique_ptr owns it. NOLINTNEXTLINE(cppcoreguidelines-owning-memory)
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };

    struct Table {
        std::unique_ptr<std::FILE, FileCloser> file;
        std::unique_ptr<codec::CsvWriter> writer;
    };

    CsvSink() = default;
    static Result<Table> open(const std::filesystem::path& path);
    Status write_titles() const;
    Status take_papers(const std::vector<model::RegisteredPaper>& rows) const;

    Table events_;
    Table operators_;
    Table sites_;
    Table products_;
    Table links_;
    Table papers_;
    Table vehicles_;
    Table people_;
};

// For measuring and checking.
class NoSink final : public ProvinceSink {
public:
    Status take_registry(const province::RegistryPage&) override { return {}; }

    Status take_life(const province::Life&) override { return {}; }

    Status finish() override { return {}; }
};

}  // namespace suyuan::app
