// SPDX-License-Identifier: Apache-2.0

#include "store/flow_codec.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "graph/fact.h"
#include "model/code.h"
#include "model/event.h"
#include "model/instant.h"
#include "store/byte_codec.h"
#include "store/digest_bytes.h"
#include "store/store.h"

namespace suyuan::store {
namespace {

using graph::Fact;
using graph::FlowEvent;

constexpr std::uint8_t kFormat = 1;

// The event's marks, one byte.
constexpr std::uint8_t kIsDeclaration = 1U;
constexpr std::uint8_t kIsContinuous = 2U;
constexpr std::uint8_t kIsExact = 4U;   // one moment follows
constexpr std::uint8_t kIsAlways = 8U;  // none follows; neither: first and last
constexpr std::uint8_t kHasProcess = 16U;
constexpr std::uint8_t kHasCustodian = 32U;
constexpr std::uint8_t kHasMappings = 64U;
constexpr std::uint8_t kHasLinks = 128U;  // vehicles, people, papers or linking papers

// A fact's marks, one byte; a fact's sink is in the three upper bits of its kind byte.
constexpr std::uint8_t kHasQuantity = 1U;
constexpr std::uint8_t kOwnerIsStated = 2U;
constexpr std::uint8_t kIsReturn = 4U;
constexpr std::uint8_t kHasOther = 8U;
constexpr std::uint8_t kHasPeer = 16U;
constexpr std::uint8_t kHasUnit = 32U;
constexpr std::uint8_t kIsObserved = 64U;
constexpr std::uint8_t kHasStep = 128U;  // a byte, at the end
constexpr unsigned kSinkShift = 5;

constexpr auto kLastFactKind = static_cast<std::uint8_t>(graph::FactKind::kNotSameAs);
constexpr auto kLastSink = static_cast<std::uint8_t>(graph::SinkKind::kLeft);
constexpr auto kLastStep = static_cast<std::uint8_t>(graph::Step::kAccepting);
constexpr auto kLastCodeKind = static_cast<std::uint8_t>(model::CodeKind::kForeign);
constexpr auto kLastEventKind = static_cast<std::uint8_t>(model::EventKind::kAssociation);

static_assert(kLastFactKind < (1U << kSinkShift) && kLastSink < (1U << (8 - kSinkShift)));

std::uint8_t mark(bool is_set, std::uint8_t bit) {
    return is_set ? bit : std::uint8_t{0};
}

bool has(std::uint8_t marks, std::uint8_t bit) {
    return (marks & bit) != 0;
}

template <typename Id>
void write_ids(ByteWriter& out, const std::vector<Id>& ids) {
    out.number(ids.size());
    for (const Id id : ids) {
        out.number(id.value());
    }
}

template <typename Id>
Id read_id(ByteReader& in) {
    return Id(in.small_number());
}

template <typename Id>
void read_ids(ByteReader& in, std::vector<Id>& ids) {
    const std::size_t count = in.count();
    ids.clear();
    ids.reserve(count);
    for (std::size_t place = 0; place < count; ++place) {
        ids.push_back(read_id<Id>(in));
    }
}

std::uint8_t marks_of(const FlowEvent& event) {
    const bool is_always = event.time == model::TimeInterval{};
    const bool has_links = !event.vehicles.empty() || !event.people.empty() ||
                           !event.papers.empty() || !event.linking_papers.empty();
    return static_cast<std::uint8_t>(
        mark(event.is_error_declaration, kIsDeclaration) |
        mark(event.is_continuous, kIsContinuous) | mark(event.time.is_exact(), kIsExact) |
        mark(is_always, kIsAlways) | mark(event.process.value() != 0, kHasProcess) |
        mark(event.custodian.value() != 0, kHasCustodian) |
        mark(!event.mappings.empty(), kHasMappings) | mark(has_links, kHasLinks)
    );
}

std::uint8_t marks_of(const Fact& fact) {
    const bool has_peer = fact.peer_owner.value() != 0 || fact.peer_site.value() != 0;
    return static_cast<std::uint8_t>(
        mark(fact.has_quantity, kHasQuantity) | mark(fact.owner_is_stated, kOwnerIsStated) |
        mark(fact.is_return, kIsReturn) | mark(fact.other.value() != 0, kHasOther) |
        mark(has_peer, kHasPeer) | mark(fact.unit.value() != 0, kHasUnit) |
        mark(fact.is_observed, kIsObserved) | mark(fact.step != graph::Step::kNone, kHasStep)
    );
}

void write_fact(ByteWriter& out, const Fact& fact) {
    const std::uint8_t marks = marks_of(fact);
    out.byte(static_cast<std::uint8_t>(
        static_cast<unsigned>(fact.kind) | (static_cast<unsigned>(fact.sink) << kSinkShift)
    ));
    out.byte(marks);
    out.number(fact.item.value());
    out.number(fact.owner.value());
    out.number(fact.site.value());
    if (has(marks, kHasOther)) {
        out.number(fact.other.value());
    }
    if (has(marks, kHasPeer)) {
        out.number(fact.peer_owner.value());
        out.number(fact.peer_site.value());
    }
    if (has(marks, kHasUnit)) {
        out.number(fact.unit.value());
    }
    if (has(marks, kHasQuantity)) {
        out.signed_number(fact.millionths);
    }
    if (has(marks, kHasStep)) {
        out.byte(static_cast<std::uint8_t>(fact.step));
    }
}

// False for a fact that cannot be.
bool read_fact(ByteReader& in, Fact& fact) {
    const std::uint8_t kind = in.byte();
    const std::uint8_t marks = in.byte();
    const auto fact_kind = static_cast<std::uint8_t>(kind & ((1U << kSinkShift) - 1));
    const auto sink = static_cast<std::uint8_t>(kind >> kSinkShift);
    fact.kind = static_cast<graph::FactKind>(fact_kind);
    fact.sink = static_cast<graph::SinkKind>(sink);
    fact.has_quantity = has(marks, kHasQuantity);
    fact.owner_is_stated = has(marks, kOwnerIsStated);
    fact.is_return = has(marks, kIsReturn);
    fact.is_observed = has(marks, kIsObserved);
    fact.item = read_id<graph::ItemId>(in);
    fact.owner = read_id<graph::OperatorId>(in);
    fact.site = read_id<graph::SiteId>(in);
    if (has(marks, kHasOther)) {
        fact.other = read_id<graph::ItemId>(in);
    }
    if (has(marks, kHasPeer)) {
        fact.peer_owner = read_id<graph::OperatorId>(in);
        fact.peer_site = read_id<graph::SiteId>(in);
    }
    if (has(marks, kHasUnit)) {
        fact.unit = read_id<graph::UnitId>(in);
    }
    fact.millionths = fact.has_quantity ? in.signed_number() : 0;
    const std::uint8_t step = has(marks, kHasStep) ? in.byte() : std::uint8_t{0};
    fact.step = static_cast<graph::Step>(step);
    return fact_kind <= kLastFactKind && sink <= kLastSink && step <= kLastStep;
}

bool read_facts(ByteReader& in, std::vector<Fact>& facts) {
    const std::size_t count = in.count();
    facts.assign(count, Fact());
    bool is_good = true;
    for (Fact& fact : facts) {
        is_good = read_fact(in, fact) && is_good;
    }
    return is_good;
}

bool read_declared(ByteReader& in, std::vector<ItemDeclaration>& declared) {
    const std::size_t count = in.count();
    declared.clear();
    declared.reserve(count);
    bool is_good = true;
    for (std::size_t place = 0; place < count; ++place) {
        const auto item = read_id<graph::ItemId>(in);
        const std::uint8_t kind = in.byte();
        is_good = is_good && kind <= kLastCodeKind;
        declared.push_back({.item = item, .kind = static_cast<model::CodeKind>(kind)});
    }
    return is_good;
}

void read_time(ByteReader& in, std::uint8_t marks, model::TimeInterval& time) {
    if (has(marks, kIsAlways)) {
        time = {};
    } else if (has(marks, kIsExact)) {
        time = model::exactly(in.signed_number());
    } else {
        time.first = in.signed_number();
        time.last = in.signed_number();
    }
}

void read_mappings(ByteReader& in, std::vector<graph::FactMapping>& mappings) {
    const std::size_t count = in.count();
    mappings.assign(count, graph::FactMapping());
    for (graph::FactMapping& mapping : mappings) {
        mapping.output = read_id<graph::ItemId>(in);
        read_ids(in, mapping.inputs);
    }
}

void clear_links(FlowEvent& event) {
    event.vehicles.clear();
    event.people.clear();
    event.papers.clear();
    event.linking_papers.clear();
}

}  // namespace

std::string encode_flow(const FlowEvent& event, std::span<const ItemDeclaration> declared) {
    ByteWriter out;
    out.byte(kFormat);
    out.number(declared.size());
    for (const ItemDeclaration& declaration : declared) {
        out.number(declaration.item.value());
        out.byte(static_cast<std::uint8_t>(declaration.kind));
    }
    const std::uint8_t marks = marks_of(event);
    out.byte(static_cast<std::uint8_t>(event.kind));
    out.byte(marks);
    if (!has(marks, kIsAlways)) {
        out.signed_number(event.time.first);
        if (!has(marks, kIsExact)) {
            out.signed_number(event.time.last);
        }
    }
    if (has(marks, kHasProcess)) {
        out.number(event.process.value());
    }
    if (has(marks, kHasCustodian)) {
        out.number(event.custodian.value());
    }
    out.number(event.facts.size());
    for (const Fact& fact : event.facts) {
        write_fact(out, fact);
    }
    if (has(marks, kHasMappings)) {
        out.number(event.mappings.size());
        for (const graph::FactMapping& mapping : event.mappings) {
            out.number(mapping.output.value());
            write_ids(out, mapping.inputs);
        }
    }
    if (has(marks, kHasLinks)) {
        write_ids(out, event.vehicles);
        write_ids(out, event.people);
        write_ids(out, event.papers);
        write_ids(out, event.linking_papers);
    }
    return out.bytes();
}

Status decode_flow(
    std::string_view bytes, FlowEvent& event, std::vector<ItemDeclaration>& declared
) {
    ByteReader in(bytes);
    const std::uint8_t format = in.byte();
    bool is_good = format == kFormat && read_declared(in, declared);
    const std::uint8_t kind = in.byte();
    const std::uint8_t marks = in.byte();
    event.kind = static_cast<model::EventKind>(kind);
    event.is_error_declaration = has(marks, kIsDeclaration);
    event.is_continuous = has(marks, kIsContinuous);
    read_time(in, marks, event.time);
    event.process = has(marks, kHasProcess) ? read_id<graph::ProcessId>(in) : graph::ProcessId();
    event.custodian =
        has(marks, kHasCustodian) ? read_id<graph::OperatorId>(in) : graph::OperatorId();
    is_good = read_facts(in, event.facts) && is_good;
    event.mappings.clear();
    if (has(marks, kHasMappings)) {
        read_mappings(in, event.mappings);
    }
    clear_links(event);
    if (has(marks, kHasLinks)) {
        read_ids(in, event.vehicles);
        read_ids(in, event.people);
        read_ids(in, event.papers);
        read_ids(in, event.linking_papers);
    }
    if (!is_good || kind > kLastEventKind || !in.is_complete()) {
        return fail(ErrorCode::kCorruption, "the facts of a record are malformed");
    }
    return {};
}

std::string facts_digest(std::string_view facts) {
    constexpr std::size_t kDigestBytes = 8;  // against decay, not against forgers
    return std::string(bytes_of(crypto::sha256(facts)).substr(0, kDigestBytes));
}

}  // namespace suyuan::store
