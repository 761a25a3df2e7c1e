// SPDX-License-Identifier: Apache-2.0
//
// The ways into the product that every scenario goes through.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codec/json.h"

namespace suyuan::scenario {

class Door {
public:
    virtual ~Door() = default;

    // Takes a capture document in; duplicates and conflicts are no failure.
    virtual Status capture(std::string_view document) = 0;

    // The present record time, later than every capture so far and earlier than every later one.
    virtual std::string note() = 0;

    // `parameters` are those of GET /api/v1/trace. The whole answer. Fails with kNotFound for an
    // explicit "nothing known".
    virtual Result<codec::Json> trace(const std::map<std::string, std::string>& parameters) = 0;
};

enum class DoorKind { kLibrary, kHttp, kCommandLine };

// An empty store in `folder`, behind the door. Fails if it cannot be opened.
[[nodiscard]] Result<std::unique_ptr<Door>> open_door(
    DoorKind kind, const std::filesystem::path& folder
);

}  // namespace suyuan::scenario
