// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "crypto/keyed_digest.h"

namespace suyuan::store {

// A digest as the bytes that are stored. Lifetime: borrows it.
using crypto::bytes_of;

}  // namespace suyuan::store
