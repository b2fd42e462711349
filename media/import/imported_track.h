// One track of a take that is made of a file's pieces.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/play/file_reader.h"
#include "media/record/audio_encoder.h"
#include "media/record/picture_outline.h"
#include "media/record/track_file.h"
#include "media/record/track_report.h"
#include "media/record/video_encoder.h"

namespace meanwhile {

// Encodes on a thread of its own. take() to finish(): one thread.
class ImportedTrack {
 public:
  ImportedTrack() = default;
  ImportedTrack(const ImportedTrack&) = delete;
  ImportedTrack& operator=(const ImportedTrack&) = delete;
  virtual ~ImportedTrack() = default;

  // Blocks while the encoder is behind.
  virtual void take(FilePiece piece) = 0;
  // end: of the take. Drains.
  virtual void finish(MediaTime end) = 0;

  // After finish().
  [[nodiscard]] virtual TrackReport report() const = 0;
};

// on_failure: called on another thread. device: the file's name.
using OnTrackFailure = std::function<void(const Error&)>;

// Begins at 0 with its first picture and lasts until the take's end: a picture that stands longer than a
// second is said again, as a recorder does.
class ImportedPictures final : public ImportedTrack {
 public:
  ImportedPictures(TrackKind kind, const FileTrack& facts, std::string device, TrackFilePtr file,
                   OnTrackFailure on_failure);
  void take(FilePiece piece) override;
  void finish(MediaTime end) override;
  [[nodiscard]] TrackReport report() const override;
  FramePtr take_poster() { return encoder_.take_poster(); }
  PictureOutline& outline() { return outline_; }

 private:
  void hold_until(MediaTime end);

  const TrackKind kind_;
  const FileTrack facts_;
  const std::string device_;
  const TrackFilePtr file_;
  PictureOutline outline_;
  FramePtr last_;
  MediaTime last_at_{};
  std::int64_t taken_ = 0;
  VideoEncoder encoder_;
};

// Where the file has no sound for a moment there is silence.
class ImportedSound final : public ImportedTrack {
 public:
  ImportedSound(const FileTrack& facts, std::string device, TrackFilePtr file, OnTrackFailure on_failure);
  void take(FilePiece piece) override;
  void finish(MediaTime end) override;
  [[nodiscard]] TrackReport report() const override;
  [[nodiscard]] const Waveform& waveform() const { return encoder_.waveform(); }

 private:
  void be_silent_until(MediaTime at);

  const FileTrack facts_;
  const std::string device_;
  const TrackFilePtr file_;
  MediaTime next_{};  // where what was taken ends
  std::int64_t taken_ = 0;
  AudioEncoder encoder_;
};

}  // namespace meanwhile
