// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/posting_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "graph/fact.h"
#include "model/code.h"
#include "store/postings.h"
#include "store/prepared_batch.h"
#include "store/sql/log.h"
#include "store/sql/mentions.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/interner.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {
Result<std::uint32_t> PostingWriter::intern_item(const model::Code& code, const Whose& whose) {
    SUYUAN_TRY(const Interned interned, session_.interner.item(code, whose_of_name(whose)));
    if (interned.is_new) {
        declared_.push_back({.item = graph::ItemId(interned.id), .kind = code.kind});
    }
    return interned.id;
}

Result<std::uint32_t> PostingWriter::number(const WordPosting& posting, const Whose& whose) {
    const Whose row = whose_of_name(whose);
    switch (posting.role) {
        case PostingRole::kPaper:
            return session_.interner.name(NameKind::kPaper, posting.value, row);
        case PostingRole::kTransformation:
            return session_.interner.name(NameKind::kProcess, posting.value, row);
        default:
            return session_.interner.term(posting.value, row);
    }
}

Status PostingWriter::add(
    const PreparedRecord& prepared, const graph::FlowEvent& event, const Whose& whose
) {
    std::vector<std::uint32_t> listed;
    listed.reserve(prepared.items.size());
    for (const ItemPosting& posting : prepared.items) {
        SUYUAN_TRY(const std::uint32_t item, intern_item(posting.code, whose));
        listed.push_back(item);
        rows_.push_back({posting.role, 0, item, event.log_index, &whose});
        mentions_.push_back({mention_kind(posting.role), item, event.log_index, &whose});
    }
    std::ranges::sort(listed);
    for (const WordPosting& posting : prepared.words) {
        std::uint32_t type = 0;
        if (!posting.type.empty()) {
            SUYUAN_TRY(type, session_.interner.term(posting.type, whose_of_name(whose)));
        }
        SUYUAN_TRY(const std::uint32_t value, number(posting, whose));
        rows_.push_back({posting.role, type, value, event.log_index, &whose});
    }
    for (const IdPosting& posting : fact_postings(event)) {
        mentions_.push_back({mention_kind(posting.role), posting.value, event.log_index, &whose});
        const bool is_listed = posting.role == PostingRole::kMentioned &&
                               std::ranges::binary_search(listed, posting.value);
        if (!is_listed) {
            rows_.push_back({posting.role, 0, posting.value, event.log_index, &whose});
        }
    }
    return {};
}

Status PostingWriter::write_postings() {
    const auto key = [](const Row& row) {
        return std::tuple(row.role, row.type, row.value, row.log_index);
    };
    std::ranges::sort(rows_, {}, key);
    const auto repeated = std::ranges::unique(rows_, {}, key);
    rows_.erase(repeated.begin(), repeated.end());
    for (const Row& row : rows_) {
        SUYUAN_TRY_VOID(session_.connection.run(
            sql::kInsertPosting, row.role, row.type, row.value, row.log_index, *row.whose
        ));
    }
    rows_.clear();
    return {};
}

// One row for all events of the batch that one submitter told of a thing in one territory.
Status PostingWriter::write_mentions() {
    const auto key = [](const Mention& mention) {
        return std::tuple(
            mention.kind,
            mention.thing,
            mention.whose->territory,
            mention.whose->submitter,
            mention.log_index
        );
    };
    std::ranges::sort(mentions_, {}, key);
    const auto repeated = std::ranges::unique(mentions_, {}, key);
    mentions_.erase(repeated.begin(), repeated.end());
    for (std::size_t first = 0; first < mentions_.size();) {
        const Mention& mention = mentions_[first];
        std::size_t last = first + 1;
        while (last < mentions_.size() && mentions_[last].kind == mention.kind &&
               mentions_[last].thing == mention.thing &&
               mentions_[last].whose->territory == mention.whose->territory &&
               mentions_[last].whose->submitter == mention.whose->submitter) {
            ++last;
        }
        Whose whose = whose_of_name(*mention.whose);
        whose.owner = 0;
        SUYUAN_TRY_VOID(session_.connection.run(
            sql::kAddMention, mention.kind, mention.thing, last - first, whose
        ));
        first = last;
    }
    mentions_.clear();
    return {};
}

Status PostingWriter::write() {
    SUYUAN_TRY_VOID(write_postings());
    return write_mentions();
}

}  // namespace suyuan::store::sqlite
