// SPDX-License-Identifier: Apache-2.0
//
// What an event is about: things, amounts, containers, papers and parties.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/result.h"
#include "codec/detail/checker.h"
#include "codec/detail/event_fields.h"
#include "codec/detail/event_reader.h"
#include "codec/detail/problems.h"
#include "codec/detail/vocabulary.h"
#include "codec/json.h"
#include "model/event.h"
#include "model/quantity.h"

namespace suyuan::codec {
namespace {

using model::EventAction;
using model::EventKind;
using model::ItemRole;

bool is_unit_code(const Json& value) {
    if (!value.is_string() || value.text().size() < 2 || value.text().size() > 3) {
        return false;
    }
    return value.text().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") ==
           std::string::npos;
}

class ItemReader {
public:
    ItemReader(const EventFields& fields, const Path& place, Checker& check, model::Event& event)
        : fields_(fields), place_(place), check_(check), event_(event) {}

    void read() {
        switch (event_.kind) {
            case EventKind::kObject:
                read_things(Field::kEpcList, ItemRole::kObject, true);
                read_amounts(Field::kQuantityList, ItemRole::kObject);
                check_object();
                break;
            case EventKind::kTransaction:
                read_parent();
                read_things(Field::kEpcList, ItemRole::kObject, false);
                read_amounts(Field::kQuantityList, ItemRole::kObject);
                check_transaction();
                break;
            case EventKind::kAggregation:
            case EventKind::kAssociation:
                read_parent();
                read_things(Field::kChildEpcs, ItemRole::kChild, false);
                read_amounts(Field::kChildQuantityList, ItemRole::kChild);
                check_parted();
                break;
            case EventKind::kTransformation:
                read_things(Field::kInputEpcList, ItemRole::kInput, true);
                read_amounts(Field::kInputQuantityList, ItemRole::kInput);
                read_things(Field::kOutputEpcList, ItemRole::kOutput, true);
                read_amounts(Field::kOutputQuantityList, ItemRole::kOutput);
                read_transformation_id();
                check_transformation();
                break;
        }
    }

private:
    [[nodiscard]] Path place_of(Field field) const { return place_.member(field_name(field)); }

    [[nodiscard]] bool has_any(Field things, Field amounts) const {
        return fields_.size_of(things) > 0 || fields_.size_of(amounts) > 0;
    }

    void read_parent() {
        if (const Json* const parent = fields_.find(Field::kParentId); parent != nullptr) {
            add(ItemRole::kParent, check_.uri(*parent, place_of(Field::kParentId)));
        }
    }

    void read_transformation_id() {
        if (const Json* const id = fields_.find(Field::kTransformationId); id != nullptr) {
            event_.transformation_id = check_.uri(*id, place_of(Field::kTransformationId));
        }
    }

    void add(ItemRole role, std::string_view code) {
        event_.items.push_back({role, std::string(code), false, std::nullopt});
    }

    void read_things(Field field, ItemRole role, bool are_distinct) {
        const Json* const list = fields_.find(field);
        const Path place = place_of(field);
        if (list == nullptr || !check_.is_array(*list, place)) {
            return;
        }
        for (std::size_t i = 0; i < list->items().size(); ++i) {
            add(role, check_.uri(list->items()[i], place.item(i)));
        }
        if (are_distinct) {
            check_.distinct(*list, place);
        }
    }

    void read_amounts(Field field, ItemRole role) {
        const Json* const list = fields_.find(field);
        const Path place = place_of(field);
        if (list == nullptr || !check_.is_array(*list, place)) {
            return;
        }
        for (std::size_t i = 0; i < list->items().size(); ++i) {
            read_amount(list->items()[i], place.item(i), role);
        }
    }

    void read_amount(const Json& element, const Path& place, ItemRole role) {
        constexpr std::array<std::string_view, 3> kMembers = {"epcClass", "quantity", "uom"};
        if (!check_.is_object(element, place)) {
            return;
        }
        check_.only_members(element, kMembers, place);
        model::EventItem item;
        item.role = role;
        item.is_class = true;
        if (const Json* const code = check_.required(
                element, "epcClass", "\"urn:epc:class:lgtin:4012345.012345.998877\"", place
            );
            code != nullptr) {
            item.code = check_.uri(*code, place.member("epcClass"));
        }
        item.quantity = read_quantity(element, place);
        event_.items.push_back(std::move(item));
    }

