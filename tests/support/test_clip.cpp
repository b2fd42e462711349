#include "tests/support/test_clip.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>

#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile::test {
namespace {

constexpr int kBits = 16;
constexpr int kRate = 48'000;
constexpr AVRational kMicroseconds{1, 1'000'000};

// A test can't go on without its clip.
int must(int result) {
  if (result < 0) throw std::runtime_error("making a test clip failed: " + std::to_string(result));
  return result;
}

// Packets of one encoder into fragmented MP4 in memory.
class TrackMaker {
 public:
  explicit TrackMaker(const char* encoder_name)
      : writer_([this](std::span<const std::byte> bytes) -> Result<void> {
          bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
          return {};
        }) {
    const AVCodec* codec = avcodec_find_encoder_by_name(encoder_name);
    if (!codec) throw std::runtime_error(std::string("no encoder ") + encoder_name);
    encoder.reset(avcodec_alloc_context3(codec));
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    encoder->thread_count = 1;
  }

  CodecContextPtr encoder;

  void open() {
    must(avcodec_open2(encoder.get(), nullptr, nullptr));
    AVFormatContext* format = nullptr;
    must(avformat_alloc_output_context2(&format, nullptr, "mp4", nullptr));
    format_.reset(format);
    format_->pb = writer_.context();
    format_->flags |= AVFMT_FLAG_CUSTOM_IO;
    stream_ = avformat_new_stream(format, nullptr);
    stream_->time_base = encoder->codec_type == AVMEDIA_TYPE_VIDEO ? kMicroseconds : AVRational{1, kRate};
    must(avcodec_parameters_from_context(stream_->codecpar, encoder.get()));
    AVDictionary* options = nullptr;
    av_dict_set(&options, "movflags", "+empty_moov+default_base_moof+skip_trailer+frag_keyframe", 0);
    av_dict_set(&options, "frag_duration", "1000000", 0);
    const int error = avformat_write_header(format, &options);
    av_dict_free(&options);
    must(error);
  }

  void encode(const AVFrame* frame, MediaTime end) {
    must(avcodec_send_frame(encoder.get(), frame));
    PacketPtr packet = make_packet();
    while (avcodec_receive_packet(encoder.get(), packet.get()) >= 0) {
      if (!first_dts_) first_dts_ = packet->dts;
      if (packet->pts < 0 && encoder->codec_type == AVMEDIA_TYPE_AUDIO) continue;  // only primes the decoder
      if (encoder->codec_type == AVMEDIA_TYPE_VIDEO)
        packet->duration = std::max<std::int64_t>(
            1, av_rescale_q(end.count(), kMicroseconds, encoder->time_base) - packet->pts);
      av_packet_rescale_ts(packet.get(), encoder->time_base, stream_->time_base);
      must(av_write_frame(format_.get(), packet.get()));
    }
  }

  // What the muxer adds to all times, so that none is negative.
  [[nodiscard]] MediaTime delay() const {
    return MediaTime(std::max<std::int64_t>(0, -first_dts_.value_or(0)));
  }

  Bytes finish(MediaTime end) {
    encode(nullptr, end);
    must(av_write_trailer(format_.get()));
    avio_flush(format_->pb);
    return std::move(bytes_);
  }

 private:
  Bytes bytes_;
  AvioWriter writer_;
  OutputContextPtr format_;
  AVStream* stream_ = nullptr;  // owned by format_
  std::optional<std::int64_t> first_dts_;
};

// The number in the upper half, most significant bit first; a gradient that moves with it below.
void draw(AVFrame& frame, int number) {
  must(av_frame_make_writable(&frame));
  for (int y = 0; y < frame.height; ++y) {
    for (int x = 0; x < frame.width; ++x) {
      const int bit = kBits - 1 - x * kBits / frame.width;
      const int upper = (number >> bit & 1) != 0 ? 220 : 30;
      frame.data[0][y * frame.linesize[0] + x] =
          static_cast<std::uint8_t>(y < frame.height / 2 ? upper : 60 + (x + number * 2) % 128);
    }
  }
  for (int plane = 1; plane < 3; ++plane) {
    for (int y = 0; y < frame.height / 2; ++y) {
      std::fill_n(frame.data[plane] + y * frame.linesize[plane], frame.width / 2, std::uint8_t{128});
    }
  }
}

}  // namespace

VideoSpec constant_rate(int count, int frames_per_second) {
  VideoSpec spec;
  for (int i = 0; i <= count; ++i)
    spec.times.emplace_back(static_cast<std::int64_t>(i) * 1'000'000 / frames_per_second);
  spec.end = spec.times.back();
  spec.times.pop_back();
  return spec;
}

VideoSpec variable_rate(int count, unsigned seed) {
  std::mt19937 random(seed);
  VideoSpec spec;
  std::int64_t time = 0;
  for (int i = 0; i < count; ++i) {
    spec.times.emplace_back(time);
    time += random() % 10 == 0 ? 300'000 + random() % 1'500'000 : 16'000 + random() % 60'000;
  }
  spec.end = MediaTime(time);
  return spec;
}

