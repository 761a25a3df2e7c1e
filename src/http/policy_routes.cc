// SPDX-License-Identifier: Apache-2.0
//
// The policy in force, and what it decides of a question: what may a county inspector of this
// county see of this shop, and by which rule?

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/format.h"
#include "codec/json.h"
#include "http/access_routes.h"
#include "http/gate.h"
#include "http/message.h"
#include "http/parameters.h"
#include "http/problem.h"
#include "http/reply.h"
#include "model/instant.h"
#include "policy/decision.h"
#include "policy/policy.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::http {
namespace {

using codec::Json;

Json term_json(const policy::Term& term) {
    Json body = Json::object();
    body.set("name", Json::string(term.name))
        .set("zh", Json::string(term.zh))
        .set("en", Json::string(term.en.empty() ? term.name : term.en));
    return body;
}

Json terms_json(const std::vector<policy::Term>& terms) {
    Json list = Json::array();
    for (const policy::Term& term : terms) {
        list.push_back(term_json(term));
    }
    return list;
}

// The names of a set's members, in the order of their numbers.
template <typename Member, typename Name>
Json names_json(policy::BitSet<Member> set, std::size_t count, const Name& name) {
    Json list = Json::array();
    for (std::size_t number = 0; number < count; ++number) {
        if (set.contains(static_cast<Member>(number))) {
            list.push_back(Json::string(name(number)));
        }
    }
    return list;
}

template <typename Member>
Json words_json(policy::BitSet<Member> set, std::span<const std::string_view> names) {
    return names_json(set, names.size(), [&](std::size_t number) { return names[number]; });
}

Json rule_json(const policy::Rule& rule) {
    Json body = Json::object();
    body.set("name", Json::string(rule.name))
        .set("zh", Json::string(rule.zh))
        .set("en", Json::string(rule.en))
        .set("source", Json::string(rule.source))
        .set("forbids", Json::boolean(rule.is_forbid));
    return body;
}

// What is asked of: one of a set of words, by its place.
template <typename Word>
std::function<std::optional<Word>(std::string_view)> one_of(
    std::span<const std::string_view> names, std::size_t first = 0
) {
    return [names, first](std::string_view text) -> std::optional<Word> {
        const auto place = std::ranges::find(names, text);
        return place == names.end()
                   ? std::nullopt
                   : std::optional(
                         static_cast<Word>(static_cast<std::size_t>(place - names.begin()) + first)
                     );
    };
}

std::string joined(std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view name : names) {
        text += text.empty() ? "" : ", ";
        text += name;
    }
    return text;
}

// GB/T 2260: province, city, county by two digits each.
std::optional<policy::RegionPath> path_of(std::string_view text) {
    policy::RegionCode region = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), region);
    constexpr std::size_t kDigits = 6;
    if (text.size() != kDigits || error != std::errc() || stop != text.data() + text.size()) {
        return std::nullopt;
    }
    policy::RegionPath path;
    std::size_t place = 0;
    for (const policy::RegionCode below : {10'000U, 100U, 1U}) {
        const policy::RegionCode code = region / below * below;
        if (place == 0 || code != path.codes.at(place - 1)) {
            path.codes.at(place++) = code;
        }
    }
    return path;
}

// A question of the query, read with everything that is wrong with it.
class QuestionReader {
public:
    QuestionReader(const policy::Policy& policy, ParameterReader& parameters)
        : policy_(policy), parameters_(parameters) {}

    void read(model::MicrosUtc now);

    [[nodiscard]] const policy::Subject& subject() const noexcept { return subject_; }

    [[nodiscard]] const policy::Resource& resource() const noexcept { return resource_; }

    [[nodiscard]] const policy::Context& context() const noexcept { return context_; }

    [[nodiscard]] std::optional<policy::Action> action() const noexcept { return action_; }

