#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <memory>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/apart_readers.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/recovering_decoder.h"
#include "media/play/sound_reader.h"
#include "media/play/video_reader.h"

namespace meanwhile {
namespace {

constexpr std::size_t kFramesAtOnce = 1 << 16;
constexpr std::size_t kFrameBytes = kSoundChannels * sizeof(float);

// Far louder than anything: mixing and the tempo filter must not meet what is no number.
constexpr float kLoudest = 1000;

float sane(float sample) {
  return std::isfinite(sample) ? std::clamp(sample, -kLoudest, kLoudest) : 0;
}

class ApartSoundReader final : public SoundReader {
 public:
  ApartSoundReader(RecoveringDecoder::Start start, std::shared_ptr<ByteSource> track, Interrupts interrupts)
      : decoder_(std::move(start), OrderKind::OpenSound, std::move(track), std::move(interrupts),
                 [this] { return restore(); }) {}

  Result<void> open() { return decoder_.open(); }

  Result<void> seek(MediaTime time) override {
    position_ = sound_frames(time);
    return decoder_.seek(time);
  }

  Result<std::size_t> read(std::span<float> into) override {
    std::size_t done = 0;
    while (done < into.size()) {
      const auto part =
          into.subspan(done).first(std::min(into.size() - done, kFramesAtOnce * kSoundChannels));
      const auto count = read_part(part);
      if (!count) return std::unexpected(count.error());
      done += *count;
      if (*count < part.size()) break;
    }
    return done / kSoundChannels;
  }

  Result<MediaTime> end() override { return decoder_.find_end(); }

  [[nodiscard]] bool is_damaged() const override { return is_damaged_; }

 private:
  // The number of floats.
  Result<std::size_t> read_part(std::span<float> into) {
    const auto done =
        decoder_.carry_out({.kind = OrderKind::ReadSound, .count = into.size() / kSoundChannels});
    if (!done) return std::unexpected(done.error());
    const auto bytes = decoder_.link()->take_bytes(done->place);
    if (!bytes || bytes->size() > into.size_bytes() || bytes->size() % kFrameBytes != 0)
      return fail(ErrorCode::Corrupt, tr(kNonsenseTrack));
    is_damaged_ = is_damaged_ || done->status.is_damaged != 0;
    const std::size_t count = bytes->size() / sizeof(float);
    // First copied, then looked at: the decoder may still write to it.
    std::memcpy(into.data(), bytes->data(), bytes->size());
    std::ranges::transform(into.first(count), into.begin(), sane);
    position_ += static_cast<std::int64_t>(count / kSoundChannels);
    return count;
  }

  Result<void> restore() {
    MEANWHILE_TRY(decoder_.try_once({.kind = OrderKind::Seek, .time = sound_duration(position_).count()}));
    return {};
  }

  std::int64_t position_ = 0;  // the frame of the clip that comes next
  bool is_damaged_ = false;
  RecoveringDecoder decoder_;
};

}  // namespace

Result<std::unique_ptr<SoundReader>> open_sound_apart(RecoveringDecoder::Start start,
                                                      std::shared_ptr<ByteSource> track,
                                                      Interrupts interrupts) {
  auto reader = std::make_unique<ApartSoundReader>(std::move(start), std::move(track), std::move(interrupts));
  MEANWHILE_TRY(reader->open());
  return reader;
}

}  // namespace meanwhile