    std::optional<model::Quantity> read_quantity(const Json& element, const Path& place) {
        const Json* const unit = element.find("uom");
        if (unit != nullptr && !is_unit_code(*unit)) {
            check_.refuse(
                place.member("uom"),
                in_both(
                    "应为 UN/ECE 第 20 号建议书的计量单位代码，例如 \"KGM\"，而不是 {}。",
                    "Write a UN/ECE Recommendation 20 unit code, such as \"KGM\", instead of {}.",
                    quoted(*unit)
                )
            );
            return std::nullopt;
        }
        const Json* const amount = element.find("quantity");
        if (amount == nullptr) {
            if (unit != nullptr) {
                check_.refuse(
                    place.member("quantity"),
                    Sentence{
                        "有单位 uom 就要有数量：请补上 quantity。",
                        "Add the quantity that uom is the unit of."
                    }
                );
            }
            return std::nullopt;
        }
        const Path amount_place = place.member("quantity");
        if (!check_.is_number(*amount, amount_place)) {
            return std::nullopt;
        }
        const Result<model::Decimal> decimal = model::parse_decimal_rounded(amount->text());
        if (!decimal || decimal->millionths < 0) {
            check_.refuse(
                amount_place,
                in_both(
                    "数量应在 0 到 9,000,000,000,000 之间，而不是 {}。",
                    "Write a quantity from 0 to 9,000,000,000,000 instead of {}.",
                    quoted(*amount)
                )
            );
            return std::nullopt;
        }
        return model::Quantity{*decimal, unit == nullptr ? std::string() : unit->text()};
    }

    void check_object() {
        const bool is_sensed = fields_.size_of(Field::kSensorElementList) > 0 &&
                               fields_.find(Field::kReadPoint) != nullptr;
        if (!has_any(Field::kEpcList, Field::kQuantityList) && !is_sensed) {
            check_.refuse(
                place_of(Field::kEpcList),
                Sentence{
                    "epcList 或 quantityList 里至少写一件物品；或者写 sensorElementList 和 "
                    "readPoint。",
                    "Name at least one object in epcList or quantityList, or give "
                    "sensorElementList "
                    "with readPoint."
                }
            );
        }
    }

    void check_transaction() {
        if (fields_.size_of(Field::kBizTransactionList) == 0) {
            check_.refuse(
                place_of(Field::kBizTransactionList),
                Sentence{
                    "请补上 bizTransactionList，至少一项业务单证。",
                    "Add bizTransactionList with at least one business transaction."
                }
            );
        }
        const bool has_parent_and_list =
            fields_.find(Field::kParentId) != nullptr && fields_.find(Field::kEpcList) != nullptr;
        if (!has_any(Field::kEpcList, Field::kQuantityList) && !has_parent_and_list &&
            event_.action != EventAction::kDelete) {
            check_.refuse(
                place_of(Field::kEpcList),
                Sentence{
                    "epcList 或 quantityList 里至少写一件物品。",
                    "Name at least one object in epcList or quantityList."
                }
            );
        }
    }

    void check_parted() {
        const bool needs_parent = event_.kind == EventKind::kAssociation ||
                                  event_.action == EventAction::kAdd ||
                                  event_.action == EventAction::kDelete;
        if (needs_parent && fields_.find(Field::kParentId) == nullptr) {
            check_.refuse(
                place_of(Field::kParentId),
                Sentence{
                    "请补上 parentID：只有动作为 OBSERVE 的聚合事件可以不写。",
                    "Add parentID: only an aggregation that is observed may leave it out."
                }
            );
        }
        const bool needs_child =
            event_.action == EventAction::kAdd || event_.action == EventAction::kObserve;
        if (needs_child && !has_any(Field::kChildEpcs, Field::kChildQuantityList)) {
            check_.refuse(
                place_of(Field::kChildEpcs),
                Sentence{
                    "childEPCs 或 childQuantityList 里至少写一件；只有 DELETE 可以不写，表示全部。",
                    "Name at least one child in childEPCs or childQuantityList; only DELETE may "
                    "leave "
                    "them out, which means all."
                }
            );
        }
    }

