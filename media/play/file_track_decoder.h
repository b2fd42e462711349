// One track of a foreign file, decoded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/play/file_pictures.h"
#include "media/play/file_reader.h"
#include "media/play/file_sound.h"

namespace meanwhile {

// One thread.
class FileTrackDecoder {
 public:
  // stream: of format, which was looked into (avformat_find_stream_info); both outlive the decoder. number:
  // the track's in its pieces. Errors: Unsupported (protected, or FFmpeg has no decoder for it here).
  static Result<std::unique_ptr<FileTrackDecoder>> open(AVFormatContext& format, AVStream& stream,
                                                        std::size_t number);

  [[nodiscard]] const FileTrack& facts() const { return facts_; }
  [[nodiscard]] int stream() const { return stream_.index; }

  // Adds the pieces that come of a packet, in the file's time; nullptr: no more packets come. A packet that
  // can't be decoded is left out and counted. Errors: Corrupt (too many of them), Unsupported (protected).
  Result<void> push(const AVPacket* packet, std::vector<FilePiece>& out);

 private:
  FileTrackDecoder(AVStream& stream, std::size_t number) : stream_(stream), number_(number) {}
  Result<void> open_decoder();
  void describe_pictures(AVFormatContext& format);
  void describe_sound();
  Result<void> receive(std::vector<FilePiece>& out);
  Result<void> take(FramePtr frame, std::vector<FilePiece>& out);
  Result<void> give_rest(std::vector<FilePiece>& out);
  void give(std::vector<PicturePtr> pictures, std::vector<FilePiece>& out);
  void give(std::vector<FileSamples> sounds, std::vector<FilePiece>& out);
  FilePiece piece(MediaTime at);
  Result<void> note_damage();
  void note_end(const AVPacket& packet);

  AVStream& stream_;
  const std::size_t number_;
  FileTrack facts_;
  CodecContextPtr decoder_;
  std::unique_ptr<FilePictures> pictures_;  // or
  std::unique_ptr<FileSound> sound_;
  MediaTime end_{};
  std::int64_t packets_ = 0;
  std::int64_t damaged_ = 0;
  bool is_damaged_ = false;  // since the last piece
};

}  // namespace meanwhile
