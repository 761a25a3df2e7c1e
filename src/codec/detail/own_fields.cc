// SPDX-License-Identifier: Apache-2.0
//
// The extension fields of our own namespace, docs/epcis-mapping.md.

#include "codec/detail/own_fields.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/checker.h"
#include "codec/detail/event_fields.h"
#include "codec/detail/event_reader.h"
#include "codec/detail/namespaces.h"
#include "codec/detail/problems.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "codec/limits.h"
#include "model/code.h"
#include "model/event.h"
#include "model/instant.h"

namespace suyuan::codec {
namespace {

using model::EventKind;
using model::ItemRole;

constexpr std::string_view kPeople = "people";

class OwnFieldReader {
public:
    OwnFieldReader(const Path& place, Checker& check, model::Event& event)
        : place_(place), check_(check), event_(event) {}

    void read(const OwnField& field) {
        const Json& value = field.member->value;
        const Path at = place_.member(field.member->name);
        const auto found = std::ranges::find(kReaders, field.local, &Reader::local);
        if (found == kReaders.end()) {
            check_.refuse(
                at,
                in_both(
                    "请删除或改正 \"{}\"：命名空间 {} 没有这个字段。",
                    "Remove \"{}\", or write it right: the namespace {} has no such field.",
                    field.member->name,
                    kSuyuanNamespace
                )
            );
            return;
        }
        if (!seen_.insert(field.local).second) {
            check_.refuse(
                at,
                Sentence{
                    "请删除：事件里已有此字段，用的是另一个前缀。",
                    "Remove it: the event has this field already, by another prefix."
                }
            );
            return;
        }
        (this->*found->read)(value, at);
    }

private:
    struct Reader {
        std::string_view local;
        void (OwnFieldReader::*read)(const Json& value, const Path& at);
    };

    std::string name_in(const Json& value, const Path& at) {
        if (!value.is_string() || value.text().find_first_not_of(" \t\r\n") == std::string::npos) {
            check_.refuse(
                at,
                in_both(
                    "应为非空字符串，而不是 {}。",
                    "Write a string that is not empty instead of {}.",
                    quoted(value)
                )
            );
            return {};
        }
        return value.text();
    }

    std::vector<std::string> names_in(const Json& value, const Path& at) {
        std::vector<std::string> names;
        if (check_.is_array(value, at)) {
            for (std::size_t i = 0; i < value.items().size(); ++i) {
                names.push_back(name_in(value.items()[i], at.item(i)));
            }
        }
        return names;
    }

    void read_owner(const Json& value, const Path& at) { event_.owner = name_in(value, at); }

    void read_custodian(const Json& value, const Path& at) {
        event_.custodian = name_in(value, at);
    }

    void read_vehicles(const Json& value, const Path& at) { event_.vehicles = names_in(value, at); }

    void read_people(const Json& value, const Path& at) {
        if (!check_.is_array(value, at)) {
            return;
        }
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < value.items().size(); ++i) {
            const Json& person = value.items()[i];
            const Path entry = at.item(i);
            if (!check_.is_object(person, entry)) {
                continue;
            }
            const Json* const id = check_.required(person, "id", "\"staff-17\"", entry);
            if (id == nullptr) {
                continue;
            }
            const Path id_place = entry.member("id");
            std::string name = name_in(*id, id_place);
            if (!name.empty() && !seen.insert(id->text()).second) {
                check_.refuse(
                    id_place,
                    Sentence{
                        "每个人只写一次：前面已有这个编号。",
                        "Name each person once: this id stands above already."
                    }
                );
            }
            event_.people.push_back(std::move(name));
        }
    }

    void read_time_precision(const Json& value, const Path& at) {
        if (value.is_string() && value.text() == "day") {
            event_.precision = model::TimePrecision::kDay;
        } else if (value.is_string() && value.text() == "unknown") {
            event_.precision = model::TimePrecision::kUnknown;
        } else {
            check_.refuse(
                at,
                in_both(
                    "应为 \"day\" 或 \"unknown\"，而不是 {}；eventTime 精确时不用写。",
                    "Write \"day\" or \"unknown\" instead of {}, or leave it out for an exact "
                    "eventTime.",
                    quoted(value)
                )
            );
        }
    }

