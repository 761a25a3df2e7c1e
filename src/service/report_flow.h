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
// step; if that is not enough, by region and step: by the region that each place lies in, else by
// the next wider one, and so on. What still is too many of a step shares a box that counts it.
[[nodiscard]] ReportFlow draw_flow(const NamedAnswer& named, Language language);

}  // namespace suyuan::service
