// A track's file while it is recorded: fragment after fragment, and the end of it can be taken back.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/record/disk_writer.h"

namespace meanwhile {

// Outlives the encoders that write it, one after the other. packets(), size_bytes(): any thread; all else:
// the encoder's thread, and whoever has joined it.
class TrackFile {
 public:
  struct Part {
    MediaTime start{};
    MediaTime end{};
    std::int64_t packets = 0;
  };

  // file: empty, at path. disk must outlive the object.
  TrackFile(DiskWriter& disk, DiskFilePtr file, std::filesystem::path path)
      : disk_(disk), file_(std::move(file)), path_(std::move(path)) {}

  // init: ftyp and moov. When the track goes on, they must be what they were: nothing is written then.
  // Errors: Unsupported (they differ).
  Result<void> begin(Bytes init);
  // fragment: moof and mdat with what `part` says, at or after the end of the one before.
  void append(Bytes fragment, Part part);

  // Takes back what is at or after `at`; of sound, each packet that isn't over by then. The file is cut after
  // the last fragment that stands as a whole; what stands of the next one is written anew behind it, so that
  // the file is playable at every instant. Waits for the disk. Where that rest can't be read back, it goes
  // too (half a second at most), with a line in the log.
  void cut_back(MediaTime at);

  // Of the next fragment, from 1.
  int next_fragment() const { return static_cast<int>(fragments_.size()) + 1; }
  // nullopt: there is nothing in the track.
  std::optional<MediaTime> end() const;
  std::int64_t packets() const { return packets_; }
  std::uint64_t size_bytes() const { return file_->size_bytes(); }

 private:
  struct Fragment {
    std::uint64_t offset = 0;
    std::uint64_t size_bytes = 0;
    Part part;
  };
  // What stays of a fragment that is cut through.
  struct Rest {
    Bytes bytes;
    Part part;
  };
  Result<Rest> rest_before(const Fragment& fragment, MediaTime at) const;
  Result<Bytes> read(const Fragment& fragment) const;
  void add(std::uint64_t size_bytes, const Part& part);

  DiskWriter& disk_;
  const DiskFilePtr file_;
  const std::filesystem::path path_;
  Bytes init_;
  std::vector<Fragment> fragments_;
  std::uint64_t end_bytes_ = 0;  // of all that was handed over
  std::atomic<std::int64_t> packets_ = 0;
};
using TrackFilePtr = std::shared_ptr<TrackFile>;

}  // namespace meanwhile
