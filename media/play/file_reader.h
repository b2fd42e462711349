// A file of any kind that FFmpeg reads, for whoever imports it: its tracks decoded, piece after piece.
#pragma once

#include <cstddef>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"

namespace meanwhile {

struct FileTrack {
  bool is_picture = false;
  // Pictures: upright, even, square pixels, at most kLongestFileSide; as all of its pieces are.
  int width = 0;
  int height = 0;
  double frames_per_second = 0;  // about; it may vary
  int channels = 0;              // of sound: 1 or 2
  // Its packets are what our takes are made of (file_survey.h), and come as they are: H.264 without B-frames,
  // or AAC-LC of kFileSampleRate. What its codec needs before them is in extradata, as MP4 has it.
  bool is_copied = false;
  Bytes extradata = {};
};

// Longer ones are decoded.
constexpr std::size_t kLongestExtradata = 4096;

constexpr int kLongestFileSide = 3840;
constexpr int kFileSampleRate = 48'000;
constexpr std::size_t kMostFilePictures = 2;
constexpr std::size_t kMostFileTracks = kMostFilePictures + 1;

struct FileFacts {
  // The first two tracks of pictures and the first of sound, in this order.
  std::vector<FileTrack> tracks;
  MediaTime duration{};    // as the file says; 0: it doesn't
  int left_out = 0;        // how many more it has
  Chapters chapters = {};  // as the file names them, on the clock of its pieces
};

struct FilePiece {
  std::size_t track = 0;
  // Since the file's first picture or sound, whatever its clock says there. In order, but for damaged files.
  MediaTime at{};
  MediaTime end{};             // where the track ends, as far as it was read
  PicturePtr picture;          // of a track of pictures
  std::vector<float> samples;  // of sound: kFileSampleRate, all of one channel, then all of the next
  Bytes packet;                // of a track that is copied, instead of both
  bool is_keyframe = false;    // of a packet
  bool is_damaged = false;     // something before this piece, or in it, could not be decoded
};

// Thread: one at a time.
class FileReader {
 public:
  FileReader() = default;
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;
  virtual ~FileReader() = default;

  [[nodiscard]] virtual const FileFacts& facts() const = 0;
  // Of any track. Errors, whose message goes on after the file's name: EndOfStream (all of it was given),
  // Corrupt (damaged, cut off), Unsupported (protected, not to be decoded here), Aborted, the source's.
  virtual Result<FilePiece> next() = 0;
};

}  // namespace meanwhile
