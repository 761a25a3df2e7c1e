// SPDX-License-Identifier: Apache-2.0
//
// Documents and events on their way into the log.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "codec/epcis_json.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "service/log_writer.h"
#include "service/site_directory.h"
#include "store/store.h"

namespace suyuan::service {

enum class ErrorBehaviour : std::uint8_t {
    kRollback,  // any problem: nothing is stored
    kProceed,   // what is valid is stored, in batches; in one if there is an idempotency key
};

struct CaptureOptions {
    ErrorBehaviour behaviour = ErrorBehaviour::kRollback;
    std::string idempotency_key;           // store::Store::commit; empty: none
    bool accepts_query_documents = false;  // `import` does, capture does not
    bool checks_digits = false;            // warns of them
    // Called after each commit with the events done (refused ones included) and all of the
    // document.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

struct CapturedEvent {
    std::string pointer;   // where it stood in its document
    std::string event_id;  // empty if the submitter gave none
    std::string hash_id;
    store::Receipt receipt;
};

inline constexpr std::size_t kWarningsMax = 1'000;

struct CaptureReport {
    std::uint64_t event_count = 0;   // in the document, refused ones included
    std::uint64_t stored_count = 0;  // new in the log: stored, conflicts and possible duplicates
    std::uint64_t duplicate_count = 0;
    std::uint64_t conflict_count = 0;
    std::uint64_t possible_duplicate_count = 0;
    std::uint64_t registry_row_count = 0;  // from the document's master data
    std::vector<codec::EpcisProblem> problems;
    // Declarations that take nothing back, events under an id that was taken back; if asked for, codes whose check digit is wrong, and
    // numbers of licences, vehicles and people that look mistyped (check_digits.h): stored all the
    // same. At most kWarningsMax.
    std::vector<codec::EpcisProblem> warnings;
    std::vector<CapturedEvent> events;  // in document order; empty if rolled back

    // True if problems kept the whole document out.
    bool is_rolled_back = false;
};

// Threads: every member from any thread. Lifetime: what it is made from outlives it.
class Intake {
public:
    Intake(store::Store& store, LogWriter& writer, SiteDirectory& sites)
        : store_(store), writer_(writer), sites_(sites) {}

    // Reads and stores a capture document (a query document and a bare event too, if accepted).
    // Problems of events and of the header's master data are in the report. Fails with
    // kInvalidArgument, the message starting with the JSON pointer, if the text is no such
    // document; kConflict if the idempotency key was used for another one; kLimitExceeded,
    // kCancelled (proceed: what was committed stays), kUnavailable.
    Result<CaptureReport> capture(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view text,
        const CaptureOptions& options
    );

    // The same for a document that codec::read_epcis gave.
    Result<CaptureReport> capture_document(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const codec::EpcisDocument& document,
        const CaptureOptions& options
    );

    // One bare event. Fails with kInvalidArgument (pointer and reason) if it is refused.
    Result<CapturedEvent> capture_event(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        std::string_view text,
        std::string_view idempotency_key
    );

    // Registry rows from elsewhere than a document's header. Aliases go into the log too
    // (alias_claims.h).
    Status put_registry(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const model::RegistryRows& rows
    );

private:
    // What one transaction of kProceed holds: some milliseconds of interpretation for one wait for
    // the disk.
    static constexpr std::size_t kBatchMax = 1'000;

    // How many events of a hash id that have no eventID a document's earlier batches held.
    using NamelessCounts = std::unordered_map<std::string_view, std::uint64_t>;

    // One transaction's events.
    struct Batch {
        std::span<const codec::EpcisEvent> events;
        std::string_view document_context;
        std::string_view idempotency_key;
        const NamelessCounts& earlier;
        bool checks_digits = false;
    };

    Result<store::NewRecord> to_record(
        const policy::RequestContext& context,
        const codec::EpcisEvent& event,
        std::string_view document_context
    );
    Result<std::string> territory_of(
        const policy::RequestContext& context, const store::NewRecord& record
    );
    // Returns how many rows.
    Result<std::uint64_t> put_master_data(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const model::RegistryRows& rows
    );
    Status store_batch(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const Batch& batch,
        CaptureReport& report
    );
    Status store_events(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const codec::EpcisDocument& document,
        const CaptureOptions& options,
        CaptureReport& report
    );

    store::Store& store_;
    LogWriter& writer_;
    SiteDirectory& sites_;
};

// Problems as a compact JSON array of {"pointer", "reason", "reason_zh"}.
[[nodiscard]] std::string problems_json(const std::vector<codec::EpcisProblem>& problems);

}  // namespace suyuan::service
