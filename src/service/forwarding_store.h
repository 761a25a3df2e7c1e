// SPDX-License-Identifier: Apache-2.0
//
// For tests: a store that hands every call on, so that a test overrides the one that shall fail,
// wait or be counted.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace suyuan::service {

// Threads and failures as the store behind it, which outlives it.
class ForwardingStore : public store::Store {
public:
    using Context = policy::RequestContext;
    using Scope = policy::Scope;

    explicit ForwardingStore(store::Store& inner) : inner_(inner) {}

    [[nodiscard]] store::AccessStore& access() noexcept override { return inner_.access(); }

    Result<store::Committed> commit(
        const Context& context,
        const Scope& scope,
        std::span<const store::NewRecord> records,
        std::string_view idempotency_key
    ) override {
        return inner_.commit(context, scope, records, idempotency_key);
    }

    Status replay(
        const Context& context,
        const Scope& scope,
        std::uint64_t after_log_index,
        const store::ReplaySink& sink
    ) const override {
        return inner_.replay(context, scope, after_log_index, sink);
    }

    Result<store::EventPage> find_events(
        const Context& context, const Scope& scope, const store::EventQuery& query
    ) const override {
        return inner_.find_events(context, scope, query);
    }

    Result<std::vector<store::StoredEvent>> events_by_id(
        const Context& context, const Scope& scope, std::string_view id
    ) const override {
        return inner_.events_by_id(context, scope, id);
    }

    Result<std::vector<store::StoredEvent>> events_by_record(
        const Context& context, const Scope& scope, std::span<const graph::RecordId> records
    ) const override {
        return inner_.events_by_record(context, scope, records);
    }

    Result<std::vector<store::ItemName>> item_names(
        const Context& context, const Scope& scope, std::span<const graph::ItemId> items
    ) const override {
        return inner_.item_names(context, scope, items);
    }

    Result<std::vector<store::NamedId>> names(
        const Context& context,
        const Scope& scope,
        store::NameKind kind,
        std::span<const std::uint32_t> ids
    ) const override {
        return inner_.names(context, scope, kind, ids);
    }

    Result<std::optional<graph::ItemId>> find_item(
        const Context& context, const Scope& scope, std::string_view code
    ) const override {
        return inner_.find_item(context, scope, code);
    }

    Result<std::vector<graph::ItemId>> find_items_of_gtin(
        const Context& context, const Scope& scope, std::string_view gtin
    ) const override {
        return inner_.find_items_of_gtin(context, scope, gtin);
    }

    Result<std::optional<std::uint32_t>> find_name(
        const Context& context, const Scope& scope, store::NameKind kind, std::string_view code
    ) const override {
        return inner_.find_name(context, scope, kind, code);
    }

    Result<store::SearchPage> search(
        const Context& context, const Scope& scope, const store::SearchQuery& query
    ) const override {
        return inner_.search(context, scope, query);
    }

    Result<std::uint64_t> count_mentions(
        const Context& context, const Scope& scope, store::SearchKind kind, std::uint32_t thing
    ) const override {
        return inner_.count_mentions(context, scope, kind, thing);
    }

    Result<std::vector<std::uint64_t>> events_in_sight(
        const Context& context, const Scope& scope, std::span<const std::uint64_t> log_indexes
    ) const override {
        return inner_.events_in_sight(context, scope, log_indexes);
    }

    Status put_registry(const Context& context, const Scope& scope, const model::RegistryRows& rows)
        override {
        return inner_.put_registry(context, scope, rows);
    }

    Result<std::optional<model::Operator>> find_operator(
        const Context& context, const Scope& scope, std::string_view code
    ) const override {
        return inner_.find_operator(context, scope, code);
    }

    Result<std::optional<model::Site>> find_site(
        const Context& context, const Scope& scope, std::string_view code
    ) const override {
        return inner_.find_site(context, scope, code);
    }

    Result<std::optional<model::Product>> find_product(
        const Context& context, const Scope& scope, std::string_view gtin
    ) const override {
        return inner_.find_product(context, scope, gtin);
    }

    Result<std::vector<model::Region>> find_regions(
        const Context& context,
        const Scope& scope,
        std::string_view code_or_parent,
        std::string_view day
    ) const override {
        return inner_.find_regions(context, scope, code_or_parent, day);
    }

    Result<std::vector<model::Licence>> find_licences(
        const Context& context,
        const Scope& scope,
        std::string_view operator_code,
        std::string_view day
    ) const override {
        return inner_.find_licences(context, scope, operator_code, day);
    }

    Result<std::vector<model::Link>> find_links(
        const Context& context,
        const Scope& scope,
        std::string_view code,
        std::string_view day,
        std::size_t rows_max
    ) const override {
        return inner_.find_links(context, scope, code, day, rows_max);
    }

    Result<std::vector<model::Link>> find_runners(
        const Context& context, const Scope& scope, std::string_view site, std::size_t rows_max
    ) const override {
        return inner_.find_runners(context, scope, site, rows_max);
    }

    Result<std::optional<model::RegisteredPaper>> find_paper(
        const Context& context, const Scope& scope, std::string_view number, std::string_view day
    ) const override {
        return inner_.find_paper(context, scope, number, day);
    }

    Result<std::optional<model::Vehicle>> find_vehicle(
        const Context& context, const Scope& scope, std::string_view plate
    ) const override {
        return inner_.find_vehicle(context, scope, plate);
    }

    Result<std::optional<model::PersonAtWork>> find_person(
        const Context& context, const Scope& scope, std::string_view id, std::string_view day
    ) const override {
        return inner_.find_person(context, scope, id, day);
    }

    Result<std::vector<model::PersonAtWork>> find_person_history(
        const Context& context, const Scope& scope, std::string_view id, std::size_t rows_max
    ) const override {
        return inner_.find_person_history(context, scope, id, rows_max);
    }

    Result<store::RegistryListing> list_registry(
        const Context& context,
        const Scope& scope,
        store::RegistryKind kind,
        std::string_view after,
        std::size_t rows_max
    ) const override {
        return inner_.list_registry(context, scope, kind, after, rows_max);
    }

    Status replace_stock(
        const Context& context,
        const Scope& scope,
        std::span<const graph::ItemId> items,
        std::span<const store::StockRow> rows,
        std::uint64_t covered_log_index
    ) override {
        return inner_.replace_stock(context, scope, items, rows, covered_log_index);
    }

    Result<store::StockPage> find_stock(
        const Context& context, const Scope& scope, const store::StockFilter& filter
    ) const override {
        return inner_.find_stock(context, scope, filter);
    }

    Status put_job(const Context& context, const Scope& scope, const store::CaptureJob& job)
        override {
        return inner_.put_job(context, scope, job);
    }

    Result<std::optional<store::CaptureJob>> find_job(
        const Context& context, const Scope& scope, std::string_view id
    ) const override {
        return inner_.find_job(context, scope, id);
    }

    Result<std::uint64_t> erase_person(
        const Context& context, const Scope& scope, std::string_view person
    ) override {
        return inner_.erase_person(context, scope, person);
    }

    Result<store::StoreCounts> counts(const Context& context, const Scope& scope) const override {
        return inner_.counts(context, scope);
    }

    Result<bool> maintain(const Context& context, const Scope& scope) override {
        return inner_.maintain(context, scope);
    }

    Result<std::vector<store::Finding>> verify(
        const Context& context,
        const Scope& scope,
        const std::function<void(std::uint64_t)>& progress
    ) const override {
        return inner_.verify(context, scope, progress);
    }

private:
    store::Store& inner_;
};

}  // namespace suyuan::service
