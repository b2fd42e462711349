#include "media/record/video_encoder.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include "media/base/bounded_queue.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/record/codec_string.h"
#include "media/record/keyframe_policy.h"
#include "media/record/load_policy.h"
#include "media/record/picture_encoder.h"

namespace meanwhile {
namespace {

constexpr MediaTime kStillInterval = std::chrono::seconds(1);

EncoderRequest request_for(const VideoEncoderSettings& settings, const AVFrame& first, Effort effort) {
  return {
      .first = first, .use = settings.use, .frames_per_second = settings.frames_per_second, .effort = effort};
}

bool have_same_sets(const AVCodecContext& a, const AVCodecContext& b) {
  return std::ranges::equal(std::span(a.extradata, static_cast<std::size_t>(a.extradata_size)),
                            std::span(b.extradata, static_cast<std::size_t>(b.extradata_size)));
}

// The packet with its encoder's parameter sets before it. Both Annex B.
PacketPtr with_sets(const AVPacket& packet, const AVCodecContext& encoder) {
  PacketPtr whole = make_packet();
  if (av_new_packet(whole.get(), encoder.extradata_size + packet.size) < 0) throw std::bad_alloc();
  av_packet_copy_props(whole.get(), &packet);
  std::copy_n(encoder.extradata, encoder.extradata_size, whole->data);
  std::copy_n(packet.data, packet.size, whole->data + encoder.extradata_size);
  return whole;
}

}  // namespace

VideoEncoder::VideoEncoder(VideoEncoderSettings settings, OpenTrack open,
                           std::function<void(const Error&)> on_failure)
    : settings_(std::move(settings)),
      open_(std::move(open)),
      on_failure_(std::move(on_failure)),
      queue_(settings_.queue_capacity),
      thread_("venc-" + settings_.track, [this] { work(); }) {}

VideoEncoder::~VideoEncoder() {
  queue_.cancel();
}

void VideoEncoder::push(FramePtr frame, MediaTime pts) {
  if (settings_.when_full == WhenFull::Wait) {
    queue_.push({JobKind::Frame, std::move(frame), pts});
    return;
  }
  if (queue_.push_dropping_oldest({JobKind::Frame, std::move(frame), pts}) != PushOutcome::Pushed) ++dropped_;
}

void VideoEncoder::repeat(MediaTime pts) {
  if (queue_.size() == 0) queue_.push_dropping_oldest({JobKind::Repeat, nullptr, pts});
}

void VideoEncoder::flush(MediaTime end) {
  queue_.push({JobKind::Flush, nullptr, end});
}

void VideoEncoder::finish(std::optional<MediaTime> end) {
  *end_.lock() = end;
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void VideoEncoder::cancel() {
  queue_.cancel();
  if (thread_.joinable()) thread_.join();
}

void VideoEncoder::work() {
  const auto check = [this](const Result<void>& outcome) {
    if (outcome || has_failed_) return;
    has_failed_ = true;
    on_failure_(outcome.error());
  };
  while (auto job = queue_.pop()) check(handle(std::move(*job)));
  check(drain());
}

Result<void> VideoEncoder::handle(Job job) {
  if (has_failed_) {
    if (job.kind == JobKind::Frame) ++dropped_;
    return {};
  }
  switch (job.kind) {
    case JobKind::Frame:
      return encode_frame(std::move(job.frame), job.at);
    case JobKind::Flush:
      return flush_writer(job.at);
    case JobKind::Repeat:
      break;
  }
  if (!last_frame_ || job.at < earliest_next_) return {};
  return encode(reference(*last_frame_), job.at, PictureChange::Repeated);
}

Result<void> VideoEncoder::encode_frame(FramePtr frame, MediaTime pts) {
  if (pts < earliest_next_) {
    ++dropped_;
    return {};
  }
  if (!writer_) MEANWHILE_TRY(open(*frame));
  const AVCodecContext& context = encoder_->context();
  if (frame->width != context.width || frame->height != context.height) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("its picture changed from {} x {} to {} x {} pixels", context.width, context.height,
                          frame->width, frame->height));
  }
  if (!poster_.is_done(pts)) poster_.offer(*frame, pts);
  if (settings_.outline) settings_.outline->thumbs.offer(*frame, pts);
  if (!last_frame_ && settings_.begins_at_zero) MEANWHILE_TRY(begin_at_zero(*frame, pts));
  if (settings_.outline && settings_.use == VideoUse::Screen) settings_.outline->slides.offer(*frame, pts);
  last_frame_ = reference(*frame);
  return encode(std::move(frame), pts, PictureChange::Changed);
}

// Said again each second, as a picture that stands still is.
Result<void> VideoEncoder::begin_at_zero(const AVFrame& first, MediaTime until) {
  auto change = PictureChange::Changed;
  for (MediaTime at{}; at < until; at += kStillInterval) {
    MEANWHILE_TRY(encode(reference(first), at, change));
    change = PictureChange::Repeated;
  }
  return {};
}

