// What of a take is in the outbox already, and which names are free: no object's name is used twice, whatever
// became of the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/record/track_report.h"
#include "upload/outbox_items.h"

namespace meanwhile {

// The file of a track, as the outbox knows it.
std::filesystem::path track_path(const std::filesystem::path& take, TrackKind kind);

class SentObjects {
 public:
  // gap: so many numbers stay free behind those that are known.
  explicit SentObjects(std::vector<OutboxObject> objects, std::size_t gap = 0)
      : objects_(std::move(objects)), gap_(gap) {}

  // The object that is exactly these bytes of the file. nullptr: none.
  const OutboxObject* find(const std::string& folder, const FileRange& range) const;
  // The same; it belongs to the clip from now on.
  const OutboxObject* take(const std::string& folder, const FileRange& range);
  // Of the folder and with these bytes, wherever they were read from; it belongs to the clip from now on.
  const OutboxObject* take(const std::string& folder, const std::string& sha256);
  bool has_any(const std::string& folder) const;
  // Greater than each number in that folder; each call gives another.
  std::size_t next_number(const std::string& folder);
  // Of a file beside the tracks: that of these bytes, else one that isn't spent.
  std::size_t number_of_file(const std::string& clip, const std::string& name, const std::string& sha256);
  // Keys of those parts of files that nobody took, and of the lists for who watched while it was recorded,
  // that aren't being removed.
  std::vector<std::string> left_over() const;

 private:
  const std::vector<OutboxObject> objects_;
  const std::size_t gap_;
  std::set<std::string> taken_;
  std::map<std::string, std::size_t> last_numbers_;
};

struct NamedObject {
  ManifestObject object;
  std::size_t number = 0;
  std::optional<FileStamp> hashed = {};  // as OutboxItem's
};

// One track's objects: those that were sent, and new ones.
class SentTrack {
 public:
  // All must outlive it.
  SentTrack(SentObjects& sent, const std::string& clip, const std::string& track,
            const std::filesystem::path& path, FileSource& file);

  // First, with all parts of the file that init() and segment() will be asked for: hashes those that weren't
  // sent, by several threads at once.
  void hash(const std::vector<ByteRange>& parts);

  // Errors: the file's.
  Result<NamedObject> init(std::uint64_t length);
  Result<NamedObject> segment(std::uint64_t offset, std::uint64_t length);

 private:
  // The name of the same bytes, or a new one.
  Result<NamedObject> hashed(const FileRange& range, const std::function<std::size_t()>& new_number);

  SentObjects& sent_;
  const std::string folder_;  // "clips/…/screen/"
  const std::filesystem::path path_;
  FileSource& file_;
  struct Hashed {
    std::optional<FileStamp> stamp;  // from before
    Result<std::string> sha256;
  };
  std::map<std::uint64_t, Hashed> hashed_;  // by offset
};

}  // namespace meanwhile
