// SPDX-License-Identifier: Apache-2.0
//
// Answers as JSON: what the API returns and `--format json` prints.
//
// Quantities are decimal strings in base units, moments RFC 3339 in UTC (null: open). Every member
// is always there; what is not known is null. Every position and every move names items, owners and
// sites in full, so that a reader needs no second table; regions are codes, and a page lists those
// of its rows and all that they lie in with names and parents. A place is a stub (`is_stub`) if the
// registry has no name for it.

#pragma once

#include "codec/json.h"
#include "graph/fact.h"
#include "model/instant.h"
#include "service/event_references.h"
#include "service/name_book.h"
#include "service/seed.h"
#include "service/tracing.h"
#include "store/search.h"
#include "store/store.h"
#include "trace/answer.h"

namespace suyuan::service {

[[nodiscard]] codec::Json to_json(const TracePage& page);
[[nodiscard]] codec::Json to_json(const Explanation& explanation);
[[nodiscard]] codec::Json to_json(const Resolution& resolution);
[[nodiscard]] codec::Json to_json(const store::SearchHit& hit);
[[nodiscard]] codec::Json to_json(const EventReference& reference);

// Pieces, for pages of lookup.h.
[[nodiscard]] codec::Json item_json(const NameBook& names, graph::ItemId item);
[[nodiscard]] codec::Json place_json(const store::NamedId& place);
[[nodiscard]] codec::Json position_json(const NameBook& names, const trace::Position& position);
[[nodiscard]] codec::Json balance_json(const NameBook& names, const trace::Balance& balance);
[[nodiscard]] codec::Json moment_json(model::MicrosUtc moment);
[[nodiscard]] codec::Json interval_json(const model::TimeInterval& interval);

}  // namespace suyuan::service
