#include "media/play/local_video_reader.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"
#include "media/play/decoder.h"
#include "media/play/track_demuxer.h"

namespace meanwhile {
namespace {

// H.264 pictures come at most 16 packets later than their place in time (ITU-T H.264 s. A.3.1, MaxDpbFrames).
constexpr std::size_t kDeepestReordering = 16;
// So long it goes on to the first picture of a place, whatever newer is wanted: else a machine that is slower
// than a hand that drags begins again and again, and shows nothing.
constexpr std::chrono::milliseconds kFirstPicture{100};

MediaTime presentation(const AVPacket& packet) {
  return MediaTime(packet.pts);
}
MediaTime decoding(const AVPacket& packet) {
  return MediaTime(packet.dts);
}

}  // namespace

LocalVideoReader::LocalVideoReader(std::unique_ptr<TrackDemuxer> demuxer, std::unique_ptr<Decoder> decoder,
                                   std::function<bool()> is_newer_wanted)
    : demuxer_(std::move(demuxer)),
      decoder_(std::move(decoder)),
      is_newer_wanted_(std::move(is_newer_wanted)) {}

Result<std::unique_ptr<LocalVideoReader>> LocalVideoReader::open(std::shared_ptr<ByteSource> track,
                                                                 std::function<bool()> is_newer_wanted,
                                                                 FrameMemory* memory) {
  auto demuxer = TrackDemuxer::open(std::move(track));
  if (!demuxer) return std::unexpected(demuxer.error());
  if ((*demuxer)->parameters().codec_type != AVMEDIA_TYPE_VIDEO) {
    return fail(ErrorCode::Corrupt, tr("there are no pictures in the track"));
  }
  auto decoder = Decoder::open((*demuxer)->parameters(), memory);
  if (!decoder) return std::unexpected(decoder.error());
  return std::unique_ptr<LocalVideoReader>(
      new LocalVideoReader(std::move(*demuxer), std::move(*decoder), std::move(is_newer_wanted)));
}

Result<void> LocalVideoReader::seek(MediaTime time) {
  const bool can_go_on = !is_at_end_ && last_out_ && *last_out_ <= time && status_.last_read;
  if (!can_go_on) return move_to(time);
  const auto is_shortcut = demuxer_->is_shortcut(time, *status_.last_read);
  if (!is_shortcut) return std::unexpected(is_shortcut.error());
  return *is_shortcut ? move_to(time) : Result<void>{};
}

Result<void> LocalVideoReader::move_to(MediaTime time) {
  decoder_->flush();
  ahead_.clear();
  pending_.clear();
  status_.last.reset();
  last_out_.reset();
  passed_.reset();
  last_left_out_.reset();
  status_.last_read.reset();
  is_at_end_ = is_drained_ = false;
  moved_at_ = SteadyClock().now();
  MEANWHILE_TRY(demuxer_->seek(time));
  MEANWHILE_TRY(look_ahead(time));
  // Reordering shows a keyframe later than it is decoded: the moment may still belong to the pictures before
  // it.
  while (!ahead_.empty() && presentation(*ahead_.front()) > time) {
    const auto moved = demuxer_->seek_further_back();
    if (!moved) return std::unexpected(moved.error());
    if (!*moved) break;
    ahead_.clear();
    pending_.clear();
    is_at_end_ = false;
    MEANWHILE_TRY(look_ahead(time));
  }
  return {};
}

// Reads until every packet whose picture might replace that of the first one by `moment` is known.
Result<void> LocalVideoReader::look_ahead(MediaTime moment) {
  while (!is_at_end_ && ahead_.size() <= kDeepestReordering &&
         (ahead_.empty() || decoding(*ahead_.back()) <= moment)) {
    auto packet = demuxer_->read();
    if (!packet && packet.error().code == ErrorCode::EndOfStream) {
      is_at_end_ = true;
      status_.last_read.reset();
      break;
    }
    if (!packet) return std::unexpected(packet.error());
    status_.last_read = decoding(**packet);
    pending_.push_back(presentation(**packet));
    ahead_.push_back(std::move(*packet));
  }
  return {};
}

bool LocalVideoReader::is_replaced(MediaTime time, MediaTime moment) const {
  return std::ranges::any_of(pending_, [&](MediaTime other) { return time < other && other <= moment; });
}

bool LocalVideoReader::may_let_go() const {
  if (!is_newer_wanted_ || !is_newer_wanted_()) return false;
  return last_out_ || SteadyClock().now() - moved_at_ > kFirstPicture;
}

void LocalVideoReader::leave_out(MediaTime time) {
  last_left_out_ = std::max(last_left_out_.value_or(time), time);
}

void LocalVideoReader::feed(MediaTime moment) {
  if (ahead_.empty()) {
    if (!is_drained_) decoder_->drain();
    is_drained_ = true;
    return;
  }
  const PacketPtr packet = std::move(ahead_.front());
  ahead_.pop_front();
  const bool is_seen = !is_replaced(presentation(*packet), moment);
  if (!is_seen) leave_out(presentation(*packet));
  const auto sent = decoder_->send(*packet, is_seen ? Importance::Shown : Importance::NotShown);
  if (!sent) {
    status_.is_damaged = true;
    std::erase(pending_, presentation(*packet));  // it will never replace anything
  }
}

PicturePtr LocalVideoReader::take_passed() {
  if (!passed_) return nullptr;
  const MediaTime time(passed_->best_effort_timestamp);
  return finish(std::move(passed_), time);
}

Result<PicturePtr> LocalVideoReader::next(MediaTime moment, MediaTime reach) {
  const MediaTime from = moment - reach;
  for (;;) {
    if (may_let_go()) return fail(ErrorCode::Aborted, "reading pictures");
    // First: a picture that waits in the decoder may be replaced by packets that weren't read for an earlier
    // moment.
    MEANWHILE_TRY(look_ahead(moment));
    auto frame = decoder_->receive();
    if (!frame) {
      if (frame.error().code == ErrorCode::EndOfStream) return std::unexpected(frame.error());
      if (frame.error().code != ErrorCode::TryAgain) status_.is_damaged = true;
      if (frame.error().code != ErrorCode::TryAgain && is_drained_)
        return fail(ErrorCode::EndOfStream, "decoding");
      feed(from);
      continue;
    }
    const MediaTime time((*frame)->best_effort_timestamp);
    std::erase_if(pending_, [&](MediaTime other) { return other <= time; });
    last_out_ = time;
    if (is_replaced(time, from)) {
      leave_out(time);
      passed_ = std::move(*frame);
      continue;
    }
    if (PicturePtr picture = finish(std::move(*frame), time)) {
      status_.followed_gap = last_left_out_ && (!status_.last || *last_left_out_ > *status_.last);
      status_.last = time;
      status_.is_on_show = !is_replaced(time, moment);
      passed_.reset();
      return picture;
    }
    status_.is_damaged = true;
  }
}

// nullptr: colours that can't be converted.
PicturePtr LocalVideoReader::finish(FramePtr frame, MediaTime time) {
  if (frame->format == AV_PIX_FMT_YUV420P || frame->format == AV_PIX_FMT_YUVJ420P) {
    return to_picture(std::move(frame), time);
  }
  scaler_.reset(sws_getCachedContext(scaler_.release(), frame->width, frame->height,
                                     static_cast<AVPixelFormat>(frame->format), frame->width, frame->height,
                                     AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
  FramePtr converted = make_frame();
  converted->width = frame->width;
  converted->height = frame->height;
  converted->format = AV_PIX_FMT_YUV420P;
  if (!scaler_ || av_frame_get_buffer(converted.get(), 0) < 0) return nullptr;
  av_frame_copy_props(converted.get(), frame.get());
  sws_scale(scaler_.get(), frame->data, frame->linesize, 0, frame->height, converted->data,
            converted->linesize);
  return to_picture(std::move(converted), time);
}

}  // namespace meanwhile
