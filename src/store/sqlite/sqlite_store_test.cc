// SPDX-License-Identifier: Apache-2.0
//
// SQLite's own: the contract runs on it, files that are not ours are refused, every table says
// whose its rows are, and erased bytes are gone from the disk.

#include "store/sqlite/sqlite_store.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/result.h"
#include "io/clock.h"
#include "io/randomness.h"
#include "io/scratch_folder_fixture.h"
#include "model/event.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "policy/scope.h"
#include "store/access.h"
#include "store/migrations.h"
#include "store/search.h"
#include "store/sql/text.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/schema.h"
#include "store/store.h"
#include "store/store_contract_access_fixture.h"
#include "store/store_contract_fixture.h"
#include "store/store_contract_sight_fixture.h"

namespace suyuan::store {
namespace {

using sqlite::Connection;
using sqlite::Query;

Result<std::unique_ptr<Store>> open_in(
    const std::filesystem::path& folder, const io::Clock& clock, io::Randomness& randomness
) {
    return open_sqlite(
        folder, {.clock = &clock, .randomness = &randomness, .creation = Creation::kCreateIfMissing}
    );
}

const StoreFactory kSqlite = {.name = "Sqlite", .open = open_in};

INSTANTIATE_TEST_SUITE_P(Backend, StoreContract, testing::Values(kSqlite), name_of);
INSTANTIATE_TEST_SUITE_P(Backend, SightContract, testing::Values(kSqlite), name_of);
INSTANTIATE_TEST_SUITE_P(Backend, AccessContract, testing::Values(kSqlite), name_of);
INSTANTIATE_TEST_SUITE_P(Backend, AuditContract, testing::Values(kSqlite), name_of);

class SqliteStoreTest : public testing::Test {
protected:
    Result<std::unique_ptr<Store>> open(Creation creation = Creation::kCreateIfMissing) {
        return open_sqlite(
            folder_.path(), {.clock = &clock_, .randomness = &randomness_, .creation = creation}
        );
    }

    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "suyuan.db"; }

    // A second connection, as somebody with the file at hand has one.
    std::unique_ptr<Connection> connect() {
        auto connection = Connection::open(file(), Connection::Mode::kCreator);
        EXPECT_TRUE(connection) << connection.error().message();
        return *std::move(connection);
    }

    // The first column of all rows.
    static std::vector<std::string> column(Connection& connection, sql::Text text) {
        std::vector<std::string> values;
        auto query = connection.start(text);
        EXPECT_TRUE(query) << query.error().message();
        while (query->next().value_or(false)) {
            values.emplace_back(query->text(0));
        }
        return values;
    }

