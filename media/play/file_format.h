// Opens a foreign file with libavformat, and nothing else that it names.
#pragma once

#include <expected>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// They go on after the file's name; shown with tr().
constexpr const char* kNoMediaFile = tr_later("isn't a video or a sound recording");
constexpr const char* kDamagedFile = tr_later("is damaged or cut off");
constexpr const char* kSinglePictureFile = tr_later("is a single picture, not a video");

struct OpenedFormat {
  InputContextPtr format;   // looked into (avformat_find_stream_info)
  bool is_certain = false;  // what format it is
};

// io: of file; both outlive the format. Errors: as LocalFileReader::open.
Result<OpenedFormat> open_file_format(ByteSource& file, AvioReader& io);

// The source's own words, else what a number of libav's means for the file, or otherwise, translated.
std::unexpected<Error> file_failure(AvioReader& io, int number, const char* otherwise);

}  // namespace meanwhile
