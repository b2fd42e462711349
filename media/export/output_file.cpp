#include "media/export/output_file.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/mathematics.h>
#include <libavutil/mem.h>
}

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/blocking.h"
#include "media/base/chapters.h"
#include "media/base/files.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "media/export/encoder_stream.h"
#include "media/export/output_rate.h"
#include "media/export/picture_stream.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/play/sound_reader.h"

namespace meanwhile {
namespace {

constexpr AVRational kCaptionTimeBase{1, 1000};
constexpr std::size_t kLongestCaption = 1000;  // characters; its length has two bytes
// In the middle, at the lower edge, white, 18 points, in a font of the player's.
constexpr std::array<std::uint8_t, 48> kTextLook{
    0, 0,  0,    0,    1,    0xFF, 0, 0, 0, 0,  0,   0,   0,   0,   0, 0, 0, 0, 0, 0,   0,   0,   0,   1,
    0, 18, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 18, 'f', 't', 'a', 'b', 0, 1, 0, 1, 5, 'S', 'e', 'r', 'i', 'f'};

namespace fs = std::filesystem;

Result<void> sync_file(const fs::path& path) {
  may_block(Blocking::DiskSync, path.native());
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!is_synced) return std::unexpected(error_from_errno(error, tr_format("writing {}", path.string())));
  return {};
}

fs::path temporary_path(const fs::path& out, const std::string& process) {
  return out.parent_path() / ("." + out.filename().string() + "." + process + ".tmp");
}

// Of an export to the same name that was killed. One that is written on another machine of a shared folder
// changes.
bool is_left_behind(const fs::path& file, const fs::path& out) {
  constexpr auto kStillWritten = std::chrono::minutes(1);
  const std::string name = file.filename().string();
  const std::string before = "." + out.filename().string() + ".";
  if (!name.starts_with(before) || !name.ends_with(".tmp")) return false;
  pid_t process = 0;
  const char* end = name.data() + name.size() - 4;
  const auto read = std::from_chars(name.data() + before.size(), end, process);
  if (read.ec != std::errc() || read.ptr != end || process <= 0) return false;
  std::error_code error;
  const auto changed = fs::last_write_time(file, error);
  const bool is_alive = ::kill(process, 0) == 0 || errno != ESRCH;
  return !error && !is_alive && fs::file_time_type::clock::now() - changed > kStillWritten;
}

void remove_left_behind(const fs::path& out) {
  std::error_code error;
  const fs::path folder = out.has_parent_path() ? out.parent_path() : fs::path(".");
  std::vector<fs::path> left;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (is_left_behind(it->path(), out)) left.push_back(it->path());
  }
  for (const fs::path& file : left) fs::remove(file, error);
}

}  // namespace

OutputFile::OutputFile(fs::path out, const OutputRate& rate)
    : out_(std::move(out)), temporary_(temporary_path(out_, std::to_string(::getpid()))), rate_(rate) {}

Result<std::unique_ptr<OutputFile>> OutputFile::create(const fs::path& out,
                                                       const std::optional<OutputPictures>& pictures,
                                                       WithSound with_sound, const OutputMarks& marks,
                                                       const OutputRate& rate) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(out, error))) {
    return fail(ErrorCode::AlreadyExists,
                tr_format("{} is there already; choose another name", out.string()));
  }
  remove_left_behind(out);
  std::unique_ptr<OutputFile> file(new OutputFile(out, rate));
  MEANWHILE_TRY(file->open(pictures, with_sound, marks));
  return file;
}

OutputFile::~OutputFile() {
  if (format_ && format_->pb) avio_closep(&format_->pb);
  std::error_code ignored;
  if (!is_named_) fs::remove(temporary_, ignored);
}

