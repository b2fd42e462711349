#include "media/play/apart/decoder_worker.h"

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/play/apart/arena.h"
#include "media/play/apart/codec_desk.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/lent_pictures.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/order_desk.h"
#include "media/play/apart/sent_file.h"
#include "media/play/file_reader.h"
#include "media/play/local_file_reader.h"
#include "media/play/local_sound_reader.h"
#include "media/play/local_video_reader.h"
#include "media/play/pointer_png.h"
#include "media/play/sound_reader.h"
#include "media/play/still_image.h"
#include "media/play/video_reader.h"

namespace meanwhile {
namespace {

// What is asked for at once: some seconds.
constexpr std::uint64_t kMostFrames = 1 << 18;

std::int64_t sent_time(const std::optional<MediaTime>& time) {
  if (!time) return kNoTime;
  return std::clamp(static_cast<std::int64_t>(time->count()), -kLatestSentTime, kLatestSentTime);
}

class Worker {
 public:
  Worker(int socket, const Lap& lap, std::span<std::byte> arena)
      : desk_(socket, lap), arena_(arena), lent_(arena_, lap) {}

  void announce(const Walls& walls) {
    Report ready{.kind = ReportKind::Ready};
    ready.place.size = sent_walls(walls);
    desk_.report(ready);
  }

  void serve(const Order& order) {
    Report report;
    lent_.take_back();
    if (const auto done = carry_out(order, report); !done) set_error(report, done.error());
    report.status = status();
    desk_.report(report);
  }

  Order next() { return desk_.next(); }

 private:
  Result<void> carry_out(const Order& order, Report& report) {
    switch (order.kind) {
      case OrderKind::OpenVideo:
        return open_video(order);
      case OrderKind::OpenSound:
        return open_sound(order);
      case OrderKind::Seek:
        return video_ ? video_->seek(MediaTime(order.time)) : sound().seek(MediaTime(order.time));
      case OrderKind::Next:
        return lend(video().next(MediaTime(order.time), MediaTime(order.reach)), report);
      case OrderKind::TakePassed:
        return take_passed(report);
      case OrderKind::FindEnd:
        return find_end(report);
      case OrderKind::ReadSound:
        return read_sound(order, report);
      case OrderKind::Poster:
        return decode_still([&](const Bytes& jpeg) { return lend(decode_poster(jpeg), report); });
      case OrderKind::Pointer:
        return decode_still([&](const Bytes& png) { return give_pointer(png, report); });
      case OrderKind::OpenFile:
        return open_file(report);
      case OrderKind::NextPiece:
        return give_piece(report);
      case OrderKind::OpenCodec:
        return decode_still([&](const Bytes& track) { return codec_.open(track); });
      case OrderKind::Decode:
        return decode_still([&](const Bytes& packet) { return codec_.decode(order, packet); });
      case OrderKind::TakeFrame:
        return give_frame(report);
      case OrderKind::Answer:
        break;
    }
    ::_exit(0);
  }

  // The player orders nothing of what it didn't open.
  VideoReader& video() {
    if (!video_) ::_exit(0);
    return *video_;
  }
  SoundReader& sound() {
    if (!sound_) ::_exit(0);
    return *sound_;
  }

  Result<void> open_video(const Order& order) {
    desk_.set_places(order.count);
    auto reader = LocalVideoReader::open(
        std::make_shared<AskedSource>(desk_), [this] { return desk_.is_newer_wanted(); }, &arena_);
    if (!reader) return std::unexpected(reader.error());
    video_ = std::move(*reader);
    return {};
  }

  Result<void> open_sound(const Order& order) {
    desk_.set_places(order.count);
    auto reader = LocalSoundReader::open(std::make_shared<AskedSource>(desk_));
    if (!reader) return std::unexpected(reader.error());
    sound_ = std::move(*reader);
    return {};
  }

  Result<void> lend(Result<PicturePtr> picture, Report& report) {
    if (!picture) return std::unexpected(picture.error());
    report.picture = lent_.lend(std::move(*picture));
    if (report.picture.width == 0) return fail(ErrorCode::Corrupt, tr("the pictures are too large"));
    return {};
  }

  Result<void> take_passed(Report& report) {
    PicturePtr passed = video().take_passed();
    return passed ? lend(std::move(passed), report) : Result<void>{};
  }

  Result<void> find_end(Report& report) {
    const auto end = video_ ? video_->end() : sound().end();
    if (!end) return std::unexpected(end.error());
    report.time = sent_time(*end);
    return {};
  }

