// Reads and decodes a foreign file in this process.
#pragma once

#include <cstddef>
#include <deque>
#include <expected>
#include <memory>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/owners.h"
#include "media/play/file_reader.h"
#include "media/play/file_track_decoder.h"

namespace meanwhile {

class LocalFileReader final : public FileReader {
 public:
  // Nothing but these bytes is read, whatever they name. Errors: as FileReader::next; Corrupt (no video or
  // sound file, empty, damaged), Unsupported (a single picture, a list of other files).
  static Result<std::unique_ptr<LocalFileReader>> open(std::shared_ptr<ByteSource> file);

  [[nodiscard]] const FileFacts& facts() const override { return facts_; }
  Result<FilePiece> next() override;

 private:
  explicit LocalFileReader(std::shared_ptr<ByteSource> file) : file_(std::move(file)), io_(*file_) {}
  Result<void> open_format();
  Result<void> choose_tracks();
  Result<void> begin();
  Result<void> read_more();
  Result<void> finish_tracks();
  Result<void> check_whole() const;
  void note(const std::vector<FilePiece>& pieces);
  [[nodiscard]] FileTrackDecoder* track_of(int stream) const;
  [[nodiscard]] MediaTime earliest() const;
  [[nodiscard]] bool have_all_begun() const;
  std::unexpected<Error> failure(int number, const char* otherwise);

  const std::shared_ptr<ByteSource> file_;
  AvioReader io_;
  InputContextPtr format_;
  bool is_certain_ = false;  // what format it is
  FileFacts facts_;
  std::vector<std::unique_ptr<FileTrackDecoder>> tracks_;
  std::vector<std::size_t> given_;  // pieces of each track, also those that wait
  std::deque<FilePiece> waiting_;   // in the file's time
  MediaTime origin_{};
  MediaTime first_read_ = MediaTime::max();  // of all streams
  MediaTime last_read_ = MediaTime::min();
  bool is_at_end_ = false;
};

}  // namespace meanwhile
