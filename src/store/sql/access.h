// SPDX-License-Identifier: Apache-2.0
//
// Accounts, credentials, sessions and keys; audit.h has the trail.

#pragma once

#include "store/sql/text.h"

namespace suyuan::store::sql {

inline constexpr Text kAddAccount{
    "INSERT INTO account (account_id, name, kind, operator_code, department, region, created_at, "
    "disabled_at, submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
    "$9, $10, $11, $12) ON CONFLICT DO NOTHING"
};
inline constexpr Text kSetDisabled{"UPDATE account SET disabled_at = $1 WHERE account_id = $2"};
inline constexpr Text kFindAccount{
    "SELECT account_id, name, kind, operator_code, department, region, created_at, disabled_at "
    "FROM account a WHERE account_id = $1 AND SCOPE(a)"
};
inline constexpr Text kFindAccountNamed{
    "SELECT account_id, name, kind, operator_code, department, region, created_at, disabled_at "
    "FROM account a WHERE name = $1 AND SCOPE(a)"
};
inline constexpr Text kListAccounts{
    "SELECT account_id, name, kind, operator_code, department, region, created_at, disabled_at "
    "FROM account a WHERE name > $1 AND SCOPE(a) ORDER BY name LIMIT $2"
};

// Whose the rows of an account are.
inline constexpr Text kWhoseAccount{"SELECT owner, territory FROM account WHERE account_id = $1"};

inline constexpr Text kAddGrant{
    "INSERT INTO account_grant (account_id, grant_id, role, region, department, functions, "
    "valid_from, valid_until, revoked_at, submitter, owner, territory, data_class) VALUES ($1, $2, "
    "$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING"
};
inline constexpr Text kRevokeGrant{
    "UPDATE account_grant SET revoked_at = $1 WHERE grant_id = $2 AND revoked_at = 0"
};
inline constexpr Text kLiveRoles{
    "SELECT role FROM account_grant WHERE account_id = $1 AND revoked_at = 0 AND valid_until > $2"
};
inline constexpr Text kGrantsOf{
    "SELECT grant_id, account_id, role, region, department, functions, valid_from, valid_until, "
    "revoked_at FROM account_grant g WHERE account_id = $1 AND SCOPE(g) ORDER BY grant_id LIMIT $2"
};

inline constexpr Text kPutCredential{
    "INSERT INTO credential (account_id, kind, secret, changed_at, is_initial, used_step, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "ON CONFLICT (account_id, kind) DO UPDATE SET secret = excluded.secret, changed_at = "
    "excluded.changed_at, is_initial = excluded.is_initial, used_step = excluded.used_step, "
    "submitter = excluded.submitter"
};
inline constexpr Text kFindCredential{
    "SELECT account_id, kind, secret, changed_at, is_initial, used_step FROM credential c "
    "WHERE account_id = $1 AND kind = $2 AND SCOPE(c)"
};
inline constexpr Text kUseOneTimePassword{
    "UPDATE credential SET used_step = $1 WHERE account_id = $2 AND kind = 2 AND used_step < $1"
};
inline constexpr Text kDropRecoveryCodes{"DELETE FROM recovery_code WHERE account_id = $1"};
inline constexpr Text kAddRecoveryCode{
    "INSERT INTO recovery_code (account_id, digest, submitter, owner, territory, data_class) "
    "VALUES ($1, $2, $3, $4, $5, $6)"
};
inline constexpr Text kUseRecoveryCode{
    "DELETE FROM recovery_code WHERE account_id = $1 AND digest = $2"
};
inline constexpr Text kCountRecoveryCodes{
    "SELECT count(*) FROM recovery_code c WHERE account_id = $1 AND SCOPE(c)"
};

inline constexpr Text kFailuresOf{
    "SELECT failures, last_at FROM sign_in_failure f WHERE account_id = $1 AND SCOPE(f)"
};
inline constexpr Text kCountFailure{
    "INSERT INTO sign_in_failure (account_id, failures, last_at, submitter, owner, territory, "
    "data_class) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account_id) DO UPDATE SET "
    "failures = excluded.failures, last_at = excluded.last_at"
};
inline constexpr Text kForgetFailures{"DELETE FROM sign_in_failure WHERE account_id = $1"};

inline constexpr Text kAddSession{
    "INSERT INTO session (token_digest, account_id, authentication, created_at, seen_at, "
    "proved_at, expires_at, idle_us, submitter, owner, territory, data_class) VALUES ($1, $2, $3, "
    "$4, $5, $6, $7, $8, $9, $10, $11, $12)"
};
inline constexpr Text kFindSession{
    "SELECT token_digest, account_id, authentication, created_at, seen_at, proved_at, expires_at, "
    "idle_us FROM session s WHERE token_digest = $1 AND SCOPE(s)"
};
inline constexpr Text kSessionsOf{
    "SELECT token_digest, account_id, authentication, created_at, seen_at, proved_at, expires_at, "
    "idle_us FROM session s WHERE account_id = $1 AND SCOPE(s) ORDER BY created_at DESC, "
    "token_digest LIMIT $2"
};
inline constexpr Text kTouchSession{
    "UPDATE session SET seen_at = $1 WHERE token_digest = $2 AND seen_at < $1"
};
inline constexpr Text kEndSession{"DELETE FROM session WHERE token_digest = $1"};
inline constexpr Text kEndSessionsOf{"DELETE FROM session WHERE account_id = $1"};
// Nobody can use them any more, whoever they were.
inline constexpr Text kDropExpiredSessions{"DELETE FROM session WHERE expires_at <= $1"};

inline constexpr Text kAddKey{
    "INSERT INTO access_key (key_id, family, name, key_use, secret, role, operator_code, "
    "department, region, functions, actions, addresses, created_at, expires_at, revoked_at, "
    "submitter, owner, territory, data_class) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
    "$11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT DO NOTHING"
};
inline constexpr Text kCountLiveKeys{
    "SELECT count(*) FROM access_key WHERE family = $1 AND revoked_at = 0 AND expires_at > $2"
};
inline constexpr Text kRevokeKey{
    "UPDATE access_key SET revoked_at = $1 WHERE key_id = $2 AND revoked_at = 0"
};
inline constexpr Text kLimitKey{
    "UPDATE access_key SET expires_at = CASE WHEN expires_at > $1 THEN $1 ELSE expires_at END "
    "WHERE key_id = $2"
};
inline constexpr Text kFindKey{
    "SELECT key_id, family, name, key_use, secret, role, operator_code, department, region, "
    "functions, actions, addresses, created_at, expires_at, revoked_at FROM access_key k "
    "WHERE key_id = $1 AND SCOPE(k)"
};
inline constexpr Text kListKeys{
    "SELECT key_id, family, name, key_use, secret, role, operator_code, department, region, "
    "functions, actions, addresses, created_at, expires_at, revoked_at FROM access_key k "
    "WHERE key_id > $1 AND SCOPE(k) ORDER BY key_id LIMIT $2"
};
inline constexpr Text kWhoseKey{"SELECT owner, territory FROM access_key WHERE key_id = $1"};
inline constexpr Text kDropOldNonces{"DELETE FROM nonce WHERE key_id = $1 AND seen_at < $2"};
inline constexpr Text kAddNonce{
    "INSERT INTO nonce (key_id, digest, seen_at, submitter, owner, territory, data_class) VALUES "
    "($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
};

}  // namespace suyuan::store::sql
