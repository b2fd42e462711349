// The comments of a clip for other programs: Markdown for people, CSV (RFC 4180) for tables, JSON for
// programs, WebVTT to be shown by a player; with the chapters, as markers for programs that cut films.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/index.h"
#include "app/library/markers.h"
#include "media/base/result.h"

namespace meanwhile {

// Table: CSV; Document: JSON.
enum class CommentFormat { Markdown, Table, Document, WebVtt, Fcpxml, Edl, Otio, FfMetadata };

// "md", "csv", "json", "vtt", "fcpxml", "edl", "otio", "ffmetadata": also the ending of a file.
std::string_view format_name(CommentFormat format);
std::optional<CommentFormat> parse_comment_format(std::string_view name);

// Of the timeline that markers are for.
struct MarkerTimeline {
  FrameRate rate = {};
  std::string media = {};  // as MarkerExport's
};

struct CommentExport {
  const Clip& clip;
  const std::vector<Thread>& threads;
  const std::vector<Ask>& asks;
  const std::vector<Reaction>& reactions;
  std::string zone;  // times in Markdown; the others have RFC 3339
  MarkerTimeline timeline = {};
};

// Whole, in UTF-8. Texts are display_text; what would be markup in the format is escaped.
std::string export_comments(const CommentExport& comments, CommentFormat format);

// All that the index knows of the clip. Errors: Index's.
Result<std::string> export_comments_of(Index& index, const Clip& clip, CommentFormat format,
                                       const std::string& zone, const MarkerTimeline& timeline = {});

}  // namespace meanwhile
