#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/apart_readers.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/recovering_decoder.h"
#include "media/play/video_reader.h"

namespace meanwhile {
namespace {

std::optional<MediaTime> received_time(std::int64_t time) {
  if (time == kNoTime) return std::nullopt;
  return MediaTime(time);
}

class ApartVideoReader final : public VideoReader {
 public:
  ApartVideoReader(RecoveringDecoder::Start start, std::shared_ptr<ByteSource> track, Interrupts interrupts)
      : decoder_(std::move(start), OrderKind::OpenVideo, std::move(track), std::move(interrupts),
                 [this] { return restore(); }) {}

  // A decoder that is there.
  Result<void> open() {
    const auto opened = decoder_.open();
    note_status();
    return opened;
  }

  Result<void> seek(MediaTime time) override {
    sought_ = time;
    const auto done = decoder_.seek(time);
    if (!decoder_.link()) status_.last.reset();
    note_status();
    return done;
  }

  using VideoReader::next;
  Result<PicturePtr> next(MediaTime moment, MediaTime reach) override {
    const auto done =
        decoder_.carry_out({.kind = OrderKind::Next, .time = moment.count(), .reach = reach.count()});
    if (done) note_status();
    if (!done) return std::unexpected(done.error());
    auto picture = decoder_.link()->take_picture(done->picture);
    if (!picture) return fail(ErrorCode::Corrupt, tr(kNonsenseTrack));
    return std::move(*picture);
  }

  PicturePtr take_passed() override {
    const auto done = decoder_.try_once({.kind = OrderKind::TakePassed});
    if (!done || done->picture.width == 0) return nullptr;
    return decoder_.link()->take_picture(done->picture).value_or(nullptr);
  }

  Result<MediaTime> end() override { return decoder_.find_end(); }

 private:
  void note_status() {
    if (!decoder_.link()) return;
    const SentStatus& sent = decoder_.link()->status();
    status_.last = received_time(sent.last);
    status_.last_read = received_time(sent.last_read);
    status_.followed_gap = sent.followed_gap != 0;
    status_.is_on_show = sent.is_on_show != 0;
    status_.is_damaged = status_.is_damaged || sent.is_damaged != 0;
  }

  // So that the picture after the last one comes next.
  Result<void> restore() {
    const std::optional<MediaTime> last = status_.last;
    if (!last && !sought_) return {};
    MEANWHILE_TRY(decoder_.try_once({.kind = OrderKind::Seek, .time = last.value_or(*sought_).count()}));
    for (std::optional<MediaTime> reached; last && reached < last;) {
      const auto done = decoder_.try_once({.kind = OrderKind::Next, .time = last->count()});
      if (!done) return std::unexpected(done.error());
      const auto given_back = decoder_.link()->take_picture(done->picture);
      const auto now = received_time(done->status.last);
      if (!given_back || now <= reached) return fail(ErrorCode::Corrupt, tr(kNonsenseTrack));
      reached = now;
    }
    return {};
  }

  std::optional<MediaTime> sought_;
  RecoveringDecoder decoder_;
};

}  // namespace

Result<std::unique_ptr<VideoReader>> open_video_apart(RecoveringDecoder::Start start,
                                                      std::shared_ptr<ByteSource> track,
                                                      Interrupts interrupts) {
  auto reader = std::make_unique<ApartVideoReader>(std::move(start), std::move(track), std::move(interrupts));
  MEANWHILE_TRY(reader->open());
  return reader;
}

}  // namespace meanwhile
