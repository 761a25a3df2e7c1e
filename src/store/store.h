// SPDX-License-Identifier: Apache-2.0
//
// The system of record, as everything above it sees it.
//
// One interface, one contract test (store/store_contract_fixture.h) that every backend passes.
// Every call takes who asks and what a decision allowed; every list is paged by a cursor; nothing
// here knows SQL.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "graph/interpret.h"
#include "model/code.h"
#include "model/event.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/event_query.h"
#include "store/search.h"

namespace suyuan::store {

// What a person-at-work entry held beside its id; can be erased.
struct PersonValues {
    std::string person;
    std::string values;  // compact JSON object
};

// One event on its way into the log.
struct NewRecord {
    model::Event event;
    graph::Interpretation interpretation;  // graph::interpret(event, ...)
    std::string payload;                   // JSON as submitted, without values of persons
    std::string context;  // its document's "@context"; stored once per distinct text
    std::string hash_id;  // the CBV event hash id; never empty
    std::vector<PersonValues> people;
    // For a document that goes into the log in several batches: how many events without eventID and
    // of this hash id came in its earlier ones. So equal events stay as many as they were, and the
    // same document sent again adds none.
    std::uint64_t equal_before = 0;
    std::string territory;  // region code; empty: unknown
    policy::DataClass data_class = policy::DataClass::kInternal;
};

enum class CommitOutcome : std::uint8_t {
    kStored,
    kDuplicate,  // same submitter and eventID (or, without one, see commit()), same content:
                 // nothing new
    kConflict,   // same submitter and eventID, other content: stored as one more version
    kPossibleDuplicate,  // another identity, same content: stored and marked
};

struct Receipt {
    CommitOutcome outcome = CommitOutcome::kStored;
    graph::RecordId record;  // of the record stored now, or of the one that it duplicates
    std::uint64_t log_index = 0;
    model::MicrosUtc record_time = 0;
};

struct ItemDeclaration {
    graph::ItemId item;
    model::CodeKind kind = model::CodeKind::kForeign;
};

// What a commit added, ready for the graph: declarations first, events in log order.
struct Committed {
    std::vector<Receipt> receipts;  // one a record, in the batch's order
    std::vector<ItemDeclaration> items;
    std::vector<graph::FlowEvent> events;
};

// What replay() hands over; return a failure to stop.
struct ReplaySink {
    std::function<void(const ItemDeclaration&)> item;
    std::function<Status(const graph::FlowEvent&)> event;
};

struct StoredEvent {
    graph::RecordId record;
    std::uint64_t log_index = 0;
    model::MicrosUtc record_time = 0;
    std::string submitter;
    std::string event_id;  // empty if the submitter gave none
    std::string hash_id;
    std::string payload;  // without values of persons
    std::string context;
    std::vector<PersonValues> people;  // those not erased
    bool is_conflict = false;
    bool is_void = false;  // an error declaration took it back
    bool is_possible_duplicate = false;
};

struct EventPage {
    std::vector<StoredEvent> events;
    std::string next;  // token of the next page; empty: that was all
};

struct ItemName {
    graph::ItemId item;
    model::Code code;
    std::string product_name;  // of its GTIN, where the registry knows it
};

// What the dictionaries name.
enum class NameKind : std::uint8_t {
    kOperator,
    kSite,
    kVehicle,
    kPerson,
    kPaper,
    kUnit,
    kProcess,
    kRegion
};

struct NamedId {
    std::uint32_t id = 0;
    std::string code;  // the canonical code
    std::string name;  // what the registry calls it; empty if it does not
    // Where the registry says that an operator or site is, a region code; empty if it does not.
    std::string region = {};
};

// One row of the stock ledger: what is there as of the log index that the ledger covers.
struct StockRow {
    graph::ItemId item;
    graph::OperatorId owner;
    graph::SiteId site;
    std::string disposition;  // "available" or "blocked"
    graph::UnitId unit;
    std::int64_t millionths = 0;

