// SPDX-License-Identifier: Apache-2.0
//
// Files of lines (CSV, XLSX): templates, upload, preview, import. service/import_jobs.h does the
// work.

#pragma once

#include "http/message.h"
#include "http/reply.h"

namespace suyuan::http {

Response get_sheets(const Call& call);
Response get_template(const Call& call);     // as csv or xlsx
Response get_imports(const Call& call);      // newest first
Response post_new_import(const Call& call);  // 201; {"file_name", "size"}
Response get_import(const Call& call);
Response delete_import(const Call& call);       // 204
Response put_import_content(const Call& call);  // the next bytes, from ?offset= on
Response get_import_preview(const Call& call);
Response post_import_run(const Call& call);  // 202
Response post_import_stop(const Call& call);
Response get_import_faults(const Call& call);  // the workbook

}  // namespace suyuan::http
