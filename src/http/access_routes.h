// SPDX-License-Identifier: Apache-2.0
//
// People sign in and see what is theirs: sessions, keys, who looked at their data; the audit
// officer's search.

#pragma once

#include "http/message.h"
#include "http/reply.h"

namespace suyuan::http {

Response post_sign_in(const Call& call);           // a session's cookie
Response post_sign_out(const Call& call);          // 204
Response post_reauthentication(const Call& call);  // another cookie
Response post_password(const Call& call);          // another cookie; all other sessions end
Response get_session(const Call& call);            // who am I, and what may I ask for
Response get_sessions(const Call& call);
Response delete_session(const Call& call);  // 204

Response get_keys(const Call& call);
Response post_key(const Call& call);  // 201, with the secret, once
Response delete_key(const Call& call);

// Accounts and what they were granted. Whoever has to do with one operator keeps its staff.
Response get_accounts(const Call& call);
Response post_account(const Call& call);        // 201, with what is handed out, once
Response post_account_reset(const Call& call);  // the same anew; all sessions end
Response post_account_disabling(const Call& call);
Response post_account_enabling(const Call& call);
Response post_grant(const Call& call);  // 201
Response post_grant_revocation(const Call& call);

Response get_policy(const Call& call);
Response get_policy_decisions(const Call& call);

Response get_audit(const Call& call);
Response get_looks(const Call& call);

}  // namespace suyuan::http
