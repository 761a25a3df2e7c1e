// SPDX-License-Identifier: Apache-2.0
//
// The route table against its description, both ways.

#include "http/routes.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/format.h"
#include "http/message.h"
#include "policy/scope.h"
#include "policy/vocabulary.h"

namespace suyuan::http {
namespace {

// What the document says of one operation.
struct Described {
    std::string method;  // "get"
    std::string path;
    std::string operation;
    std::string permission;
};

std::string_view blank_count(std::string_view line) {
    return line.substr(0, std::min(line.find_first_not_of(' '), line.size()));
}

// "key: value" at a depth; empty if the line is something else.
std::string value_of(std::string_view line, std::string_view key) {
    const std::string start = format("{}: ", key);
    return line.starts_with(start) ? std::string(line.substr(start.size())) : std::string();
}

// The part of YAML that openapi/suyuan.yaml keeps to: paths at two blanks, methods at four, their
// plain keys at six.
std::vector<Described> read_document() {
    std::ifstream stream(SUYUAN_SOURCE_DIR "/openapi/suyuan.yaml");
    EXPECT_TRUE(stream.is_open());
    std::vector<Described> operations;
    std::string path;
    bool is_in_paths = false;
    for (std::string line; std::getline(stream, line);) {
        const std::size_t depth = blank_count(line).size();
        const std::string_view rest = std::string_view(line).substr(depth);
        if (rest.empty() || rest.starts_with('#')) {
            continue;
        }
        if (depth == 0) {
            is_in_paths = rest == "paths:";
        } else if (is_in_paths && depth == 2) {
            path = rest.substr(0, rest.size() - 1);
        } else if (is_in_paths && depth == 4 && rest.ends_with(':') &&
                   !rest.starts_with("parameters")) {
            operations.push_back(
                {.method = std::string(rest.substr(0, rest.size() - 1)),
                 .path = path,
                 .operation = {},
                 .permission = {}}
            );
        } else if (is_in_paths && depth == 6 && !operations.empty()) {
            if (const auto value = value_of(rest, "operationId"); !value.empty()) {
                operations.back().operation = value;
            }
            if (const auto value = value_of(rest, "x-permission"); !value.empty()) {
                operations.back().permission = value;
            }
        }
    }
    return operations;
}

std::string line_of(const Described& operation) {
    return format(
        "{} {} {} {}", operation.method, operation.path, operation.operation, operation.permission
    );
}

std::string line_of(const Route& route) {
    std::string method(to_string(route.method));
    std::ranges::transform(method, method.begin(), [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    return format(
        "{} {} {} {}", method, route.path, route.operation, policy::to_string(route.permission)
    );
}

TEST(RoutesTest, EveryRouteIsDescribedAndEveryDescriptionIsARoute) {
    std::set<std::string> described;
    for (const Described& operation : read_document()) {
        EXPECT_TRUE(described.insert(line_of(operation)).second) << line_of(operation);
    }
    std::set<std::string> routed;
    for (const Route& route : routes()) {
        EXPECT_TRUE(routed.insert(line_of(route)).second) << line_of(route);
    }
    EXPECT_EQ(described, routed);
    EXPECT_GE(routed.size(), std::size_t{25});
}

std::string_view word_of(Reach reach) {
    switch (reach) {
        case Reach::kOpen:
            return "open";
        case Reach::kAccount:
            return "account";
        case Reach::kAccess:
            return "access";
        case Reach::kView:
            return "view";
        case Reach::kFields:
            return "fields";
        case Reach::kLocal:
            return "local";
    }
    return {};
}

// "| `a`, `b` | action | resource | reach |" of docs/policy.md: "a action resource reach", …
std::set<std::string> read_needs() {
    std::ifstream stream(SUYUAN_SOURCE_DIR "/docs/policy.md");
    EXPECT_TRUE(stream.is_open());
    std::set<std::string> needs;
    bool is_in_section = false;
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("## ")) {
            is_in_section = line.starts_with("## 9.");
        }
        std::vector<std::string> cells;
        for (std::size_t start = 0; is_in_section && line.starts_with("| `");) {
            const std::size_t end = line.find(" |", start + 1);
            if (end == std::string::npos) {
                break;
            }
            cells.push_back(line.substr(start + 2, end - start - 2));
            start = end + 1;
        }
        for (std::size_t start = 0; cells.size() == 4 && start < cells[0].size();) {
            const std::size_t end = cells[0].find('`', start + 1);
            needs.insert(format(
                "{} {} {} {}",
                cells[0].substr(start + 1, end - start - 1),
                cells[1],
                cells[2],
                cells[3]
            ));
            start = std::min(cells[0].find('`', end + 1), cells[0].size());
        }
    }
    return needs;
}

TEST(RoutesTest, ThePolicyPageSaysWhatEveryRouteAsks) {
    std::set<std::string> asked;
    for (const Route& route : routes()) {
        asked.insert(format(
            "{} {} {} {}",
            route.operation,
            policy::to_string(route.action),
            policy::to_string(route.kind),
            word_of(route.reach)
        ));
    }
    EXPECT_EQ(read_needs(), asked);
}

TEST(RoutesTest, OperationsHaveNamesOfTheirOwnAndHandlers) {
    std::set<std::string_view> names;
    for (const Route& route : routes()) {
        EXPECT_TRUE(names.insert(route.operation).second) << route.operation;
        EXPECT_NE(route.handler, nullptr) << route.operation;
        EXPECT_LE(std::ranges::count(route.path, '{'), 1) << route.path;
    }
}

TEST(RoutesTest, PathsTellTheirMethods) {
    struct Row {
        std::string_view path;
        std::string_view allowed;
    };

    for (const Row& row : {
             Row{"/", "GET, HEAD, OPTIONS"},
             Row{"/healthz", "GET, HEAD, OPTIONS"},
             Row{"/anything.js", "GET, HEAD, OPTIONS"},
             Row{"/epcis", "GET, HEAD, OPTIONS"},
             Row{"/epcis/events", "GET, HEAD, OPTIONS, POST"},
             Row{"/epcis/events/urn%3Auuid%3A1", "GET, HEAD, OPTIONS"},
             Row{"/epcis/events/a%2Fb", "GET, HEAD, OPTIONS"},
             Row{"/epcis/capture", "OPTIONS, POST"},
             Row{"/epcis/capture/1", "GET, HEAD, OPTIONS"},
             Row{"/api/v1/import", "OPTIONS, POST"},
             Row{"/epcis/", ""},
             Row{"/epcis/events/", ""},
             Row{"/epcis/events/a/b", ""},
             Row{"/epcis/queries", ""},
             Row{"/Epcis", "GET, HEAD, OPTIONS"},  // a file of that name might be there
             Row{"//", ""},
             Row{"", ""},
             Row{"*", ""},
             Row{"/api/v1", ""},
         }) {
        EXPECT_EQ(allowed_methods(row.path), row.allowed) << row.path;
    }
}

}  // namespace
}  // namespace suyuan::http
