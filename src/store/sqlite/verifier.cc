// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/verifier.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/request_context.h"
#include "store/postings.h"
#include "store/sql/text.h"
#include "store/sql/verify.h"
#include "store/sqlite/audit_trail.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/sqlite/dialect.h"
#include "store/sqlite/findings.h"
#include "store/sqlite/record_verifier.h"
#include "store/store.h"

namespace suyuan::store::sqlite {
namespace {

// Of one kind of damage; more is more of the same.
constexpr std::size_t kSameMax = 100;

struct SetCheck {
    std::string_view what;
    std::string_view unit;  // what the number at fault counts
    sql::Text text;
};

constexpr std::array kSetChecks = {
    SetCheck{"conflict_mark", "record", sql::kWrongConflicts},
    SetCheck{"possible_duplicate_mark", "record", sql::kWrongPossibleDuplicates},
    SetCheck{"stored_twice", "record", sql::kStoredTwice},
    SetCheck{"identity", "record", sql::kWrongIdentities},
    SetCheck{"identity", "record", sql::kSharedIdentities},
    SetCheck{"content", "record", sql::kWrongContents},
    SetCheck{"content", "record", sql::kSharedContents},
    SetCheck{"event_without_log", "record", sql::kEventsWithoutLog},
    SetCheck{"payload_without_log", "record", sql::kPayloadsWithoutLog},
    SetCheck{"person_without_log", "record", sql::kPeopleWithoutLog},
    SetCheck{"person_values", "record", sql::kValuesWithoutEntry},
    SetCheck{"dangling_posting", "log index", sql::kPostingsWithoutEvent},
    SetCheck{"dangling_stock", "item", sql::kStockOfNothing},
};

// Whose numbers a role's values are.
Counter dictionary_of(PostingRole role) {
    switch (role) {
        case PostingRole::kBizStep:
        case PostingRole::kDisposition:
        case PostingRole::kReadPoint:
        case PostingRole::kBizLocation:
        case PostingRole::kSource:
        case PostingRole::kDestination:
            return Counter::kTerms;
        case PostingRole::kTransformation:
            return Counter::kProcesses;
        case PostingRole::kPaper:
        case PostingRole::kNamedPaper:
            return Counter::kPapers;
        case PostingRole::kOperator:
            return Counter::kOperators;
        case PostingRole::kSite:
            return Counter::kSites;
        case PostingRole::kVehicle:
            return Counter::kVehicles;
        case PostingRole::kPerson:
            return Counter::kPeople;
        default:
            return Counter::kItems;
    }
}

// Lives for one verification.
class Verifier {
public:
    Verifier(
        Connection& connection, const policy::RequestContext& context, const Counters& counters
    )
        : connection_(connection), context_(context), counters_(counters) {}

    Status check_file();
    Status check_records(const std::function<void(std::uint64_t)>& progress);
    Status check_sets();
    Status check_numbers();
    Status check_totals();
    Status check_posted();

    Status check_trail() { return check_audit(connection_, context_, findings_); }

    // What cannot be read is a finding like others; what follows is still checked.
    Status note(Status checked) {
        if (!checked && checked.error().code() == ErrorCode::kCorruption) {
            findings_.add("database", checked.error().message());
            return {};
        }
        return checked;
    }

    [[nodiscard]] std::vector<Finding> take() noexcept { return findings_.take(); }

private:
    void expect_counter(Counter counter, std::int64_t value);
    Status check_dictionary(Counter counter, Result<Query> started);
    // The one number that a statement gives.
    static Result<std::int64_t> number(Result<Query> started);

    Connection& connection_;
    const policy::RequestContext& context_;
    const Counters& counters_;
    Findings findings_;
};

Status Verifier::check_file() {
    SUYUAN_TRY(Query query, connection_.start(kCheckDatabase, kSameMax));
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            return {};
        }
        if (query.text(0) != "ok") {
            findings_.add("database", std::string(query.text(0)));
        }
    }
}

Status Verifier::check_records(const std::function<void(std::uint64_t)>& progress) {
    RecordVerifier records(connection_, findings_, counters_);
    while (true) {
        SUYUAN_TRY_VOID(context_.check_alive());
        SUYUAN_TRY(const bool has_more, records.check_piece());
        if (progress) {
            progress(records.checked());
        }
        if (!has_more) {
            return {};
        }
    }
}

Status Verifier::check_sets() {
    for (const SetCheck& check : kSetChecks) {
        SUYUAN_TRY(Query query, connection_.start(check.text, kSameMax));
        while (true) {
            SUYUAN_TRY(const bool has_row, query.next());
            if (!has_row) {
                break;
            }
            findings_.add(check.what, format("{} {}", check.unit, query.integer(0)));
        }
    }
    return {};
}

