// SPDX-License-Identifier: Apache-2.0
//
// The flow of every item that a question touches, containers before what they carry.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "graph/fact.h"
#include "trace/id_map.h"
#include "trace/interval_index.h"
#include "trace/item_flow.h"
#include "trace/view.h"
#include "trace/work.h"

namespace suyuan::trace {

// What was ever in a container and when.
class Contents {
public:
    // One stay of a child.
    struct Entry {
        graph::ItemId child;
        TimeKey pack;
        std::optional<TimeKey> end;
    };

    explicit Contents(std::vector<Entry> entries);

    // Calls visit(const Entry&) for the stays that possibly meet a time.
    template <typename Visit>
    void visit_meeting(const model::TimeInterval& time, const Visit& visit) const {
        index_.visit_meeting(time, [&](std::uint32_t place) { visit(entries_[place]); });
    }

    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

private:
    std::vector<Entry> entries_;
    IntervalIndex index_;
};

// Derives and keeps flows. Once the work is over, what it yields is worth nothing.
//
// Threads: one question, one thread. Lifetime: borrows the view and the work; references stay valid
// as long as the object.
class Flows {
public:
    Flows(const View& view, Work& work) : view_(view), work_(work), names_(view.graph()) {}

    [[nodiscard]] const View& view() const noexcept { return view_; }

    [[nodiscard]] Work& work() const noexcept { return work_; }

    [[nodiscard]] const ItemFlow& of(graph::ItemId item);

    [[nodiscard]] const Contents& contents_of(graph::ItemId container);

private:
    struct Visit;
    struct Descent;

    void enter(Descent& descent, ItemFlow facts);
    void close(Descent& descent, std::size_t place);
    void derive_circle(std::span<const std::unique_ptr<Visit>> circle);
    // `carriers`: of every container that the facts name, by container.
    [[nodiscard]] ItemFlow derive(ItemFlow facts, std::span<const NamedCarrier> carriers);
    const ItemFlow& keep(ItemFlow flow);
    [[nodiscard]] const Carrier& carrier_of(graph::ItemId container);
    [[nodiscard]] std::vector<Contents::Entry> find_contents(graph::ItemId container);

    const View& view_;
    Work& work_;
    EventNames names_;
    std::deque<ItemFlow> flows_;
    IdMap flow_of_item_;
    std::deque<Carrier> carriers_;
    IdMap carrier_of_item_;
    std::deque<Contents> contents_;
    IdMap contents_of_item_;
};

}  // namespace suyuan::trace
