// SPDX-License-Identifier: Apache-2.0
//
// Events as they came, with what we add: record time, hash id, flags.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/json.h"
#include "io/clock.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/event_query.h"
#include "store/store.h"

namespace suyuan::service {

struct EventsPage {
    codec::Json document;  // EPCISQueryDocument
    std::size_t event_count = 0;
    std::vector<std::string> submitters;  // of its events; may repeat
    std::string next;                     // token of the next page; empty: that was all
};

struct EventVersion {
    codec::Json event;  // a bare event with its own "@context"
    store::StoredEvent stored;
};

enum class ExportFormat : std::uint8_t {
    kDocument,   // one EPCISDocument: the register in its header, the events in its body
    kJsonLines,  // documents of the register alone, one a line; then one event a line, each with
                 // its "@context"
};

struct ExportRequest {
    ExportFormat format = ExportFormat::kDocument;
    // What was decided about reading the registry; nullopt: it is left out.
    std::optional<policy::Scope> registry_scope;
};

// What was written.
struct Exported {
    std::uint64_t events = 0;
    std::uint64_t registry_rows = 0;
};

// Threads: every member from any thread. Lifetime: store and clock outlive it.
class Events {
public:
    using Write = std::function<Status(std::string_view)>;
    using Progress = std::function<void(std::uint64_t)>;

    // A page of the query interface; more are cut to it.
    static constexpr std::size_t kPageMax = 1'000;

    Events(const store::Store& store, const io::Clock& clock) : store_(store), clock_(clock) {}

    // Fails with kInvalidArgument for a page token that is not one of ours.
    [[nodiscard]] Result<EventsPage> find(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const store::EventQuery& query
    ) const;

    // Every version of an eventID, or the events with a hash id ("ni:///sha-256;..."); oldest
    // first. Fails with kNotFound.
    [[nodiscard]] Result<std::vector<EventVersion>> by_id(
        const policy::RequestContext& context, const policy::Scope& scope, std::string_view id
    ) const;

    // By the number of its record. Fails with kNotFound.
    [[nodiscard]] Result<EventVersion> by_record(
        const policy::RequestContext& context, const policy::Scope& scope, graph::RecordId record
    ) const;

    // The register, then every event in log order, piece by piece to `write`; `progress` gets
    // events written so far and may be empty. Intake reads the result again (each line of
    // kJsonLines by itself). Events come with what they hold of people; the register names their
    // ids and employers alone. Fails as `write` does, or with kCancelled.
    [[nodiscard]] Result<Exported> export_all(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const ExportRequest& request,
        const Write& write,
        const Progress& progress
    ) const;

private:
    // What stands between the events of an export and after each.
    struct Layout {
        std::string_view separator;
        std::string_view ending;
    };

    static Status write_page(
        const store::EventPage& page, const Layout& layout, bool is_first, const Write& write
    );
    Result<std::uint64_t> write_events(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const Layout& layout,
        const Write& write,
        const Progress& progress
    ) const;

    // Each vocabulary of the register as one text. Returns how many rows.
    Result<std::uint64_t> write_register(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const Write& write_vocabulary
    ) const;
    Result<std::uint64_t> write_header(
        const policy::RequestContext& context, const policy::Scope& scope, const Write& write
    ) const;
    Result<Exported> export_lines(
        const policy::RequestContext& context,
        const policy::Scope& scope,
        const ExportRequest& request,
        const Write& write,
        const Progress& progress
    ) const;
    // An EPCISDocument up to where its header or body begins.
    [[nodiscard]] std::string begin_document() const;

    const store::Store& store_;
    const io::Clock& clock_;
};

// The event as returned to a reader; with its "@context" if it is to stand alone.
enum class ContextPlace : std::uint8_t { kInEvent, kInDocument };
[[nodiscard]] codec::Json restore(const store::StoredEvent& stored, ContextPlace place);

}  // namespace suyuan::service