    // The base fields, eventTime among them, are read before ours.
    void read_latest_time(const Json& value, const Path& at) {
        const auto moment = model::parse_instant(value.is_string() ? value.text() : std::string());
        if (!moment || moment->moment < event_.event_time) {
            check_.refuse(
                at,
                in_both(
                    "应为事件最晚可能发生的时刻，不早于 eventTime，例如 "
                    "\"2026-01-31T23:59:59+08:00\"，而不是 {}。",
                    "Write the latest moment at which it can have happened, not before eventTime, "
                    "such as \"2026-01-31T23:59:59+08:00\", instead of {}.",
                    quoted(value)
                )
            );
            return;
        }
        event_.latest_time = moment->moment;
    }

    void read_same_as(const Json& value, const Path& at) {
        event_.same_as = names_in(value, at);
        check_one_item(at);
    }

    void read_not_same_as(const Json& value, const Path& at) {
        event_.not_same_as = names_in(value, at);
        check_one_item(at);
    }

    void check_one_item(const Path& at) {
        if (event_.items.size() != 1) {
            check_.refuse(
                at,
                in_both(
                    "此声明应写在只有一件物品的事件里，这个事件有 {} 件。",
                    "Put the claim into an event about exactly one item: this one has {}.",
                    event_.items.size()
                )
            );
        }
    }

    void read_output_mapping(const Json& value, const Path& at) {
        if (!check_.is_array(value, at)) {
            return;
        }
        if (event_.kind != EventKind::kTransformation) {
            check_.refuse(
                at,
                Sentence{
                    "请删除：只有 TransformationEvent 有投入和产出。",
                    "Remove it: only a TransformationEvent has inputs and outputs."
                }
            );
            return;
        }
        for (std::size_t i = 0; i < value.items().size(); ++i) {
            read_mapping(value.items()[i], at.item(i));
        }
    }

    void read_mapping(const Json& entry, const Path& at) {
        constexpr std::array<std::string_view, 2> kMembers = {"output", "inputs"};
        if (!check_.is_object(entry, at)) {
            return;
        }
        check_.only_members(entry, kMembers, at);
        const Json* const output = check_.required(entry, "output", "the code of an output", at);
        const Json* const inputs = check_.required(entry, "inputs", "an array of codes", at);
        if (output == nullptr || inputs == nullptr) {
            return;
        }
        model::OutputMapping mapping;
        const Path output_place = at.member("output");
        mapping.output = name_in(*output, output_place);
        check_item(mapping.output, ItemRole::kOutput, output_place);
        const Path inputs_place = at.member("inputs");
        mapping.inputs = names_in(*inputs, inputs_place);
        // With a transformationID the inputs may stand in other events of the process.
        if (event_.transformation_id.empty()) {
            for (std::size_t i = 0; i < mapping.inputs.size(); ++i) {
                check_item(mapping.inputs[i], ItemRole::kInput, inputs_place.item(i));
            }
        }
        event_.output_mapping.push_back(std::move(mapping));
    }

    // A mistyped code would cut an output off from where it came.
    void check_item(const std::string& code, ItemRole role, const Path& at) {
        if (code.empty()) {
            return;
        }
        const std::string canonical = model::canonical_uri(code);
        const bool is_there = std::ranges::any_of(event_.items, [&](const model::EventItem& item) {
            return item.role == role && model::canonical_uri(item.code) == canonical;
        });
        if (!is_there) {
            check_.refuse(
                at,
                Sentence{
                    format(
                        "应为此事件的某项{}的编码，\"{}\" 不在其中。",
                        role == ItemRole::kOutput ? "产出" : "投入",
                        code
                    ),
                    format(
                        "Write the code of one of the event's {}: \"{}\" is none of them.",
                        role == ItemRole::kOutput ? "outputs" : "inputs",
                        code
                    )
                }
            );
        }
    }

    void read_continuous(const Json& value, const Path& at) {
        event_.is_continuous = check_.is_boolean(value, at) && value.as_bool();
    }

    void read_clean_break(const Json& value, const Path& at) {
        event_.is_clean_break = check_.is_boolean(value, at) && value.as_bool();
    }

    void read_sink(const Json& value, const Path& at) {
        constexpr std::array<std::string_view, 4> kSinks = {"sold", "used", "destroyed", "left"};
        if (value.is_string() && std::ranges::find(kSinks, value.text()) != kSinks.end()) {
            event_.sink = value.text();
            return;
        }
        check_.refuse(
            at,
            in_both(
                "应为 \"sold\"、\"used\"、\"destroyed\" 或 \"left\"，而不是 {}。",
                R"(Write "sold", "used", "destroyed" or "left" instead of {}.)",
                quoted(value)
            )
        );
    }

