// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "model/code.h"
#include "store/postings.h"
#include "store/prepared_batch.h"
#include "store/sqlite/writer.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {

// Collects the postings of a batch, and who named what, and writes them at its end, sorted:
// neighbours in the table are written together. Lifetime: borrows the session, and the list in
// which it notes new items.
class PostingWriter {
public:
    PostingWriter(WriteSession& session, std::vector<ItemDeclaration>& declared)
        : session_(session), declared_(declared) {}

    // Numbers an item; one that is new is noted as declared.
    Result<std::uint32_t> intern_item(const model::Code& code, const Whose& whose);

    // `event` has the store's ids. `whose` must live until write().
    Status add(const PreparedRecord& prepared, const graph::FlowEvent& event, const Whose& whose);

    Status write();

private:
    struct Row {
        PostingRole role = PostingRole::kObject;
        std::uint32_t type = 0;
        std::uint32_t value = 0;
        std::uint64_t log_index = 0;
        const Whose* whose = nullptr;
    };

    // A thing of an event, by its number in mention.
    struct Mention {
        int kind = 0;
        std::uint32_t thing = 0;
        std::uint64_t log_index = 0;
        const Whose* whose = nullptr;
    };

    Result<std::uint32_t> number(const WordPosting& posting, const Whose& whose);
    Status write_postings();
    Status write_mentions();

    WriteSession& session_;
    std::vector<ItemDeclaration>& declared_;
    std::vector<Row> rows_;
    std::vector<Mention> mentions_;
};

}  // namespace suyuan::store::sqlite
