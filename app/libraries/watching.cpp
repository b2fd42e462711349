#include "app/libraries/watching.h"

#include <expected>
#include <vector>

#include "app/libraries/arrivals.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/settings.h"
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

}  // namespace meanwhile
