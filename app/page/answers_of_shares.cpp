#include "app/page/answers_of_shares.h"

#include <expected>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/page/guest_intake.h"
#include "app/page/guest_words.h"
#include "app/page/pasted_answers.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

Result<TakenUp> take_up_answers(LibrarySession& library, GuestIntake& intake, WallTime now,
                                const std::stop_token& stop) {
  if (!intake.is_due(now)) return TakenUp{};
  const auto shares = shares_with_answers(library.sync_index());
  if (!shares) return std::unexpected(shares.error());
  const IntakeLibrary parts{
      .place = library.storage(),
      .index = library.sync_index(),
      .folder = library.folder(),
      .say = [&library](const std::vector<EventBody>& bodies) { return library.carry(bodies); },
      .is_all_stored =
          [&library] {
            const auto waiting = library.log()->waiting();
            return waiting && *waiting == 0;
          }};
  return intake.look(parts, *shares, now, stop);
}

Result<TakenUp> paste_answers(std::string_view text, const std::vector<OpenLibrary*>& libraries) {
  std::vector<AnswersLibrary> all;
  for (const OpenLibrary* library : libraries) {
    LibrarySession& session = *library->session;
    auto shares = shares_with_answers(session.index());
    if (!shares) return std::unexpected(shares.error());
    all.push_back({.index = session.index(),
                   .shares = std::move(*shares),
                   .say = [&session](const std::vector<EventBody>& bodies) -> Result<void> {
                     const auto said = session.say(bodies);
                     if (!said) return std::unexpected(said.error());
                     return {};
                   }});
  }
  return take_pasted_answers(text, all);
}

}  // namespace meanwhile
