#include "app/libraries/arrivals.h"

#include <cstddef>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/settings.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {

std::vector<EventBody> arrival_words(LibrarySession& session, const std::string& clip,
                                     const Settings& settings) {
  const auto found = session.index().clip(clip);
  if (!found || found->is_mine || found->is_live) return {};
  if (!shares_watching(settings, session.id(), found->channel)) return {};
  const auto is_said = session.index().has_arrived(clip);
  if (!is_said || *is_said) return {};
  return {FetchedEvent{.clip = clip}};
}

Result<void> say_arrivals(LibrarySession& session, const std::vector<std::string>& clips,
                          const Settings& settings) {
  std::vector<EventBody> words;
  for (const std::string& clip : clips) {
    for (EventBody& word : arrival_words(session, clip, settings)) words.push_back(std::move(word));
  }
  if (words.empty()) return {};
  const auto said = session.say(words);
  if (!said) return std::unexpected(said.error());
  return {};
}

Result<void> say_kept_arrivals(const OpenLibrary& library, const Settings& settings) {
  std::vector<std::string> whole = library.clips->cache().kept_clips();
  std::erase_if(whole, [&](const std::string& clip) { return !library.clips->cache().is_whole(clip); });
  return say_arrivals(*library.session, whole, settings);
}

std::string arrival_line(const std::vector<Arrival>& arrivals) {
  constexpr std::size_t kMostNames = 2;
  if (arrivals.empty()) return "";
  const std::string& first = arrivals.front().person_name;
  // TRANSLATORS: {0} is a person's name.
  if (arrivals.size() == 1) return tr_format("Delivered to {}", first);
  const std::string& second = arrivals[1].person_name;
  if (arrivals.size() == kMostNames) return tr_format("Delivered to {} and {}", first, second);
  const std::size_t more = arrivals.size() - kMostNames;
  return tr_count(more, "Delivered to {}, {} and {} more", "Delivered to {}, {} and {} more", first, second,
                  more);
}

}  // namespace meanwhile
