#include "media/play/file_track_decoder.h"

extern "C" {
#include <libavutil/cpu.h>
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/ffmpeg/turn.h"

namespace meanwhile {
namespace {

constexpr int kMostThreads = 4;
constexpr double kUsualRate = 30;
constexpr double kHighestRate = 240;
// Pixels longer or wider than that are a mistake of the file.
constexpr double kLongestPixel = 4;
constexpr const char* kProtected =
    tr_later("is protected: only the programs that its owner allows can play it");
// A few that are spoilt leave a file that is worth having.
constexpr std::int64_t kFewDamaged = 20;
constexpr std::int64_t kDamagedShare = 10;

AVRational aspect_of(AVFormatContext& format, AVStream& stream) {
  const AVRational aspect = av_guess_sample_aspect_ratio(&format, &stream, nullptr);
  const double value = aspect.den == 0 ? 0 : av_q2d(aspect);
  return value >= 1 / kLongestPixel && value <= kLongestPixel ? aspect : AVRational{1, 1};
}

// Source: ISO/IEC 23001-7 s. 4.2 (encv, enca); what iTunes writes (drms, drmi).
bool is_protected(const AVStream& stream) {
  const auto tag = stream.codecpar->codec_tag;
  return tag == MKTAG('e', 'n', 'c', 'v') || tag == MKTAG('e', 'n', 'c', 'a') ||
         tag == MKTAG('d', 'r', 'm', 's') || tag == MKTAG('d', 'r', 'm', 'i');
}

}  // namespace

Result<std::unique_ptr<FileTrackDecoder>> FileTrackDecoder::open(AVFormatContext& format, AVStream& stream,
                                                                 std::size_t number, TrackUse use) {
  if (is_protected(stream)) return fail(ErrorCode::Unsupported, tr(kProtected));
  std::unique_ptr<FileTrackDecoder> track(new FileTrackDecoder(stream, number));
  MEANWHILE_TRY(track->open_decoder());
  if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO) {
    track->describe_pictures(format);
  } else {
    track->describe_sound();
  }
  if (use == TrackUse::Copied) {
    track->facts_.is_copied = true;
    const auto extradata = std::as_bytes(
        std::span(stream.codecpar->extradata, static_cast<std::size_t>(stream.codecpar->extradata_size)));
    track->facts_.extradata.assign(extradata.begin(), extradata.end());
  }
  return track;
}

Result<void> FileTrackDecoder::open_decoder() {
  const AVCodec* codec = avcodec_find_decoder(stream_.codecpar->codec_id);
  const std::string name = avcodec_get_name(stream_.codecpar->codec_id);
  const std::string sentence =
      tr_format("can't be decoded here: this computer's FFmpeg doesn't know {}", name);
  if (!codec) return fail(ErrorCode::Unsupported, sentence);
  decoder_.reset(avcodec_alloc_context3(codec));
  if (!decoder_) throw std::bad_alloc();
  avcodec_parameters_to_context(decoder_.get(), stream_.codecpar);
  decoder_->pkt_timebase = stream_.time_base;
  decoder_->thread_count = std::clamp(av_cpu_count(), 1, kMostThreads);
  if (avcodec_open2(decoder_.get(), codec, nullptr) < 0) return fail(ErrorCode::Unsupported, sentence);
  return {};
}

void FileTrackDecoder::describe_pictures(AVFormatContext& format) {
  const AVRational aspect = aspect_of(format, stream_);
  const Turn turn = turn_of(stream_);
  const Size shown{static_cast<int>(std::lround(std::min(stream_.codecpar->width, 1 << 16) * av_q2d(aspect))),
                   std::min(stream_.codecpar->height, 1 << 16)};
  const Size target = file_picture_size(turned_size(shown, turn));
  const AVRational rate = av_guess_frame_rate(&format, &stream_, nullptr);
  const double per_second = rate.den == 0 ? 0 : av_q2d(rate);
  facts_ = {.is_picture = true,
            .width = target.width,
            .height = target.height,
            .frames_per_second = per_second > 0 && per_second <= kHighestRate ? per_second : kUsualRate};
  pictures_ = std::make_unique<FilePictures>(target, turn, aspect, stream_.time_base);
}

void FileTrackDecoder::describe_sound() {
  facts_ = {.channels = std::clamp(stream_.codecpar->ch_layout.nb_channels, 1, 2)};
  sound_ = std::make_unique<FileSound>(facts_.channels, stream_.time_base);
}

Result<void> FileTrackDecoder::push(const AVPacket* packet, std::vector<FilePiece>& out) {
  if (packet && packet->size == 0) return {};  // would mean the end to the decoder
  if (packet) {
    if (av_packet_get_side_data(packet, AV_PKT_DATA_ENCRYPTION_INFO, nullptr))
      return fail(ErrorCode::Unsupported, tr(kProtected));
    ++packets_;
    note_end(*packet);
  }
  const int sent = avcodec_send_packet(decoder_.get(), packet);
  const bool is_spoilt = sent < 0 && packet;
  if (is_spoilt) MEANWHILE_TRY(note_damage());
  if (packet && facts_.is_copied) give_packet(*packet, out);
  if (is_spoilt) return {};
  MEANWHILE_TRY(receive(out));
  return packet || facts_.is_copied ? Result<void>{} : give_rest(out);
}

Result<void> FileTrackDecoder::receive(std::vector<FilePiece>& out) {
  for (;;) {
    FramePtr frame = make_frame();
    const int received = avcodec_receive_frame(decoder_.get(), frame.get());
    if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) return {};
    if (received < 0) {
      MEANWHILE_TRY(note_damage());
      continue;
    }
    if (frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0)
      MEANWHILE_TRY(note_damage());
    if (!facts_.is_copied) MEANWHILE_TRY(take(std::move(frame), out));
  }
}

