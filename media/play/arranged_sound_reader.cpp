#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/arranged_track.h"
#include "media/play/open_readers.h"
#include "media/play/sound_reader.h"
#include "media/play/video_reader.h"

namespace meanwhile {
namespace {

// 5 ms: a step in the middle of a wave is heard as a click, a fade of that length as nothing.
constexpr std::int64_t kFadeFrames = kSoundRate / 200;

class ArrangedSoundReader final : public SoundReader {
 public:
  ArrangedSoundReader(ArrangedTrack track, Interrupts interrupts)
      : track_(std::move(track)), interrupts_(std::move(interrupts)), sources_(track_.sources.size()) {}

  // Errors: if none of the sources can be opened, that of the last.
  Result<void> open();

  Result<void> seek(MediaTime time) override;
  Result<std::size_t> read(std::span<float> into) override;
  Result<MediaTime> end() override { return track_.end(); }
  [[nodiscard]] bool is_damaged() const override;

 private:
  struct Source {
    std::unique_ptr<SoundReader> reader;
    bool is_missing = false;
  };

  [[nodiscard]] const TrackPart& part() const { return track_.parts[place_]; }
  [[nodiscard]] std::int64_t part_end() const { return sound_frames(part().at + part().duration); }
  [[nodiscard]] bool is_last() const { return place_ + 1 == track_.parts.size(); }
  Result<SoundReader*> reader_of(const TrackPart& part);
  Result<void> enter(std::size_t place, MediaTime inside);
  Result<std::size_t> read_part(std::span<float> into);
  void fade(std::span<float> samples) const;

  const ArrangedTrack track_;
  const Interrupts interrupts_;
  std::vector<Source> sources_;
  std::size_t place_ = 0;
  std::int64_t position_ = 0;  // in frames of the edited timeline
  std::optional<Error> failure_;
};

Result<void> ArrangedSoundReader::open() {
  for (const TrackPart& part : track_.parts) {
    const auto reader = reader_of(part);
    if (!reader) return std::unexpected(reader.error());
    if (*reader) return seek(MediaTime{});
  }
  return std::unexpected(*failure_);
}

// nullptr: there is nothing to be had.
Result<SoundReader*> ArrangedSoundReader::reader_of(const TrackPart& part) {
  if (!part.source) return nullptr;
  Source& source = sources_[*part.source];
  if (source.reader || source.is_missing) return source.reader.get();
  auto reader = open_sound(track_.sources[*part.source], interrupts_);
  if (!reader && reader.error().is_control()) return std::unexpected(reader.error());
  if (reader) {
    source.reader = std::move(*reader);
    return source.reader.get();
  }
  source.is_missing = true;
  failure_ = reader.error();
  log(LogLevel::Warning, "A recording that was joined can't be heard: " + reader.error().message);
  return nullptr;
}

bool ArrangedSoundReader::is_damaged() const {
  return std::ranges::any_of(sources_, [](const Source& source) {
    return source.is_missing || (source.reader && source.reader->is_damaged());
  });
}

Result<void> ArrangedSoundReader::enter(std::size_t place, MediaTime inside) {
  place_ = place;
  const auto reader = reader_of(part());
  if (!reader) return std::unexpected(reader.error());
  return *reader ? (*reader)->seek(part().from + inside) : Result<void>{};
}

Result<void> ArrangedSoundReader::seek(MediaTime time) {
  const std::size_t place = track_.part_at(time);
  position_ = sound_frames(time);
  return enter(place, std::clamp(time - track_.parts[place].at, MediaTime{}, track_.parts[place].duration));
}

Result<std::size_t> ArrangedSoundReader::read(std::span<float> into) {
  std::size_t done = 0;
  while (done * kSoundChannels < into.size()) {
    if (position_ >= part_end() && is_last()) break;
    if (position_ >= part_end()) {
      MEANWHILE_TRY(enter(place_ + 1, MediaTime{}));
      continue;
    }
    const auto count = read_part(into.subspan(done * kSoundChannels));
    if (!count) return std::unexpected(count.error());
    if (*count == 0) break;
    done += *count;
  }
  return done;
}

// Up to the part's end. 0: the last part's source is over.
Result<std::size_t> ArrangedSoundReader::read_part(std::span<float> into) {
  const auto left = static_cast<std::size_t>(part_end() - position_);
  std::span<float> samples = into.first(std::min(into.size(), left * kSoundChannels));
  const auto reader = reader_of(part());
  if (!reader) return std::unexpected(reader.error());
  auto count = *reader ? (*reader)->read(samples) : Result<std::size_t>(0);
  if (!count) return count;
  const std::size_t heard = *count * kSoundChannels;
  if (heard < samples.size() && is_last() && *reader) samples = samples.first(heard);
  if (heard < samples.size()) std::ranges::fill(samples.subspan(heard), 0.F);
  fade(samples);
  position_ += static_cast<std::int64_t>(samples.size() / kSoundChannels);
  return samples.size() / kSoundChannels;
}

// Where parts meet, not where all begins or ends.
void ArrangedSoundReader::fade(std::span<float> samples) const {
  const std::int64_t begin = sound_frames(part().at);
  const std::int64_t end = part_end();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::int64_t frame = position_ + static_cast<std::int64_t>(i / kSoundChannels);
    const std::int64_t from_begin = place_ == 0 ? kFadeFrames : frame - begin;
    const std::int64_t to_end = is_last() ? kFadeFrames : end - 1 - frame;
    const std::int64_t near = std::min({from_begin, to_end, kFadeFrames});
    if (near < kFadeFrames) samples[i] *= static_cast<float>(near) / static_cast<float>(kFadeFrames);
  }
}

}  // namespace

Result<std::unique_ptr<SoundReader>> open_arranged_sound(ArrangedTrack track, const Interrupts& interrupts) {
  if (track.is_missing()) return fail(ErrorCode::Corrupt, tr("there is no sound in the track"));
  if (track.parts.empty()) return open_sound(track.sources.front(), interrupts);
  auto reader = std::make_unique<ArrangedSoundReader>(std::move(track), interrupts);
  MEANWHILE_TRY(reader->open());
  return reader;
}

}  // namespace meanwhile
