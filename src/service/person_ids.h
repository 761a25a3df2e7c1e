// SPDX-License-Identifier: Apache-2.0
//
// Ids for people of whom a file tells a name, an identity number or a phone where their number
// within the business belongs.
//
// An id stays for ever and comes out with events and exports, so it must not tell who it is. There
// are few names, and few numbers of a county and a year: who could make the ids would find them by
// trying. So each is a digest under a key that the data directory has alone.

#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "io/randomness.h"

namespace suyuan::service {

// Threads: every member from any thread, if `knows` may be called so.
class PersonIds {
public:
    // Whether an event names the id. Empty: none names one without a key.
    using Knows = std::function<Result<bool>(std::string_view id)>;

    // Requires a key of kKeyBytes.
    explicit PersonIds(std::string key, Knows knows = {});

    static constexpr std::size_t kKeyBytes = 32;

    // "person-<16 hexadecimal digits>": equal for equal texts of one operator, and for nobody to
    // make who lacks the key. Whom the store has under an id of the time before there was a key
    // keeps that, so that a file that comes again changes nothing. Fails as `knows` does.
    [[nodiscard]] Result<std::string> id_of(std::string_view operator_code, std::string_view told)
        const;

private:
    std::string key_;
    Knows knows_;
};

struct PersonKey {
    std::string bytes;
    bool has_old_ids = false;  // the store is from before there were keys
};

// The key of a data directory: DIR/person.key, mode 0600, made here if it is not there.
// `has_events`: the store has some, of which some may name people without a key. Fails with
// kCorruption if the file is no key, kUnavailable, kPermissionDenied; no message has its contents.
[[nodiscard]] Result<PersonKey> open_person_key(
    const std::filesystem::path& directory, io::Randomness& randomness, bool has_events
);

}  // namespace suyuan::service
