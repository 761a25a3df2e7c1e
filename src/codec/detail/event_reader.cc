// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/event_reader.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "codec/detail/checker.h"
#include "codec/detail/event_fields.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/problems.h"
#include "codec/detail/vocabulary.h"
#include "codec/json.h"
#include "model/event.h"
#include "model/instant.h"

namespace suyuan::codec {
namespace {

using model::EventAction;
using model::EventKind;

std::optional<EventKind> read_kind(const Json& event, const Path& place, Checker& check) {
    const Json* const type = check.required(event, "type", "\"ObjectEvent\"", place);
    if (type == nullptr) {
        return std::nullopt;
    }
    const auto kind = kind_of_type(type->is_string() ? type->text() : std::string());
    if (kind) {
        return kind;
    }
    check.refuse(
        place.member("type"),
        in_both(
            "应为 ObjectEvent、AggregationEvent、TransactionEvent、TransformationEvent 或 "
            "AssociationEvent，而不是 {}。",
            "Write ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent or "
            "AssociationEvent instead of {}.",
            quoted(*type)
        )
    );
    return std::nullopt;
}

// One event while it is read.
class EventReader {
public:
    EventReader(const Json& json, const EventFields& fields, const Path& place, Checker& check)
        : json_(json), fields_(fields), place_(place), check_(check) {}

    [[nodiscard]] model::Event read(EventKind kind) {
        event_.kind = kind;
        read_times();
        read_identity();
        read_action();
        read_terms();
        read_persistent_disposition();
        event_.read_point = read_place(Field::kReadPoint);
        event_.biz_location = read_place(Field::kBizLocation);
        read_error_declaration();
        read_ilmd();
        if (const Json* const elements = fields_.find(Field::kSensorElementList);
            elements != nullptr) {
            check_sensor_elements(*elements, place_of(Field::kSensorElementList), check_);
        }
        read_papers_and_parties(fields_, place_, check_, event_);
        read_items(fields_, place_, check_, event_);
        read_own_fields(fields_, place_, check_, event_);
        return std::move(event_);
    }

private:
    [[nodiscard]] Path place_of(Field field) const { return place_.member(field_name(field)); }

    void read_times() {
        if (const Json* const time =
                check_.required(json_, "eventTime", "\"2026-01-05T08:00:00+08:00\"", place_);
            time != nullptr) {
            const auto instant = check_.instant(*time, place_of(Field::kEventTime));
            event_.event_time = instant ? instant->moment : 0;
        }
        if (const Json* const offset =
                check_.required(json_, "eventTimeZoneOffset", "\"+08:00\"", place_);
            offset != nullptr) {
            const Result<int> minutes =
                model::parse_offset(offset->is_string() ? offset->text() : std::string());
            event_.offset_minutes = minutes.value_or(0);
            if (!minutes) {
                check_.refuse(
                    place_of(Field::kEventTimeZoneOffset),
                    in_both(
                        "应为 -14:00 到 +14:00 的时区偏移，例如 \"+08:00\"，而不是 {}。",
                        "Write an offset from -14:00 to +14:00, such as \"+08:00\", instead of {}.",
                        quoted(*offset)
                    )
                );
            }
        }
        if (const Json* const time = fields_.find(Field::kRecordTime); time != nullptr) {
            check_.instant(*time, place_of(Field::kRecordTime));
        }
    }

    void read_identity() {
        if (const Json* const id = fields_.find(Field::kEventId); id != nullptr) {
            event_.event_id = check_.uri(*id, place_of(Field::kEventId));
        }
        if (const Json* const info = fields_.find(Field::kCertificationInfo); info != nullptr) {
            const Path place = place_of(Field::kCertificationInfo);
            if (!info->is_array()) {
                check_.uri(*info, place);
                return;
            }
            for (std::size_t i = 0; i < info->items().size(); ++i) {
                check_.uri(info->items()[i], place.item(i));
            }
        }
    }

    void read_action() {
        if (event_.kind == EventKind::kTransformation) {
            return;
        }
        const Json* const action = check_.required(json_, "action", "\"OBSERVE\"", place_);
        if (action == nullptr) {
            return;
        }
        const std::string_view text = action->is_string() ? action->text() : std::string_view();
        if (text == "ADD") {
            event_.action = EventAction::kAdd;
        } else if (text == "OBSERVE") {
            event_.action = EventAction::kObserve;
        } else if (text == "DELETE") {
            event_.action = EventAction::kDelete;
        } else {
            check_.refuse(
                place_of(Field::kAction),
                in_both(
                    "应为 ADD、OBSERVE 或 DELETE，而不是 {}。",
                    "Write ADD, OBSERVE or DELETE instead of {}.",
                    quoted(*action)
                )
            );
        }
    }

    void read_terms() {
        if (const Json* const step = fields_.find(Field::kBizStep); step != nullptr) {
            event_.biz_step = check_.term(Vocabulary::kBizStep, *step, place_of(Field::kBizStep));
        }
        if (const Json* const disposition = fields_.find(Field::kDisposition);
            disposition != nullptr) {
            event_.disposition =
                check_.term(Vocabulary::kDisposition, *disposition, place_of(Field::kDisposition));
        }
    }

