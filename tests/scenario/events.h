// SPDX-License-Identifier: Apache-2.0
//
// From happenings to EPCIS events: the scenarios' half of a submitter.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codec/json.h"

namespace suyuan::scenario {

struct Goods {
    std::string item;
    std::string quantity;  // "60kg"; empty: none
};

struct OutputInputs {
    std::string output;
    std::vector<std::string> inputs;
};

struct Happening {
    std::string day;
    std::string clock;
    std::string precision;  // "", "day", "unknown"
    std::string verb;
    std::vector<Goods> goods;
    std::vector<Goods> inputs;
    std::string container;
    std::string at;
    std::string from;
    std::string to;
    std::map<std::string, std::string>
        options;  // paper, order, vehicle, by, process, id, zone, offset, dock, step
    std::vector<OutputInputs> mappings;
    std::string same_as;
    std::string not_same_as;
    bool is_return = false;
    bool is_continuous = false;
    bool is_alone = false;
};

[[nodiscard]] bool is_one_of_options(std::string_view word);

// "60kg" -> "60 KGM", "3" -> "3 ", "2box" -> "2 BX".
[[nodiscard]] std::string quantity_text(std::string_view quantity);

struct Place {
    std::string owner;  // canonical codes; empty: not said
    std::string site;
};

class EventWriter {
public:
    Status add(const Happening& happening, int line);
    // The event that ended in "id NAME", once more, with an error declaration.
    Status declare_error(const std::string& id, int line);

    // What was added since the last call as a capture document, with the master data of every place
    // named so far; nullopt: nothing was.
    std::optional<std::string> take_document();

    // Every name gets its code when it is first used.
    std::string item_code(const std::string& item);
    Place place(const std::string& name);
    std::string code_of(std::string_view kind, const std::string& name);

private:
    codec::Json begin(const Happening& happening, std::string_view type, std::string_view step);
    Status set_things(codec::Json& event, const std::vector<Goods>& goods, bool is_child, int line);
    void set_place(codec::Json& event, const Happening& happening);
    void set_trip(codec::Json& event, const Happening& happening);
    void set_options(codec::Json& event, const Happening& happening);
    Status add_transformation(const Happening& happening, int line);
    Status add_packing(const Happening& happening, int line);
    Status add_object(const Happening& happening, int line);
    Status add_goods(codec::Json& event, const Happening& happening, int line);
    std::string gtin_of(const std::string& product);

    codec::Json events_ = codec::Json::array();
    std::map<std::string, codec::Json> events_by_id_;
    std::map<std::string, int> products_;
    std::map<std::string, int> places_;
    std::map<std::string, int> containers_;
    int event_count_ = 0;
};

}  // namespace suyuan::scenario