    // What we add to events that we return; nothing to read in it.
    void pass_over(const Json& /*value*/, const Path& /*at*/) {}

    static constexpr std::array<Reader, 14> kReaders = {{
        {"owner", &OwnFieldReader::read_owner},
        {"custodian", &OwnFieldReader::read_custodian},
        {"vehicles", &OwnFieldReader::read_vehicles},
        {kPeople, &OwnFieldReader::read_people},
        {"timePrecision", &OwnFieldReader::read_time_precision},
        {"latestTime", &OwnFieldReader::read_latest_time},
        {"sameAs", &OwnFieldReader::read_same_as},
        {"notSameAs", &OwnFieldReader::read_not_same_as},
        {"outputMapping", &OwnFieldReader::read_output_mapping},
        {"continuous", &OwnFieldReader::read_continuous},
        {"cleanBreak", &OwnFieldReader::read_clean_break},
        {"sink", &OwnFieldReader::read_sink},
        {"hashId", &OwnFieldReader::pass_over},
        {"flags", &OwnFieldReader::pass_over},
    }};

    const Path& place_;
    Checker& check_;
    model::Event& event_;
    std::set<std::string_view> seen_;
};

bool is_id_alone(const Json& person) {
    return person.is_object() && person.members().size() == 1 && person.find("id") != nullptr;
}

// The name of the member that lists the persons; empty if there is none.
std::string_view people_member(const Json& event, const Namespaces& names) {
    for (const JsonMember& member : event.members()) {
        const auto name = names.resolve(member.name);
        if (name && name->space == kSuyuanNamespace && name->local == kPeople) {
            return member.name;
        }
    }
    return {};
}

// Without its document's context an event may name us by a prefix that is not declared here: then
// by the look of it, an array under a name that ends with "people" that has all these persons.
std::string_view likely_people_member(const Json& event, const std::vector<PersonValues>& people) {
    const auto lists = [](const Json& value, std::string_view person) {
        return value.is_array() && std::ranges::any_of(value.items(), [&](const Json& entry) {
                   return is_id_alone(entry) && entry.string_or("id") == person;
               });
    };
    for (const JsonMember& member : event.members()) {
        if (member.name.ends_with(":people") &&
            std::ranges::all_of(people, [&](const PersonValues& person) {
                return lists(member.value, person.person);
            })) {
            return member.name;
        }
    }
    return {};
}

Json person_with_values(const Json& person, const std::vector<PersonValues>& people) {
    if (!is_id_alone(person)) {
        return person;
    }
    const auto found = std::ranges::find(people, person.string_or("id"), &PersonValues::person);
    if (found == people.end() || found->values.empty()) {
        return person;
    }
    const Result<Json> values = parse_json(found->values, kOwnTextLimits);
    SUYUAN_ASSERT(values.has_value() && values->is_object());
    Json whole = person;
    for (const JsonMember& member : values->members()) {
        whole.set(member.name, member.value);
    }
    return whole;
}

}  // namespace

void read_own_fields(
    const EventFields& fields, const Path& place, Checker& check, model::Event& event
) {
    OwnFieldReader reader(place, check, event);
    for (const OwnField& field : fields.own) {
        reader.read(field);
    }
}

bool has_person_values(const Json& event, const Namespaces& names) {
    const std::string_view name = people_member(event, names);
    return !name.empty() && !std::ranges::all_of(event.find(name)->items(), is_id_alone);
}

std::vector<PersonValues> take_person_values(Json& event, const Namespaces& names) {
    std::vector<PersonValues> people;
    const std::string name(people_member(event, names));
    if (name.empty()) {
        return people;
    }
    std::vector<Json> persons = event.find(name)->take_items();
    for (Json& person : persons) {
        if (is_id_alone(person)) {
            continue;
        }
        Json bare = Json::object();
        bare.set("id", *person.find("id"));
        person.erase("id");
        people.push_back({bare.find("id")->text(), write_json(person)});
        person = std::move(bare);
    }
    event.set(name, Json::array(std::move(persons)));
    return people;
}

void put_person_values(
    Json& event, const std::vector<PersonValues>& people, const Namespaces& names
) {
    if (people.empty()) {
        return;
    }
    std::string name(people_member(event, names));
    if (name.empty()) {
        name = likely_people_member(event, people);
    }
    if (name.empty()) {
        return;
    }
    std::vector<Json> persons = event.find(name)->take_items();
    for (Json& person : persons) {
        person = person_with_values(person, people);
    }
    event.set(name, Json::array(std::move(persons)));
}

}  // namespace suyuan::codec
