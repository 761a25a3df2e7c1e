// SPDX-License-Identifier: Apache-2.0

#include "service/named_answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "graph/fact.h"
#include "service/name_book.h"
#include "store/store.h"
#include "trace/answer.h"
#include "trace/question.h"

namespace suyuan::service {
namespace {

// The position that a move belongs to.
const trace::Position& owner_of(PartKind kind, const trace::Move& move) noexcept {
    return kind == PartKind::kForward ? move.to : move.from;
}

// A positive number without sign, blank or leading zero, or 0; what position_key() writes.
std::optional<std::uint32_t> parse_number(std::string_view text) noexcept {
    if (text.empty() || (text.size() > 1 && text.front() == '0') || text.front() == '-') {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && rest == text.data() + text.size() ? std::optional(number)
                                                                     : std::nullopt;
}

void add_part(const std::optional<trace::Part>& part, NameRequest& names) {
    if (!part) {
        return;
    }
    const auto add_unit = [&](graph::UnitId unit) {
        names.add(store::NameKind::kUnit, unit.value());
    };
    for (const trace::ReachedPosition& reached : part->positions) {
        names.add(reached.position);
        for (const trace::Balance& balance : reached.stock.balances) {
            add_unit(balance.unit);
        }
    }
    // Both ends of a move are reached positions.
    for (const trace::Move& move : part->moves) {
        names.add(move.carrier);
        add_unit(move.unit);
    }
}

void add_touched(
    store::NameKind kind, const std::vector<trace::Touched>& touched, NameRequest& names
) {
    for (const trace::Touched& one : touched) {
        names.add(kind, one.id);
    }
}

void add_seed(const trace::Seed& seed, NameRequest& names) {
    using store::NameKind;
    if (const auto* items = std::get_if<trace::ItemSeed>(&seed)) {
        for (const graph::ItemId item : items->items) {
            names.add(item);
        }
        names.add(NameKind::kOperator, items->owner.value_or(graph::OperatorId()).value());
        names.add(NameKind::kSite, items->site.value_or(graph::SiteId()).value());
    } else if (const auto* paper = std::get_if<trace::PaperSeed>(&seed)) {
        names.add(NameKind::kPaper, paper->paper.value());
    } else if (const auto* vehicle = std::get_if<trace::VehicleSeed>(&seed)) {
        names.add(NameKind::kVehicle, vehicle->vehicle.value());
    } else if (const auto* person = std::get_if<trace::PersonSeed>(&seed)) {
        names.add(NameKind::kPerson, person->person.value());
    } else if (const auto* owner = std::get_if<trace::OperatorSeed>(&seed)) {
        names.add(NameKind::kOperator, owner->owner.value());
    } else if (const auto* site = std::get_if<trace::SiteSeed>(&seed)) {
        names.add(NameKind::kSite, site->site.value());
    }
}

}  // namespace

PartIndex::PartIndex(PartKind kind, const trace::Part& part)
    : by_position_(part.positions.size()), first_move_(part.positions.size() + 1, 0) {
    std::iota(by_position_.begin(), by_position_.end(), 0U);
    std::ranges::sort(by_position_, {}, [&](std::uint32_t place) {
        return part.positions[place].position;
    });
    std::vector<std::uint32_t> owner(part.moves.size(), 0);
    for (std::size_t move = 0; move < part.moves.size(); ++move) {
        // A move is taken only between reached positions.
        owner[move] = require(part, owner_of(kind, part.moves[move]));
        ++first_move_[owner[move] + 1];
    }
    std::partial_sum(first_move_.begin(), first_move_.end(), first_move_.begin());
    moves_.resize(part.moves.size());
    std::vector<std::uint32_t> next(first_move_.begin(), first_move_.end());
    for (std::size_t move = 0; move < part.moves.size(); ++move) {
        moves_[next[owner[move]]++] = static_cast<std::uint32_t>(move);
    }
}

std::optional<std::uint32_t> PartIndex::find(
    const trace::Part& part, const trace::Position& position
) const noexcept {
    const auto at = [&](std::uint32_t place) -> const trace::Position& {
        return part.positions[place].position;
    };
    const auto found = std::ranges::lower_bound(by_position_, position, {}, at);
    return found != by_position_.end() && at(*found) == position ? std::optional(*found)
                                                                 : std::nullopt;
}

std::uint32_t PartIndex::require(const trace::Part& part, const trace::Position& position)
    const noexcept {
    const std::optional<std::uint32_t> place = find(part, position);
    SUYUAN_ASSERT(place.has_value());
    return place.value_or(0);
}

std::span<const std::uint32_t> PartIndex::moves_of(std::size_t place) const noexcept {
    SUYUAN_ASSERT(place + 1 < first_move_.size());
    return std::span(moves_).subspan(
        first_move_[place], first_move_[place + 1] - first_move_[place]
    );
}

std::size_t NamedAnswer::position_count() const noexcept {
    return (answer.back ? answer.back->positions.size() : 0) +
           (answer.forward ? answer.forward->positions.size() : 0);
}

std::size_t NamedAnswer::distinct_position_count() const noexcept {
    if (!answer.back || !answer.forward) {
        return position_count();
    }
    const auto in_both = std::ranges::count_if(
        answer.back->positions,
        [this](const trace::ReachedPosition& reached) {
            return forward_index.find(*answer.forward, reached.position).has_value();
        }
    );
    return position_count() - static_cast<std::size_t>(in_both);
}

std::size_t NamedAnswer::move_count() const noexcept {
    return (answer.back ? answer.back->moves.size() : 0) +
           (answer.forward ? answer.forward->moves.size() : 0);
}

PlaceInAnswer NamedAnswer::at(std::size_t row) const noexcept {
    SUYUAN_ASSERT(row < position_count());
    const std::size_t back_count = answer.back ? answer.back->positions.size() : 0;
    return row < back_count ? PlaceInAnswer{PartKind::kBack, row}
                            : PlaceInAnswer{PartKind::kForward, row - back_count};
}

const trace::Part* NamedAnswer::part(PartKind kind) const noexcept {
    const std::optional<trace::Part>& half = kind == PartKind::kBack ? answer.back : answer.forward;
    return half ? &*half : nullptr;
}

const PartIndex& NamedAnswer::index(PartKind kind) const noexcept {
    return kind == PartKind::kBack ? back_index : forward_index;
}

NameRequest names_needed(const trace::Question& question, const trace::Answer& answer) {
    using store::NameKind;
    NameRequest names;
    add_seed(question.seed, names);
    add_part(answer.back, names);
    add_part(answer.forward, names);
    for (const trace::Position& source : answer.sources) {
        names.add(source);
    }
    add_touched(NameKind::kOperator, answer.operators, names);
    add_touched(NameKind::kSite, answer.sites, names);
    add_touched(NameKind::kVehicle, answer.vehicles, names);
    add_touched(NameKind::kPerson, answer.people, names);
    for (const trace::Balance& balance : answer.total) {
        names.add(NameKind::kUnit, balance.unit.value());
    }
    for (const trace::OpenEnd& open_end : answer.open_ends) {
        names.add(open_end.position);
    }
    for (const trace::Violation& violation : answer.violations) {
        names.add(violation.position);
    }
    return names;
}

std::string position_key(const trace::Position& position) {
    return format("{}.{}.{}", position.item.value(), position.owner.value(), position.site.value());
}

Result<trace::Position> parse_position_key(std::string_view key) {
    std::array<std::uint32_t, 3> ids = {};
    std::string_view rest = key;
    for (std::size_t part = 0; part < ids.size(); ++part) {
        const bool is_last = part + 1 == ids.size();
        const std::size_t dot = rest.find('.');
        const auto id = parse_number(rest.substr(0, dot));
        if (!id || is_last != (dot == std::string_view::npos)) {
            return fail(
                ErrorCode::kInvalidArgument,
                Sentence{
                    format("位置“{}”应写成 物品.主体.场所，例如 12.7.3", key),
                    format("position \"{}\" is not of the form item.owner.site, as in 12.7.3", key)
                }
            );
        }
        ids.at(part) = *id;
        rest = is_last ? std::string_view() : rest.substr(dot + 1);
    }
    if (ids[0] == 0) {
        return fail(
            ErrorCode::kInvalidArgument,
            Sentence{
                format("位置“{}”没有写物品", key), format("position \"{}\" names no item", key)
            }
        );
    }
    return trace::Position{graph::ItemId(ids[0]), graph::OperatorId(ids[1]), graph::SiteId(ids[2])};
}

std::string_view to_string(PartKind part) noexcept {
    switch (part) {
        case PartKind::kBack:
            return "back";
        case PartKind::kForward:
            return "forward";
    }
    SUYUAN_UNREACHABLE();
}

std::string_view to_string(trace::MoveKind kind) noexcept {
    using trace::MoveKind;
    switch (kind) {
        case MoveKind::kShipment:
            return "shipment";
        case MoveKind::kStated:
            return "stated";
        case MoveKind::kInTransit:
            return "in_transit";
        case MoveKind::kInferred:
            return "inferred";
        case MoveKind::kRide:
            return "ride";
        case MoveKind::kProcess:
            return "process";
        case MoveKind::kSameAs:
            return "same_as";
        case MoveKind::kPartOf:
            return "part_of";
    }
    SUYUAN_UNREACHABLE();
}

std::string_view to_string(trace::StockStatus status) noexcept {
    using trace::StockStatus;
    switch (status) {
        case StockStatus::kOnHand:
            return "on_hand";
        case StockStatus::kInTransit:
            return "in_transit";
        case StockStatus::kClosed:
            return "closed";
        case StockStatus::kNegative:
            return "negative";
        case StockStatus::kUnknown:
            return "unknown";
    }
    SUYUAN_UNREACHABLE();
}

std::string_view to_string(trace::OpenEndKind kind) noexcept {
    using trace::OpenEndKind;
    switch (kind) {
        case OpenEndKind::kUnknownSupplier:
            return "unknown_supplier";
        case OpenEndKind::kUnconfirmedSupplier:
            return "unconfirmed_supplier";
        case OpenEndKind::kInTransit:
            return "in_transit";
        case OpenEndKind::kNegativeStock:
            return "negative_stock";
        case OpenEndKind::kSkewedClocks:
            return "skewed_clocks";
        case OpenEndKind::kTwoContainers:
            return "two_containers";
        case OpenEndKind::kConflict:
            return "conflict";
        case OpenEndKind::kMissingTime:
            return "missing_time";
        case OpenEndKind::kAllToAll:
            return "all_to_all";
    }
    SUYUAN_UNREACHABLE();
}

std::string_view to_string(trace::Direction direction) noexcept {
    using trace::Direction;
    switch (direction) {
        case Direction::kBack:
            return "back";
        case Direction::kForward:
            return "forward";
        case Direction::kFull:
            return "full";
    }
    SUYUAN_UNREACHABLE();
}

std::optional<trace::Direction> parse_direction(std::string_view text) noexcept {
    using trace::Direction;
    for (const Direction direction : {Direction::kBack, Direction::kForward, Direction::kFull}) {
        if (text == to_string(direction)) {
            return direction;
        }
    }
    return std::nullopt;
}

}  // namespace suyuan::service
