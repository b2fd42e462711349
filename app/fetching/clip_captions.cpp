#include "app/fetching/clip_captions.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"
#include "media/record/take_extras.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestFile = 8u << 20;

}  // namespace

Result<std::vector<VttCue>> read_captions(const ClipStore& store, const Manifest& manifest,
                                          std::stop_token stop) {
  const auto bytes = store.side_file(manifest, kCaptionsFile, std::move(stop));
  if (!bytes) return std::unexpected(bytes.error());
  return parse_web_vtt(as_text(*bytes));
}

Result<std::vector<VttCue>> read_captions(const std::filesystem::path& take) {
  const auto bytes = read_file(take / kCaptionsFile, kLargestFile);
  if (!bytes) return std::unexpected(bytes.error());
  return parse_web_vtt(as_text(*bytes));
}

void make_searchable(Index& index, const std::string& clip, const std::vector<VttCue>& captions) {
  if (captions.empty() || index.has_captions(clip).value_or(true)) return;
  std::vector<CaptionLine> lines;
  for (const VttCue& cue : captions) lines.push_back({cue.from, cue.to, cue.text});
  if (auto kept = index.set_captions(clip, lines); !kept)
    log(LogLevel::Warning, "captions can't be searched: " + kept.error().message);
}

}  // namespace meanwhile
