#include "app/speech/caption_target.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <stop_token>
#include <string>
#include <utility>

#include "app/fetching/clip_captions.h"
#include "app/library/addition.h"
#include "app/sending/addition_sender.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "media/record/take_extras.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestCaptionFile = 8u << 20;

}  // namespace

Result<ClipCaptions> captions_of(const CaptionTarget& target, std::stop_token stop) {
  if (target.clip) return read_captions(*target.library->clips, target.opened, std::move(stop));
  ClipCaptions captions;
  auto track = read_captions(target.draft);
  if (track) captions.tracks.push_back(std::move(*track));
  if (!track && track.error().code != ErrorCode::NotFound) return std::unexpected(track.error());
  return captions;
}

Result<std::string> give_captions(const CaptionTarget& target, const CaptionTrack& track) {
  const std::string text = to_web_vtt(track);
  if (!target.clip) {
    MEANWHILE_TRY(write_file_durably(target.draft / kCaptionsFile, as_byte_span(text)));
    return std::string();
  }
  return add_to_clip(*target.library->session, *target.clip,
                     {.kind = AdditionKind::Captions, .language = track.language, .bytes = to_bytes(text)});
}

Result<CaptionTrack> captions_in_file(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kLargestCaptionFile);
  if (!bytes) return fail(tr_format("reading the captions in {}", file.string()), bytes.error());
  if (!is_valid_utf8(as_text(*bytes)))
    return fail(
        ErrorCode::Corrupt,
        tr_format("The captions in {} are in another character set; save them as UTF-8 and try again.",
                  file.string()));
  auto cues = parse_captions(as_text(*bytes));
  if (!cues) return fail(tr_format("reading the captions in {}", file.string()), cues.error());
  if (cues->empty())
    return fail(
        ErrorCode::Corrupt,
        tr_format("there is no caption in {}; each needs a line like 00:01.000 --> 00:02.500 before it",
                  file.string()));
  std::string language = web_vtt_language(as_text(*bytes));
  if (!is_language_tag(language)) language.clear();
  return CaptionTrack{std::move(language), std::move(*cues)};
}

}  // namespace meanwhile
