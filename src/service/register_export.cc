// SPDX-License-Identifier: Apache-2.0

#include "service/register_export.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "codec/epcis_json.h"
#include "codec/json.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/dated_rows.h"
#include "service/element_id.h"
#include "store/store.h"

namespace suyuan::service {
namespace {

using codec::Json;

constexpr std::size_t kRowsPerPage = 1'000;

// An element in the making; what is empty is left out.
class ElementWriter {
public:
    explicit ElementWriter(std::string_view code) {
        element_.set("id", Json::string(element_id(code)));
    }

    ElementWriter& standard(std::string_view name, std::string_view value) {
        return add("cbvmda:", name, value);
    }

    ElementWriter& own(std::string_view name, std::string_view value) {
        return add(codec::kSuyuanNamespace, name, value);
    }

    template <typename Row>
    ElementWriter& days(const Row& row) {
        return own("validFrom", row.valid_from).own("validTo", row.valid_to);
    }

    [[nodiscard]] Json take() {
        element_.set("attributes", std::move(attributes_));
        return std::move(element_);
    }

private:
    ElementWriter& add(std::string_view prefix, std::string_view name, std::string_view value) {
        if (!value.empty()) {
            Json attribute = Json::object();
            attribute.set("id", Json::string(std::string(prefix) + std::string(name)))
                .set("attribute", Json::string(value));
            attributes_.push_back(std::move(attribute));
        }
        return *this;
    }

    Json element_ = Json::object();
    Json attributes_ = Json::array();
};

// A code in the place of an attribute's value: as an id has it, so that it is read alike.
std::string code_text(std::string_view code) {
    return code.empty() ? std::string() : element_id(code);
}

Json element_of(const model::Region& row) {
    return ElementWriter(row.code).own("name", row.name).own("parent", row.parent).days(row).take();
}

Json element_of(const model::Operator& row) {
    return ElementWriter(row.code)
        .standard("name", row.name)
        .own("region", row.region)
        .own("kind", row.kind)
        .take();
}

Json element_of(const model::Licence& row) {
    return ElementWriter(row.number)
        .own("kind", row.kind)
        .own("operator", code_text(row.operator_code))
        .days(row)
        .take();
}

Json element_of(const model::Site& row) {
    return ElementWriter(row.code)
        .standard("name", row.name)
        .standard("streetAddressOne", row.address)
        .standard("latitude", row.latitude)
        .standard("longitude", row.longitude)
        .own("operator", code_text(row.operator_code))
        .own("region", row.region)
        .own("capacity", row.capacity)
        .take();
}

Json element_of(const model::Link& row) {
    return ElementWriter(row.from)
        .own("kind", model::to_string(row.kind))
        .own("to", code_text(row.to))
        .days(row)
        .take();
}

Json element_of(const model::Product& row) {
    return ElementWriter("https://id.gs1.org/01/" + row.gtin)
        .standard("descriptionShort", row.name)
        .own("producer", code_text(row.producer))
        .own("category", row.category)
        .own("unit", row.unit)
        .own("shelfLifeDays", row.shelf_life_days)
        .take();
}

Json element_of(const model::RegisteredPaper& row) {
    return ElementWriter(row.number)
        .own("kind", row.kind)
        .own("issuer", code_text(row.issuer))
        .own("holder", code_text(row.holder))
        .days(row)
        .take();
}

Json element_of(const model::Vehicle& row) {
    return ElementWriter(row.plate).own("operator", code_text(row.operator_code)).take();
}

Json element_of(const model::PersonAtWork& row) {
    return ElementWriter(row.id)
        .own("operator", code_text(row.operator_code))
        .own("title", row.title)
        .days(row)
        .take();
}

Json element_of(const model::LotAlias& row) {
    return ElementWriter(row.lot).own("alias", row.alias).take();
}

std::string type_of_ours(std::string_view name) {
    return std::string(codec::kSuyuanNamespace) + std::string(name);
}

template <typename Row>
void add_vocabulary(
    std::vector<std::string>& vocabularies, std::string_view type, const std::vector<Row>& rows
) {
    if (rows.empty()) {
        return;
    }
    Json elements = Json::array();
    for (const Row& row : rows) {
        elements.push_back(element_of(row));
    }
    Json vocabulary = Json::object();
    vocabulary.set("type", Json::string(type)).set("vocabularyElementList", std::move(elements));
    vocabularies.push_back(codec::write_json(vocabulary));
}

// Pages of dated rows, ordered by key and first day: those of the last key are held back, as the
// next page may have more of them.
template <typename Row>
class DatedPages {
public:
    std::vector<Row> take(std::vector<Row> rows, bool is_last) {
        std::ranges::move(rows, std::back_inserter(held_));
        std::vector<Row> taken;
        auto begin = held_.begin();
        while (begin != held_.end()) {
            const auto end = std::find_if(begin, held_.end(), [&](const Row& row) {
                return model::dated_key(row) != model::dated_key(*begin);
            });
            if (end == held_.end() && !is_last) {
                break;
            }
            std::ranges::move(
                cut_to_what_counts(std::span<const Row>(begin, end)), std::back_inserter(taken)
            );
            begin = end;
        }
        held_.erase(held_.begin(), begin);
        return taken;
    }

private:
    std::vector<Row> held_;
};

struct AllDatedPages {
    DatedPages<model::Region> regions;
    DatedPages<model::Licence> licences;
    DatedPages<model::Link> links;
    DatedPages<model::RegisteredPaper> papers;
    DatedPages<model::PersonAtWork> people;

