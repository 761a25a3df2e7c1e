// SPDX-License-Identifier: Apache-2.0
//
// The province in EPCIS 2.0 JSON: capture documents of events, and of master data.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/event.h"
#include "province/province.h"

namespace suyuan::province {

// Gathers events into one capture document. Equal events, equal bytes.
//
// Threads: one. Memory: the document's text, about 1 KB an event.
class DocumentWriter {
public:
    // Requires a shipment, receipt or other event as this module tells them: no error declaration,
    // no claims of sameness, no output mapping.
    void add(const model::Event& event);

    [[nodiscard]] std::size_t event_count() const noexcept { return event_count_; }

    // The document; begins a new one.
    [[nodiscard]] std::string take();

private:
    std::string events_;
    std::size_t event_count_ = 0;
};

// A capture document without events whose header holds a page of the registry.
[[nodiscard]] std::string master_data_document(const RegistryPage& page);

}  // namespace suyuan::province
