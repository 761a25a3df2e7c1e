// SPDX-License-Identifier: Apache-2.0
//
// The flow of an answer as a picture that fits on a page: from the first place on the left to the
// last on the right.

#pragma once

#include <string>

#include "codec/pdf_writer.h"
#include "service/named_answer.h"
#include "service/wording.h"

namespace suyuan::service {

struct ReportFlow {
    codec::PdfPicture picture;  // without boxes where nothing was reached
    std::string note;           // what its colours say, and what was put together
};

// A box is a position. More than 60, or more than a page is high, are put together by operator and
// step; the operators of a step that are still too many share a box that counts them.
[[nodiscard]] ReportFlow draw_flow(const NamedAnswer& named, Language language);

}  // namespace suyuan::service
