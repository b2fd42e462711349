// Chapters and captions of a clip on the timeline of what is exported of it.
#pragma once

#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/export/exporter.h"
#include "media/export/output_file.h"

namespace meanwhile {

// edits: nullptr: what was recorded is shown as it was. duration: of the export, which begins at options.from
// of what is shown.
OutputMarks marks_of(const ExportOptions& options, const EditList* edits, MediaTime duration);

}  // namespace meanwhile
