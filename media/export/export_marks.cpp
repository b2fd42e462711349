#include "media/export/export_marks.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/base/web_vtt.h"
#include "media/export/exporter.h"
#include "media/export/output_file.h"

namespace meanwhile {
namespace {

Chapters shown_chapters(const Chapters& chapters, const EditList& edits) {
  Chapters shown;
  for (const Chapter& chapter : chapters) {
    if (const auto at = edits.edited(chapter.at)) shown.push_back({*at, chapter.name});
  }
  std::ranges::sort(shown, {}, &Chapter::at);
  return shown;
}

std::vector<VttCue> shown_cues(const std::vector<VttCue>& cues, const EditList& edits) {
  std::vector<VttCue> shown;
  for (std::size_t i = 0; i < edits.parts().size(); ++i) {
    const TimeRange& part = edits.parts()[i];
    for (VttCue cue : cut_cues(cues, part.from, part.to)) {
      cue.from += edits.starts()[i];
      cue.to += edits.starts()[i];
      shown.push_back({cue.from, cue.to, std::move(cue.text)});
    }
  }
  return shown;
}

}  // namespace

OutputMarks marks_of(const ExportOptions& options, const EditList* edits, MediaTime duration) {
  const Chapters chapters = edits ? shown_chapters(options.chapters, *edits) : options.chapters;
  const std::vector<VttCue> cues = edits ? shown_cues(options.captions, *edits) : options.captions;
  const MediaTime end = options.from + duration;
  return {.chapters = chapters_in(chapters, {options.from, end}),
          .captions = cut_cues(cues, options.from, end),
          .end = duration};
}

}  // namespace meanwhile
