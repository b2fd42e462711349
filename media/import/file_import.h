// A file that somebody has becomes a take, as if it had been recorded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/record/take.h"

namespace meanwhile {

// A new file that grows. Errors: as FileSink::create.
Result<std::unique_ptr<ByteSink>> make_import_sink(const std::filesystem::path& path);

// Where it goes to, so that tests can put a full disk there.
struct ImportParts {
  std::function<Result<std::unique_ptr<ByteSink>>(const std::filesystem::path&)> make_sink = make_import_sink;
  std::function<Result<std::uint64_t>(const std::filesystem::path&)> free_space = meanwhile::free_space;
};

struct ImportOptions {
  std::string title;  // empty: the file's name
  std::function<void(double)> on_progress = [](double) {
  };  // 0 to 1, where the file says how long it is; often
  std::stop_token stop = {};
  ImportParts parts = {};
};

// Makes a finished take below `takes` of any file that FFmpeg reads: its first pictures are the screen, the
// second the camera, its first sound the voice. Blocks, some seconds for each minute of pictures. It is made
// under a hidden name: a failure leaves nothing, and what a crash leaves clean_up_cuts() removes. Errors,
// whole sentences: NotFound, PermissionDenied, InvalidArgument (no file), Corrupt (no video or sound file,
// damaged, cut off, empty), Unsupported (protected, not to be decoded here), NoSpace, Unavailable (no
// decoder), Io, Aborted (stop).
Result<Take> import_file(const std::filesystem::path& file, const std::filesystem::path& takes,
                         const ImportOptions& options);

}  // namespace meanwhile