    [[nodiscard]] bool disk_holds(std::string_view needle) const {
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
            std::ifstream stream(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
            if (bytes.find(needle) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

    io::ScratchFolder folder_;
    io::ManualClock clock_{kStart};
    io::SystemRandomness randomness_;
    policy::RequestContext context_{policy::local_principal()};
    policy::Scope scope_ = *policy::decide(policy::local_principal(), policy::Permission::kOperate);
};

TEST_F(SqliteStoreTest, AStoreThatMustExistIsNotMade) {
    const auto refused = open(Creation::kMustExist);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kNotFound);
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
    EXPECT_TRUE(open());
    EXPECT_TRUE(open(Creation::kMustExist));
}

TEST_F(SqliteStoreTest, OtherFilesAreRefusedAndLeftAlone) {
    {
        std::ofstream stream(file());
        stream << std::string(10'000, 'x');
    }
    const auto text = open();
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code(), ErrorCode::kCorruption);
    std::filesystem::remove(file());
    ASSERT_TRUE(connect()->execute("CREATE TABLE somebody_elses (x)"));
    const auto foreign = open();
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code(), ErrorCode::kCorruption);
    EXPECT_NE(foreign.error().message().find("another program's"), std::string::npos);
    const auto tables = column(*connect(), sql::Text{"SELECT name FROM sqlite_schema"});
    EXPECT_EQ(tables, std::vector<std::string>{"somebody_elses"});
    EXPECT_EQ(
        column(*connect(), sql::Text{"SELECT journal_mode FROM pragma_journal_mode"}),
        std::vector<std::string>{"delete"}
    );
}

TEST_F(SqliteStoreTest, AStoreOfANewerVersionIsRefusedByName) {
    ASSERT_TRUE(open());
    ASSERT_TRUE(connect()->execute("PRAGMA user_version = 99"));
    const auto refused = open();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::kInvalidArgument);
    EXPECT_NE(refused.error().message().find("version 99"), std::string::npos);
    EXPECT_NE(refused.error().message().find("up to 6"), std::string::npos);
}

TEST_F(SqliteStoreTest, StepsOfTheSchemaAreTakenInOrderEachWhollyOrNot) {
    {
        const auto connection = connect();
        ASSERT_TRUE(sqlite::prepare_schema(*connection, migrations()));
    }
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    const int next = steps.back().version + 1;
    steps.push_back({next, "CREATE TABLE later (x bigint, WHOSE);"});
    steps.push_back({next + 1, "CREATE TABLE latest (x bigint); INSERT INTO nowhere VALUES (1);"});
    const auto version = sql::Text{"SELECT user_version FROM pragma_user_version"};
    const auto tables = sql::Text{"SELECT name FROM sqlite_schema WHERE name LIKE 'late%'"};
    {
        const auto connection = connect();
        EXPECT_FALSE(sqlite::prepare_schema(*connection, steps));
        EXPECT_EQ(column(*connection, version).at(0), std::to_string(next));
        EXPECT_EQ(column(*connection, tables), std::vector<std::string>{"later"});
    }
    steps.back().statements = "CREATE TABLE latest (x bigint);";
    const auto connection = connect();
    EXPECT_TRUE(sqlite::prepare_schema(*connection, steps));
    EXPECT_EQ(column(*connection, version).at(0), std::to_string(next + 1));
    EXPECT_EQ(column(*connection, tables), (std::vector<std::string>{"later", "latest"}));
}

// A store as version 1 of the schema left it, with a site, a product, a region and a person's
// values.
TEST_F(SqliteStoreTest, AStoreOfTheFirstVersionIsBroughtUp) {
    {
        const auto connection = connect();
        ASSERT_TRUE(sqlite::prepare_schema(*connection, migrations().first(1)));
        EXPECT_EQ(
            column(*connection, sql::Text{"SELECT user_version FROM pragma_user_version"}).at(0),
            "1"
        );
        ASSERT_TRUE(connection->execute(
            "INSERT INTO name VALUES (0, 1, 'local', 0, 0, '', 2), (1, 1, 'urn:site', 1, 0, '', 2);"
            "INSERT INTO registered_site VALUES "
            "(1, '一号库', '', '110105', '某街1号', '', '', 0, 1, 0, '110105', 2);"
            "INSERT INTO product VALUES (1, '06901234567892', '黄瓜', 0, 1, 0, '', 1);"
            "INSERT INTO region VALUES ('110105', '', '', '朝阳区', '', 1, 0, '110105', 1);"
            "INSERT INTO counter VALUES ('operators', 1, 0, 0, '', 2), ('sites', 1, 0, 0, '', 2), "
            "('products', 1, 0, 0, '', 2);"
        ));
    }
    auto store = open(Creation::kMustExist);
    ASSERT_TRUE(store) << store.error().message();
    const auto site = (*store)->find_site(context_, scope_, "urn:site");
    ASSERT_TRUE(site && *site);
    EXPECT_EQ((*site)->name, "一号库");
    EXPECT_EQ((*site)->address, "某街1号");
    EXPECT_EQ((*site)->capacity, "");
    const auto product = (*store)->find_product(context_, scope_, "06901234567892");
    ASSERT_TRUE(product && *product);
    EXPECT_EQ((*product)->name, "黄瓜");
    EXPECT_EQ((*product)->shelf_life_days, "");
    EXPECT_EQ((*store)->find_regions(context_, scope_, "110105", "2026-01-05")->size(), 1U);
    // What was there is found as what comes now.
    while (*(*store)->maintain(context_, scope_)) {
    }
    for (const std::string text : {"朝阳", "110105"}) {
        SearchQuery query;
        query.texts = {text};
        query.kinds = {SearchKind::kRegion};
        const auto hits = (*store)->search(context_, scope_, query);
        ASSERT_TRUE(hits && hits->hits.size() == 1) << text;
        EXPECT_EQ(hits->hits.front().name, "朝阳区");
    }
    model::RegistryRows rows;
    rows.regions = {{"110106", "丰台区", "", "", ""}};
    rows.licences = {{"SC11834020305037", "food_production", company(1), "", ""}};
    rows.people = {{"person-1", company(1), "张三", ""}};
    ASSERT_TRUE((*store)->put_registry(context_, scope_, rows));
    EXPECT_EQ((*store)->find_licences(context_, scope_, company(1), "")->size(), 1U);
    const auto findings = (*store)->verify(context_, scope_, {});
    ASSERT_TRUE(findings);
    EXPECT_TRUE(findings->empty());
}

// As version 4 left it: whom somebody works for had no days.
TEST_F(SqliteStoreTest, PeopleOfTheFourthVersionKeepTheirEmployer) {
    {
        const auto connection = connect();
        ASSERT_TRUE(sqlite::prepare_schema(*connection, migrations().first(4)));
        ASSERT_TRUE(connection->execute(
            "INSERT INTO name VALUES (0, 1, 'local', 0, 0, '', 2), (0, 2, 'urn:firm', 1, 0, '', 2),"
            "(3, 1, 'person-1', 1, 2, '', 4), (3, 2, 'person-2', 1, 2, '', 4);"
            "INSERT INTO registered_person VALUES "
            "(1, 'urn:firm', 1, 2, '110105', 4), (2, '', 1, 0, '', 4);"
            "INSERT INTO registered_person_value VALUES (1, '张三', '139', 1, 2, '110105', 4);"
            "INSERT INTO counter VALUES ('operators', 2, 0, 0, '', 2), ('people', 2, 0, 0, '', 2);"
        ));
    }
    auto store = open(Creation::kMustExist);
    ASSERT_TRUE(store) << store.error().message();
    const auto told = [&](std::string_view id, std::string_view day) {
        const auto found = (*store)->find_person(context_, scope_, id, day);
        EXPECT_TRUE(found && *found);
        return (*found)->operator_code + ' ' + (*found)->name + ' ' + (*found)->phone + ' ' +
               (*found)->title;
    };
    EXPECT_EQ(told("person-1", ""), "urn:firm 张三 139 ");
    EXPECT_EQ(told("person-2", ""), "   ");
    model::RegistryRows rows;
    rows.people = {{"person-1", "urn:firm", "", "", "司机", "2026-01-01", ""}};
    ASSERT_TRUE((*store)->put_registry(context_, scope_, rows));
    EXPECT_EQ(told("person-1", "2025-12-31"), "urn:firm 张三 139 ");
    EXPECT_EQ(told("person-1", "2026-01-01"), "urn:firm 张三 139 司机");
    const auto listed = (*store)->list_registry(context_, scope_, RegistryKind::kPerson, "", 10);
    ASSERT_TRUE(listed) << listed.error().message();
    EXPECT_EQ(listed->rows.people.size(), 3U);
    EXPECT_TRUE((*store)->verify(context_, scope_, {})->empty());
    const auto connection = connect();
    EXPECT_EQ(
        column(
            *connection,
            sql::Text{"SELECT person_id || ' ' || submitter || ' ' || owner || ' ' || territory || "
                      "' ' || data_class FROM registered_person WHERE valid_from = '' ORDER BY 1"}
        ),
        (std::vector<std::string>{"1 1 2 110105 4", "2 1 0  4"})
    );
    EXPECT_EQ(
        column(
            *connection, sql::Text{"SELECT name FROM sqlite_schema WHERE name LIKE '%undated%'"}
        ),
        std::vector<std::string>()
    );
}

TEST_F(SqliteStoreTest, EveryRowSaysWhoseItIs) {
    ASSERT_TRUE(open());
    const auto connection = connect();
    // Everything but the tables that SQLite keeps beneath the full-text table.
    const auto tables = column(
        *connection,
        sql::Text{"SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                  "name NOT LIKE 'sqlite_%' AND (name NOT LIKE 'search_name_%')"}
    );
    EXPECT_GE(tables.size(), 30U);
    const auto told = column(
        *connection,
        sql::Text{"SELECT s.name FROM sqlite_schema s WHERE s.type = 'table' AND 4 = "
                  "(SELECT count(*) FROM pragma_table_info(s.name) c WHERE c.name IN "
                  "('submitter', 'owner', 'territory', 'data_class'))"}
    );
    EXPECT_EQ(
        std::set<std::string>(tables.begin(), tables.end()),
        std::set<std::string>(told.begin(), told.end())
    );
}

TEST_F(SqliteStoreTest, RowsAreSomebodysSomewhereForSomebody) {
    {
        auto store = open();
        ASSERT_TRUE(store);
        model::Event event = shipping(event_id(1), 1);
        event.sources = {{"owning_party", company(1)}};
        event.people = {"person-1"};
        NewRecord record = record_of(event);
        record.territory = "110105";
        record.data_class = policy::DataClass::kConfidential;
        ASSERT_TRUE((*store)->commit(context_, scope_, std::array{record}, "key"));
    }
    {
        auto store = open();
        ASSERT_TRUE(store);
        model::RegistryRows rows;
        rows.operators = {{company(1), "主体", "110106", ""}};
        rows.licences = {{"SC11834020305037", "food_production", company(1), "", ""}};
        rows.links = {
            {model::LinkKind::kRuns, company(1), place(1), "", ""},
            {model::LinkKind::kSupplies, company(1), company(2), "", ""},
        };
        rows.papers = {{paper(1), "", company(2), company(1), "", ""}};
        rows.vehicles = {{"京A12345", company(1)}};
        rows.people = {{"person-2", company(1), "张三", ""}};
        ASSERT_TRUE((*store)->put_registry(context_, scope_, rows));
    }
    const auto connection = connect();
    const auto whose = [&](const sql::Text& text) { return column(*connection, text); };
    // Licences are public, who supplies whom is a secret, people are people.
    EXPECT_EQ(
        whose(sql::Text{
            "SELECT s.code || ' ' || o.code || ' ' || territory || ' ' || data_class FROM ("
            "SELECT 1 AS place, submitter, owner, territory, data_class FROM licence UNION ALL "
            "SELECT 2, submitter, owner, territory, data_class FROM link WHERE kind = 'runs' "
            "UNION ALL SELECT 3, submitter, owner, territory, data_class FROM link "
            "WHERE kind = 'supplies' UNION ALL "
            "SELECT 4, submitter, owner, territory, data_class FROM registered_paper UNION ALL "
            "SELECT 5, submitter, owner, territory, data_class FROM registered_vehicle UNION ALL "
            "SELECT 6, submitter, owner, territory, data_class FROM registered_person UNION ALL "
            "SELECT 7, submitter, owner, territory, data_class FROM registered_person_value) r "
            "JOIN (SELECT name_id, code FROM name WHERE kind = 0) s ON s.name_id = r.submitter "
            "JOIN (SELECT name_id, code FROM name WHERE kind = 0) o ON o.name_id = r.owner "
            "ORDER BY place"
        }),
        (std::vector<std::string>{
            "local " + company(1) + " 110106 1",
            "local " + company(1) + " 110106 2",
            "local " + company(1) + " 110106 3",
            "local " + company(1) + " 110106 2",
            "local " + company(1) + " 110106 2",
            "local " + company(1) + " 110106 4",
            "local " + company(1) + " 110106 4",
        })
    );
    const std::vector<std::string> record = {"local " + company(1) + " 110105 3"};
    EXPECT_EQ(
        whose(sql::Text{"SELECT s.code || ' ' || o.code || ' ' || territory || ' ' || data_class "
                        "FROM (SELECT submitter, owner, territory, data_class FROM log UNION "
                        "SELECT submitter, owner, territory, data_class FROM payload UNION "
                        "SELECT submitter, owner, territory, data_class FROM event UNION "
                        "SELECT submitter, owner, territory, data_class FROM posting) r "
                        "JOIN (SELECT name_id, code FROM name WHERE kind = 0) s "
                        "ON s.name_id = r.submitter "
                        "JOIN (SELECT name_id, code FROM name WHERE kind = 0) o "
                        "ON o.name_id = r.owner"}),
        record
    );
    EXPECT_EQ(
        whose(
            sql::Text{"SELECT DISTINCT data_class FROM (SELECT data_class FROM person_value UNION "
                      "SELECT data_class FROM registered_person_value UNION "
                      "SELECT data_class FROM person_entry UNION "
                      "SELECT data_class FROM name WHERE kind = 3)"}
        ),
        std::vector<std::string>{"4"}
    );
}

TEST_F(SqliteStoreTest, TheLogIsNeverChanged) {
    {
        auto store = open();
        ASSERT_TRUE(store);
        const std::array records = {record_of(shipping(event_id(1), 1))};
        ASSERT_TRUE((*store)->commit(context_, scope_, records, {}));
    }
    const auto connection = connect();
    EXPECT_FALSE(connection->execute("UPDATE log SET record_time = 0"));
    EXPECT_FALSE(connection->execute("DELETE FROM log"));
    EXPECT_FALSE(connection->execute("INSERT OR REPLACE INTO log SELECT * FROM log"));
    EXPECT_EQ(column(*connection, sql::Text{"SELECT count(*) FROM log"}).at(0), "1");
}

TEST_F(SqliteStoreTest, TheAuditTrailIsNeverChanged) {
    {
        auto store = open();
        ASSERT_TRUE(store);
        for (const std::string act : {"one", "two"}) {
            const AuditEntry entry = {.act = act, .owners = {company(1)}};
            ASSERT_TRUE((*store)->access().act(context_, scope_, {}, entry));
        }
    }
    const auto connection = connect();
    for (const std::string statement :
         {"UPDATE audit SET actor = 'nobody'",
          "DELETE FROM audit",
          "DELETE FROM audit WHERE number = 2",
          "INSERT OR REPLACE INTO audit SELECT * FROM audit",
          "UPDATE audit_owner SET owner = 0",
          "DELETE FROM audit_owner",
          "INSERT OR REPLACE INTO audit_owner SELECT * FROM audit_owner",
          "INSERT INTO audit_owner VALUES (1, 0, 9, '', 3)"}) {
        EXPECT_FALSE(connection->execute(statement)) << statement;
    }
    EXPECT_EQ(column(*connection, sql::Text{"SELECT count(*) FROM audit"}).at(0), "2");
}

TEST_F(SqliteStoreTest, ErasedValuesAreNowhereOnTheDisk) {
    auto store = open();
    ASSERT_TRUE(store);
    for (int number = 1; number <= 40; ++number) {
        model::Event event = shipping(event_id(number), number);
        event.people = {"person-" + std::to_string(number), "person-0"};
        ASSERT_TRUE((*store)->commit(context_, scope_, std::array{record_of(event)}, {}));
    }
    EXPECT_TRUE(disk_holds("canary-person-17"));
    EXPECT_TRUE(disk_holds("canary-person-0"));
    ASSERT_EQ(*(*store)->erase_person(context_, scope_, "person-17"), 1U);
    ASSERT_EQ(*(*store)->erase_person(context_, scope_, "person-0"), 40U);
    EXPECT_FALSE(disk_holds("canary-person-17"));
    EXPECT_FALSE(disk_holds("canary-person-0"));
    EXPECT_TRUE(disk_holds("canary-person-18"));
    model::RegistryRows rows;
    rows.people = {
        {"person-17",
         company(1),
         "canary-registered-17",
         "canary-phone-17",
         "canary-title-17",
         "2026-01-01",
         ""},
        {"person-18", company(1), "canary-registered-18", ""},
    };
    ASSERT_TRUE((*store)->put_registry(context_, scope_, rows));
    EXPECT_TRUE(disk_holds("canary-registered-17"));
    EXPECT_TRUE(disk_holds("canary-title-17"));
    ASSERT_EQ(*(*store)->erase_person(context_, scope_, "person-17"), 2U);
    EXPECT_FALSE(disk_holds("canary-title-17"));
    EXPECT_FALSE(disk_holds("canary-registered-17"));
    EXPECT_FALSE(disk_holds("canary-phone-17"));
    EXPECT_TRUE(disk_holds("canary-registered-18"));
    store->reset();
    EXPECT_FALSE(disk_holds("canary-person-0"));
    EXPECT_FALSE(disk_holds("canary-registered-17"));
}

TEST_F(SqliteStoreTest, AFileThatDecaysIsNoticed) {
    {
        auto store = open();
        ASSERT_TRUE(store);
        std::vector<NewRecord> records;
        for (int number = 1; number <= 200; ++number) {
            records.push_back(record_of(shipping(event_id(number), number)));
        }
        ASSERT_TRUE((*store)->commit(context_, scope_, records, {}));
    }
    std::string bytes;
    {
        std::ifstream stream(file(), std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(stream), {});
    }
    // One bit in the first copy of a payload.
    const auto place = bytes.find(R"("told":"0 2)");
    ASSERT_NE(place, std::string::npos);
    bytes[place + 2] = static_cast<char>(bytes[place + 2] ^ 1);
    {
        std::ofstream stream(file(), std::ios::binary);
        stream << bytes;
    }
    auto store = open();
    ASSERT_TRUE(store);
    const auto findings = (*store)->verify(context_, scope_, {});
    ASSERT_TRUE(findings);
    ASSERT_EQ(findings->size(), 1U);
    EXPECT_EQ(findings->front().what, "payload_hash");
}

}  // namespace
}  // namespace suyuan::store
