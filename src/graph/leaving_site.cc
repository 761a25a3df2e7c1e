// SPDX-License-Identifier: Apache-2.0

#include "graph/leaving_site.h"

#include <string>
#include <string_view>

#include "model/code.h"

namespace suyuan::graph {
namespace {

// The link of a GLN, given with or without an extension; empty for any other site.
std::string gln_link(std::string_view site) {
    const std::string uri = model::canonical_uri(site);
    return uri.starts_with("https://id.gs1.org/414/") ? uri.substr(0, uri.find("/254/")) : "";
}

}  // namespace

std::string_view leaving_site(std::string_view read_point, std::string_view biz_location) {
    const std::string gate = gln_link(read_point);
    const bool is_gate = !gate.empty() && gate == gln_link(biz_location);
    return is_gate || read_point.empty() ? biz_location : read_point;
}

}  // namespace suyuan::graph