    [[nodiscard]] std::optional<policy::ResourceKind> kind() const noexcept { return kind_; }

private:
    // By a lookup of the policy's; notes a word that it does not have.
    template <typename Id>
    std::optional<Id> named(std::string_view name, std::optional<Id> found) {
        if (!found) {
            parameters_.refuse(name, {"策略中没有这个词。", "the policy has no such word"});
        }
        return found;
    }

    void read_subject();
    void read_resource();

    const policy::Policy& policy_;
    ParameterReader& parameters_;
    policy::Subject subject_;
    policy::Resource resource_;
    policy::Context context_;
    std::optional<policy::Action> action_;
    std::optional<policy::ResourceKind> kind_;
};

void QuestionReader::read_subject() {
    if (const auto role = named("role", policy_.role(parameters_.required_text("role")))) {
        subject_.role = *role;
        // Unless something else is asked: as one in this role comes best.
        for (const auto way :
             {policy::Authentication::kNone,
              policy::Authentication::kKey,
              policy::Authentication::kPassword,
              policy::Authentication::kTwoFactor}) {
            const auto& known =
                policy_.content().roles.at(static_cast<std::size_t>(*role)).authentications;
            subject_.authentication = known.contains(way) ? way : subject_.authentication;
        }
    }
    if (const auto way = parameters_.word<policy::Authentication>(
            "authentication",
            one_of<policy::Authentication>(policy::authentication_names()),
            joined(policy::authentication_names())
        )) {
        subject_.authentication = *way;
    }
    if (const auto text = parameters_.find("region")) {
        if (const auto path = path_of(*text)) {
            const auto last = std::ranges::find(path->codes, policy::RegionCode{0});
            subject_.region = *std::prev(last);
        } else {
            parameters_.refuse("region", {"须为六位行政区划代码。", "six digits of GB/T 2260"});
        }
    }
    if (const auto text = parameters_.find("department")) {
        subject_.department = named("department", policy_.department(*text));
    }
    for (const std::string& text : parameters_.list("function")) {
        if (const auto function = named("function", policy_.function(text))) {
            subject_.functions.insert(*function);
        }
    }
}

void QuestionReader::read_resource() {
    if (const auto data_class = parameters_.word<policy::DataClass>(
            "data_class",
            one_of<policy::DataClass>(
                policy::data_class_names(), static_cast<std::size_t>(policy::DataClass::kPublic)
            ),
            joined(policy::data_class_names())
        )) {
        resource_.data_class = *data_class;
    }
    if (const auto text = parameters_.find("at")) {
        if (const auto path = path_of(*text)) {
            resource_.regions = *path;
        } else {
            parameters_.refuse("at", {"须为六位行政区划代码。", "six digits of GB/T 2260"});
        }
    }
    for (const std::string& text : parameters_.list("supervised_by")) {
        if (const auto department = named("supervised_by", policy_.department(text))) {
            resource_.supervisors.insert(*department);
        }
    }
    const auto relation = one_of<policy::Relation>(policy::relation_names());
    for (const std::string& text : parameters_.list("relation")) {
        if (const auto known = named("relation", relation(text))) {
            resource_.relations.insert(*known);
        }
    }
}

void QuestionReader::read(model::MicrosUtc now) {
    read_subject();
    read_resource();
    if (const auto text = parameters_.find("purpose")) {
        context_.purpose = named("purpose", policy_.purpose(*text));
    }
    context_.now = now;
    if (parameters_.flag("in_open_case")) {
        context_.case_number = 1;
        resource_.incident.number = 1;
    }
    if (parameters_.flag("shared")) {
        resource_.share = policy::Period();
    }
    action_ = parameters_.word<policy::Action>(
        "action", one_of<policy::Action>(policy::action_names()), joined(policy::action_names())
    );
    kind_ = parameters_.word<policy::ResourceKind>(
        "resource",
        one_of<policy::ResourceKind>(policy::resource_kind_names()),
        joined(policy::resource_kind_names())
    );
}

