// SPDX-License-Identifier: Apache-2.0
//
// The files of web/console as built, as cmake/embed_files.cmake wrote them into the program.

#pragma once

#include <span>
#include <string_view>

namespace suyuan::http {

struct WebFile {
    std::string_view name;          // "app.js"
    std::string_view content_type;  // "text/javascript; charset=utf-8"
    std::string_view etag;          // the SHA-256 of the bytes, quoted
    std::string_view bytes;
};

// By name.
[[nodiscard]] std::span<const WebFile> web_files() noexcept;

// nullptr if there is none of that name.
[[nodiscard]] const WebFile* find_web_file(std::string_view name) noexcept;

}  // namespace suyuan::http