Result<void> OutputFile::open(const std::optional<OutputPictures>& pictures, WithSound with_sound,
                              const OutputMarks& marks) {
  AVFormatContext* format = nullptr;
  if (const int error = avformat_alloc_output_context2(&format, nullptr, "mp4", nullptr); error < 0) {
    return av_failure(error, tr("making an MP4"));
  }
  format_.reset(format);
  if (pictures) {
    auto stream = PictureStream::create(*format_, *pictures, rate_);
    if (!stream) return std::unexpected(stream.error());
    pictures_ = std::move(*stream);
  }
  if (with_sound == WithSound::Yes) MEANWHILE_TRY(open_sound());
  open_captions(marks);
  add_chapters(marks);
  if (const int error = avio_open(&format_->pb, temporary_.c_str(), AVIO_FLAG_WRITE); error < 0) {
    return av_failure(error, tr_format("writing {}", out_.string()));
  }
  // The muxer reads the file again under this name to move the index to the front.
  av_freep(static_cast<void*>(&format_->url));
  format_->url = av_strdup(temporary_.c_str());
  AVDictionary* options = nullptr;
  av_dict_set(&options, "movflags", "+faststart", 0);
  const int error = avformat_write_header(format_.get(), &options);
  av_dict_free(&options);
  return check(error, tr("writing an MP4"));
}

Result<void> OutputFile::open_sound() {
  auto encoder = make_encoder("aac", AV_CODEC_ID_AAC);
  if (!encoder) return std::unexpected(encoder.error());
  AVCodecContext& context = **encoder;
  context.sample_rate = kSoundRate;
  context.sample_fmt = AV_SAMPLE_FMT_FLTP;
  context.bit_rate = rate_.sound_bps;
  context.time_base = {1, kSoundRate};
  av_channel_layout_default(&context.ch_layout, kSoundChannels);
  MEANWHILE_TRY(check(avcodec_open2(&context, nullptr, nullptr), tr("opening an encoder")));
  const auto stream = add_stream(*format_, context);
  if (!stream) return std::unexpected(stream.error());
  sound_ = std::move(*encoder);
  sound_stream_ = *stream;
  return {};
}

