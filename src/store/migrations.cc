// SPDX-License-Identifier: Apache-2.0

#include "store/migrations.h"

#include <array>
#include <span>
#include <string_view>

namespace suyuan::store {
namespace {

constexpr std::string_view kVersion1 = R"sql(
CREATE TABLE counter (name text NOT NULL PRIMARY KEY, value bigint NOT NULL, WHOSE) CLUSTERED;
CREATE TABLE secret (name text NOT NULL PRIMARY KEY, value bytea NOT NULL, WHOSE) CLUSTERED;

CREATE TABLE item (
    item_id BIGKEY,
    code text NOT NULL,
    kind bigint NOT NULL,
    gtin text NOT NULL,
    lot text NOT NULL,
    serial text NOT NULL,
    WHOSE
);
CREATE UNIQUE INDEX item_by_code ON item (code);
CREATE INDEX item_by_gtin ON item (gtin, item_id) WHERE gtin <> '';
CREATE INDEX item_by_lot ON item (lot, item_id) WHERE kind = 1;

CREATE TABLE name (
    kind bigint NOT NULL,
    name_id bigint NOT NULL,
    code text NOT NULL,
    WHOSE,
    PRIMARY KEY (kind, name_id)
) CLUSTERED;
CREATE UNIQUE INDEX name_by_code ON name (kind, code);

CREATE TABLE term (term_id BIGKEY, word text NOT NULL, WHOSE);
CREATE UNIQUE INDEX term_by_word ON term (word);

CREATE TABLE context (context_id BIGKEY, digest bytea NOT NULL, body text NOT NULL, WHOSE);
CREATE UNIQUE INDEX context_by_digest ON context (digest);

CREATE TABLE log (
    record_id BIGKEY,
    log_index bigint NOT NULL,
    record_time bigint NOT NULL,
    event_id text NOT NULL,
    identity bigint NOT NULL,
    is_declaration bigint NOT NULL,
    hash_id bytea NOT NULL,
    content bigint NOT NULL,
    batch bigint NOT NULL,
    occurrence bigint NOT NULL,
    payload_hash bytea NOT NULL,
    commitment bytea NOT NULL,
    is_conflict bigint NOT NULL,
    is_possible_duplicate bigint NOT NULL,
    WHOSE
);
CREATE UNIQUE INDEX log_by_index ON log (log_index);
CREATE INDEX log_by_event ON log (event_id, submitter) WHERE event_id <> '';
CREATE INDEX log_by_hash ON log (hash_id, is_declaration, submitter, occurrence, batch);

CREATE TABLE payload (
    record_id BIGKEY,
    context_id bigint NOT NULL,
    salt bytea NOT NULL,
    body text NOT NULL,
    WHOSE
);

CREATE TABLE person_entry (
    record_id bigint NOT NULL,
    place bigint NOT NULL,
    person bigint NOT NULL,
    leaf bytea NOT NULL,
    WHOSE,
    PRIMARY KEY (record_id, place)
) CLUSTERED;
CREATE INDEX person_entry_by_person ON person_entry (person, record_id, place);
CREATE TABLE person_value (
    record_id bigint NOT NULL,
    place bigint NOT NULL,
    salt bytea NOT NULL,
    body text NOT NULL,
    WHOSE,
    PRIMARY KEY (record_id, place)
) CLUSTERED;

CREATE TABLE batch (
    batch_id BIGKEY,
    batch_key text NOT NULL,
    fingerprint bytea NOT NULL,
    receipts bytea NOT NULL,
    created_at bigint NOT NULL,
    WHOSE
);
CREATE UNIQUE INDEX batch_by_key ON batch (submitter, batch_key);

CREATE TABLE event (
    log_index BIGKEY,
    record_id bigint NOT NULL,
    record_time bigint NOT NULL,
    identity bigint NOT NULL,
    content bigint NOT NULL,
    kind bigint NOT NULL,
    action bigint NOT NULL,
    is_declaration bigint NOT NULL,
    is_conflict bigint NOT NULL,
    event_time bigint NOT NULL,
    WHOSE,
    digest bytea NOT NULL,
    facts bytea NOT NULL
);
CREATE INDEX event_by_time ON event (event_time, log_index);

CREATE TABLE posting (
    role bigint NOT NULL,
    type bigint NOT NULL,
    value bigint NOT NULL,
    log_index bigint NOT NULL,
    WHOSE,
    PRIMARY KEY (role, type, value, log_index)
) CLUSTERED;

CREATE TABLE registered_operator (
    operator_id BIGKEY,
    name text NOT NULL,
    region text NOT NULL,
    kind text NOT NULL,
    is_indexed bigint NOT NULL,
    WHOSE
);
CREATE INDEX registered_operator_to_index ON registered_operator (operator_id) WHERE is_indexed = 0;
CREATE TABLE registered_site (
    site_id BIGKEY,
    name text NOT NULL,
    operator_code text NOT NULL,
    region text NOT NULL,
    address text NOT NULL,
    latitude text NOT NULL,
    longitude text NOT NULL,
    is_indexed bigint NOT NULL,
    WHOSE
);
CREATE INDEX registered_site_to_index ON registered_site (site_id) WHERE is_indexed = 0;
CREATE TABLE product (
    product_id BIGKEY,
    gtin text NOT NULL,
    name text NOT NULL,
    is_indexed bigint NOT NULL,
    WHOSE
);
CREATE UNIQUE INDEX product_by_gtin ON product (gtin);
CREATE INDEX product_to_index ON product (product_id) WHERE is_indexed = 0;
CREATE TABLE region (
    code text NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    name text NOT NULL,
    parent text NOT NULL,
    WHOSE,
    PRIMARY KEY (code, valid_from)
) CLUSTERED;
CREATE INDEX region_by_parent ON region (parent, code, valid_from);
CREATE TABLE alias (alias text NOT NULL PRIMARY KEY, lot text NOT NULL, WHOSE) CLUSTERED;
CREATE INDEX alias_by_lot ON alias (lot, alias);

CREATE TABLE stock (
    item bigint NOT NULL,
    holder bigint NOT NULL,
    site bigint NOT NULL,
    disposition text NOT NULL,
    unit bigint NOT NULL,
    millionths bigint NOT NULL,
    WHOSE,
    PRIMARY KEY (item, holder, site, disposition, unit)
) CLUSTERED;
CREATE INDEX stock_by_holder ON stock (holder, item, site, disposition, unit);
CREATE INDEX stock_by_site ON stock (site, item, holder, disposition, unit);

CREATE TABLE job (
    job_id text NOT NULL PRIMARY KEY,
    state bigint NOT NULL,
    is_rollback bigint NOT NULL,
    created_at bigint NOT NULL,
    finished_at bigint NOT NULL,
    event_count bigint NOT NULL,
    stored_count bigint NOT NULL,
    errors text NOT NULL,
    WHOSE
) CLUSTERED;
)sql";

// The whole register: licences, links, papers, vehicles, people at work; more of sites and
// products.
constexpr std::string_view kVersion2 = R"sql(
ALTER TABLE registered_site ADD COLUMN capacity text NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN producer text NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN category text NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN unit text NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN shelf_life_days text NOT NULL DEFAULT '';

CREATE TABLE licence (
    number text NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    kind text NOT NULL,
    operator_code text NOT NULL,
    WHOSE,
    PRIMARY KEY (number, valid_from)
) CLUSTERED;
CREATE INDEX licence_by_operator ON licence (operator_code, number, valid_from);

CREATE TABLE link (
    kind text NOT NULL,
    to_code text NOT NULL,
    rival text NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    from_code text NOT NULL,
    WHOSE,
    PRIMARY KEY (kind, to_code, rival, valid_from)
) CLUSTERED;
CREATE INDEX link_by_to ON link (to_code, kind, rival, valid_from);
CREATE INDEX link_by_from ON link (from_code, kind, to_code, valid_from);

CREATE TABLE registered_paper (
    paper_id bigint NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    kind text NOT NULL,
    issuer text NOT NULL,
    holder text NOT NULL,
    WHOSE,
    PRIMARY KEY (paper_id, valid_from)
) CLUSTERED;
CREATE TABLE registered_vehicle (vehicle_id BIGKEY, operator_code text NOT NULL, WHOSE);
CREATE TABLE registered_person (person_id BIGKEY, operator_code text NOT NULL, WHOSE);
CREATE TABLE registered_person_value (
    person_id BIGKEY,
    name text NOT NULL,
    phone text NOT NULL,
    WHOSE
);
)sql";

