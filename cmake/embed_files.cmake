# Writes a C++ source that holds files as bytes; run by a build step:
#
#   cmake -DFOLDER=console -DOUTPUT=web_files_table.cc -P embed_files.cmake
#
# Every file in FOLDER becomes a row of http/web_files.h: name, content type, ETag (SHA-256), bytes.

set(type_of.css "text/css; charset=utf-8")
set(type_of.html "text/html; charset=utf-8")
set(type_of.ico "image/x-icon")
set(type_of.js "text/javascript; charset=utf-8")
set(type_of.png "image/png")
set(type_of.svg "image/svg+xml")
set(type_of.txt "text/plain; charset=utf-8")

file(GLOB names RELATIVE "${FOLDER}" "${FOLDER}/*")
list(SORT names)
set(arrays "")
set(rows "")
set(number 0)
foreach(name IN LISTS names)
    set(path "${FOLDER}/${name}")
    get_filename_component(extension "${name}" LAST_EXT)
    set(type "${type_of${extension}}")
    if(NOT type)
        message(FATAL_ERROR "${name}: no content type is known for '${extension}'")
    endif()
    file(SHA256 "${path}" digest)
    file(READ "${path}" hex HEX)
    # CMake keeps lists in strings: one literal of \x escapes a file, cut into lines of 24 bytes.
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" literal "${hex}")
    string(REGEX REPLACE "(................................................................................................)"
                         "\\1\"\n    \"" literal "${literal}")
    string(APPEND arrays "constexpr std::string_view kFile${number}(\n    \"${literal}\",\n    ")
    string(LENGTH "${hex}" digits)
    math(EXPR bytes "${digits} / 2")
    string(APPEND arrays "${bytes});\n")
    string(APPEND rows
           "    WebFile{\"${name}\", \"${type}\", \"\\\"${digest}\\\"\", kFile${number}},\n")
    math(EXPR number "${number} + 1")
endforeach()

file(WRITE "${OUTPUT}.new" "// SPDX-License-Identifier: Apache-2.0
// Written by cmake/embed_files.cmake.

#include \"http/web_files.h\"

#include <array>
#include <span>
#include <string_view>

namespace suyuan::http {
namespace {

${arrays}
constexpr std::array<WebFile, ${number}> kFiles = {
${rows}};

}  // namespace

std::span<const WebFile> web_files() noexcept { return kFiles; }

}  // namespace suyuan::http
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")