    void read_persistent_disposition() {
        constexpr std::array<std::string_view, 2> kMembers = {"set", "unset"};
        const Json* const value = fields_.find(Field::kPersistentDisposition);
        const Path place = place_of(Field::kPersistentDisposition);
        if (value == nullptr || !check_.is_object(*value, place)) {
            return;
        }
        check_.only_members(*value, kMembers, place);
        if (value->find("set") == nullptr && value->find("unset") == nullptr) {
            check_.refuse(
                place,
                Sentence{
                    "请补上 set 或 unset，都是处置状态的数组。",
                    "Add set or unset, each an array of dispositions."
                }
            );
        }
        for (const std::string_view name : kMembers) {
            if (const Json* const terms = value->find(name); terms != nullptr) {
                std::vector<std::string>& dispositions =
                    name == "set" ? event_.set_dispositions : event_.unset_dispositions;
                dispositions = read_dispositions(*terms, place.member(name));
            }
        }
    }

    std::vector<std::string> read_dispositions(const Json& terms, const Path& place) {
        std::vector<std::string> dispositions;
        if (!check_.is_array(terms, place)) {
            return dispositions;
        }
        if (terms.items().empty()) {
            check_.refuse(
                place,
                Sentence{
                    "至少写一个处置状态，或去掉此数组。",
                    "Name at least one disposition, or leave the array out."
                }
            );
        }
        for (std::size_t i = 0; i < terms.items().size(); ++i) {
            dispositions.emplace_back(
                check_.term(Vocabulary::kDisposition, terms.items()[i], place.item(i))
            );
        }
        check_.distinct(terms, place);
        return dispositions;
    }

    std::string read_place(Field field) {
        constexpr std::array<std::string_view, 1> kMembers = {"id"};
        const Json* const value = fields_.find(field);
        const Path place = place_of(field);
        if (value == nullptr || !check_.is_object(*value, place)) {
            return {};
        }
        check_.only_members_and_extensions(*value, kMembers, place);
        const Json* const id =
            check_.required(*value, "id", "\"urn:epc:id:sgln:0614141.07346.0\"", place);
        return id == nullptr ? std::string() : std::string(check_.uri(*id, place.member("id")));
    }

    void read_error_declaration() {
        constexpr std::array<std::string_view, 3> kMembers = {
            "declarationTime", "reason", "correctiveEventIDs"
        };
        const Json* const value = fields_.find(Field::kErrorDeclaration);
        const Path place = place_of(Field::kErrorDeclaration);
        if (value == nullptr || !check_.is_object(*value, place)) {
            return;
        }
        check_.only_members_and_extensions(*value, kMembers, place);
        model::ErrorDeclaration error;
        if (const Json* const time =
                check_.required(*value, "declarationTime", "\"2026-01-05T08:00:00+08:00\"", place);
            time != nullptr) {
            const auto instant = check_.instant(*time, place.member("declarationTime"));
            error.declared_at = instant ? instant->moment : 0;
        }
        if (const Json* const reason = value->find("reason"); reason != nullptr) {
            error.reason = check_.term(Vocabulary::kErrorReason, *reason, place.member("reason"));
        }
        if (const Json* const ids = value->find("correctiveEventIDs"); ids != nullptr) {
            error.corrective_event_ids = check_.uris(*ids, place.member("correctiveEventIDs"));
        }
        event_.error = std::move(error);
    }

    void read_ilmd() {
        const Json* const ilmd = fields_.find(Field::kIlmd);
        const Path place = place_of(Field::kIlmd);
        if (ilmd == nullptr || !check_.is_object(*ilmd, place)) {
            return;
        }
        if (event_.action == EventAction::kObserve || event_.action == EventAction::kDelete) {
            check_.refuse(
                place,
                Sentence{
                    "请删除 ilmd，或把动作写成 ADD：只有新产生的物品才有批次主数据。",
                    "Remove ilmd, or write the action ADD: only what begins has master data."
                }
            );
        }
        check_.only_members_and_extensions(*ilmd, {}, place);
        for (const JsonMember& member : ilmd->members()) {
            const std::optional<QualifiedName> name = check_.names().resolve(member.name);
            const bool is_lot = name && name->local == "lotNumber" &&
                                (name->space.starts_with("urn:epcglobal:cbv:mda") ||
                                 name->space == "https://ref.gs1.org/cbv/mda/");
            if (is_lot && (member.value.is_string() || member.value.is_number())) {
                event_.lot_text = member.value.text();
            }
        }
    }

    const Json& json_;
    const EventFields& fields_;
    const Path& place_;
    Checker& check_;
    model::Event event_;
};

}  // namespace

std::optional<model::Event> read_event(const Json& event, const Path& place, Checker& check) {
    const std::size_t problems_before = check.problem_count();
    if (!check.is_object(event, place)) {
        return std::nullopt;
    }
    const std::optional<EventKind> kind = read_kind(event, place, check);
    if (!kind) {
        return std::nullopt;
    }
    const EventFields fields = sort_fields(event, *kind, place, check);
    model::Event result = EventReader(event, fields, place, check).read(*kind);
    if (check.problem_count() != problems_before) {
        return std::nullopt;
    }
    return result;
}

}  // namespace suyuan::codec