Result<void> FileTrackDecoder::take(FramePtr frame, std::vector<FilePiece>& out) {
  // A guess knows nothing of samples that were skipped at the front.
  if (!sound_ || frame->pts == AV_NOPTS_VALUE) frame->pts = frame->best_effort_timestamp;
  if (sound_) {
    std::vector<FileSamples> sounds;
    MEANWHILE_TRY(sound_->push(*frame, sounds));
    give(std::move(sounds), out);
    return {};
  }
  if (frame->pts == AV_NOPTS_VALUE) return {};
  std::vector<PicturePtr> pictures;
  MEANWHILE_TRY(pictures_->push(std::move(frame), pictures));
  give(std::move(pictures), out);
  return {};
}

Result<void> FileTrackDecoder::give_rest(std::vector<FilePiece>& out) {
  std::vector<FileSamples> sounds;
  std::vector<PicturePtr> pictures;
  if (sound_) MEANWHILE_TRY(sound_->finish(sounds));
  if (pictures_) MEANWHILE_TRY(pictures_->finish(pictures));
  give(std::move(sounds), out);
  give(std::move(pictures), out);
  return {};
}

void FileTrackDecoder::give(std::vector<PicturePtr> pictures, std::vector<FilePiece>& out) {
  for (PicturePtr& picture : pictures) {
    FilePiece given = piece(picture->at);
    given.picture = std::move(picture);
    out.push_back(std::move(given));
  }
}

void FileTrackDecoder::give(std::vector<FileSamples> sounds, std::vector<FilePiece>& out) {
  for (FileSamples& sound : sounds) {
    FilePiece given = piece(sound.at);
    given.samples = std::move(sound.samples);
    out.push_back(std::move(given));
  }
}

// What an edit list leaves out at the front of a sound is left out.
void FileTrackDecoder::give_packet(const AVPacket& packet, std::vector<FilePiece>& out) {
  if ((packet.flags & AV_PKT_FLAG_DISCARD) != 0) return;
  FilePiece given = piece(MediaTime(av_rescale_q(packet.pts, stream_.time_base, kMicroseconds)));
  const auto bytes = std::as_bytes(std::span(packet.data, static_cast<std::size_t>(packet.size)));
  given.packet.assign(bytes.begin(), bytes.end());
  given.is_keyframe = (packet.flags & AV_PKT_FLAG_KEY) != 0;
  out.push_back(std::move(given));
}

FilePiece FileTrackDecoder::piece(MediaTime at) {
  FilePiece given;
  given.track = number_;
  given.at = at;
  given.end = std::max(end_, at);
  given.is_damaged = std::exchange(is_damaged_, false);
  return given;
}

Result<void> FileTrackDecoder::note_damage() {
  is_damaged_ = true;
  ++damaged_;
  if (damaged_ < kFewDamaged || damaged_ < packets_ / kDamagedShare) return {};
  return fail(ErrorCode::Corrupt, tr("is damaged: too much of it can't be decoded"));
}

// Packets that an edit list leaves out are decoded and not shown.
void FileTrackDecoder::note_end(const AVPacket& packet) {
  if (packet.pts == AV_NOPTS_VALUE || (packet.flags & AV_PKT_FLAG_DISCARD) != 0) return;
  const bool has_length = packet.duration > 0;
  const MediaTime at(av_rescale_q(packet.pts, stream_.time_base, kMicroseconds));
  const MediaTime length(has_length ? av_rescale_q(packet.duration, stream_.time_base, kMicroseconds) : 0);
  const bool is_picture = facts_.is_picture;
  end_ =
      std::max(end_, at + (has_length || !is_picture ? length : from_seconds(1 / facts_.frames_per_second)));
}

}  // namespace meanwhile