Result<void> VideoEncoder::open(const AVFrame& first) {
  MEANWHILE_TRY(open_encoder(first));
  auto writer = open_(encoder_->context());
  if (!writer) return std::unexpected(writer.error());
  *codec_.lock() = codec_string(encoder_->context());
  has_sets_in_band_ = settings_.has_sets_in_band || encoder_->context().codec_tag == kParameterSetsInBand;
  writer_ = std::move(*writer);
  return {};
}

Result<void> VideoEncoder::open_encoder(const AVFrame& first) {
  if (settings_.hardware) {
    auto opened = settings_.hardware(request_for(settings_, first, Effort::Full));
    if (opened) {
      encoder_ = std::move(*opened);
      is_hardware_ = true;
      return {};
    }
    settings_.on_fallback(opened.error());
  }
  return open_software(first);
}

Result<void> VideoEncoder::open_software(const AVFrame& first) {
  effort_ = wanted_effort_;
  auto opened = settings_.software(request_for(settings_, first, effort_));
  if (!opened) return std::unexpected(opened.error());
  encoder_ = std::move(*opened);
  is_hardware_ = false;
  keyframes_.start_over();
  return {};
}

// What the hardware still had in it is lost.
Result<void> VideoEncoder::fall_back(const AVFrame& next, const Error& why) {
  dropped_ += std::exchange(in_encoder_, 0);
  settings_.on_fallback(why);
  return open_software(next);
}

// Another encoder goes on in the same track: only with the same parameter sets, for these are in its header.
Result<void> VideoEncoder::follow_effort(const AVFrame& next) {
  const Effort wanted = wanted_effort_;
  if (is_hardware_ || wanted == effort_) return {};
  effort_ = wanted;
  auto opened = settings_.software(request_for(settings_, next, wanted));
  if (!opened) return std::unexpected(opened.error());
  if (!has_sets_in_band_ && !have_same_sets(encoder_->context(), (*opened)->context())) return {};
  MEANWHILE_TRY(send(nullptr));
  MEANWHILE_TRY(write_packets());
  encoder_ = std::move(*opened);
  keyframes_.start_over();
  return {};
}

Result<void> VideoEncoder::encode(FramePtr frame, MediaTime pts, PictureChange change) {
  MEANWHILE_TRY(follow_effort(*frame));
  const auto mark = [&] {
    frame->pict_type = keyframes_.is_due(pts, change) ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  };
  newest_change_ = change;
  frame->pts = pts.count();
  earliest_next_ = pts + MediaTime(1);
  mark();
  auto sent = send(frame.get());
  if (!sent && is_hardware_) {
    const bool is_out = !packets_.empty() && packets_.back()->pts == frame->pts;
    if (!is_out) --in_encoder_;  // it gets its second chance
    MEANWHILE_TRY(fall_back(*frame, sent.error()));
    if (is_out) return write_packets();
    mark();
    sent = send(frame.get());
  }
  if (!sent) return sent;
  return write_packets();
}

// Keeps what comes out. frame: nullptr: the last of it.
Result<void> VideoEncoder::send(const AVFrame* frame) {
  if (frame) ++in_encoder_;
  MEANWHILE_TRY(encoder_->send(frame));
  for (;;) {
    auto packet = encoder_->receive();
    if (!packet && packet.error().is_control()) return {};
    if (!packet) return std::unexpected(packet.error());
    --in_encoder_;
    packets_.push_back(std::move(*packet));
  }
}

Result<void> VideoEncoder::write_packets() {
  while (!packets_.empty()) {
    PacketPtr packet = std::move(packets_.front());
    packets_.pop_front();
    MEANWHILE_TRY(write(std::move(packet)));
  }
  return {};
}

Result<void> VideoEncoder::write(PacketPtr packet) {
  packet->dts = packet->pts;  // no B-frames; some builds leave dts unset
  const AVCodecContext& context = encoder_->context();
  const bool is_keyframe = (packet->flags & AV_PKT_FLAG_KEY) != 0;
  keyframes_.note_encoded(std::int64_t{context.width} * context.height, packet->size, is_keyframe);
  if (settings_.outline && !is_keyframe && newest_change_ == PictureChange::Changed)
    settings_.outline->activity.note(MediaTime(packet->pts), packet->size);
  if (has_sets_in_band_ && is_keyframe) {
    packet = with_sets(*packet, encoder_->context());
  }
  ++encoded_;
  return writer_->push(std::move(packet));
}

Result<void> VideoEncoder::flush_writer(MediaTime end) {
  earliest_next_ = std::max(earliest_next_, end);
  return writer_ ? writer_->flush(end) : Result<void>{};
}

Result<void> VideoEncoder::drain() {
  if (!writer_) return {};
  if (!has_failed_) {
    const auto sent = send(nullptr);
    if (!sent && !is_hardware_) return sent;
    if (!sent) dropped_ += std::exchange(in_encoder_, 0);
    MEANWHILE_TRY(write_packets());
  }
  const MediaTime usual_end = earliest_next_ + from_seconds(1 / std::max(1.0, settings_.frames_per_second));
  const auto flushed = writer_->flush(end_.copy().value_or(usual_end));
  duration_ = writer_->end();
  return flushed;
}

}  // namespace meanwhile