    void cut(model::RegistryRows& rows, bool is_last) {
        rows.regions = regions.take(std::move(rows.regions), is_last);
        rows.licences = licences.take(std::move(rows.licences), is_last);
        rows.links = links.take(std::move(rows.links), is_last);
        rows.papers = papers.take(std::move(rows.papers), is_last);
        rows.people = people.take(std::move(rows.people), is_last);
    }
};

// From page to page of the registry.
class Walk {
public:
    Walk(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::Store& store,
        const TakeRows& take
    )
        : context_(context), scope_(scope), store_(store), take_(take) {}

    Status through(store::RegistryKind kind) {
        AllDatedPages dated;
        std::string after;
        do {
            SUYUAN_TRY(
                store::RegistryListing page,
                store_.list_registry(context_, scope_, kind, after, kRowsPerPage)
            );
            after = std::move(page.next);
            dated.cut(page.rows, after.empty());
            SUYUAN_TRY_VOID(hand_over(page.rows));
        } while (!after.empty());
        return {};
    }

    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

private:
    Status hand_over(const model::RegistryRows& rows) {
        count_ += rows.count();
        SUYUAN_TRY_VOID(context_.check_alive());
        return rows.count() == 0 ? Status() : take_(rows);
    }

    const policy::RequestContext& context_;
    const policy::Scope& scope_;
    const store::Store& store_;
    const TakeRows& take_;
    std::uint64_t count_ = 0;
};

}  // namespace

std::vector<std::string> write_vocabularies(const model::RegistryRows& rows) {
    std::vector<std::string> vocabularies;
    add_vocabulary(vocabularies, type_of_ours("Region"), rows.regions);
    add_vocabulary(vocabularies, "urn:epcglobal:epcis:vtype:Party", rows.operators);
    add_vocabulary(vocabularies, type_of_ours("Licence"), rows.licences);
    add_vocabulary(vocabularies, "urn:epcglobal:epcis:vtype:BusinessLocation", rows.sites);
    add_vocabulary(vocabularies, type_of_ours("Link"), rows.links);
    add_vocabulary(vocabularies, "urn:epcglobal:epcis:vtype:EPCClass", rows.products);
    add_vocabulary(vocabularies, type_of_ours("Paper"), rows.papers);
    add_vocabulary(vocabularies, type_of_ours("Vehicle"), rows.vehicles);
    add_vocabulary(vocabularies, type_of_ours("Person"), rows.people);
    add_vocabulary(vocabularies, "urn:epcglobal:epcis:vtype:EPCClass", rows.aliases);
    return vocabularies;
}

Result<std::uint64_t> for_each_registry_page(
    const policy::RequestContext& context,
    const policy::Scope& scope,
    const store::Store& store,
    const TakeRows& take
) {
    Walk walk(context, scope, store, take);
    for (const store::RegistryKind kind : store::kRegistryKinds) {
        SUYUAN_TRY_VOID(walk.through(kind));
    }
    return walk.count();
}

}  // namespace suyuan::service