// Regions have numbers and are found by name, operators by their licences, and both operators and
// sites by their regions. The kind 7 is NameKind::kRegion.
constexpr std::string_view kVersion3 = R"sql(
INSERT INTO name (kind, name_id, code, submitter, owner, territory, data_class)
    SELECT 7, row_number() OVER (ORDER BY code), code, min(submitter), 0, code, 1
    FROM region GROUP BY code;
INSERT INTO counter (name, value, submitter, owner, territory, data_class)
    SELECT 'regions', count(DISTINCT code), 0, 0, '', 2 FROM region;
ALTER TABLE region ADD COLUMN is_indexed bigint NOT NULL DEFAULT 0;
CREATE INDEX region_to_index ON region (code) WHERE is_indexed = 0;
CREATE INDEX registered_operator_by_region ON registered_operator (region, operator_id)
    WHERE region <> '';
CREATE INDEX registered_site_by_region ON registered_site (region, site_id) WHERE region <> '';
)sql";

// Accounts, their credentials, sessions, keys, and the audit trail.
constexpr std::string_view kVersion4 = R"sql(
CREATE TABLE account (
    account_id text NOT NULL PRIMARY KEY,
    name text NOT NULL,
    kind bigint NOT NULL,
    operator_code text NOT NULL,
    department text NOT NULL,
    region bigint NOT NULL,
    created_at bigint NOT NULL,
    disabled_at bigint NOT NULL,
    WHOSE
) CLUSTERED;
CREATE UNIQUE INDEX account_by_name ON account (name);

