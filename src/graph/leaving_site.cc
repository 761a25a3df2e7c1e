// SPDX-License-Identifier: Apache-2.0

#include "graph/leaving_site.h"

#include <string>
#include <string_view>

#include "model/code.h"

namespace suyuan::graph {
namespace {

// Of a canonical site: a GLN without its extension; any other site as it is.
std::string_view without_extension(std::string_view site) {
    return site.starts_with("https://id.gs1.org/414/") ? site.substr(0, site.find("/254/")) : site;
}

}  // namespace

std::string site_of_read_point(std::string_view read_point) {
    return std::string(without_extension(model::canonical_uri(read_point)));
}

std::string leaving_site(std::string_view read_point, std::string_view biz_location) {
    const std::string gate = site_of_read_point(read_point);
    const std::string place = model::canonical_uri(biz_location);
    return gate.empty() || gate == without_extension(place) ? place : gate;
}

}  // namespace suyuan::graph
