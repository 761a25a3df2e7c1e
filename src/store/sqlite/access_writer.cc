// SPDX-License-Identifier: Apache-2.0

#include "store/sqlite/access_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "policy/decision.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/sql/access.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/interner.h"
#include "store/sqlite/writer.h"
#include "store/store.h"
#include "store/whose.h"
#include "store/word_list.h"

namespace suyuan::store::sqlite {
namespace {

// Whose a row is, with the text that it borrows.
struct Belonging {
    std::uint32_t owner = 0;
    std::string territory;
};

// Makes the changes of one call; lives for one job.
class AccessWriter {
public:
    AccessWriter(WriteSession& session, std::uint32_t submitter)
        : session_(session), submitter_(submitter) {}

    Status operator()(const AddAccount& change);
    Status operator()(const SetDisabled& change);
    Status operator()(const AddGrant& change);
    Status operator()(const RevokeGrant& change);
    Status operator()(const PutCredential& change);
    Status operator()(const PutRecoveryCodes& change);
    Status operator()(const UseRecoveryCode& change);
    Status operator()(const UseOneTimePassword& change);
    Status operator()(const ForgetFailures& change);
    Status operator()(const AddSession& change);
    Status operator()(const EndSession& change);
    Status operator()(const EndSessionsOf& change);
    Status operator()(const AddKey& change);
    Status operator()(const RevokeKey& change);
    Status operator()(const LimitKey& change);
    Status operator()(const CountFailure& note);
    Status operator()(const TouchSession& note);
    Status operator()(const UseNonce& note);

private:
    Connection& connection() { return session_.connection; }

    // Fails unless the last statement changed a row.
    Status expect_change(ErrorCode code, const Sentence& sentence);

    Result<Belonging> new_belonging(std::string_view operator_code, policy::RegionCode region);
    // Of what is there already. Fails with kNotFound.
    Result<Belonging> belonging_of(sql::Text text, std::string_view id);
    Result<Belonging> belonging_of_account(std::string_view account);

    [[nodiscard]] Whose whose(
        const Belonging& belonging, policy::DataClass data_class = policy::DataClass::kPersonal
    ) const {
        return {
            .submitter = submitter_,
            .owner = belonging.owner,
            .territory = belonging.territory,
            .data_class = data_class,
        };
    }

