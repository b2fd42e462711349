// Comments that are being typed, kept so that a crash doesn't lose them: a small file a clip.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

struct SavedEdit {
  EventId comment;
  std::string text;
};

struct SavedDraft {
  std::string text = {};
  std::optional<MediaTime> at = std::nullopt;
  std::optional<MediaTime> to = std::nullopt;
  std::optional<EventId> reply_to = std::nullopt;
  Drawing drawing = {};
  std::optional<SavedEdit> edit = std::nullopt;  // beside it: of a comment that was sent

  bool is_empty() const { return text.empty() && drawing.empty() && !edit; }
};

// Any thread, but one call at a time for one clip. Writing blocks for a disk's sync: the caller waits for a
// pause in the typing.
class DraftStore {
 public:
  // folder: made at the first save.
  explicit DraftStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // An empty one removes the draft. Errors: InvalidArgument (clip is no clip id), NoSpace, PermissionDenied,
  // Io.
  Result<void> save(std::string_view clip, const SavedDraft& draft) const;
  // nullopt: none, or none that can be read.
  std::optional<SavedDraft> load(std::string_view clip) const;
  // Removing what isn't there is done already. Errors: InvalidArgument, PermissionDenied, Io.
  Result<void> remove(std::string_view clip) const;

 private:
  std::filesystem::path file(std::string_view clip) const;

  std::filesystem::path folder_;
};

}  // namespace meanwhile
