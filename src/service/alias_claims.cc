// SPDX-License-Identifier: Apache-2.0

#include "service/alias_claims.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "codec/json.h"
#include "crypto/sha256.h"
#include "model/registry.h"
#include "service/element_id.h"

namespace suyuan::service {
namespace {

using codec::Json;

constexpr std::size_t kRowsOfDocument = 1'000;

// Without place or time: it holds always.
Json claim(const model::LotAlias& row) {
    const std::string id = crypto::to_hex(crypto::sha256(row.alias + '\n' + row.lot));
    Json goods = Json::object();
    goods.set("epcClass", Json::string(row.alias));
    Json event = Json::object();
    event.set("type", Json::string("ObjectEvent"))
        .set("eventID", Json::string("https://ns.suyuan.example/alias/" + id))
        .set("eventTime", Json::string("1970-01-01T00:00:00Z"))
        .set("eventTimeZoneOffset", Json::string("+00:00"))
        .set("suyuan:timePrecision", Json::string("unknown"))
        .set("action", Json::string("OBSERVE"))
        .set("quantityList", Json::array({std::move(goods)}))
        .set("suyuan:sameAs", Json::array({Json::string(row.lot)}));
    return event;
}

std::string document_of(std::vector<Json> events) {
    Json context = Json::object();
    context.set("suyuan", Json::string("https://ns.suyuan.example/epcis/"));
    Json body = Json::object();
    body.set("eventList", Json::array(std::move(events)));
    Json document = Json::object();
    document
        .set(
            "@context",
            Json::array(
                {Json::string("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"),
                 std::move(context)}
            )
        )
        .set("type", Json::string("EPCISDocument"))
        .set("schemaVersion", Json::string("2.0"))
        .set("creationDate", Json::string("1970-01-01T00:00:00Z"))
        .set("epcisBody", std::move(body));
    return codec::write_json(document);
}

}  // namespace

std::vector<std::string> alias_documents(const std::vector<model::LotAlias>& rows) {
    std::vector<std::string> documents;
    std::vector<Json> events;
    for (const model::LotAlias& row : rows) {
        const bool can_be_named = element_id(row.alias) == row.alias;
        if (can_be_named) {
            events.push_back(claim(row));
        }
        if (events.size() == kRowsOfDocument) {
            documents.push_back(document_of(std::exchange(events, {})));
        }
    }
    if (!events.empty()) {
        documents.push_back(document_of(std::move(events)));
    }
    return documents;
}

}  // namespace suyuan::service