Json decision_json(
    const policy::Policy& policy,
    policy::Action action,
    policy::ResourceKind kind,
    const policy::Decision& decision
) {
    const policy::PolicyContent& content = policy.content();
    const std::vector<std::string>& fields =
        content.kinds.at(static_cast<std::size_t>(kind)).fields;
    const auto field = [&](std::size_t number) { return fields.at(number); };
    Json rules = Json::array();
    for (std::size_t place = 0; place < content.rules.size(); ++place) {
        if (decision.rules.test(place)) {
            rules.push_back(Json::string(content.rules[place].name));
        }
    }
    Json body = Json::object();
    body.set("action", Json::string(policy::to_string(action)))
        .set("resource", Json::string(policy::to_string(kind)))
        .set("is_permitted", Json::boolean(decision.is_permitted))
        .set("rule", Json::string(policy.rule_name(decision)))
        .set("rules", std::move(rules))
        .set("visible", names_json(decision.visible, fields.size(), field))
        .set("masked", names_json(decision.masked, fields.size(), field))
        .set("duties", words_json(decision.duties, policy::duty_names()));
    return body;
}

}  // namespace

Response get_policy(const Call& call) {
    ParameterReader parameters(call.query);
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    const policy::Policy& policy = call.gate.policy();
    const policy::PolicyContent& content = policy.content();
    Json roles = Json::array();
    for (const policy::Role& role : content.roles) {
        Json row = term_json(role.term);
        row.set(
            "authentications", words_json(role.authentications, policy::authentication_names())
        );
        roles.push_back(std::move(row));
    }
    Json kinds = Json::array();
    for (std::size_t number = 0; number < content.kinds.size(); ++number) {
        const policy::Kind& kind = content.kinds.at(number);
        Json row = Json::object();
        row.set("name", Json::string(policy::resource_kind_names()[number]))
            .set("zh", Json::string(kind.zh))
            .set("actions", words_json(kind.actions, policy::action_names()))
            .set("fields", texts_json(kind.fields));
        kinds.push_back(std::move(row));
    }
    Json rules = Json::array();
    for (const policy::Rule& rule : content.rules) {
        rules.push_back(rule_json(rule));
    }
    Json body = Json::object();
    body.set("version", Json::string(content.version))
        .set("digest", Json::string(policy.digest()))
        .set("actions", terms_json(content.actions))
        .set("relations", terms_json(content.relations))
        .set("duties", terms_json(content.duties))
        .set("departments", terms_json(content.departments))
        .set("functions", terms_json(content.functions))
        .set("purposes", terms_json(content.purposes))
        .set("fields", terms_json(content.fields))
        .set("roles", std::move(roles))
        .set("resources", std::move(kinds))
        .set("rules", std::move(rules));
    return json_response(body);
}

Response get_policy_decisions(const Call& call) {
    const policy::Policy& policy = call.gate.policy();
    ParameterReader parameters(call.query);
    QuestionReader question(policy, parameters);
    question.read(call.gate.parts().clock->now_us());
    if (const auto problem = parameters.finish()) {
        return refuse(call, *problem);
    }
    Json decisions = Json::array();
    for (std::size_t kind = 0; kind < policy::kResourceKindCount; ++kind) {
        policy::Resource resource = question.resource();
        resource.kind = static_cast<policy::ResourceKind>(kind);
        for (std::size_t number = 0; number < policy::kActionCount; ++number) {
            const auto action = static_cast<policy::Action>(number);
            const bool is_asked = question.kind().value_or(resource.kind) == resource.kind &&
                                  question.action().value_or(action) == action;
            if (is_asked && policy.content().kinds.at(kind).actions.contains(action)) {
                decisions.push_back(decision_json(
                    policy,
                    action,
                    resource.kind,
                    policy.decide(question.subject(), action, resource, question.context())
                ));
            }
        }
    }
    Json body = Json::object();
    body.set("version", Json::string(policy.content().version))
        .set("decisions", std::move(decisions));
    return json_response(body);
}

}  // namespace suyuan::http
