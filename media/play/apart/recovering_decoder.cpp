#include "media/play/apart/recovering_decoder.h"

#include <expected>
#include <functional>
#include <memory>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/piece_source.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/messages.h"
#include "media/play/newer_mark.h"
#include "media/play/video_reader.h"

namespace meanwhile {

RecoveringDecoder::RecoveringDecoder(Start start, OrderKind opening, std::shared_ptr<ByteSource> source,
                                     Interrupts interrupts, std::function<Result<void>()> restore)
    : start_(std::move(start)),
      opening_(opening),
      source_(std::move(source)),
      interrupts_(std::move(interrupts)),
      restore_(std::move(restore)) {}

template <typename Try>
auto RecoveringDecoder::twice(Try attempt) {
  const auto is_loss = [this](const auto& done) {
    return !done && was_lost_ && done.error().code != ErrorCode::Aborted;
  };
  was_lost_ = false;
  auto done = attempt();
  if (!is_loss(done)) return done;
  log(LogLevel::Warning, "a track's decoder was lost: " + done.error().message);
  was_lost_ = false;
  done = attempt();
  if (is_loss(done)) done = fail(ErrorCode::Corrupt, tr_format("it is damaged ({})", done.error().message));
  return done;
}

Result<void> RecoveringDecoder::open() {
  return twice([this] { return open(Place::Any); });
}

Result<Report> RecoveringDecoder::carry_out(const Order& order) {
  return twice([&] { return attempt(order, Place::Restored); });
}

Result<void> RecoveringDecoder::seek(MediaTime time) {
  MEANWHILE_TRY(twice([&] { return attempt({.kind = OrderKind::Seek, .time = time.count()}, Place::Any); }));
  return {};
}

Result<MediaTime> RecoveringDecoder::find_end() {
  const auto done = carry_out({.kind = OrderKind::FindEnd});
  if (!done) return std::unexpected(done.error());
  return MediaTime(done->time == kNoTime ? 0 : done->time);
}

Result<Report> RecoveringDecoder::attempt(const Order& order, Place place) {
  if (!link_) MEANWHILE_TRY(open(place));
  return try_once(order);
}

Result<Report> RecoveringDecoder::try_once(const Order& order) {
  if (!link_) return fail(ErrorCode::Aborted, "decoding");
  auto done = link_->carry_out(order, *source_, interrupts_);
  if (link_->is_lost()) {
    was_lost_ = true;
    link_.reset();
  }
  return done;
}

// What couldn't be brought to its place is of no use.
Result<void> RecoveringDecoder::open(Place place) {
  auto opened = open_track();
  if (opened && place == Place::Restored) opened = restore_();
  if (!opened) link_.reset();
  return opened;
}

Result<void> RecoveringDecoder::open_track() {
  auto link = start_();
  if (!link) return std::unexpected(link.error());
  link_ = std::move(*link);
  const std::shared_ptr<NewerMark>& newer = interrupts_.newer;
  if (newer) newer->move_to(link_->let_go_time());
  MEANWHILE_TRY(try_once({.kind = opening_, .count = link_->give_places(places_of(*source_))}));
  return {};
}

}  // namespace meanwhile
