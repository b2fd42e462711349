// Captions that this person corrected and the library doesn't have yet: what was typed counts here at once,
// and is given to the library a little later, as one piece.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "media/base/result.h"

namespace meanwhile {

// Groups are the outbox's; "": none.
struct CaptionEdit {
  CaptionTrack track;
  std::string group;   // that has it; "": it wasn't given yet
  std::string before;  // that had the one before it, which gives way
};

// Files in a folder of the home, a folder a clip. Any thread, but one call at a time for one clip. Written
// without a disk's sync: a crash of this program loses nothing, one of the machine perhaps the last seconds.
class CaptionEdits {
 public:
  explicit CaptionEdits(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Takes the place of the one in that language, and is to be given. Errors: NoSpace, PermissionDenied,
  // Io.
  Result<void> keep(const std::string& clip, const CaptionTrack& track) const;
  Result<void> note_given(const std::string& clip, const std::string& language,
                          const std::string& group) const;
  void drop(const std::string& clip, const std::string& language) const;
  // Those of a clip; what can't be read is left out.
  std::vector<CaptionEdit> of_clip(const std::string& clip) const;
  // The clips that have some.
  std::vector<std::string> clips() const;

  // Suggestions that aren't wanted, by their keys (caption_board.h).
  Result<void> dismiss(const std::string& clip, const std::string& suggestion) const;
  std::set<std::string> dismissed(const std::string& clip) const;

 private:
  std::filesystem::path file(const std::string& clip, const std::string& language) const;

  std::filesystem::path folder_;
};

}  // namespace meanwhile
