// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/event_criteria.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/event_query.h"
#include "store/postings.h"
#include "store/sql/names.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace suyuan::store::sqlite {
namespace {

// Lives for one call of resolve_criteria().
class CriteriaReader {
public:
    CriteriaReader(Connection& connection, const EventQuery& query)
        : connection_(connection), query_(query) {}

    Status resolve();

    [[nodiscard]] bool can_match() const noexcept { return can_match_; }

    [[nodiscard]] std::vector<PostingSet> take_sets() { return std::move(sets_); }

private:
    Result<std::int64_t> number(sql::Text text, std::string_view word);
    Result<std::int64_t> number_of_name(NameKind kind, std::string_view code);
    Result<std::int64_t> number_for(PostingRole role, std::string_view value);
    Status add(PostingRole role, std::string_view type, const std::vector<std::string>& values);
    Status add_epcs(const EpcCriterion& criterion);
    void keep(PostingSet set);

    Connection& connection_;
    const EventQuery& query_;
    std::vector<PostingSet> sets_;
    bool can_match_ = true;
};

Result<std::int64_t> CriteriaReader::number(sql::Text text, std::string_view word) {
    SUYUAN_TRY(Query query, connection_.start(text, word));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.integer(0) : 0;
}

Result<std::int64_t> CriteriaReader::number_of_name(NameKind kind, std::string_view code) {
    SUYUAN_TRY(Query query, connection_.start(sql::kNumberOfName, kind, code));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.integer(0) : 0;
}

void CriteriaReader::keep(PostingSet set) {
    can_match_ = can_match_ && (!set.values.empty() || !set.prefixes.empty());
    sets_.push_back(std::move(set));
}

Result<std::int64_t> CriteriaReader::number_for(PostingRole role, std::string_view value) {
    switch (role) {
        case PostingRole::kPaper:
            return number_of_name(NameKind::kPaper, value);
        case PostingRole::kTransformation:
            return number_of_name(NameKind::kProcess, value);
        default:
            return number(sql::kNumberOfTerm, value);
    }
}

Status CriteriaReader::add(
    PostingRole role, std::string_view type, const std::vector<std::string>& values
) {
    if (values.empty()) {
        return {};
    }
    PostingSet set;
    set.roles = {static_cast<std::int64_t>(role)};
    if (!type.empty()) {
        SUYUAN_TRY(set.type, number(sql::kNumberOfTerm, type));
        can_match_ = can_match_ && set.type != 0;
    }
    for (const std::string& value : values) {
        SUYUAN_TRY(const std::int64_t id, number_for(role, value));
        if (id != 0) {
            set.values.push_back(id);
        }
    }
    keep(std::move(set));
    return {};
}

Status CriteriaReader::add_epcs(const EpcCriterion& criterion) {
    if (criterion.values.empty()) {
        return {};
    }
    PostingSet set;
    for (const PostingRole role : roles_of(criterion.match)) {
        set.roles.push_back(static_cast<std::int64_t>(role));
    }
    for (const std::string& value : criterion.values) {
        if (value.ends_with('*')) {
            set.prefixes.push_back(value.substr(0, value.size() - 1));
            continue;
        }
        SUYUAN_TRY(const std::int64_t item, number(sql::kNumberOfItem, value));
        if (item != 0) {
            set.values.push_back(item);
        }
    }
    keep(std::move(set));
    return {};
}

Status CriteriaReader::resolve() {
    SUYUAN_TRY_VOID(add(PostingRole::kBizStep, {}, query_.biz_steps));
    SUYUAN_TRY_VOID(add(PostingRole::kDisposition, {}, query_.dispositions));
    SUYUAN_TRY_VOID(add(PostingRole::kReadPoint, {}, query_.read_points));
    SUYUAN_TRY_VOID(add(PostingRole::kBizLocation, {}, query_.biz_locations));
    SUYUAN_TRY_VOID(add(PostingRole::kTransformation, {}, query_.transformation_ids));
    for (const EpcCriterion& criterion : query_.epcs) {
        SUYUAN_TRY_VOID(add_epcs(criterion));
    }
    for (const PartyCriterion& criterion : query_.parties) {
        const auto role = criterion.is_source ? PostingRole::kSource : PostingRole::kDestination;
        SUYUAN_TRY_VOID(add(role, criterion.type, criterion.values));
    }
    for (const PaperCriterion& criterion : query_.papers) {
        SUYUAN_TRY_VOID(add(PostingRole::kPaper, criterion.type, criterion.values));
    }
    return {};
}

}  // namespace

Result<std::optional<std::vector<PostingSet>>> resolve_criteria(
    Connection& connection, const EventQuery& query
) {
    CriteriaReader reader(connection, query);
    SUYUAN_TRY_VOID(reader.resolve());
    if (!reader.can_match()) {
        return std::nullopt;
    }
    return reader.take_sets();
}

}  // namespace suyuan::store::sqlite