// Timed text as phones and QuickTime know it. Source: 3GPP TS 26.245, s. 5.16.
void OutputFile::open_captions(const OutputMarks& marks) {
  cues_ = marks.captions;
  if (cues_.empty()) return;
  captions_ = avformat_new_stream(format_.get(), nullptr);
  if (!captions_) throw std::bad_alloc();
  AVCodecParameters& parameters = *captions_->codecpar;
  parameters.codec_type = AVMEDIA_TYPE_SUBTITLE;
  parameters.codec_id = AV_CODEC_ID_MOV_TEXT;
  captions_->time_base = kCaptionTimeBase;
  parameters.extradata =
      static_cast<std::uint8_t*>(av_mallocz(kTextLook.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (!parameters.extradata) throw std::bad_alloc();
  std::ranges::copy(kTextLook, parameters.extradata);
  parameters.extradata_size = static_cast<int>(kTextLook.size());
}

// A packet is the text behind its length.
Result<void> OutputFile::add_captions(MediaTime until) {
  for (; captions_ && next_cue_ < cues_.size() && cues_[next_cue_].from <= until; ++next_cue_) {
    const VttCue& cue = cues_[next_cue_];
    const std::string text = shorten(cue.text, kLongestCaption);
    PacketPtr packet = make_packet();
    if (av_new_packet(packet.get(), static_cast<int>(text.size()) + 2) < 0) throw std::bad_alloc();
    packet->data[0] = static_cast<std::uint8_t>(text.size() >> 8);
    packet->data[1] = static_cast<std::uint8_t>(text.size());
    std::ranges::copy(text, packet->data + 2);
    packet->stream_index = captions_->index;
    packet->pts = packet->dts = av_rescale_q(cue.from.count(), kMicroseconds, captions_->time_base);
    packet->duration = av_rescale_q((cue.to - cue.from).count(), kMicroseconds, captions_->time_base);
    packet->flags |= AV_PKT_FLAG_KEY;
    MEANWHILE_TRY(check(av_interleaved_write_frame(format_.get(), packet.get()), tr("writing the MP4")));
  }
  return {};
}

// The muxer makes of them what QuickTime reads (a track of text) and what others do ("chpl"). Owned by
// format_. Source: libavformat/avformat.h, AVFormatContext::chapters.
void OutputFile::add_chapters(const OutputMarks& marks) {
  Chapters chapters = marks.chapters;
  if (chapters.empty()) return;
  // Players expect a chapter everywhere.
  if (chapters.front().at > MediaTime{})
    chapters.insert(chapters.begin(), {MediaTime{}, tr_in("a chapter", "Beginning")});
  format_->chapters = static_cast<AVChapter**>(av_calloc(chapters.size(), sizeof(AVChapter*)));
  if (!format_->chapters) throw std::bad_alloc();
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    auto* chapter = static_cast<AVChapter*>(av_mallocz(sizeof(AVChapter)));
    if (!chapter) throw std::bad_alloc();
    format_->chapters[format_->nb_chapters++] = chapter;
    const MediaTime end = i + 1 < chapters.size() ? chapters[i + 1].at : marks.end;
    chapter->id = static_cast<decltype(chapter->id)>(i);
    chapter->time_base = kMicroseconds;
    chapter->start = chapters[i].at.count();
    chapter->end = std::max(end, chapters[i].at).count();
    av_dict_set(&chapter->metadata, "title", chapter_title(chapters, i).c_str(), 0);
  }
}

Result<void> OutputFile::add_picture(const AVFrame& frame, MediaTime time, AVPictureType kind) {
  MEANWHILE_TRY(add_captions(time));
  return pictures_->add(frame, time, kind);
}

Result<void> OutputFile::copy_picture(PacketPtr packet) {
  MEANWHILE_TRY(add_captions(MediaTime(packet->pts)));
  return pictures_->copy(std::move(packet));
}

Result<void> OutputFile::add_sound(std::span<const float> samples) {
  samples_.insert(samples_.end(), samples.begin(), samples.end());
  const auto frame_size = static_cast<std::size_t>(sound_->frame_size);
  while (samples_.size() >= frame_size * kSoundChannels) MEANWHILE_TRY(encode_sound(frame_size));
  return {};
}

Result<void> OutputFile::encode_sound(const AVFrame* frame) {
  return encode(*sound_, frame, [this](PacketPtr packet) {
    return write_packet(*format_, *sound_stream_, std::move(packet), sound_->time_base);
  });
}

// Takes the first frames of samples_.
Result<void> OutputFile::encode_sound(std::size_t frames) {
  const FramePtr frame = make_frame();
  frame->format = AV_SAMPLE_FMT_FLTP;
  frame->sample_rate = kSoundRate;
  frame->nb_samples = static_cast<int>(frames);
  frame->pts = next_sample_;
  av_channel_layout_default(&frame->ch_layout, kSoundChannels);
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  for (std::size_t i = 0; i < frames * kSoundChannels; ++i) {
    reinterpret_cast<float*>(frame->data[i % kSoundChannels])[i / kSoundChannels] = samples_[i];
  }
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(frames * kSoundChannels));
  next_sample_ += frame->nb_samples;
  return encode_sound(frame.get());
}

Result<void> OutputFile::finish() {
  MEANWHILE_TRY(add_captions(MediaTime::max()));
  if (pictures_) MEANWHILE_TRY(pictures_->finish());
  if (sound_) {
    if (!samples_.empty()) MEANWHILE_TRY(encode_sound(samples_.size() / kSoundChannels));
    MEANWHILE_TRY(encode_sound(nullptr));
  }
  MEANWHILE_TRY(check(av_write_trailer(format_.get()), tr("writing the MP4")));
  MEANWHILE_TRY(check(avio_closep(&format_->pb), tr("writing the MP4")));
  MEANWHILE_TRY(sync_file(temporary_));
  std::error_code error;
  if (fs::exists(fs::symlink_status(out_, error))) {
    return fail(ErrorCode::AlreadyExists,
                tr_format("{} came to be in the meantime; choose another name", out_.string()));
  }
  fs::rename(temporary_, out_, error);
  if (error) return std::unexpected(error_from_errno(error.value(), tr_format("writing {}", out_.string())));
  is_named_ = true;
  return sync_folder(out_.parent_path());
}

}  // namespace meanwhile
