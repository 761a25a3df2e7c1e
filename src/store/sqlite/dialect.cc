// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/dialect.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/format.h"
#include "store/bigrams.h"

namespace suyuan::store::sqlite {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kWords = {{
    {"BIGKEY", "integer PRIMARY KEY"},  // the one spelling that names the row's own number
    {"CLUSTERED", "WITHOUT ROWID"},
    {"WHOSE",
     "submitter bigint NOT NULL, owner bigint NOT NULL, territory text NOT NULL, "
     "data_class bigint NOT NULL"},
}};

// The log is appended to and never changed, whoever asks; names lie in a full-text index.
constexpr std::string_view kOnlySqliteVersion1 = R"sql(
CREATE TRIGGER log_is_never_updated BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
WHEN NEW.record_id <= (SELECT coalesce(max(record_id), 0) FROM log)
    OR NEW.log_index <= (SELECT coalesce(max(log_index), 0) FROM log)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE VIRTUAL TABLE search_name USING fts5(
    words,
    submitter UNINDEXED, owner UNINDEXED, territory UNINDEXED, data_class UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 0'
);
)sql";

// The trail likewise, and whom it tells of.
constexpr std::string_view kOnlySqliteVersion4 = R"sql(
CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN NEW.number <> (SELECT coalesce(max(number), 0) FROM audit) + 1
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_owner_is_never_updated BEFORE UPDATE ON audit_owner
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_owner_is_never_deleted BEFORE DELETE ON audit_owner
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_owner_is_never_replaced BEFORE INSERT ON audit_owner
WHEN NEW.number < (SELECT coalesce(max(number), 0) FROM audit)
    OR EXISTS (SELECT 1 FROM audit_owner o WHERE o.owner = NEW.owner AND o.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
)sql";

std::string replace_words(std::string_view statements) {
    std::string text(statements);
    for (const auto& [word, meaning] : kWords) {
        for (auto place = text.find(word); place != std::string::npos;
             place = text.find(word, place + meaning.size())) {
            text.replace(place, word.size(), meaning);
        }
    }
    return text;
}

std::string quoted(const Phrase& phrase) {
    std::string text = "\"";
    for (const std::string& word : phrase.words) {
        text += text.size() > 1 ? " " : "";
        text += word;  // letters and digits only: nothing to escape
    }
    text += phrase.is_prefix ? "\"*" : "\"";
    return text;
}

}  // namespace

std::string writer_settings() {
    // The write-ahead log lets readers go on; FULL syncs it at each commit, because what was
    // acknowledged must outlive a power cut. Only the writer checkpoints, when it says so. Foreign
    // keys are off: on a sharded engine they could not be, so verify() does what they would do.
    return "PRAGMA journal_mode = WAL;"
           "PRAGMA synchronous = FULL;"
           "PRAGMA wal_autocheckpoint = 0;"
           "PRAGMA foreign_keys = OFF;"
           "PRAGMA secure_delete = ON;"  // erased values leave no bytes behind
           "PRAGMA temp_store = MEMORY;"
           "PRAGMA cell_size_check = ON;"
           "PRAGMA mmap_size = 0;"
           "PRAGMA trusted_schema = OFF;"
           "PRAGMA cache_size = -65536;";  // 64 MiB: the inner pages of a province's year
}

std::string reader_settings() {
    return "PRAGMA query_only = ON;"
           "PRAGMA foreign_keys = OFF;"
           "PRAGMA temp_store = MEMORY;"
           "PRAGMA cell_size_check = ON;"
           "PRAGMA mmap_size = 0;"
           "PRAGMA trusted_schema = OFF;"
           "PRAGMA cache_size = -16384;";  // 16 MiB each
}

std::string migration_script(int version, std::string_view statements) {
    std::string script = replace_words(statements);
    if (version == 1) {
        script += kOnlySqliteVersion1;
        script += format("PRAGMA application_id = {};", kApplicationId);
    }
    if (version == 4) {
        script += kOnlySqliteVersion4;
    }
    script += format("PRAGMA user_version = {};", version);
    return script;
}

std::string match_expression(const std::vector<std::vector<Phrase>>& questions) {
    std::string expression;
    for (const std::vector<Phrase>& phrases : questions) {
        if (phrases.empty()) {
            continue;
        }
        expression += expression.empty() ? "(" : " OR (";
        for (std::size_t place = 0; place < phrases.size(); ++place) {
            expression += place == 0 ? "" : " AND ";
            expression += quoted(phrases[place]);
        }
        expression += ')';
    }
    return expression;
}

}  // namespace suyuan::store::sqlite
