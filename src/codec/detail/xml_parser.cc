// SPDX-License-Identifier: Apache-2.0

#include "codec/detail/xml_parser.h"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <expat.h>

#include "base/assert.h"
#include "base/error.h"
#include "base/format.h"
#include "base/result.h"
#include "codec/detail/damaged.h"

namespace suyuan::codec::detail {
namespace {

// Expat keeps every name that it meets and every token until its end: without a bound on its memory
// both grow with the document.
constexpr std::size_t kMemoryMax = std::size_t{8} << 20;

struct Budget {
    std::size_t bytes_left = kMemoryMax;
};

// Expat's allocation functions are told nothing but a size: the budget in use lies here.
thread_local Budget* budget_in_use = nullptr;

class BudgetScope {
public:
    explicit BudgetScope(Budget& budget) : before_(std::exchange(budget_in_use, &budget)) {}

    ~BudgetScope() { budget_in_use = before_; }

    BudgetScope(const BudgetScope&) = delete;
    BudgetScope& operator=(const BudgetScope&) = delete;

private:
    Budget* before_;
};

// Stands before each piece of memory.
struct alignas(std::max_align_t) Header {
    Budget* budget;
    std::size_t bytes;
};

// NOLINTBEGIN(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory): what Expat asks for.
void* allocate(std::size_t bytes) {
    Budget* const budget = budget_in_use;
    if (budget == nullptr || bytes > budget->bytes_left) {
        return nullptr;
    }
    void* const memory = std::malloc(sizeof(Header) + bytes);
    if (memory == nullptr) {
        return nullptr;
    }
    budget->bytes_left -= bytes;
    return ::new (memory) Header{budget, bytes} + 1;
}

void release(void* memory) {
    if (memory != nullptr) {
        Header* const header = static_cast<Header*>(memory) - 1;
        header->budget->bytes_left += header->bytes;
        std::free(header);
    }
}

void* reallocate(void* memory, std::size_t bytes) {
    void* const grown = allocate(bytes);
    if (grown != nullptr && memory != nullptr) {
        const Header* const header = static_cast<Header*>(memory) - 1;
        std::memcpy(grown, memory, header->bytes < bytes ? header->bytes : bytes);
        release(memory);
    }
    return grown;
}

// NOLINTEND(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)

std::string_view without_prefix(std::string_view name) {
    return name.substr(name.rfind(':') + 1);
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
    for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
        if (without_prefix(pair[0]) == name) {
            return pair[1];
        }
    }
    return std::nullopt;
}

struct XmlParser::State {
    State(XmlHandler& told, std::size_t depth_limit) : handler(told), depth_max(depth_limit) {
        const BudgetScope scope(budget);
        const XML_Memory_Handling_Suite memory{allocate, reallocate, release};
        parser = ::XML_ParserCreate_MM(nullptr, &memory, nullptr);
        SUYUAN_ASSERT(parser != nullptr);
        ::XML_SetUserData(parser, this);
        ::XML_SetElementHandler(parser, on_start, on_end);
        ::XML_SetCharacterDataHandler(parser, on_text);
        ::XML_SetStartDoctypeDeclHandler(parser, on_document_type);
    }

    ~State() { ::XML_ParserFree(parser); }

    State(const State&) = delete;
    State& operator=(const State&) = delete;

    static void on_start(void* self, const char* name, const char** attributes) {
        State& state = *static_cast<State*>(self);
        state.tell([&] { return state.start(without_prefix(name), XmlAttributes(attributes)); });
    }

    static void on_end(void* self, const char* name) {
        State& state = *static_cast<State*>(self);
        --state.depth;
        state.tell([&] { return state.handler.end_element(without_prefix(name)); });
        if (!state.error && state.handler.wants_pause()) {
            ::XML_StopParser(state.parser, XML_TRUE);
        }
    }

    static void on_text(void* self, const char* piece, int bytes) {
        State& state = *static_cast<State*>(self);
        state.tell([&] { return state.handler.text({piece, static_cast<std::size_t>(bytes)}); });
    }

    static void on_document_type(
        void* self, const char* /*name*/, const char* /*system*/, const char* /*open*/, int /*has*/
    ) {
        static_cast<State*>(self)->tell([]() -> Status {
            return damaged("its XML has a document type, which no spreadsheet program writes");
        });
    }

    Status start(std::string_view name, const XmlAttributes& attributes) {
        if (++depth > depth_max) {
            return fail(
                ErrorCode::kLimitExceeded,
                Sentence{
                    format("工作簿的 XML 嵌套超过 {} 层：请用电子表格软件重新另存。", depth_max),
                    format(
                        "the workbook's XML nests deeper than {} levels: save it again in a "
                        "spreadsheet program",
                        depth_max
                    )
                }
            );
        }
        return handler.start_element(name, attributes);
    }

    // Expat may call once more after it was stopped, and nothing may be thrown through it.
    template <typename Call>
    void tell(Call call) noexcept {
        if (error) {
            return;
        }
        try {
            Status status = call();
            if (status) {
                return;
            }
            error = std::move(status).error();
        } catch (const std::exception& exception) {
            error.emplace(ErrorCode::kLimitExceeded, exception.what());
        }
        ::XML_StopParser(parser, XML_FALSE);
    }

    [[nodiscard]] Result<bool> outcome_of(XML_Status status) {
        if (error) {
            return Failure(*error);
        }
        if (status != XML_STATUS_ERROR) {
            return status == XML_STATUS_SUSPENDED;
        }
        const XML_Error code = ::XML_GetErrorCode(parser);
        if (code == XML_ERROR_NO_MEMORY) {
            return fail(
                ErrorCode::kLimitExceeded,
                Sentence{
                    format("工作簿的 XML 标签超过 {} 字节：请用电子表格软件重新另存。", kMemoryMax),
                    format(
                        "the workbook's XML has names or tags that take more than {} bytes: save "
                        "it again in a spreadsheet program",
                        kMemoryMax
                    )
                }
            );
        }
        return damaged(format(
            "line {} of a part is no XML ({})",
            ::XML_GetCurrentLineNumber(parser),
            ::XML_ErrorString(code)
        ));
    }

    XmlHandler& handler;
    std::size_t depth_max;
    std::size_t depth = 0;
    Budget budget;  // outlives the parser
    XML_Parser parser = nullptr;
    std::optional<Error> error;
};

XmlParser::XmlParser(XmlHandler& handler, std::size_t depth_max)
    : state_(std::make_unique<State>(handler, depth_max)) {}

XmlParser::~XmlParser() = default;

Result<bool> XmlParser::parse(std::string_view piece) {
    const BudgetScope scope(state_->budget);
    return state_->outcome_of(
        ::XML_Parse(state_->parser, piece.data(), static_cast<int>(piece.size()), XML_FALSE)
    );
}

Result<bool> XmlParser::resume() {
    const BudgetScope scope(state_->budget);
    return state_->outcome_of(::XML_ResumeParser(state_->parser));
}

Result<bool> XmlParser::finish() {
    const BudgetScope scope(state_->budget);
    return state_->outcome_of(::XML_Parse(state_->parser, "", 0, XML_TRUE));
}

}  // namespace suyuan::codec::detail
