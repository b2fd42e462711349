#include "app/fetching/clip_captions.h"

#include <algorithm>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <iterator>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "media/record/take_extras.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestFile = 8u << 20;
constexpr std::string_view kCorrections = "corrections";

Result<CaptionTrack> track_of_file(const Result<Bytes>& bytes) {
  if (!bytes) return std::unexpected(bytes.error());
  return parse_caption_track(as_text(*bytes));
}

class CaptionReader {
 public:
  CaptionReader(const ClipStore& store, const OpenedClip& opened, std::stop_token stop)
      : store_(store), opened_(opened), stop_(std::move(stop)) {
    read_.version = caption_version(opened.additions);
  }

  Result<ClipCaptions> run() {
    for (const Addition& addition : last_first()) MEANWHILE_TRY(take(added(addition)));
    if (has_own()) {
      auto track = own();
      if (!track || read_.tracks.empty() || is_another(track->language))
        MEANWHILE_TRY(take(std::move(track)));
    }
    if (read_.tracks.empty() && !read_.is_whole) return std::unexpected(*failure_);
    return std::move(read_);
  }

 private:
  std::vector<Addition> last_first() const {
    std::vector<Addition> counting;
    std::ranges::copy_if(opened_.additions, std::back_inserter(counting), [](const Addition& addition) {
      return addition.kind == AdditionKind::Captions && !addition.is_suggestion;
    });
    std::ranges::stable_sort(counting, std::ranges::greater(), &Addition::said);
    return counting;
  }

  Result<CaptionTrack> added(const Addition& addition) const {
    auto track = track_of_file(store_.added_file(opened_.clip, addition, stop_));
    if (!track) return fail(tr("captions that were added later"), track.error());
    track->language = addition.language;
    return track;
  }

  bool has_own() const {
    if (opened_.manifest) return opened_.manifest->file(kCaptionsFile) != nullptr;
    const auto folder = store_.take_folder(opened_.clip);
    std::error_code error;
    return folder && std::filesystem::exists(*folder / kCaptionsFile, error);
  }

  Result<CaptionTrack> own() const {
    if (opened_.manifest) return track_of_file(store_.side_file(*opened_.manifest, kCaptionsFile, stop_));
    return read_captions(*store_.take_folder(opened_.clip));
  }

  // Those that were added take the place of those in the same language, or where one of both doesn't say it.
  bool is_another(const std::string& language) const {
    return !language.empty() && std::ranges::none_of(read_.tracks, [&](const CaptionTrack& track) {
      return track.language.empty() || track.language == language;
    });
  }

  Result<void> take(Result<CaptionTrack> track) {
    if (track && !track->cues.empty()) read_.tracks.push_back(std::move(*track));
    if (track) return {};
    const Error& error = track.error();
    if (error.is_control()) return std::unexpected(error);
    if (error.code == ErrorCode::Corrupt) {
      read_.trouble = error.message;
      return {};
    }
    failure_ = error;  // not here, or not yet
    read_.is_whole = false;
    return {};
  }

  const ClipStore& store_;
  const OpenedClip& opened_;
  const std::stop_token stop_;
  ClipCaptions read_;
  std::optional<Error> failure_;
};

}  // namespace

Result<CaptionTrack> parse_caption_track(std::string_view web_vtt) {
  auto cues = parse_web_vtt(web_vtt);
  if (!cues) return std::unexpected(cues.error());
  return CaptionTrack{web_vtt_language(web_vtt), std::move(*cues), web_vtt_kind(web_vtt) == kCorrections};
}

std::string to_web_vtt(const CaptionTrack& track) {
  return to_web_vtt(track.cues, track.language, track.are_corrections ? kCorrections : "");
}

Result<ClipCaptions> read_captions(const ClipStore& store, const OpenedClip& opened, std::stop_token stop) {
  return CaptionReader(store, opened, std::move(stop)).run();
}

Result<ClipCaptions> read_captions(const ClipStore& store, const Clip& clip, std::stop_token stop) {
  OpenedClip opened{.clip = clip.id, .media = {}};
  auto manifest = store.manifest(clip, stop);
  if (!manifest) return std::unexpected(manifest.error());
  opened.manifest = std::move(*manifest);
  opened.additions = clip.additions;
  return read_captions(store, opened, std::move(stop));
}

Result<CaptionTrack> read_captions(const std::filesystem::path& take) {
  return track_of_file(read_file(take / kCaptionsFile, kLargestFile));
}

const CaptionTrack* track_in(const ClipCaptions& captions, std::string_view language) {
  const auto find = [&](auto is_meant) {
    const auto found = std::ranges::find_if(captions.tracks, is_meant, &CaptionTrack::language);
    return found == captions.tracks.end() ? nullptr : &*found;
  };
  if (captions.tracks.empty()) return nullptr;
  if (const auto* exact = find([&](const std::string& tag) { return tag == language; })) return exact;
  const std::string_view wide = language.substr(0, language.find('-'));
  const auto* near = find([&](std::string_view tag) { return tag.substr(0, tag.find('-')) == wide; });
  return near ? near : &captions.tracks.front();
}

void make_searchable(Index& index, const std::string& clip, const ClipCaptions& captions) {
  const bool has_any = !captions.tracks.empty() || !captions.version.empty();
  if (!has_any || !captions.is_whole || index.has_captions(clip).value_or(true)) return;
  std::vector<CaptionLine> lines;
  for (const CaptionTrack& track : captions.tracks) {
    for (const VttCue& cue : track.cues) lines.push_back({cue.from, cue.to, cue.text});
  }
  if (auto kept = index.set_captions(clip, lines, captions.version); !kept)
    log(LogLevel::Warning, "captions can't be searched: " + kept.error().message);
}

void learn_new_captions(Index& index, const ClipStore& store, int most, const std::stop_token& stop) {
  const auto clips = index.clips_with_new_captions(most);
  if (!clips) return;
  for (const Clip& clip : *clips) {
    const auto captions = read_captions(store, clip, stop);
    if (captions) make_searchable(index, clip.id, *captions);
    const bool is_the_clips = captions || captions.error().code == ErrorCode::Corrupt ||
                              captions.error().code == ErrorCode::NotFound;
    if (!is_the_clips) return;
  }
}

}  // namespace meanwhile
