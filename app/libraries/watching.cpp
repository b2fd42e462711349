#include "app/libraries/watching.h"

#include <expected>
#include <string>
#include <vector>

#include "app/libraries/arrivals.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/settings.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

Result<void> say_watching(LibrarySession& session, const WatchedEvent& watched, const Settings& settings,
                          bool shares) {
  std::vector<EventBody> words = arrival_words(session, watched.clip, settings);
  if (shares) {
    words.emplace_back(watched);
  } else {
    MEANWHILE_TRY(session.keep_private(watched));
  }
  if (words.empty()) return {};
  const auto said = session.say(words);
  if (!said) return std::unexpected(said.error());
  return {};
}

Result<int> mark_watched(LibrarySession& session, const std::vector<std::string>& clips) {
  std::vector<EventBody> words;
  for (const std::string& id : clips) {
    const auto clip = session.index().clip(id);
    if (!clip && clip.error().code == ErrorCode::NotFound) continue;
    if (!clip) return std::unexpected(clip.error());
    words.emplace_back(WatchedEvent{.clip = id,
                                    .ranges = {{MediaTime{}, clip->recorded_duration}},
                                    .stopped_at = {},
                                    .version = clip->version});
  }
  if (words.empty()) return 0;
  MEANWHILE_TRY(session.keep_private(words));
  return static_cast<int>(words.size());
}

}  // namespace meanwhile