    WriteSession& session_;
    std::uint32_t submitter_;
};

const Sentence kNoSuchAccount = {"没有这个账号", "there is no such account"};
const Sentence kNoSuchKey = {"没有这个密钥", "there is no such key"};

Status AccessWriter::expect_change(ErrorCode code, const Sentence& sentence) {
    return connection().changed_rows() > 0 ? Status() : fail(code, sentence);
}

Result<Belonging> AccessWriter::new_belonging(
    std::string_view operator_code, policy::RegionCode region
) {
    Belonging belonging;
    if (region != 0) {
        belonging.territory = std::to_string(region);
    }
    if (!operator_code.empty()) {
        SUYUAN_TRY(
            belonging.owner,
            session_.interner.name(
                NameKind::kOperator, operator_code, whose(belonging, policy::DataClass::kInternal)
            )
        );
    }
    return belonging;
}

Result<Belonging> AccessWriter::belonging_of(sql::Text text, std::string_view id) {
    SUYUAN_TRY(Query query, connection().start(text, id));
    SUYUAN_TRY(const bool has_row, query.next());
    if (!has_row) {
        return fail(ErrorCode::kNotFound, "there is nothing of this id");
    }
    return Belonging{.owner = query.id(0), .territory = std::string(query.text(1))};
}

Result<Belonging> AccessWriter::belonging_of_account(std::string_view account) {
    auto belonging = belonging_of(sql::kWhoseAccount, account);
    if (!belonging && belonging.error().code() == ErrorCode::kNotFound) {
        return fail(ErrorCode::kNotFound, kNoSuchAccount);
    }
    return belonging;
}

Status AccessWriter::operator()(const AddAccount& change) {
    const Account& account = change.account;
    SUYUAN_TRY(const Belonging belonging, new_belonging(account.operator_code, account.region));
    SUYUAN_TRY_VOID(connection().run(
        sql::kAddAccount,
        account.id,
        account.name,
        account.kind,
        account.operator_code,
        account.department,
        account.region,
        account.created_at,
        account.disabled_at,
        whose(belonging)
    ));
    return expect_change(
        ErrorCode::kConflict,
        {format("账号名“{}”已被使用", account.name), format("the name '{}' is taken", account.name)}
    );
}

Status AccessWriter::operator()(const SetDisabled& change) {
    SUYUAN_TRY_VOID(connection().run(sql::kSetDisabled, change.at, change.account));
    return expect_change(ErrorCode::kNotFound, kNoSuchAccount);
}

Status AccessWriter::operator()(const AddGrant& change) {
    const Grant& grant = change.grant;
    SUYUAN_TRY(const Belonging belonging, belonging_of_account(grant.account));
    {
        SUYUAN_TRY(Query query, connection().start(sql::kLiveRoles, grant.account, change.now));
        while (true) {
            SUYUAN_TRY(const bool has_row, query.next());
            if (!has_row) {
                break;
            }
            const std::string_view held = query.text(0);
            if (std::ranges::find(change.excluded_roles, held) != change.excluded_roles.end()) {
                return fail(
                    ErrorCode::kConflict,
                    Sentence{
                        format("三员分立：该账号已有角色 {}，不得兼任 {}", held, grant.role),
                        format(
                            "separation of duties: the account has the role {} and may not have "
                            "{} beside it",
                            held,
                            grant.role
                        )
                    }
                );
            }
        }
    }
    SUYUAN_TRY_VOID(connection().run(
        sql::kAddGrant,
        grant.account,
        grant.id,
        grant.role,
        grant.region,
        grant.department,
        join_words(grant.functions),
        grant.validity.from,
        grant.validity.until,
        grant.revoked_at,
        whose(belonging, policy::DataClass::kInternal)
    ));
    return expect_change(
        ErrorCode::kConflict, {"已有同一编号的授权", "there is a grant of this id"}
    );
}

Status AccessWriter::operator()(const RevokeGrant& change) {
    SUYUAN_TRY_VOID(connection().run(sql::kRevokeGrant, change.at, change.grant));
    return expect_change(
        ErrorCode::kNotFound, {"没有这项有效的授权", "there is no such grant, or it was revoked"}
    );
}

Status AccessWriter::operator()(const PutCredential& change) {
    const Credential& credential = change.credential;
    SUYUAN_TRY(const Belonging belonging, belonging_of_account(credential.account));
    return connection().run(
        sql::kPutCredential,
        credential.account,
        credential.kind,
        Blob{credential.secret},
        credential.changed_at,
        credential.is_initial,
        credential.used_step,
        whose(belonging)
    );
}

Status AccessWriter::operator()(const PutRecoveryCodes& change) {
    SUYUAN_TRY(const Belonging belonging, belonging_of_account(change.account));
    SUYUAN_TRY_VOID(connection().run(sql::kDropRecoveryCodes, change.account));
    for (const std::string& digest : change.digests) {
        SUYUAN_TRY_VOID(
            connection().run(sql::kAddRecoveryCode, change.account, Blob{digest}, whose(belonging))
        );
    }
    return {};
}

Status AccessWriter::operator()(const UseRecoveryCode& change) {
    SUYUAN_TRY_VOID(connection().run(sql::kUseRecoveryCode, change.account, Blob{change.digest}));
    return expect_change(
        ErrorCode::kNotFound, {"恢复码无效或已用过", "no recovery code, or it was used"}
    );
}

Status AccessWriter::operator()(const UseOneTimePassword& change) {
    SUYUAN_TRY_VOID(connection().run(sql::kUseOneTimePassword, change.step, change.account));
    return expect_change(
        ErrorCode::kConflict, {"动态口令已用过", "the one-time password was used"}
    );
}

Status AccessWriter::operator()(const ForgetFailures& change) {
    return connection().run(sql::kForgetFailures, change.account);
}

Status AccessWriter::operator()(const AddSession& change) {
    const Session& session = change.session;
    SUYUAN_TRY(const Belonging belonging, belonging_of_account(session.account));
    SUYUAN_TRY_VOID(connection().run(sql::kDropExpiredSessions, session.created_at));
    return connection().run(
        sql::kAddSession,
        Blob{session.token_digest},
        session.account,
        session.authentication,
        session.created_at,
        session.seen_at,
        session.proved_at,
        session.expires_at,
        session.idle_us,
        whose(belonging)
    );
}

Status AccessWriter::operator()(const EndSession& change) {
    SUYUAN_TRY_VOID(connection().run(sql::kEndSession, Blob{change.token_digest}));
    return expect_change(ErrorCode::kNotFound, {"没有这个会话", "there is no such session"});
}

Status AccessWriter::operator()(const EndSessionsOf& change) {
    return connection().run(sql::kEndSessionsOf, change.account);
}

Status AccessWriter::operator()(const AddKey& change) {
    const AccessKey& key = change.key;
    std::size_t live = 0;
    {
        SUYUAN_TRY(
            Query query, connection().start(sql::kCountLiveKeys, key.family, key.created_at)
        );
        SUYUAN_TRY(const bool has_row, query.next());
        live = has_row ? query.count(0) : 0;
    }
    if (live >= change.live_max) {
        return fail(
            ErrorCode::kLimitExceeded,
            Sentence{
                format("同一密钥最多 {} 个同时有效：请先撤销一个", change.live_max),
                format("at most {} keys of a family are in use: revoke one", change.live_max)
            }
        );
    }
    SUYUAN_TRY(const Belonging belonging, new_belonging(key.operator_code, key.region));
    SUYUAN_TRY_VOID(connection().run(
        sql::kAddKey,
        key.id,
        key.family,
        key.name,
        key.use,
        Blob{key.secret},
        key.role,
        key.operator_code,
        key.department,
        key.region,
        join_words(key.functions),
        join_words(key.actions),
        join_words(key.addresses),
        key.created_at,
        key.expires_at,
        key.revoked_at,
        whose(belonging, policy::DataClass::kConfidential)
    ));
    return expect_change(ErrorCode::kConflict, {"已有同一编号的密钥", "there is a key of this id"});
}

Status AccessWriter::operator()(const RevokeKey& change) {
    SUYUAN_TRY_VOID(connection().run(sql::kRevokeKey, change.at, change.key));
    return expect_change(
        ErrorCode::kNotFound, {"没有这个未撤销的密钥", "there is no such key, or it was revoked"}
    );
}

Status AccessWriter::operator()(const LimitKey& change) {
    SUYUAN_TRY_VOID(connection().run(sql::kLimitKey, change.expires_at, change.key));
    return expect_change(ErrorCode::kNotFound, kNoSuchKey);
}

Status AccessWriter::operator()(const CountFailure& note) {
    SUYUAN_TRY(const Belonging belonging, belonging_of_account(note.account));
    std::int64_t counted = 0;
    {
        SUYUAN_TRY(Query query, connection().start(sql::kFailuresOf, note.account));
        SUYUAN_TRY(const bool has_row, query.next());
        counted = has_row ? query.integer(0) : 0;
    }
    if (counted != note.expected) {
        return fail(
            ErrorCode::kConflict,
            Sentence{"同时有另一次登录", "another attempt came at the same moment"}
        );
    }
    return connection().run(
        sql::kCountFailure, note.account, counted + 1, note.at, whose(belonging)
    );
}

Status AccessWriter::operator()(const TouchSession& note) {
    return connection().run(sql::kTouchSession, note.seen_at, Blob{note.token_digest});
}

Status AccessWriter::operator()(const UseNonce& note) {
    auto belonging = belonging_of(sql::kWhoseKey, note.key);
    if (!belonging) {
        return fail(ErrorCode::kNotFound, kNoSuchKey);
    }
    SUYUAN_TRY_VOID(connection().run(sql::kDropOldNonces, note.key, note.at - note.kept_us));
    SUYUAN_TRY_VOID(connection().run(
        sql::kAddNonce,
        note.key,
        Blob{note.digest},
        note.at,
        whose(*belonging, policy::DataClass::kInternal)
    ));
    return expect_change(ErrorCode::kConflict, {"随机串已用过", "the nonce was used"});
}

Result<AccessWriter> writer_for(WriteSession& session, const policy::RequestContext& context) {
    const std::string& code = context.principal().operator_code;
    std::uint32_t submitter = 0;  // of no operator
    if (!code.empty()) {
        SUYUAN_TRY(submitter, session.interner.name(NameKind::kOperator, code, Whose()));
    }
    return AccessWriter(session, submitter);
}

}  // namespace

Status make_changes(
    WriteSession& session,
    const policy::RequestContext& context,
    std::span<const AccessChange> changes
) {
    SUYUAN_TRY(AccessWriter writer, writer_for(session, context));
    for (const AccessChange& change : changes) {
        SUYUAN_TRY_VOID(std::visit([&](const auto& kind) { return writer(kind); }, change));
    }
    return {};
}

Status make_note(
    WriteSession& session, const policy::RequestContext& context, const AccessNote& note
) {
    SUYUAN_TRY(AccessWriter writer, writer_for(session, context));
    return std::visit([&](const auto& kind) { return writer(kind); }, note);
}

}  // namespace suyuan::store::sqlite