  Result<void> read_sound(const Order& order, Report& report) {
    const std::size_t floats = std::min(order.count, kMostFrames) * kSoundChannels;
    if (!make_room(floats * sizeof(float)))
      return fail(ErrorCode::Internal, tr("there is no room for the sound"));
    const auto count = sound().read({reinterpret_cast<float*>(given_->data), floats});
    if (!count) return std::unexpected(count.error());
    report.place = given_place(*count * kSoundChannels * sizeof(float));
    return {};
  }

  template <typename Decode>
  Result<void> decode_still(Decode decode) {
    const auto size = desk_.size();
    if (!size) return std::unexpected(size.error());
    Bytes bytes(*size);
    const auto count = desk_.read_at(0, bytes);
    if (!count) return std::unexpected(count.error());
    bytes.resize(*count);
    return decode(bytes);
  }

  Result<void> give_pointer(const Bytes& png, Report& report) {
    const auto image = decode_pointer_png(png);
    if (!image) return std::unexpected(image.error());
    if (!make_room(image->rgba.size()))
      return fail(ErrorCode::Internal, tr("there is no room for the picture"));
    std::memcpy(given_->data, image->rgba.data(), image->rgba.size());
    report.place = given_place(image->rgba.size());
    report.picture.width = static_cast<std::uint32_t>(image->width);
    report.picture.height = static_cast<std::uint32_t>(image->height);
    return {};
  }

  Result<void> open_file(Report& report) {
    auto reader = LocalFileReader::open(std::make_shared<AskedSource>(desk_));
    if (!reader) return std::unexpected(reader.error());
    file_ = std::move(*reader);
    return give_bytes(pack_file(file_->facts()), report);
  }

  Result<void> give_piece(Report& report) {
    if (!file_) ::_exit(0);
    auto piece = file_->next();
    if (!piece) return std::unexpected(piece.error());
    report.time = sent_time(piece->at);
    report.piece = {
        .track = static_cast<std::uint32_t>(piece->track),
        .marks = (piece->is_damaged ? kPieceDamaged : 0) | (piece->is_keyframe ? kPieceKeyframe : 0),
        .end = sent_time(piece->end)};
    if (piece->picture) return lend(std::move(piece->picture), report);
    if (!piece->packet.empty()) return give_bytes(piece->packet, report);
    return give_bytes(std::as_bytes(std::span(piece->samples)), report);
  }

  Result<void> give_frame(Report& report) {
    auto frame = codec_.take();
    if (!frame) return std::unexpected(frame.error());
    report.time = frame->at;
    MEANWHILE_TRY(give_bytes(frame->rest, report));
    return frame->picture ? lend(std::move(frame->picture), report) : Result<void>{};
  }

  Result<void> give_bytes(std::span<const std::byte> bytes, Report& report) {
    if (!make_room(std::max<std::size_t>(bytes.size(), 1)))
      return fail(ErrorCode::Internal, tr("there is no room for the sound"));
    if (!bytes.empty()) std::memcpy(given_->data, bytes.data(), bytes.size());
    report.place = given_place(bytes.size());
    return {};
  }

  // given_ has that many bytes.
  bool make_room(std::size_t size_bytes) {
    if (!given_ || given_->size < size_bytes) given_ = arena_.allocate(size_bytes);
    return given_ != nullptr;
  }
  [[nodiscard]] BytesPlace given_place(std::size_t size_bytes) const {
    return {.offset = arena_.offset_of(given_->data).value_or(0), .size = size_bytes};
  }

  [[nodiscard]] SentStatus status() const {
    if (!video_) return {.last = kNoTime, .last_read = kNoTime, .is_damaged = sound_ && sound_->is_damaged()};
    const VideoReader::Status& now = video_->status();
    return {.last = sent_time(now.last),
            .last_read = sent_time(now.last_read),
            .followed_gap = now.followed_gap,
            .is_on_show = now.is_on_show,
            .is_damaged = now.is_damaged};
  }

  OrderDesk desk_;
  Arena arena_;
  LentPictures lent_;
  BufferPtr given_;  // sound or a pointer's picture: of the last order
  std::unique_ptr<VideoReader> video_;
  std::unique_ptr<SoundReader> sound_;
  std::unique_ptr<FileReader> file_;
  CodecDesk codec_;
};

}  // namespace

void run_decoder_worker(int socket, const Lap& lap, std::span<std::byte> arena, const Walls& walls) {
  Worker worker(socket, lap, arena);
  worker.announce(walls);
  for (;;) worker.serve(worker.next());
}

}  // namespace meanwhile
