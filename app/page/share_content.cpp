#include "app/page/share_content.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/page/joined_content.h"
#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/pauses.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr MediaTime kEnvelopeStep = std::chrono::milliseconds(100);

// "": the clip has none, or it can't be had: a page is there without it.
std::string side_text(const ClipStore& clips, const Manifest& manifest, const char* name,
                      const std::stop_token& stop) {
  const auto bytes = clips.side_file(manifest, name, stop);
  return bytes ? std::string(as_text(*bytes)) : std::string();
}

Result<void> read_words(Index& index, ShareContent& content) {
  const std::string& clip = content.clip.id;
  auto people = index.people();
  if (!people) return std::unexpected(people.error());
  auto threads = index.comments(clip);
  if (!threads) return std::unexpected(threads.error());
  auto asks = index.asks(clip);
  if (!asks) return std::unexpected(asks.error());
  auto reactions = index.reactions(clip);
  if (!reactions) return std::unexpected(reactions.error());
  content.people = std::move(*people);
  content.threads = std::move(*threads);
  content.asks = std::move(*asks);
  content.reactions = std::move(*reactions);
  const auto author = std::ranges::find(content.people, content.clip.author, &Person::id);
  if (author != content.people.end()) content.author_zone = author->time_zone;
  return {};
}

void read_side_files(const ClipStore& clips, ShareContent& content, const std::stop_token& stop) {
  const Manifest& manifest = content.manifest;
  content.thumbnails = side_text(clips, manifest, "thumbs.vtt", stop);
  content.pointer = side_text(clips, manifest, "pointer.jsonl", stop);
  const auto peaks = parse_waveform(side_text(clips, manifest, "waveform.json", stop));
  if (!peaks) return;
  content.envelope = envelope_of(*peaks, manifest.duration);
  const auto levels = parse_activity(side_text(clips, manifest, "activity.json", stop));
  if (levels) content.pauses = find_pauses(*peaks, *levels, manifest.duration);
}

}  // namespace

Result<ShareContent> read_share_content(LibrarySession& session, Index& index, const ClipStore& clips,
                                        const Clip& clip, std::stop_token stop) {
  if (clip.is_live)
    return fail(ErrorCode::InvalidArgument,
                tr("the update is still being recorded: it can be shared once it is published"));
  ShareContent content{.library = session.id(), .library_name = session.name(), .clip = clip};
  auto manifest = clips.manifest(clip, stop);
  if (!manifest) return std::unexpected(manifest.error());
  content.manifest = std::move(*manifest);
  const auto text = clips.manifest_bytes(clip, stop);
  if (!text) return std::unexpected(text.error());
  content.manifest_text = as_text(*text);
  content.author_key = key_of_device(session, content.manifest.device, stop);
  MEANWHILE_TRY(read_words(index, content));
  auto shown = clips.shown_arrangement(clip, clip.recorded_duration, stop);
  if (!shown) return std::unexpected(shown.error());
  content.arrangement = std::move(shown->arrangement);
  auto joined = read_joined(session, index, clips, clip, content.arrangement, stop);
  if (!joined) return std::unexpected(joined.error());
  content.joined = std::move(*joined);
  if (content.arrangement.chapters) content.clip.chapters = *content.arrangement.chapters;
  read_side_files(clips, content, stop);
  auto captions = read_captions(clips, clip, stop);
  if (captions) content.captions = std::move(captions->tracks);
  return content;
}

std::vector<std::uint8_t> envelope_of(const std::vector<float>& peaks, MediaTime duration) {
  if (peaks.empty() || duration <= MediaTime{}) return {};
  std::vector<std::uint8_t> envelope(
      static_cast<std::size_t>((duration + kEnvelopeStep - MediaTime(1)) / kEnvelopeStep));
  for (std::size_t i = 0; i < envelope.size(); ++i) {
    const std::size_t from = i * peaks.size() / envelope.size();
    const std::size_t to = std::max(from + 1, (i + 1) * peaks.size() / envelope.size());
    const float loudest =
        *std::max_element(peaks.begin() + static_cast<std::ptrdiff_t>(from),
                          peaks.begin() + static_cast<std::ptrdiff_t>(std::min(to, peaks.size())));
    envelope[i] = static_cast<std::uint8_t>(loudest * 255 + 0.5F);
  }
  return envelope;
}

bool is_page_picture(std::string_view name) {
  return name.ends_with(".jpg") || name.ends_with(".png");
}

}  // namespace meanwhile
