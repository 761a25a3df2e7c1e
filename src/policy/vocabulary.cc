// SPDX-License-Identifier: Apache-2.0

#include "policy/vocabulary.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "policy/scope.h"

namespace suyuan::policy {
namespace {

constexpr std::array<std::string_view, kActionCount> kActions = {
    "read",
    "search",
    "trace",
    "export",
    "capture",
    "correct",
    "register",
    "share",
    "unmask",
    "erase",
    "approve",
    "appoint",
    "operate",
    "administer",
    "grant",
    "audit"
};
constexpr std::array<std::string_view, kResourceKindCount> kKinds = {
    "item",        "event",   "position", "stock",      "operator",    "site",
    "product",     "paper",   "vehicle",  "person",     "region",      "statistics",
    "capture_job", "import",  "sheet",    "story",      "page",        "service",
    "share",       "account", "key",      "access_log", "audit_trail", "policy"
};
constexpr std::array<std::string_view, 10> kRelations = {
    "own",
    "one_up",
    "one_down",
    "supervises",
    "market_owner_of",
    "in_custody",
    "assigned",
    "published",
    "shared",
    "incident"
};
constexpr std::array<std::string_view, 5> kDuties = {
    "log", "mask", "two_people", "reauthenticate", "watermark"
};
constexpr std::array<std::string_view, 4> kAuthentications = {
    "none", "key", "password", "two_factor"
};
constexpr std::array<std::string_view, 4> kDataClasses = {
    "public", "internal", "confidential", "personal"
};

}  // namespace

std::span<const std::string_view> action_names() noexcept {
    return kActions;
}

std::span<const std::string_view> resource_kind_names() noexcept {
    return kKinds;
}

std::span<const std::string_view> relation_names() noexcept {
    return kRelations;
}

std::span<const std::string_view> duty_names() noexcept {
    return kDuties;
}

std::span<const std::string_view> authentication_names() noexcept {
    return kAuthentications;
}

std::span<const std::string_view> data_class_names() noexcept {
    return kDataClasses;
}

std::string_view to_string(Action action) noexcept {
    return kActions[static_cast<std::size_t>(action)];
}

std::string_view to_string(ResourceKind kind) noexcept {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::string_view to_string(Relation relation) noexcept {
    return kRelations[static_cast<std::size_t>(relation)];
}

std::string_view to_string(Duty duty) noexcept {
    return kDuties[static_cast<std::size_t>(duty)];
}

std::string_view to_string(Authentication authentication) noexcept {
    return kAuthentications[static_cast<std::size_t>(authentication)];
}

std::string_view to_string(DataClass data_class) noexcept {
    return kDataClasses[static_cast<std::size_t>(data_class) - 1];
}

}  // namespace suyuan::policy