void Verifier::expect_counter(Counter counter, std::int64_t value) {
    if (counters_[counter] != value) {
        findings_.add(
            "counter",
            format("{} is {}, should be {}", to_string(counter), counters_[counter], value)
        );
    }
}

Status Verifier::check_dictionary(Counter counter, Result<Query> started) {
    SUYUAN_TRY(Query query, std::move(started));
    SUYUAN_TRY(const bool has_row, query.next());
    if (has_row && query.integer(0) != query.integer(1)) {
        findings_.add("dictionary_gap", std::string(to_string(counter)));
    }
    if (has_row) {
        expect_counter(counter, query.integer(1));
    }
    return {};
}

Status Verifier::check_numbers() {
    SUYUAN_TRY_VOID(check_dictionary(Counter::kItems, connection_.start(sql::kItemNumbers)));
    for (const NameKind kind :
         {NameKind::kOperator,
          NameKind::kSite,
          NameKind::kVehicle,
          NameKind::kPerson,
          NameKind::kPaper,
          NameKind::kUnit,
          NameKind::kProcess,
          NameKind::kRegion}) {
        SUYUAN_TRY_VOID(
            check_dictionary(counter_of(kind), connection_.start(sql::kNameNumbers, kind))
        );
    }
    SUYUAN_TRY_VOID(check_dictionary(Counter::kTerms, connection_.start(sql::kTermNumbers)));
    SUYUAN_TRY_VOID(check_dictionary(Counter::kContexts, connection_.start(sql::kContextNumbers)));
    SUYUAN_TRY_VOID(check_dictionary(Counter::kProducts, connection_.start(sql::kProductNumbers)));
    return check_dictionary(Counter::kBatches, connection_.start(sql::kBatchNumbers));
}

Result<std::int64_t> Verifier::number(Result<Query> started) {
    SUYUAN_TRY(Query query, std::move(started));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.integer(0) : 0;
}

Status Verifier::check_totals() {
    SUYUAN_TRY(Query query, connection_.start(sql::kLogTotals));
    SUYUAN_TRY(const bool has_row, query.next());
    if (has_row) {
        constexpr std::array kCounters = {
            Counter::kRecords,
            Counter::kLogIndex,
            Counter::kRecordTime,
            Counter::kIdentities,
            Counter::kContents,
            Counter::kConflicts,
            Counter::kPossibleDuplicates,
        };
        for (std::size_t column = 0; column < kCounters.size(); ++column) {
            expect_counter(kCounters.at(column), query.integer(static_cast<int>(column)));
        }
    }
    SUYUAN_TRY(const std::int64_t voids, number(connection_.start(sql::kVoidTotal)));
    expect_counter(Counter::kVoids, voids);
    return {};
}

Status Verifier::check_posted() {
    SUYUAN_TRY(Query query, connection_.start(sql::kGreatestPosted));
    while (true) {
        SUYUAN_TRY(const bool has_row, query.next());
        if (!has_row) {
            break;
        }
        const auto role = static_cast<PostingRole>(query.integer(0));
        if (query.integer(1) > counters_[dictionary_of(role)]) {
            findings_.add("dangling_posting", format("role {}", query.integer(0)));
        }
    }
    SUYUAN_TRY(const std::int64_t type, number(connection_.start(sql::kGreatestTypePosted)));
    if (type > counters_[Counter::kTerms]) {
        findings_.add("dangling_posting", format("type {}", type));
    }
    return {};
}

}  // namespace

Result<std::vector<Finding>> verify(
    Connection& connection,
    const policy::RequestContext& context,
    const std::function<void(std::uint64_t)>& progress
) {
    SUYUAN_TRY(const Counters counters, Counters::read(connection));
    Verifier verifier(connection, context, counters);
    SUYUAN_TRY_VOID(verifier.note(verifier.check_file()));
    SUYUAN_TRY_VOID(verifier.note(verifier.check_records(progress)));
    SUYUAN_TRY_VOID(verifier.note(verifier.check_sets()));
    SUYUAN_TRY_VOID(verifier.note(verifier.check_numbers()));
    SUYUAN_TRY_VOID(verifier.note(verifier.check_totals()));
    SUYUAN_TRY_VOID(verifier.note(verifier.check_posted()));
    SUYUAN_TRY_VOID(verifier.note(verifier.check_trail()));
    return verifier.take();
}

}  // namespace suyuan::store::sqlite
