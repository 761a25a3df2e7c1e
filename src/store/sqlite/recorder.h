// SPDX-License-Identifier: Apache-2.0
//
// One batch on its way into the log: identity, numbers, rows.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "policy/request_context.h"
#include "store/prepared_batch.h"
#include "store/sqlite/posting_writer.h"
#include "store/sqlite/writer.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {

// Lives for one batch, inside one job of the writer.
class Recorder {
public:
    Recorder(WriteSession& session, const policy::RequestContext& context)
        : session_(session), context_(context), postings_(session, committed_.items) {}

    // As Store::commit(), except that what it did is durable only once the writer says so.
    Result<Committed> run(const PreparedBatch& batch);

private:
    // What the log knows about an event before it comes in.
    struct Known {
        std::optional<Receipt> first;  // of the record that it duplicates
        std::int64_t identity = 0;
        std::int64_t content = 0;
        std::int64_t newly_void = 0;  // records that it makes void, itself included
        bool is_conflict = false;
        bool is_possible_duplicate = false;
    };

    Result<std::optional<Committed>> find_batch(const PreparedBatch& batch);
    Status add(const PreparedRecord& prepared);
    Result<Known> find_known(const PreparedRecord& prepared);
    Status find_versions(const PreparedRecord& prepared, Known& known);
    Status find_nameless(const PreparedRecord& prepared, Known& known);
    Status find_occurrence(const PreparedRecord& prepared, Known& known);
    Status find_content(const PreparedRecord& prepared, Known& known);
    Status store(const PreparedRecord& prepared, const Known& known);
    // The event with the store's ids. Items that are new are noted as declared.
    Result<graph::FlowEvent> intern(const NewRecord& record, Whose& whose);
    Status write_log(
        const PreparedRecord& prepared, const Known& known, const graph::FlowEvent& event
    );
    // The salted commitment, after the rows of people were written.
    Result<std::string> write_people(
        const PreparedRecord& prepared, std::string_view salt, std::uint64_t record
    );
    Status write_event(
        const NewRecord& record, const graph::FlowEvent& event, std::size_t declared_before
    );
    std::string make_salt();

    WriteSession& session_;
    const policy::RequestContext& context_;
    graph::OperatorId submitter_;
    model::MicrosUtc record_time_ = 0;
    std::int64_t batch_ = 0;  // its number; 0: it has no key
    Committed committed_;
    std::deque<Whose> whose_;  // of the records stored so far; the last is the current one's
    PostingWriter postings_;
};

}  // namespace suyuan::store::sqlite
