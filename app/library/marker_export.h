// Markers in the formats of programs that cut films.
#pragma once

#include <string>
#include <vector>

#include "app/library/index.h"
#include "app/library/markers.h"

namespace meanwhile {

struct MarkerExport {
  const Clip& clip;
  const std::vector<Marker>& markers;
  FrameRate rate = {};     // of the timeline: places are exact to its frames
  std::string media = {};  // the absolute path of the exported film; "": none, and the markers stand alone
};

// All in UTF-8, whole, with what would be markup in the format escaped.
// FCPXML 1.8 (Final Cut Pro, DaVinci Resolve, Premiere by way of these): a project with one clip. Source:
// developer.apple.com, "FCPXML Reference".
std::string as_fcpxml(const MarkerExport& from);
// CMX 3600, one event with a comment "* LOC:" a marker (Avid, and what reads its locators).
std::string as_edl(const MarkerExport& from);
// OpenTimelineIO's JSON: Timeline.1 with Clip.1 and Marker.2, which old and new versions read.
std::string as_otio(const MarkerExport& from);
// FFmpeg's metadata: each marker is a chapter until the next one. Source: ffmpeg-formats(1), "Metadata".
std::string as_ffmetadata(const MarkerExport& from);

}  // namespace meanwhile