CREATE TABLE account_grant (
    account_id text NOT NULL,
    grant_id text NOT NULL,
    role text NOT NULL,
    region bigint NOT NULL,
    department text NOT NULL,
    functions text NOT NULL,
    valid_from bigint NOT NULL,
    valid_until bigint NOT NULL,
    revoked_at bigint NOT NULL,
    WHOSE,
    PRIMARY KEY (account_id, grant_id)
) CLUSTERED;
CREATE UNIQUE INDEX account_grant_by_id ON account_grant (grant_id);

CREATE TABLE credential (
    account_id text NOT NULL,
    kind bigint NOT NULL,
    secret bytea NOT NULL,
    changed_at bigint NOT NULL,
    is_initial bigint NOT NULL,
    used_step bigint NOT NULL,
    WHOSE,
    PRIMARY KEY (account_id, kind)
) CLUSTERED;
CREATE TABLE recovery_code (
    account_id text NOT NULL,
    digest bytea NOT NULL,
    WHOSE,
    PRIMARY KEY (account_id, digest)
) CLUSTERED;
CREATE TABLE sign_in_failure (
    account_id text NOT NULL PRIMARY KEY,
    failures bigint NOT NULL,
    last_at bigint NOT NULL,
    WHOSE
) CLUSTERED;

CREATE TABLE session (
    token_digest bytea NOT NULL PRIMARY KEY,
    account_id text NOT NULL,
    authentication bigint NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    proved_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    idle_us bigint NOT NULL,
    WHOSE
) CLUSTERED;
CREATE INDEX session_by_account ON session (account_id, created_at);
CREATE INDEX session_by_end ON session (expires_at);

CREATE TABLE access_key (
    key_id text NOT NULL PRIMARY KEY,
    family text NOT NULL,
    name text NOT NULL,
    key_use bigint NOT NULL,
    secret bytea NOT NULL,
    role text NOT NULL,
    operator_code text NOT NULL,
    department text NOT NULL,
    region bigint NOT NULL,
    functions text NOT NULL,
    actions text NOT NULL,
    addresses text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint NOT NULL,
    WHOSE
) CLUSTERED;
CREATE INDEX access_key_by_family ON access_key (family);
CREATE TABLE nonce (
    key_id text NOT NULL,
    digest bytea NOT NULL,
    seen_at bigint NOT NULL,
    WHOSE,
    PRIMARY KEY (key_id, digest)
) CLUSTERED;
CREATE INDEX nonce_by_time ON nonce (key_id, seen_at);

