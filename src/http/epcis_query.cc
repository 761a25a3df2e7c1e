// SPDX-License-Identifier: Apache-2.0

#include "http/epcis_query.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "http/parameters.h"
#include "model/code.h"
#include "model/event.h"
#include "model/instant.h"
#include "service/events.h"
#include "store/event_query.h"

namespace suyuan::http {
namespace {

using store::EpcMatch;

// The default of the standard's own OpenAPI document.
constexpr std::size_t kPerPage = 30;

constexpr std::array kMatches = {
    std::pair{std::string_view("MATCH_anyEPC"), EpcMatch::kAny},
    std::pair{std::string_view("MATCH_epc"), EpcMatch::kEpc},
    std::pair{std::string_view("MATCH_parentID"), EpcMatch::kParent},
    std::pair{std::string_view("MATCH_inputEPC"), EpcMatch::kInput},
    std::pair{std::string_view("MATCH_outputEPC"), EpcMatch::kOutput},
    std::pair{std::string_view("MATCH_epcClass"), EpcMatch::kEpcClass},
    std::pair{std::string_view("MATCH_anyEPCClass"), EpcMatch::kAnyClass},
    std::pair{std::string_view("MATCH_inputEPCClass"), EpcMatch::kInputClass},
    std::pair{std::string_view("MATCH_outputEPCClass"), EpcMatch::kOutputClass},
};

std::optional<model::EventKind> parse_kind(std::string_view text) noexcept {
    constexpr std::array kKinds = {
        std::pair{std::string_view("ObjectEvent"), model::EventKind::kObject},
        std::pair{std::string_view("AggregationEvent"), model::EventKind::kAggregation},
        std::pair{std::string_view("TransactionEvent"), model::EventKind::kTransaction},
        std::pair{std::string_view("TransformationEvent"), model::EventKind::kTransformation},
        std::pair{std::string_view("AssociationEvent"), model::EventKind::kAssociation},
    };
    for (const auto& [name, kind] : kKinds) {
        if (text == name) {
            return kind;
        }
    }
    return std::nullopt;
}

std::optional<model::EventAction> parse_action(std::string_view text) noexcept {
    if (text == "ADD") {
        return model::EventAction::kAdd;
    }
    if (text == "OBSERVE") {
        return model::EventAction::kObserve;
    }
    if (text == "DELETE") {
        return model::EventAction::kDelete;
    }
    return std::nullopt;
}

std::optional<model::MicrosUtc> read_moment(ParameterReader& parameters, std::string_view name) {
    const std::string text = parameters.moment_text(name);
    if (text.empty()) {
        if (parameters.find(name)) {
            parameters.refuse(name, {format("{} 为空。", name), format("{} is empty.", name)});
        }
        return std::nullopt;
    }
    const auto instant = model::parse_instant(text);
    if (!instant) {
        parameters.refuse(
            name,
            {format("{} 须为带时区的时间，如 2026-01-05T08:00:00+08:00。", name),
             format(
                 "{} must be a time with its zone, like 2026-01-05T08:00:00+08:00: {}",
                 name,
                 instant.error().message()
             )}
        );
        return std::nullopt;
    }
    return instant->moment;
}

template <typename Value>
std::vector<Value> read_words(
    ParameterReader& parameters,
    std::string_view name,
    std::optional<Value> (*parse)(std::string_view)
) {
    std::vector<Value> values;
    for (const std::string& text : parameters.list(name)) {
        if (const auto value = parse(text)) {
            values.push_back(*value);
        } else {
            parameters.refuse(
                name,
                {format("{} 没有值 {}。", name, text), format("{} has no value {}.", name, text)}
            );
        }
    }
    return values;
}

// Events hold the short names of CBV terms; queries may spell them out, in any of CBV 2.0's three
// ways.
using Homes = std::array<std::string_view, 3>;
constexpr Homes kBizStepHomes = {
    "urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-", "cbv:BizStep-"
};
constexpr Homes kDispositionHomes = {
    "urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-", "cbv:Disp-"
};
constexpr Homes kPartyTypeHomes = {
    "urn:epcglobal:cbv:sdt:", "https://ref.gs1.org/cbv/SDT-", "cbv:SDT-"
};
constexpr Homes kPaperTypeHomes = {
    "urn:epcglobal:cbv:btt:", "https://ref.gs1.org/cbv/BTT-", "cbv:BTT-"
};

std::string short_name(std::string term, const Homes& homes) {
    for (const std::string_view home : homes) {
        if (term.size() > home.size() && term.starts_with(home)) {
            return term.substr(home.size());
        }
    }
    return term;
}

std::vector<std::string> read_terms(
    ParameterReader& parameters, std::string_view name, const Homes& homes
) {
    std::vector<std::string> terms = parameters.list(name);
    for (std::string& term : terms) {
        term = short_name(std::move(term), homes);
    }
    return terms;
}

std::vector<std::string> read_identifiers(ParameterReader& parameters, std::string_view name) {
    std::vector<std::string> values = parameters.list(name);
    for (std::string& value : values) {
        value = model::canonical_uri(value);
    }
    return values;
}

// "urn:epc:class:lgtin:6901234.000001.*": every lot of a product, as the beginning of their links;
// likewise every serial number. nullopt where the "*" cuts through the digits of a key.
std::optional<std::string> beginning_of_link(std::string_view urn) {
    constexpr std::string_view kAny = "0";
    const model::Code code =
        model::parse_code(std::string(urn.substr(0, urn.size() - 1)) + std::string(kAny));
    const bool ends_in_it = code.serial == kAny || (code.serial.empty() && code.lot == kAny);
    if (!urn.ends_with(".*") || !ends_in_it || !code.uri.ends_with(kAny)) {
        return std::nullopt;
    }
    return code.uri.substr(0, code.uri.size() - kAny.size()) + "*";
}

// The canonical spelling. Two ways to ask for many: a "*" at the end takes what precedes it for the
// beginning of a canonical spelling; a pattern that matches every serial of a product is the
// beginning that their links share, or the class itself where classes are asked for. Other patterns
// cut through the digits of a key.
std::optional<std::string> read_match(std::string_view text, EpcMatch match) {
    const bool is_class = match == EpcMatch::kEpcClass || match == EpcMatch::kAnyClass ||
                          match == EpcMatch::kInputClass || match == EpcMatch::kOutputClass;
    const bool is_pattern = text.starts_with("urn:epc:idpat:");
    if (text.ends_with('*') && !is_pattern) {
        return text.starts_with("urn:epc:") ? beginning_of_link(text) : std::string(text);
    }
    model::Code code = model::parse_code(text);
    if (is_class || !is_pattern) {
        return std::move(code.uri);
    }
    if (text.starts_with("urn:epc:idpat:sgtin:") && code.kind == model::CodeKind::kClass) {
        return code.uri + "/21/*";
    }
    return std::nullopt;
}

std::vector<std::string> read_match_values(
    ParameterReader& parameters, std::string_view name, EpcMatch match
) {
    std::vector<std::string> values;
    for (const std::string& text : parameters.list(name)) {
        if (auto value = read_match(text, match)) {
            values.push_back(*std::move(value));
            continue;
        }
        parameters.refuse(
            name,
            {format("不支持模式 {}；“*”只能代替一个产品的全部批号或序列号。", text),
             format(
                 "The pattern {} is not supported; a \"*\" can stand for every lot or serial "
                 "number of a product.",
                 text
             )}
        );
    }
    return values;
}

void read_matches(ParameterReader& parameters, store::EventQuery& query) {
    for (const auto& [name, match] : kMatches) {
        auto values = read_match_values(parameters, name, match);
        if (!values.empty()) {
            query.epcs.push_back({.match = match, .values = std::move(values)});
        }
    }
}

// EQ_source_owning_party and its like: the rest of the name is the type.
void read_parties(ParameterReader& parameters, store::EventQuery& query) {
    for (const bool is_source : {true, false}) {
        const std::string_view prefix = is_source ? "EQ_source_" : "EQ_destination_";
        for (const std::string& name : parameters.family(prefix)) {
            query.parties.push_back(
                {.is_source = is_source,
                 .type = short_name(name.substr(prefix.size()), kPartyTypeHomes),
                 .values = read_identifiers(parameters, name)}
            );
        }
    }
}

void read_papers(ParameterReader& parameters, store::EventQuery& query) {
    constexpr std::string_view kPrefix = "EQ_bizTransaction_";
    for (const std::string& name : parameters.family(kPrefix)) {
        query.papers.push_back(
            {.type = short_name(name.substr(kPrefix.size()), kPaperTypeHomes),
             .values = read_identifiers(parameters, name)}
        );
    }
}

enum class Order : std::uint8_t { kEventTime, kRecordTime };

std::optional<Order> parse_order(std::string_view text) noexcept {
    if (text == "eventTime") {
        return Order::kEventTime;
    }
    return text == "recordTime" ? std::optional(Order::kRecordTime) : std::nullopt;
}

// True: descending.
std::optional<bool> parse_direction(std::string_view text) noexcept {
    if (text == "ASC") {
        return false;
    }
    return text == "DESC" ? std::optional(true) : std::nullopt;
}

void read_order(ParameterReader& parameters, store::EventQuery& query) {
    const auto order = parameters.word<Order>("orderBy", parse_order, "eventTime, recordTime");
    query.by_event_time = order == Order::kEventTime;
    // Without orderBy any order will do: ours is that of the log, oldest first, so that a client
    // that keeps asking for the next page sees what comes in. With it the standard says descending.
    query.is_descending = parameters.word<bool>("orderDirection", parse_direction, "ASC, DESC")
                              .value_or(order.has_value());
}

}  // namespace

store::EventQuery read_event_query(ParameterReader& parameters) {
    store::EventQuery query;
    query.kinds = read_words<model::EventKind>(parameters, "eventType", parse_kind);
    query.event_time_from = read_moment(parameters, "GE_eventTime");
    query.event_time_before = read_moment(parameters, "LT_eventTime");
    query.record_time_from = read_moment(parameters, "GE_recordTime");
    query.record_time_before = read_moment(parameters, "LT_recordTime");
    query.actions = read_words<model::EventAction>(parameters, "EQ_action", parse_action);
    query.biz_steps = read_terms(parameters, "EQ_bizStep", kBizStepHomes);
    query.dispositions = read_terms(parameters, "EQ_disposition", kDispositionHomes);
    query.read_points = read_identifiers(parameters, "EQ_readPoint");
    query.biz_locations = read_identifiers(parameters, "EQ_bizLocation");
    query.event_ids = parameters.list("EQ_eventID");
    query.transformation_ids = parameters.list("EQ_transformationID");
    if (parameters.flag("EXISTS_errorDeclaration")) {
        query.has_error_declaration = true;  // "false" is no criterion, says the standard
    }
    read_matches(parameters, query);
    read_parties(parameters, query);
    read_papers(parameters, query);
    read_order(parameters, query);
    query.page_size = parameters.count(
        "perPage", {.otherwise = kPerPage, .min = 1, .max = service::Events::kPageMax}
    );
    query.page_token = parameters.text("nextPageToken");
    return query;
}

}  // namespace suyuan::http
