#include "media/record/video_encoder.h"

#include <fmt/format.h>

#include <utility>

#include "media/capture/thread_name.h"
#include "media/ffmpeg/errors.h"
#include "media/record/codec_string.h"

namespace meanwhile {

VideoEncoder::VideoEncoder(VideoEncoderSettings settings, OpenTrack open,
                           std::function<void(const Error&)> on_failure)
    : settings_(std::move(settings)),
      open_(std::move(open)),
      on_failure_(std::move(on_failure)),
      queue_(settings_.queue_capacity),
      thread_([this] { work(); }) {}

VideoEncoder::~VideoEncoder() {
  queue_.cancel();
}

void VideoEncoder::push(FramePtr frame, MediaTime pts) {
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
  name_this_thread(("venc-" + settings_.track).c_str());
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
  if (!context_) MEANWHILE_TRY(open(*frame));
  if (frame->width != context_->width || frame->height != context_->height) {
    return fail(ErrorCode::InvalidArgument,
                fmt::format("its picture changed from {} x {} to {} x {} pixels", context_->width,
                            context_->height, frame->width, frame->height));
  }
  if (!poster_.is_done(pts)) poster_.offer(*frame, pts);
  last_frame_ = reference(*frame);
  return encode(std::move(frame), pts, PictureChange::Changed);
}

Result<void> VideoEncoder::open(const AVFrame& first) {
  auto context = open_h264(first, settings_.use, settings_.frames_per_second);
  if (!context) return std::unexpected(context.error());
  auto writer = open_(**context);
  if (!writer) return std::unexpected(writer.error());
  *codec_.lock() = codec_string(**context);
  context_ = std::move(*context);
  writer_ = std::move(*writer);
  return {};
}

Result<void> VideoEncoder::encode(FramePtr frame, MediaTime pts, PictureChange change) {
  frame->pts = pts.count();
  frame->pict_type = keyframes_.is_due(pts, change) ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  earliest_next_ = pts + MediaTime(1);
  const int code = avcodec_send_frame(context_.get(), frame.get());
  if (code < 0) return av_failure(code, "encoding a picture");
  ++encoded_;
  return receive_packets();
}

Result<void> VideoEncoder::flush_writer(MediaTime end) {
  earliest_next_ = std::max(earliest_next_, end);
  return writer_ ? writer_->flush(end) : Result<void>{};
}

Result<void> VideoEncoder::receive_packets() {
  for (;;) {
    PacketPtr packet = make_packet();
    const int code = avcodec_receive_packet(context_.get(), packet.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
    if (code < 0) return av_failure(code, "encoding a picture");
    packet->dts =
        packet->pts;  // no B-frames; libx264 shifts dts by nothing then, but some builds leave it unset
    MEANWHILE_TRY(writer_->push(std::move(packet)));
  }
}

Result<void> VideoEncoder::drain() {
  if (!context_ || !writer_) return {};
  if (!has_failed_) {
    avcodec_send_frame(context_.get(), nullptr);
    MEANWHILE_TRY(receive_packets());
  }
  const MediaTime usual_end = earliest_next_ + from_seconds(1 / std::max(1.0, settings_.frames_per_second));
  const auto flushed = writer_->flush(end_.copy().value_or(usual_end));
  duration_ = writer_->end();
  return flushed;
}

}  // namespace meanwhile