CREATE TABLE audit (
    number BIGKEY,
    at bigint NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    organisation text NOT NULL,
    act text NOT NULL,
    thing text NOT NULL,
    named text NOT NULL,
    outcome bigint NOT NULL,
    rule text NOT NULL,
    policy text NOT NULL,
    purpose text NOT NULL,
    case_number bigint NOT NULL,
    fields text NOT NULL,
    detail text NOT NULL,
    request text NOT NULL,
    secret_until bigint NOT NULL,
    owner_count bigint NOT NULL,
    owners_digest bytea NOT NULL,
    digest bytea NOT NULL,
    WHOSE
);
CREATE INDEX audit_by_actor ON audit (actor, number);
CREATE INDEX audit_by_act ON audit (act, number);
CREATE INDEX audit_by_named ON audit (named, number);
CREATE INDEX audit_by_time ON audit (at, number);
CREATE TABLE audit_owner (
    number bigint NOT NULL,
    WHOSE,
    PRIMARY KEY (owner, number)
) CLUSTERED;
CREATE INDEX audit_owner_by_number ON audit_owner (number, owner);
)sql";

// Whom people work for is dated, and has a title.
constexpr std::string_view kVersion5 = R"sql(
ALTER TABLE registered_person RENAME TO undated_person;
CREATE TABLE registered_person (
    person_id bigint NOT NULL,
    valid_from text NOT NULL,
    valid_to text NOT NULL,
    operator_code text NOT NULL,
    title text NOT NULL,
    WHOSE,
    PRIMARY KEY (person_id, valid_from)
) CLUSTERED;
INSERT INTO registered_person (person_id, valid_from, valid_to, operator_code, title, submitter,
    owner, territory, data_class)
    SELECT person_id, '', '', operator_code, '', submitter, owner, territory, data_class
    FROM undated_person;
DROP TABLE undated_person;
)sql";

// Who named a thing, where and in how many events: what a narrow scope sees is read here. The kinds
// are those of SIGHT in visibility.h; the roles those of postings.h.
constexpr std::string_view kVersion6 = R"sql(
CREATE TABLE mention (
    kind bigint NOT NULL,
    thing bigint NOT NULL,
    events bigint NOT NULL,
    WHOSE,
    PRIMARY KEY (kind, thing, territory, submitter)
) CLUSTERED;
INSERT INTO mention (kind, thing, events, submitter, owner, territory, data_class)
    SELECT kind, value, count(DISTINCT log_index), submitter, 0, territory, 2 FROM (
        SELECT CASE WHEN role <= 11 THEN 0 WHEN role = 36 THEN 5 ELSE role - 31 END AS kind,
            value, log_index, submitter, territory
        FROM posting WHERE role <= 11 OR role BETWEEN 32 AND 36
    ) named GROUP BY kind, value, territory, submitter;
CREATE INDEX mention_by_submitter ON mention (submitter, kind, thing);
CREATE INDEX mention_by_territory ON mention (kind, territory, thing);

CREATE INDEX registered_operator_by_territory ON registered_operator (territory, operator_id);
CREATE INDEX registered_operator_by_owner ON registered_operator (owner, operator_id);
CREATE INDEX registered_site_by_territory ON registered_site (territory, site_id);
CREATE INDEX registered_site_by_owner ON registered_site (owner, site_id);
CREATE INDEX registered_paper_by_territory ON registered_paper (territory, paper_id);
CREATE INDEX registered_paper_by_owner ON registered_paper (owner, paper_id);
CREATE INDEX registered_vehicle_by_territory ON registered_vehicle (territory, vehicle_id);
CREATE INDEX registered_vehicle_by_owner ON registered_vehicle (owner, vehicle_id);
CREATE INDEX registered_person_by_territory ON registered_person (territory, person_id);
CREATE INDEX registered_person_by_owner ON registered_person (owner, person_id);
)sql";

constexpr std::array<Migration, 6> kMigrations = {
    {{1, kVersion1},
     {2, kVersion2},
     {3, kVersion3},
     {4, kVersion4},
     {5, kVersion5},
     {6, kVersion6}}
};

}  // namespace

std::span<const Migration> migrations() noexcept {
    return kMigrations;
}

}  // namespace suyuan::store
