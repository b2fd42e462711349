// The captions that are searched: the rows behind Index::set_captions(). Within a transaction of the
// caller's. Errors: as SqliteFile.
#pragma once

#include <string_view>

#include "app/library/index.h"
#include "app/library/sqlite.h"
#include "media/base/result.h"

namespace meanwhile {

Result<void> add_caption(SqliteFile& file, std::string_view clip, const CaptionLine& line);
Result<void> remove_captions(SqliteFile& file, std::string_view clip);

}  // namespace meanwhile
