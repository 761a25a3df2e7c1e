// SPDX-License-Identifier: Apache-2.0
//
// Ids of people for tests, under a key that everybody knows.

#pragma once

#include <string>

#include "service/person_ids.h"

namespace suyuan::service {

inline const PersonIds& test_person_ids() {
    static const PersonIds ids(std::string(PersonIds::kKeyBytes, 'k'));
    return ids;
}

}  // namespace suyuan::service