namespace {

FramePtr blank_frame(int width, int height) {
  FramePtr frame = make_frame();
  frame->width = width;
  frame->height = height;
  frame->format = AV_PIX_FMT_YUV420P;
  must(av_frame_get_buffer(frame.get(), 0));
  return frame;
}

Bytes make_track(const VideoSpec& spec, int b_frames, MediaTime& delay) {
  TrackMaker maker(spec.encoder);
  AVCodecContext& encoder = *maker.encoder;
  encoder.width = spec.width;
  encoder.height = spec.height;
  encoder.pix_fmt = AV_PIX_FMT_YUV420P;
  encoder.time_base = kMicroseconds;
  encoder.gop_size = spec.keyframe_every;
  encoder.max_b_frames = b_frames;
  // MPEG-4 counts in 16 bits.
  const bool is_recorders = encoder.codec_id == AV_CODEC_ID_H264;
  if (!is_recorders) encoder.time_base = {1, 1000};
  if (is_recorders) {
    must(av_opt_set(encoder.priv_data, "preset", "veryfast", 0));
    const std::string options = std::string("scenecut=0:b-adapt=0") + spec.more_options;
    must(av_opt_set(encoder.priv_data, "x264-params", options.c_str(), 0));
    // As everybody guesses where it isn't said.
    const bool is_large = spec.height >= 720;
    encoder.color_range = spec.full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    encoder.colorspace = is_large ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    encoder.color_primaries = is_large ? AVCOL_PRI_BT709 : AVCOL_PRI_SMPTE170M;
    encoder.color_trc = is_large ? AVCOL_TRC_BT709 : AVCOL_TRC_SMPTE170M;
  }
  maker.open();
  const FramePtr frame = blank_frame(spec.width, spec.height);
  for (std::size_t i = 0; i < spec.times.size(); ++i) {
    draw(*frame, static_cast<int>(i));
    frame->pts = av_rescale_q(spec.times[i].count(), kMicroseconds, encoder.time_base);
    frame->pict_type =
        static_cast<int>(i) % spec.keyframe_every == 0 ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    maker.encode(frame.get(), spec.end);
  }
  Bytes bytes = maker.finish(spec.end);
  delay = maker.delay();
  return bytes;
}

}  // namespace

Bytes make_video_track(const VideoSpec& spec) {
  MediaTime none{};
  return make_track(spec, 0, none);
}

Bytes make_reordered_track(VideoSpec& spec) {
  MediaTime delay{};
  Bytes bytes = make_track(spec, 3, delay);
  for (MediaTime& time : spec.times) time += delay;
  spec.end += delay;
  return bytes;
}

FramePtr numbered_frame(int width, int height, int number) {
  FramePtr frame = blank_frame(width, height);
  frame->color_range = AVCOL_RANGE_MPEG;
  draw(*frame, number);
  return frame;
}

int read_frame_number(const Picture& picture) {
  return read_frame_number(picture, 0, 0, picture.width, picture.height);
}

int read_frame_number(const Picture& picture, int x, int y, int width, int height) {
  int number = 0;
  for (int i = 0; i < kBits; ++i) {
    const int px = x + (2 * i + 1) * width / (2 * kBits);
    const int py = y + height / 4;
    const int luma = picture.planes[0][py * picture.strides[0] + px];
    if (luma > 90 && luma < 160) return -1;
    number = number * 2 + (luma >= 160 ? 1 : 0);
  }
  return number;
}

int frame_at(const VideoSpec& spec, MediaTime moment) {
  const auto next = std::upper_bound(spec.times.begin(), spec.times.end(), moment);
  return std::max(0, static_cast<int>(next - spec.times.begin()) - 1);
}

Bytes make_sound_track(const SoundSpec& spec) {
  TrackMaker maker("aac");
  AVCodecContext& encoder = *maker.encoder;
  encoder.sample_rate = kRate;
  encoder.sample_fmt = AV_SAMPLE_FMT_FLTP;
  encoder.bit_rate = 96'000;
  encoder.time_base = {1, kRate};
  av_channel_layout_default(&encoder.ch_layout, 1);
  maker.open();
  const std::int64_t total = spec.duration.count() * kRate / 1'000'000;
  const std::int64_t first = spec.start.count() * kRate / 1'000'000;
  for (std::int64_t done = 0; done < total; done += encoder.frame_size) {
    FramePtr frame = make_frame();
    frame->format = AV_SAMPLE_FMT_FLTP;
    frame->sample_rate = kRate;
    frame->nb_samples = static_cast<int>(std::min<std::int64_t>(encoder.frame_size, total - done));
    frame->pts = done;
    av_channel_layout_default(&frame->ch_layout, 1);
    must(av_frame_get_buffer(frame.get(), 0));
    auto* samples = reinterpret_cast<float*>(frame->data[0]);
    for (std::int64_t i = 0; i < frame->nb_samples; ++i) {
      const double phase =
          2 * std::numbers::pi * spec.frequency * static_cast<double>(done + i - first) / kRate;
      samples[i] = done + i < first ? 0.F : static_cast<float>(spec.amplitude * std::sin(phase));
    }
    maker.encode(frame.get(), {});
  }
  return maker.finish({});
}

double measure_frequency(const std::vector<float>& samples) {
  int crossings = 0;
  std::size_t first = 0;
  std::size_t last = 0;
  for (std::size_t i = 2; i < samples.size(); i += 2) {
    if (samples[i - 2] < 0 && samples[i] >= 0) {
      if (crossings == 0) first = i;
      last = i;
      ++crossings;
    }
  }
  if (crossings < 2) return 0;
  return (crossings - 1) * static_cast<double>(kRate) / (static_cast<double>(last - first) / 2);
}

double measure_level(const std::vector<float>& samples) {
  double sum = 0;
  for (const float sample : samples) sum += static_cast<double>(sample) * sample;
  return samples.empty() ? 0 : std::sqrt(sum / static_cast<double>(samples.size()));
}

}  // namespace meanwhile::test
