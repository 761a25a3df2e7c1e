// SPDX-License-Identifier: Apache-2.0
//
// Who and what is put into the registry; register_reader.h reads it.

#pragma once

#include "base/result.h"
#include "model/registry.h"
#include "policy/request_context.h"
#include "store/sqlite/writer.h"

namespace suyuan::store::sqlite {

// As Store::put_registry(), inside a job of the writer.
[[nodiscard]] Status put_registry(
    WriteSession& session, const policy::RequestContext& context, const model::RegistryRows& rows
);

}  // namespace suyuan::store::sqlite
