#include "tests/support/exported_file.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"
#include "media/ffmpeg/time_base.h"

namespace meanwhile::test {
namespace {

void decode_pictures(AVCodecContext& decoder, const AVPacket* packet, std::vector<PicturePtr>& pictures) {
  ASSERT_GE(avcodec_send_packet(&decoder, packet), 0);
  for (FramePtr frame = make_frame(); avcodec_receive_frame(&decoder, frame.get()) >= 0;
       frame = make_frame()) {
    const MediaTime at(av_rescale_q(frame->best_effort_timestamp, decoder.pkt_timebase, kMicroseconds));
    pictures.push_back(to_picture(std::move(frame), at));
  }
}

// A packet without text ends the one before.
void add_caption(const AVPacket& packet, const AVStream& stream, ExportedFile& contents) {
  const std::string text(reinterpret_cast<const char*>(packet.data + 2),
                         static_cast<std::size_t>(packet.size - 2));
  const double from = static_cast<double>(packet.pts) * av_q2d(stream.time_base);
  const double to = from + static_cast<double>(packet.duration) * av_q2d(stream.time_base);
  if (!text.empty()) contents.captions.push_back(fmt::format("{:.1f}-{:.1f} {}", from, to, text));
}

void add_picture(const AVPacket& packet, AVCodecContext& decoder, ExportedFile& contents) {
  contents.picture_packets.emplace_back(reinterpret_cast<const char*>(packet.data),
                                        static_cast<std::size_t>(packet.size));
  decode_pictures(decoder, &packet, contents.pictures);
}

CodecContextPtr decoder_of(const AVStream& stream) {
  CodecContextPtr decoder(avcodec_alloc_context3(avcodec_find_decoder(stream.codecpar->codec_id)));
  avcodec_parameters_to_context(decoder.get(), stream.codecpar);
  decoder->pkt_timebase = stream.time_base;
  EXPECT_GE(avcodec_open2(decoder.get(), nullptr, nullptr), 0);
  return decoder;
}

InputContextPtr open_file(const std::filesystem::path& path) {
  AVFormatContext* raw = nullptr;
  EXPECT_GE(avformat_open_input(&raw, path.c_str(), nullptr, nullptr), 0);
  InputContextPtr format(raw);
  if (format) {
    EXPECT_GE(avformat_find_stream_info(format.get(), nullptr), 0);
  }
  return format;
}

int picture_stream_of(AVFormatContext& format) {
  return av_find_best_stream(&format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
}

}  // namespace

PicturePtr ExportedFile::picture_at(MediaTime moment) const {
  PicturePtr shown = pictures.empty() ? nullptr : pictures.front();
  for (const PicturePtr& picture : pictures) {
    if (picture->at <= moment) shown = picture;
  }
  return shown;
}

ExportedFile read_exported(const std::filesystem::path& path) {
  ExportedFile contents;
  const InputContextPtr format = open_file(path);
  if (!format) return contents;
  contents.duration = static_cast<double>(format->duration) / AV_TIME_BASE;
  for (unsigned i = 0; i < format->nb_chapters; ++i) {
    const AVChapter& chapter = *format->chapters[i];
    const AVDictionaryEntry* title = av_dict_get(chapter.metadata, "title", nullptr, 0);
    contents.chapters.push_back(fmt::format("{:.1f} {}",
                                            static_cast<double>(chapter.start) * av_q2d(chapter.time_base),
                                            title ? title->value : ""));
  }
  const int video = picture_stream_of(*format);
  const CodecContextPtr decoder = video < 0 ? nullptr : decoder_of(*format->streams[video]);
  if (video >= 0) {
    const AVCodecParameters& parameters = *format->streams[video]->codecpar;
    contents.parameter_sets.assign(parameters.extradata, parameters.extradata + parameters.extradata_size);
  }
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    contents.sound_streams += format->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO ? 1 : 0;
  }
  for (PacketPtr packet = make_packet(); av_read_frame(format.get(), packet.get()) >= 0;
       av_packet_unref(packet.get())) {
    const AVStream& stream = *format->streams[packet->stream_index];
    if (stream.codecpar->codec_id == AV_CODEC_ID_MOV_TEXT)
      add_caption(*packet, stream, contents);
    else if (packet->stream_index == video)
      add_picture(*packet, *decoder, contents);
    else
      contents.sound_samples += packet->duration;
  }
  if (decoder) decode_pictures(*decoder, nullptr, contents.pictures);
  return contents;
}

PicturePtr picture_after_seek(const std::filesystem::path& path, MediaTime moment) {
  const InputContextPtr format = open_file(path);
  const int video = picture_stream_of(*format);
  const AVStream& stream = *format->streams[video];
  const CodecContextPtr decoder = decoder_of(stream);
  const std::int64_t wanted = av_rescale_q(moment.count(), kMicroseconds, stream.time_base);
  EXPECT_GE(av_seek_frame(format.get(), video, wanted, AVSEEK_FLAG_BACKWARD), 0);
  ExportedFile contents;
  for (PacketPtr packet = make_packet(); av_read_frame(format.get(), packet.get()) >= 0;
       av_packet_unref(packet.get())) {
    if (packet->stream_index == video) decode_pictures(*decoder, packet.get(), contents.pictures);
  }
  decode_pictures(*decoder, nullptr, contents.pictures);
  return contents.picture_at(moment);
}

}  // namespace meanwhile::test
