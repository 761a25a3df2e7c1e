// SPDX-License-Identifier: Apache-2.0
//
// The store on SQLite as a class; whoever needs a store opens one with sqlite_store.h.
//
// sqlite_store.cc has its members, sqlite_registry.cc those of the registry.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "io/clock.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/event_query.h"
#include "store/page_token.h"
#include "store/search.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/sqlite_access.h"
#include "store/sqlite/writer.h"
#include "store/store.h"

namespace suyuan::store::sqlite {

// Threads and failures as Store says. Lifetime: the clock outlives it.
class SqliteStore final : public Store {
public:
    SqliteStore(
        const std::filesystem::path& file,
        std::unique_ptr<Writer> writer,
        std::string token_key,
        const io::Clock& clock
    )
        : writer_(std::move(writer)),
          readers_(file),
          access_(*writer_, readers_),
          sealer_(std::move(token_key)),
          clock_(clock) {}

    [[nodiscard]] AccessStore& access() noexcept override { return access_; }

    Result<Committed> commit(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const NewRecord> records,
        std::string_view idempotency_key
    ) override;
    Status replay(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::uint64_t after_log_index,
        const ReplaySink& sink
    ) const override;
    Result<EventPage> find_events(
        const policy::RequestContext& context, const policy::Scope& scope, const EventQuery& query
    ) const override;
    Result<std::vector<StoredEvent>> events_by_id(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const override;
    Result<std::vector<StoredEvent>> events_by_record(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const graph::RecordId> records
    ) const override;
    Result<std::vector<ItemName>> item_names(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const graph::ItemId> items
    ) const override;
    Result<std::vector<NamedId>> names(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        NameKind kind,
        std::span<const std::uint32_t> ids
    ) const override;
    Result<std::optional<graph::ItemId>> find_item(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
    ) const override;
    Result<std::vector<graph::ItemId>> find_items_of_gtin(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view gtin
    ) const override;
    Result<std::optional<std::uint32_t>> find_name(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        NameKind kind,
        std::string_view code
    ) const override;
    Result<SearchPage> search(
        const policy::RequestContext& context, const policy::Scope& scope, const SearchQuery& query
    ) const override;
    Result<std::uint64_t> count_mentions(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        SearchKind kind,
        std::uint32_t thing
    ) const override;
    Result<std::vector<std::uint64_t>> events_in_sight(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const std::uint64_t> log_indexes
    ) const override;
    Status put_registry(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const model::RegistryRows& rows
    ) override;
    Result<std::optional<model::Operator>> find_operator(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
    ) const override;
    Result<std::optional<model::Site>> find_site(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
    ) const override;
    Result<std::optional<model::Product>> find_product(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view gtin
    ) const override;
    Result<std::vector<model::Region>> find_regions(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view code_or_parent,
        std::string_view day
    ) const override;
    Result<std::vector<model::Licence>> find_licences(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view operator_code,
        std::string_view day
    ) const override;
    Result<std::vector<model::Link>> find_links(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view code,
        std::string_view day,
        std::size_t rows_max
    ) const override;
    Result<std::vector<model::Link>> find_runners(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view site,
        std::size_t rows_max
    ) const override;
    Result<std::optional<model::RegisteredPaper>> find_paper(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view number,
        std::string_view day
    ) const override;
    Result<std::optional<model::Vehicle>> find_vehicle(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view plate
    ) const override;
    Result<std::optional<model::PersonAtWork>> find_person(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view id,
        std::string_view day
    ) const override;
    Result<std::vector<model::PersonAtWork>> find_person_history(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view id,
        std::size_t rows_max
    ) const override;
    Result<RegistryListing> list_registry(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        RegistryKind kind,
        std::string_view after,
        std::size_t rows_max
    ) const override;
    Status replace_stock(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const graph::ItemId> items,
        std::span<const StockRow> rows,
        std::uint64_t covered_log_index
    ) override;
    Result<StockPage> find_stock(
        const policy::RequestContext& context, const policy::Scope& scope, const StockFilter& filter
    ) const override;
    Status put_job(
        const policy::RequestContext& context, const policy::Scope& scope, const CaptureJob& job
    ) override;
    Result<std::optional<CaptureJob>> find_job(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const override;
    Result<std::uint64_t> erase_person(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view person
    ) override;
    Result<StoreCounts> counts(const policy::RequestContext& context, const policy::Scope& scope)
        const override;
    Result<bool> maintain(const policy::RequestContext& context, const policy::Scope& scope)
        override;
    Result<std::vector<Finding>> verify(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const std::function<void(std::uint64_t)>& progress
    ) const override;

private:
    // Runs a job of the writer for somebody who may.
    Status write(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::size_t rows,
        const Writer::Job& job
    );
    // The same for what an operator may add of its own.
    Status write_own(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::size_t rows,
        const Writer::Job& job
    );

    // The day that a question means: today in China if it names none. Fails with kInvalidArgument.
    [[nodiscard]] Result<std::string> day_meant(std::string_view day) const;

    std::unique_ptr<Writer> writer_;
    mutable Readers readers_;
    SqliteAccess access_;
    TokenSealer sealer_;
    const io::Clock& clock_;
};

}  // namespace suyuan::store::sqlite
