#include "tests/support/scripted_encoders.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <utility>

#include "media/record/h264.h"

namespace meanwhile {
namespace {

class FailingEncoder final : public CodecEncoder {
 public:
  FailingEncoder(CodecContextPtr context, std::int64_t fails_at)
      : CodecEncoder(std::move(context)), left_(fails_at) {}
  Result<void> send(const AVFrame* frame) override {
    if (frame && left_-- == 0) return fail(ErrorCode::Internal, "the driver was reset");
    return CodecEncoder::send(frame);
  }

 private:
  std::int64_t left_;
};

}  // namespace

OpenEncoder failing_hardware(std::int64_t fails_at, int pictures_held) {
  return [=](const EncoderRequest& request) -> Result<std::unique_ptr<PictureEncoder>> {
    if (fails_at == 0) return fail(ErrorCode::Unsupported, "the driver is missing");
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    CodecContextPtr context(avcodec_alloc_context3(codec));
    describe_pictures(*context, request);
    context->max_b_frames = 0;
    context->gop_size = 1 << 20;
    context->thread_count = 1;
    const std::string delay = ":rc-lookahead=" + std::to_string(pictures_held);
    av_opt_set(context->priv_data, "preset", "ultrafast", 0);
    av_opt_set(context->priv_data, "forced-idr", "1", 0);
    av_opt_set(context->priv_data, "x264-params",
               ("sync-lookahead=0:scenecut=0:force-cfr=1:ref=2:mbtree=" +
                std::to_string(pictures_held > 0 ? 1 : 0) + delay)
                   .c_str(),
               0);
    if (avcodec_open2(context.get(), codec, nullptr) < 0) return fail(ErrorCode::Internal, "opening");
    context->codec_tag = kParameterSetsInBand;
    return std::make_unique<FailingEncoder>(std::move(context), fails_at);
  };
}

class SlowEncoder::Encoder final : public PictureEncoder {
 public:
  Encoder(SlowEncoder& owner, std::unique_ptr<PictureEncoder> real) : owner_(owner), real_(std::move(real)) {}
  const AVCodecContext& context() const override { return real_->context(); }
  Result<void> send(const AVFrame* frame) override {
    if (frame) owner_.pass();
    return real_->send(frame);
  }
  Result<PacketPtr> receive() override { return real_->receive(); }

 private:
  SlowEncoder& owner_;
  const std::unique_ptr<PictureEncoder> real_;
};

OpenEncoder SlowEncoder::opener() {
  return [this](const EncoderRequest& request) -> Result<std::unique_ptr<PictureEncoder>> {
    auto real = open_libx264(request);
    if (!real) return std::unexpected(real.error());
    effort_ = request.effort;
    return std::make_unique<Encoder>(*this, std::move(*real));
  };
}

void SlowEncoder::allow(std::int64_t pictures) {
  const std::lock_guard lock(mutex_);
  allowed_ += pictures;
  is_stuck_ = false;
  changed_.notify_all();
}

void SlowEncoder::wait_until_stuck() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return is_stuck_; });
}

void SlowEncoder::pass() {
  std::unique_lock lock(mutex_);
  if (allowed_ == 0) {
    is_stuck_ = true;
    changed_.notify_all();
  }
  changed_.wait(lock, [&] { return allowed_ > 0; });
  --allowed_;
}

}  // namespace meanwhile
