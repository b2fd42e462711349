// Which clips are to stay on this machine: the person's wishes, in a small file of a library's folder that
// outlives index and cache.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>

#include "app/library/index.h"
#include "media/base/result.h"

namespace meanwhile {

struct KeptRules {
  std::set<std::string> clips;
  std::set<std::string> channels;  // channel ids: all clips in them
  bool new_ones = false;           // what others sent, until it is watched
  std::set<std::string> let_go;    // clips that stay out of the two rules above

  bool keeps(const Clip& clip) const;
  void keep_clip(const std::string& clip);
  void let_go_clip(const std::string& clip);
  bool operator==(const KeptRules&) const = default;
};

// Any thread; several processes may change it.
class KeptClips {
 public:
  // library_folder: Home::library_folder's.
  explicit KeptClips(const std::filesystem::path& library_folder) : file_(library_folder / "kept.json") {}

  // No file: no rules. Errors: Corrupt (not to be read), Unsupported (a newer format), PermissionDenied, Io.
  Result<KeptRules> rules() const;
  // On the disk when this returns. Errors: as rules(), NoSpace.
  Result<void> change(const std::function<void(KeptRules&)>& change) const;

 private:
  const std::filesystem::path file_;
};

}  // namespace meanwhile
