#include "tests/bench/encode_trial.h"

#include <libyuv/compare.h>
#include <sys/resource.h>

extern "C" {
#include <libavutil/opt.h>
}

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <sstream>

#include "media/ffmpeg/errors.h"

namespace meanwhile {
namespace {

constexpr int kTicksPerSecond = 30;
constexpr int kTicksPerComparison = 2;
// So much after a tick, what belongs to it is on show, however its time was rounded.
constexpr MediaTime kShown{10};

MediaTime tick(int number) {
  return MediaTime(1'000'000ll * number / kTicksPerSecond);
}

enum class Feed { Changes, Constant };

struct Plan {
  Feed feed = Feed::Changes;
  bool has_own_keyframes = false;
  int most_frames = 0;  // 0: any number
  MediaTime longest = std::chrono::milliseconds(1900);
  std::string codec = "libx264";
  std::vector<std::pair<std::string, std::string>> options;
};

Result<void> read_keys(Plan& plan, const std::string& value) {
  plan.has_own_keyframes = value == "encoder";
  if (plan.has_own_keyframes) return {};
  std::istringstream stream(value);
  double seconds = 0;
  char slash = 0;
  if (!(stream >> plan.most_frames >> slash >> seconds) || slash != '/')
    return fail(ErrorCode::InvalidArgument, "keys=" + value + " isn't FRAMES/SECONDS");
  plan.longest = from_seconds(seconds);
  return {};
}

Result<Plan> read_words(const std::string& words) {
  Plan plan;
  std::istringstream stream(words);
  for (std::string word; stream >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) return fail(ErrorCode::InvalidArgument, word + " isn't name=value");
    const std::string name = word.substr(0, equals);
    const std::string value = word.substr(equals + 1);
    if (name == "feed") {
      plan.feed = value == "constant" ? Feed::Constant : Feed::Changes;
    } else if (name == "codec") {
      plan.codec = value;
    } else if (name == "keys") {
      MEANWHILE_TRY(read_keys(plan, value));
    } else {
      plan.options.emplace_back(name, value);
    }
  }
  return plan;
}

std::vector<LoggedFrame> fed_frames(const FrameLog& log, Feed feed) {
  if (feed == Feed::Changes) return log.frames();
  std::vector<LoggedFrame> frames;
  std::size_t next = 0;
  for (int number = 0; tick(number) < log.length(); ++number) {
    const MediaTime at = tick(number);
    while (next + 1 < log.frames().size() && log.frames()[next + 1].at <= at) ++next;
    frames.push_back({at, log.frames()[next].picture});
  }
  return frames;
}

Result<CodecContextPtr> open_encoder(const Plan& plan, const AVFrame& first) {
  const AVCodec* codec = avcodec_find_encoder_by_name(plan.codec.c_str());
  if (!codec) return fail(ErrorCode::InvalidArgument, "there is no encoder " + plan.codec);
  CodecContextPtr context(avcodec_alloc_context3(codec));
  context->width = first.width;
  context->height = first.height;
  context->pix_fmt = AV_PIX_FMT_YUV420P;
  context->time_base =
      plan.feed == Feed::Constant ? AVRational{1, kTicksPerSecond} : AVRational{1, 1'000'000};
  context->framerate = {kTicksPerSecond, 1};
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (!plan.has_own_keyframes) {
    context->gop_size = 1 << 20;
    av_opt_set(context->priv_data, "forced-idr", "1", 0);
  }
  for (const auto& [name, value] : plan.options)
    if (av_opt_set(context.get(), name.c_str(), value.c_str(), AV_OPT_SEARCH_CHILDREN) < 0)
      return fail(ErrorCode::InvalidArgument, name + "=" + value + " isn't understood");
  const int code = avcodec_open2(context.get(), codec, nullptr);
  if (code < 0) return av_failure(code, "opening the encoder");
  return context;
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Says which frames are keyframes, as asked for.
class Keyframes {
 public:
  explicit Keyframes(const Plan& plan) : plan_(plan) {}
  AVPictureType next(MediaTime at) {
    if (plan_.has_own_keyframes) return AV_PICTURE_TYPE_NONE;
    const bool is_due =
        !last_ || at - *last_ >= plan_.longest || (plan_.most_frames > 0 && frames_ >= plan_.most_frames);
    frames_ = is_due ? 1 : frames_ + 1;
    if (is_due) last_ = at;
    return is_due ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  }

 private:
  const Plan& plan_;
  std::optional<MediaTime> last_;
  int frames_ = 0;
};

struct Encoded {
  std::vector<PacketPtr> packets;
  int most_held = 0;
};

Result<void> receive(AVCodecContext& context, Encoded& encoded) {
  for (;;) {
    PacketPtr packet = make_packet();
    const int code = avcodec_receive_packet(&context, packet.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
    if (code < 0) return av_failure(code, "encoding");
    encoded.packets.push_back(std::move(packet));
  }
}

Result<Encoded> encode(AVCodecContext& context, const FrameLog& log, const std::vector<LoggedFrame>& frames,
                       const Plan& plan) {
  Keyframes keyframes(plan);
  Encoded encoded;
  int sent = 0;
  for (const LoggedFrame& logged : frames) {
    FramePtr frame = log.picture(logged.picture);
    frame->pts = plan.feed == Feed::Constant ? sent : logged.at.count();
    frame->pict_type = keyframes.next(logged.at);
    const int code = avcodec_send_frame(&context, frame.get());
    if (code < 0) return av_failure(code, "encoding");
    ++sent;
    MEANWHILE_TRY(receive(context, encoded));
    encoded.most_held = std::max(encoded.most_held, sent - static_cast<int>(encoded.packets.size()));
  }
  avcodec_send_frame(&context, nullptr);
  MEANWHILE_TRY(receive(context, encoded));
  return encoded;
}

double ssim_of(const AVFrame& a, const AVFrame& b, Rect area) {
  const auto start = [&](const AVFrame& frame) {
    return frame.data[0] + static_cast<std::ptrdiff_t>(area.y) * frame.linesize[0] + area.x;
  };
  return libyuv::CalcFrameSsim(start(a), a.linesize[0], start(b), b.linesize[0], area.width, area.height);
}

// Compares what is on show at each tick with what should be.
class Comparison {
 public:
  Comparison(const FrameLog& log, Rect area) : log_(log), area_(area) {}

  // shown: holds from `at` until the next call's; pictures come in the order of their times.
  void show(FramePtr shown, MediaTime at) {
    compare_until(at);
    shown_ = std::move(shown);
    last_.reset();
  }
  void finish(TrialFigures& figures) {
    compare_until(log_.length());
    if (ticks_ == 0) return;
    figures.ssim = whole_sum_ / ticks_;
    figures.area_ssim = area_sum_ / ticks_;
    figures.worst_ssim = worst_;
  }

 private:
  struct Values {
    std::size_t picture = 0;
    double whole = 0;
    double area = 0;
  };

  void compare_until(MediaTime until) {
    for (; tick(next_) + kShown < until; next_ += kTicksPerComparison) {
      const MediaTime now = tick(next_) + kShown;
      while (wanted_ + 1 < log_.frames().size() && log_.frames()[wanted_ + 1].at <= now) ++wanted_;
      if (shown_ && log_.frames()[wanted_].at <= now) add(log_.frames()[wanted_].picture);
    }
  }
  void add(std::size_t picture) {
    if (!last_ || last_->picture != picture) {
      const FramePtr original = log_.picture(picture);
      const Rect all{0, 0, original->width, original->height};
      last_ = Values{picture, ssim_of(*original, *shown_, all), ssim_of(*original, *shown_, area_)};
    }
    whole_sum_ += last_->whole;
    area_sum_ += last_->area;
    worst_ = std::min(worst_, last_->whole);
    ++ticks_;
  }

  const FrameLog& log_;
  const Rect area_;
  FramePtr shown_;
  std::optional<Values> last_;
  int next_ = 0;  // tick
  std::size_t wanted_ = 0;
  double whole_sum_ = 0;
  double area_sum_ = 0;
  double worst_ = 1;
  int ticks_ = 0;
};

Result<void> compare(const AVCodecContext& encoder, const std::vector<PacketPtr>& packets,
                     Comparison& comparison) {
  CodecContextPtr decoder(avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_H264)));
  CodecParametersPtr parameters(avcodec_parameters_alloc());
  avcodec_parameters_from_context(parameters.get(), &encoder);
  avcodec_parameters_to_context(decoder.get(), parameters.get());
  int code = avcodec_open2(decoder.get(), nullptr, nullptr);
  if (code < 0) return av_failure(code, "opening the decoder");
  for (std::size_t i = 0; i <= packets.size(); ++i) {
    code = avcodec_send_packet(decoder.get(), i < packets.size() ? packets[i].get() : nullptr);
    if (code < 0) return av_failure(code, "decoding");
    for (FramePtr frame = make_frame(); avcodec_receive_frame(decoder.get(), frame.get()) >= 0;
         frame = make_frame()) {
      const std::int64_t at = av_rescale_q(frame->pts, encoder.time_base, {1, 1'000'000});
      comparison.show(std::move(frame), MediaTime(at));
    }
  }
  return {};
}

int longest_chain(const std::vector<PacketPtr>& packets) {
  int longest = 0;
  int chain = 0;
  for (const PacketPtr& packet : packets) {
    chain =
        (packet->flags & AV_PKT_FLAG_KEY) ? 1 : chain + ((packet->flags & AV_PKT_FLAG_DISPOSABLE) ? 0 : 1);
    longest = std::max(longest, chain);
  }
  return longest;
}

}  // namespace

Result<TrialFigures> try_encoding(const FrameLog& log, const TrialSettings& settings, Rect area) {
  const auto plan = read_words(settings.words);
  if (!plan) return std::unexpected(plan.error());
  const std::vector<LoggedFrame> frames = fed_frames(log, plan->feed);
  const double before = processor_seconds();
  auto context = open_encoder(*plan, *log.picture(0));
  if (!context) return std::unexpected(context.error());
  const auto encoded = encode(**context, log, frames, *plan);
  if (!encoded) return std::unexpected(encoded.error());

  TrialFigures figures;
  figures.cpu_seconds = processor_seconds() - before;
  figures.frames = static_cast<int>(frames.size());
  figures.most_held = encoded->most_held;
  figures.longest_chain = longest_chain(encoded->packets);
  for (const PacketPtr& packet : encoded->packets) figures.bytes += packet->size;
  Comparison comparison(log, area);
  MEANWHILE_TRY(compare(**context, encoded->packets, comparison));
  comparison.finish(figures);
  return figures;
}

}  // namespace meanwhile