    friend bool operator==(const StockRow&, const StockRow&) = default;
};

struct StockFilter {
    std::optional<graph::ItemId> item;
    std::optional<graph::OperatorId> owner;
    std::optional<graph::SiteId> site;
    std::string after;  // token
    std::size_t rows_max = 100;
};

struct StockPage {
    std::vector<StockRow> rows;  // by item, owner, site, disposition, unit
    std::string next;
    std::uint64_t covered_log_index = 0;
};

enum class JobState : std::uint8_t { kRunning, kSucceeded, kFailed };

// A capture job, as GET /epcis/capture/{id} tells it.
struct CaptureJob {
    std::string id;
    JobState state = JobState::kRunning;
    bool is_rollback = true;  // captureErrorBehaviour
    model::MicrosUtc created_at = 0;
    model::MicrosUtc finished_at = 0;  // 0: not yet
    std::uint64_t event_count = 0;     // in the document
    std::uint64_t stored_count = 0;
    std::string errors;  // JSON array of problems
};

// The kinds of registry rows, in an order in which what is named comes before who names it.
enum class RegistryKind : std::uint8_t {
    kRegion,
    kOperator,
    kLicence,
    kSite,
    kLink,
    kProduct,
    kPaper,
    kVehicle,
    kPerson,
    kAlias
};

inline constexpr std::array kRegistryKinds = {
    RegistryKind::kRegion,
    RegistryKind::kOperator,
    RegistryKind::kLicence,
    RegistryKind::kSite,
    RegistryKind::kLink,
    RegistryKind::kProduct,
    RegistryKind::kPaper,
    RegistryKind::kVehicle,
    RegistryKind::kPerson,
    RegistryKind::kAlias,
};

// One page of the registry: rows of the kind asked for, all others empty.
struct RegistryListing {
    model::RegistryRows rows;
    std::string next;  // token of the next page; empty: that was all
};

struct StoreCounts {
    std::uint64_t events = 0;
    std::uint64_t log_index = 0;
    model::MicrosUtc record_time = 0;
    std::uint64_t conflicts = 0;
    std::uint64_t voids = 0;
    std::uint64_t possible_duplicates = 0;
    std::uint64_t items = 0;
    std::uint64_t operators = 0;  // named by events, registered or submitting
    std::uint64_t sites = 0;
    std::uint64_t papers = 0;
    std::uint64_t bytes = 0;
};

// One thing that verify() found wrong.
struct Finding {
    std::string what;   // machine word: "log_index_gap", "payload_hash", "dangling_item", ...
    std::string where;  // "record 17"
};

// Threads: every member may be called from any thread; commits queue up behind one writer.
// Failures: kUnavailable (disk), kCorruption, kCancelled, and what each call names.
class Store {
public:
    // What a document of 64 MiB, the codec's limit, can hold.
    static constexpr std::size_t kRecordsMax = 500'000;
    // More other contents for one eventID than anybody sends by mistake; each is compared with all.
    static constexpr std::size_t kVersionsMax = 1'000;
    // More licences than any one operator holds.
    static constexpr std::size_t kLicencesMax = 1'000;

    virtual ~Store() = default;

    // Accounts and the audit trail. Lifetime: the store's.
    [[nodiscard]] virtual AccessStore& access() noexcept = 0;

    // One transaction: all records or none, durable when it returns. An event without eventID is
    // identified by its hash together with the key, if there is one, and with how many equal ones
    // came before it in its document.
    //
    // `idempotency_key` not empty: a second batch of the same submitter and key yields the first
    // one's receipts and adds nothing; kConflict if its payloads, contexts or hash ids differ from
    // the first one's. Fails with kLimitExceeded beyond kRecordsMax records or kVersionsMax
    // versions of one eventID, and with kInvalidArgument for an empty hash id or submitter.
    virtual Result<Committed> commit(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const NewRecord> records,
        std::string_view idempotency_key
    ) = 0;

    // Everything after `log_index`, oldest first.
    virtual Status replay(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::uint64_t after_log_index,
        const ReplaySink& sink
    ) const = 0;

    virtual Result<EventPage> find_events(
        const policy::RequestContext& context, const policy::Scope& scope, const EventQuery& query
    ) const = 0;

