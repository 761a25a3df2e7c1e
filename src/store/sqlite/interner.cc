// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/interner.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "crypto/sha256.h"
#include "model/code.h"
#include "store/digest_bytes.h"
#include "store/sql/names.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/counters.h"
#include "store/store.h"
#include "store/whose.h"

namespace suyuan::store::sqlite {
namespace {

// The number that a looking-up statement finds; 0 if none.
Result<std::uint32_t> first_id(Result<Query> started) {
    SUYUAN_TRY(Query query, std::move(started));
    SUYUAN_TRY(const bool has_row, query.next());
    return has_row ? query.id(0) : 0;
}

}  // namespace

std::uint32_t Interner::find(const Known& known, std::string_view key) {
    const auto found = known.find(key);
    return found == known.end() ? 0 : found->second;
}

void Interner::remember(Known& known, std::string_view key, std::uint32_t id, bool is_new) {
    known.emplace(key, id);
    if (is_new) {
        journal_.push_back({.known = &known, .key = std::string(key)});
    }
}

Result<std::uint32_t> Interner::next(Counter counter) {
    const std::int64_t id = counters_.next(counter);
    if (id > std::numeric_limits<std::uint32_t>::max()) {
        return fail(
            ErrorCode::kLimitExceeded, format("the store holds 4294967295 {}", to_string(counter))
        );
    }
    return static_cast<std::uint32_t>(id);
}

Result<Interned> Interner::item(const model::Code& code, const Whose& whose) {
    if (const std::uint32_t id = find(items_, code.uri); id != 0) {
        return Interned{.id = id, .is_new = false};
    }
    SUYUAN_TRY(std::uint32_t id, first_id(connection_.start(sql::kNumberOfItem, code.uri)));
    const bool is_new = id == 0;
    if (is_new) {
        SUYUAN_TRY(id, next(Counter::kItems));
        SUYUAN_TRY_VOID(connection_.run(
            sql::kInsertItem, id, code.uri, code.kind, code.gtin, code.lot, code.serial, whose
        ));
    }
    remember(items_, code.uri, id, is_new);
    return Interned{.id = id, .is_new = is_new};
}

Result<std::uint32_t> Interner::name(NameKind kind, std::string_view code, const Whose& whose) {
    Known& known = names_.at(static_cast<std::size_t>(kind));
    if (const std::uint32_t id = find(known, code); id != 0) {
        return id;
    }
    SUYUAN_TRY(std::uint32_t id, first_id(connection_.start(sql::kNumberOfName, kind, code)));
    const bool is_new = id == 0;
    if (is_new) {
        SUYUAN_TRY(id, next(counter_of(kind)));
        SUYUAN_TRY_VOID(connection_.run(sql::kInsertName, kind, id, code, whose));
    }
    remember(known, code, id, is_new);
    return id;
}

Result<std::uint32_t> Interner::term(std::string_view word, const Whose& whose) {
    if (const std::uint32_t id = find(terms_, word); id != 0) {
        return id;
    }
    SUYUAN_TRY(std::uint32_t id, first_id(connection_.start(sql::kNumberOfTerm, word)));
    const bool is_new = id == 0;
    if (is_new) {
        SUYUAN_TRY(id, next(Counter::kTerms));
        SUYUAN_TRY_VOID(connection_.run(sql::kInsertTerm, id, word, whose));
    }
    remember(terms_, word, id, is_new);
    return id;
}

Result<std::uint32_t> Interner::context(std::string_view body, const Whose& whose) {
    if (const std::uint32_t id = find(contexts_, body); id != 0) {
        return id;
    }
    const crypto::Digest hash = crypto::sha256(body);
    const Blob digest{bytes_of(hash)};
    SUYUAN_TRY(std::uint32_t id, first_id(connection_.start(sql::kNumberOfContext, digest)));
    const bool is_new = id == 0;
    if (is_new) {
        SUYUAN_TRY(id, next(Counter::kContexts));
        SUYUAN_TRY_VOID(connection_.run(sql::kInsertContext, id, digest, body, whose));
    }
    remember(contexts_, body, id, is_new);
    return id;
}

void Interner::forget_since(Mark mark) {
    while (journal_.size() > mark) {
        const Entry& last = journal_.back();
        if (const auto found = last.known->find(last.key); found != last.known->end()) {
            last.known->erase(found);
        }
        journal_.pop_back();
    }
}

void Interner::keep_all() {
    journal_.clear();
    // Only now: within a transaction, what was forgotten and found again would look durable.
    const auto trim = [](Known& known, std::size_t entries_max) {
        if (known.size() > entries_max) {
            known.clear();
        }
    };
    trim(items_, kRemembered);
    for (Known& known : names_) {
        trim(known, kRemembered);
    }
    trim(terms_, kRemembered);
    trim(contexts_, kContextsRemembered);
}

}  // namespace suyuan::store::sqlite