    void check_transformation() {
        const bool has_input = has_any(Field::kInputEpcList, Field::kInputQuantityList);
        const bool has_output = has_any(Field::kOutputEpcList, Field::kOutputQuantityList);
        const bool is_one_of_many = fields_.find(Field::kTransformationId) != nullptr;
        if (!has_input && !(is_one_of_many && has_output)) {
            check_.refuse(
                place_of(Field::kInputEpcList),
                Sentence{
                    "inputEPCList 或 inputQuantityList 里至少写一项投入；或者用 transformationID "
                    "把产出和投入连起来。",
                    "Name at least one input in inputEPCList or inputQuantityList, or join the "
                    "output "
                    "to its inputs by a transformationID."
                }
            );
        } else if (!has_output && !is_one_of_many) {
            check_.refuse(
                place_of(Field::kOutputEpcList),
                Sentence{
                    "outputEPCList 或 outputQuantityList 里至少写一项产出；或者用 transformationID "
                    "把投入和产出连起来。",
                    "Name at least one output in outputEPCList or outputQuantityList, or join the "
                    "input to its outputs by a transformationID."
                }
            );
        }
    }

    const EventFields& fields_;
    const Path& place_;
    Checker& check_;
    model::Event& event_;
};

// One entry of sourceList or destinationList; `member` is "source" or "destination".
model::EventParty read_party(
    const Json& entry, std::string_view member, const Path& place, Checker& check
) {
    if (!check.is_object(entry, place)) {
        return {};
    }
    check.only_members(entry, std::array<std::string_view, 2>{"type", member}, place);
    model::EventParty party;
    if (const Json* const type = check.required(entry, "type", "\"owning_party\"", place);
        type != nullptr) {
        party.type = check.term(Vocabulary::kSourceDestinationType, *type, place.member("type"));
    }
    if (const Json* const id =
            check.required(entry, member, "\"urn:epc:id:pgln:4012345.00001\"", place);
        id != nullptr) {
        party.id = check.uri(*id, place.member(member));
    }
    return party;
}

model::Paper read_paper(const Json& entry, const Path& place, Checker& check) {
    constexpr std::array<std::string_view, 2> kMembers = {"type", "bizTransaction"};
    if (!check.is_object(entry, place)) {
        return {};
    }
    check.only_members(entry, kMembers, place);
    model::Paper paper;
    if (const Json* const type = entry.find("type"); type != nullptr) {
        paper.type = check.term(Vocabulary::kBizTransactionType, *type, place.member("type"));
    }
    if (const Json* const id = check.required(
            entry, "bizTransaction", "\"urn:epcglobal:cbv:bt:4012345000009:4711\"", place
        );
        id != nullptr) {
        paper.id = check.uri(*id, place.member("bizTransaction"));
    }
    return paper;
}

// Calls `read(item, its place)` for each item of the array, if it is there.
template <typename Read>
void for_each_item(
    const EventFields& fields, Field field, const Path& place, Checker& check, Read read
) {
    const Json* const list = fields.find(field);
    const Path list_place = place.member(field_name(field));
    if (list == nullptr || !check.is_array(*list, list_place)) {
        return;
    }
    for (std::size_t i = 0; i < list->items().size(); ++i) {
        read(list->items()[i], list_place.item(i));
    }
}

}  // namespace

void read_items(const EventFields& fields, const Path& place, Checker& check, model::Event& event) {
    ItemReader(fields, place, check, event).read();
}

void read_papers_and_parties(
    const EventFields& fields, const Path& place, Checker& check, model::Event& event
) {
    for_each_item(
        fields,
        Field::kBizTransactionList,
        place,
        check,
        [&](const Json& entry, const Path& at) {
            event.papers.push_back(read_paper(entry, at, check));
        }
    );
    for_each_item(fields, Field::kSourceList, place, check, [&](const Json& entry, const Path& at) {
        event.sources.push_back(read_party(entry, "source", at, check));
    });
    for_each_item(
        fields,
        Field::kDestinationList,
        place,
        check,
        [&](const Json& entry, const Path& at) {
            event.destinations.push_back(read_party(entry, "destination", at, check));
        }
    );
}

}  // namespace suyuan::codec