    // Every version of an eventID, or the events of a hash id; oldest first; empty if there is
    // none.
    virtual Result<std::vector<StoredEvent>> events_by_id(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const = 0;

    virtual Result<std::vector<StoredEvent>> events_by_record(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const graph::RecordId> records
    ) const = 0;

    // Names in the order asked for. Requires ids that the store gave.
    virtual Result<std::vector<ItemName>> item_names(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const graph::ItemId> items
    ) const = 0;
    virtual Result<std::vector<NamedId>> names(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        NameKind kind,
        std::span<const std::uint32_t> ids
    ) const = 0;

    // What follows finds, in a narrow scope, what is in sight: named by an event of the scope, or
    // held by it in the registry (docs/decisions/0010-the-edge.md). A thing that is not is answered
    // as one that is not there.

    // By canonical code or alias; nullopt if nobody named it yet.
    virtual Result<std::optional<graph::ItemId>> find_item(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
    ) const = 0;
    // The class of a GTIN and everything that carries it.
    virtual Result<std::vector<graph::ItemId>> find_items_of_gtin(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view gtin
    ) const = 0;
    virtual Result<std::optional<std::uint32_t>> find_name(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        NameKind kind,
        std::string_view code
    ) const = 0;

    virtual Result<SearchPage> search(
        const policy::RequestContext& context, const policy::Scope& scope, const SearchQuery& query
    ) const = 0;

    // How many events of the scope name a thing; 0 for products and regions, which have none.
    virtual Result<std::uint64_t> count_mentions(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        SearchKind kind,
        std::uint32_t thing
    ) const = 0;
    // Those of the events that the scope sees the flow of, in the order asked for. (Not who the
    // people in them are.)
    virtual Result<std::vector<std::uint64_t>> events_in_sight(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const std::uint64_t> log_indexes
    ) const = 0;

    // The registry: put replaces the row of the same code, and of the same first day where rows are
    // dated, in what the new row says: a field that it leaves empty stays as it was (but the last
    // day of a dated row: empty means that it still holds). All rows of one call or none. A person
    // without name and phone keeps both: what was exported has none.
    virtual Status put_registry(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const model::RegistryRows& rows
    ) = 0;
    // nullopt: not registered; in a narrow scope operators and sites that are held alone, of
    // papers, vehicles and people in sight that are not, no holder, operator or name. Dated rows
    // are those valid at `day` ("2026-01-05"), today's if empty; of several for one key the one
    // that began last. Fails with kInvalidArgument for a day that is none.
    virtual Result<std::optional<model::Operator>> find_operator(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
    ) const = 0;
    virtual Result<std::optional<model::Site>> find_site(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view code
    ) const = 0;
    virtual Result<std::optional<model::Product>> find_product(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view gtin
    ) const = 0;
    virtual Result<std::vector<model::Region>> find_regions(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view code_or_parent,
        std::string_view day
    ) const = 0;

    // The licences that an operator in sight holds, by number; at most kLicencesMax.
    virtual Result<std::vector<model::Licence>> find_licences(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view operator_code,
        std::string_view day
    ) const = 0;
    // What a site or operator is bound to, from either end, one of which is held; by kind, `from`,
    // `to`.
    virtual Result<std::vector<model::Link>> find_links(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view code,
        std::string_view day,
        std::size_t rows_max
    ) const = 0;
    // Who runs a site and who ran it: every dated row, the one that began last first.
    virtual Result<std::vector<model::Link>> find_runners(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view site,
        std::size_t rows_max
    ) const = 0;
    virtual Result<std::optional<model::RegisteredPaper>> find_paper(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view number,
        std::string_view day
    ) const = 0;
    virtual Result<std::optional<model::Vehicle>> find_vehicle(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view plate
    ) const = 0;
    // With name and phone, unless they were erased. Somebody of whom no row holds on the day comes
    // with nothing else.
    virtual Result<std::optional<model::PersonAtWork>> find_person(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view id,
        std::string_view day
    ) const = 0;
    // For whom somebody works and worked, and as what: every dated row, the one that began last
    // first, without name and phone.
    virtual Result<std::vector<model::PersonAtWork>> find_person_history(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view id,
        std::size_t rows_max
    ) const = 0;
    // Every row of a kind by its key (code; then first day), people without name and phone. `after`
    // is the token of the page before, empty for the first. Fails with kInvalidArgument for a token
    // of something else and for pages without rows; a page has at most 10,000.
    virtual Result<RegistryListing> list_registry(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        RegistryKind kind,
        std::string_view after,
        std::size_t rows_max
    ) const = 0;

    // The stock ledger: replaces the rows of `items` by `rows` and notes what the ledger covers.
    virtual Status replace_stock(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::span<const graph::ItemId> items,
        std::span<const StockRow> rows,
        std::uint64_t covered_log_index
    ) = 0;
    // In a narrow scope: its own stock, or that of its territory, of goods in sight; what the
    // ledger covers is not told.
    virtual Result<StockPage> find_stock(
        const policy::RequestContext& context, const policy::Scope& scope, const StockFilter& filter
    ) const = 0;

    virtual Status put_job(
        const policy::RequestContext& context, const policy::Scope& scope, const CaptureJob& job
    ) = 0;
    virtual Result<std::optional<CaptureJob>> find_job(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const = 0;

    // Forgets the values kept for a person, by events and in the registry, where titles and their
    // days go too; ids, the employer told last and commitments stay. Returns how many entries.
    virtual Result<std::uint64_t> erase_person(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view person
    ) = 0;

    virtual Result<StoreCounts> counts(
        const policy::RequestContext& context, const policy::Scope& scope
    ) const = 0;

    // Brings names of recent commits into the search index; idle time's work. True: more is left.
    virtual Result<bool> maintain(
        const policy::RequestContext& context, const policy::Scope& scope
    ) = 0;

    // Reads everything and says what contradicts itself; `progress` gets records checked so far.
    virtual Result<std::vector<Finding>> verify(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const std::function<void(std::uint64_t)>& progress
    ) const = 0;
};

}  // namespace suyuan::store
