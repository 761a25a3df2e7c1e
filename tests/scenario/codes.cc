// SPDX-License-Identifier: Apache-2.0
//
// The codes behind the scenarios' names.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/format.h"
#include "model/check_digits.h"
#include "model/code.h"
#include "tests/scenario/events.h"

namespace suyuan::scenario {
namespace {

std::string with_check_digit(std::string digits) {
    digits.push_back(model::gs1_check_digit(digits));
    return digits;
}

int number_of(std::map<std::string, int>& numbers, const std::string& name) {
    return numbers.emplace(name, static_cast<int>(numbers.size()) + 1).first->second;
}

}  // namespace

std::string EventWriter::gtin_of(const std::string& product) {
    return with_check_digit(format("0695{:09}", number_of(products_, product)));
}

std::string EventWriter::item_code(const std::string& item) {
    if (item.starts_with('(') && item.ends_with(')')) {
        return "https://id.gs1.org/00/" +
               with_check_digit(format("0695{:013}", number_of(containers_, item)));
    }
    const std::size_t dot = item.find('.');
    const std::string product = dot == std::string::npos ? "goods" : item.substr(0, dot);
    const std::string rest = dot == std::string::npos ? item : item.substr(dot + 1);
    if (rest == "*") {
        return "https://id.gs1.org/01/" + gtin_of(product);
    }
    const std::size_t hash = rest.find('#');
    if (hash != std::string::npos) {
        const std::string thing = "https://id.gs1.org/01/" + gtin_of(product);
        const std::string lot = rest.substr(0, hash);
        if (rest.substr(hash).starts_with("##")) {  // the code names the lot too
            return thing + "/10/" + lot + "/21/" + lot + "-" + rest.substr(hash + 2);
        }
        return thing + "/21/" + lot + "-" + rest.substr(hash + 1);
    }
    return model::lot_uri(gtin_of(product), rest);
}

Place EventWriter::place(const std::string& name) {
    const auto owner_code = [&](const std::string& owner) {
        return "https://id.gs1.org/417/" +
               with_check_digit(format("6959{:08}", number_of(places_, owner)));
    };
    const auto site_code = [&](const std::string& site) {
        return "https://id.gs1.org/414/" +
               with_check_digit(format("6958{:08}", number_of(places_, site)));
    };
    const std::size_t at = name.find('@');
    const std::string owner = name.substr(0, at);
    const std::string site = at == std::string::npos ? name : name.substr(at + 1);
    Place place;
    place.owner = owner == "?" ? "" : owner_code(owner);
    place.site = site == "?" ? "" : site_code(site);
    return place;
}

std::string EventWriter::code_of(std::string_view kind, const std::string& name) {
    if (kind == "operator") {
        return place(name).owner;
    }
    if (kind == "site") {
        return place(name).site;
    }
    return kind == "paper" ? "urn:epcglobal:cbv:bt:6950000000004:" + name : name;
}

}  // namespace suyuan::scenario
