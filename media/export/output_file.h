// An ordinary MP4 being written: H.264 and AAC, the index in front.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"
#include "media/export/output_rate.h"
#include "media/export/picture_stream.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

enum class WithSound { No, Yes };

// On the timeline of what is written, which ends at `end`.
struct OutputMarks {
  Chapters chapters = {};
  std::vector<VttCue> captions = {};  // by time; a stream that players can show
  MediaTime end{};
};

// The file has a temporary name until finish(); without finish() it is removed again. Thread: one at a time.
class OutputFile {
 public:
  // Errors: AlreadyExists (out is there), NotFound, PermissionDenied, NoSpace, Unsupported (no encoder), Io.
  // pictures: nullopt: without.
  static Result<std::unique_ptr<OutputFile>> create(const std::filesystem::path& out,
                                                    const std::optional<OutputPictures>& pictures,
                                                    WithSound with_sound, const OutputMarks& marks = {},
                                                    const OutputRate& rate = {});
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  // The next frame, shown from then on; YUV420P. Times rise. kind: NONE: the encoder finds out; I: a
  // keyframe. Nothing of the frame is kept. Errors: NoSpace, Io, Internal.
  Result<void> add_picture(const AVFrame& frame, MediaTime time, AVPictureType kind);
  // Whether the file has a place for pictures.copied_sets.
  [[nodiscard]] bool takes_packets() const { return pictures_ && pictures_->takes_packets(); }
  // The next picture as it is: H.264 with lengths, as pictures.copied_sets tell, none of which is shown
  // before another that was added earlier; pts and duration in microseconds. Errors: as add_picture.
  Result<void> copy_picture(PacketPtr packet);
  // Interleaved stereo at 48 kHz. Errors: as add_picture.
  Result<void> add_sound(std::span<const float> samples);
  // Whole and under its name, on the disk. Errors: as add_picture, AlreadyExists.
  Result<void> finish();

 private:
  OutputFile(std::filesystem::path out, const OutputRate& rate);
  Result<void> open(const std::optional<OutputPictures>& pictures, WithSound with_sound,
                    const OutputMarks& marks);
  Result<void> open_sound();
  void open_captions(const OutputMarks& marks);
  Result<void> add_captions(MediaTime until);
  void add_chapters(const OutputMarks& marks);
  Result<void> encode_sound(const AVFrame* frame);
  Result<void> encode_sound(std::size_t frames);

  const std::filesystem::path out_;
  const std::filesystem::path temporary_;
  const OutputRate rate_;
  OutputContextPtr format_;
  std::unique_ptr<PictureStream> pictures_;  // nullptr: without
  CodecContextPtr sound_;                    // its encoder; nullptr: without
  AVStream* sound_stream_ = nullptr;         // owned by format_
  AVStream* captions_ = nullptr;             // owned by format_; nullptr: there are none
  std::vector<VttCue> cues_;
  std::size_t next_cue_ = 0;
  std::int64_t next_sample_ = 0;
  std::vector<float> samples_;  // not yet a whole frame of the encoder's
  bool is_named_ = false;
};

}  // namespace meanwhile
