#include "app/speech/caption_edits.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ios>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/library/addition.h"
#include "app/library/home.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWords = ".vtt";
constexpr std::string_view kGiven = ".given";
constexpr std::string_view kBefore = ".before";
constexpr const char* kDismissed = "dismissed";
// Of captions whose language isn't said. Source: ISO 639-2, "undetermined".
constexpr std::string_view kNoLanguage = "und";
constexpr std::uint64_t kLargestGroupName = 1'000;
constexpr std::uint64_t kLargestDismissed = 1u << 20;

fs::path with_ending(fs::path file, std::string_view ending) {
  return file += ending;
}

std::string text_in_file(const fs::path& file, std::uint64_t limit_bytes) {
  const auto bytes = read_file(file, limit_bytes);
  return bytes ? std::string(as_text(*bytes)) : std::string();
}

// So that who reads finds the old or the new, whole.
Result<void> write_at_once(const fs::path& file, std::string_view text) {
  const fs::path beside = with_ending(file, ".new");
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    if (!out.write(text.data(), static_cast<std::streamsize>(text.size())).flush())
      return errno_failure(tr_format("writing {}", beside.string()));
  }
  std::error_code error;
  fs::rename(beside, file, error);
  if (error) return fail(ErrorCode::Io, tr_format("writing {}: {}", file.string(), error.message()));
  return {};
}

}  // namespace

fs::path CaptionEdits::file(const std::string& clip, const std::string& language) const {
  return folder_ / clip / (is_language_tag(language) ? std::string_view(language) : kNoLanguage);
}

Result<void> CaptionEdits::keep(const std::string& clip, const CaptionTrack& track) const {
  const fs::path place = file(clip, track.language);
  MEANWHILE_TRY(make_private_folders(place.parent_path()));
  std::error_code error;
  fs::rename(with_ending(place, kGiven), with_ending(place, kBefore), error);
  return write_at_once(with_ending(place, kWords), to_web_vtt(track));
}

Result<void> CaptionEdits::note_given(const std::string& clip, const std::string& language,
                                      const std::string& group) const {
  const fs::path place = file(clip, language);
  std::error_code error;
  fs::remove(with_ending(place, kBefore), error);
  return write_at_once(with_ending(place, kGiven), group);
}

void CaptionEdits::drop(const std::string& clip, const std::string& language) const {
  std::error_code error;
  for (const std::string_view ending : {kWords, kGiven, kBefore})
    fs::remove(with_ending(file(clip, language), ending), error);
  fs::remove(folder_ / clip, error);  // unless something else is in it
}

std::vector<CaptionEdit> CaptionEdits::of_clip(const std::string& clip) const {
  std::vector<CaptionEdit> edits;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_ / clip, error)) {
    if (entry.path().extension() != kWords) continue;
    auto track = parse_caption_track(text_in_file(entry.path(), kLargestAddedBytes));
    if (!track) continue;
    const auto group = [&](std::string_view ending) {
      return text_in_file(fs::path(entry.path()).replace_extension(ending), kLargestGroupName);
    };
    edits.push_back({std::move(*track), group(kGiven), group(kBefore)});
  }
  std::ranges::sort(edits, {}, [](const CaptionEdit& edit) { return edit.track.language; });
  return edits;
}

std::vector<std::string> CaptionEdits::clips() const {
  std::vector<std::string> clips;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) clips.push_back(entry.path().filename());
  return clips;
}

Result<void> CaptionEdits::dismiss(const std::string& clip, const std::string& suggestion) const {
  std::set<std::string> all = dismissed(clip);
  all.insert(suggestion);
  std::string text;
  for (const std::string& each : all) text += each + "\n";
  MEANWHILE_TRY(make_private_folders(folder_ / clip));
  return write_at_once(folder_ / clip / kDismissed, text);
}

std::set<std::string> CaptionEdits::dismissed(const std::string& clip) const {
  std::set<std::string> all;
  std::istringstream lines(text_in_file(folder_ / clip / kDismissed, kLargestDismissed));
  for (std::string line; std::getline(lines, line);) all.insert(line);
  return all;
}

}  // namespace meanwhile
