#include "app/page/answers_of_shares.h"

#include <cstddef>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/guest_line.h"
#include "app/page/guest_intake.h"
#include "app/page/guest_words.h"
#include "app/page/page_keys.h"
#include "app/page/pasted_answers.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestPastedAnswer = kAnswersScheme.size() + kLargestAnswerObject * 4 / 3 + 8;

}  // namespace

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

Result<std::string> waiting_answers(Storage& place, const std::string& share, const std::stop_token& stop) {
  const auto objects = place.list(answers_prefix(share), "", stop);
  if (!objects) return std::unexpected(objects.error());
  std::string text;
  for (const ObjectInfo& object : *objects) {
    const auto bytes = place.get(object.key, kLargestAnswerObject, {}, stop);
    if (text.size() + kLongestPastedAnswer > kLongestAnswersText) break;  // a flood: no more is taken a day
    if (bytes) {
      const auto* letters = reinterpret_cast<const unsigned char*>(bytes->data());
      text += std::string(kAnswersScheme) + to_base64url({letters, bytes->size()}) + "\n";
    } else if (bytes.error().code != ErrorCode::NotFound && bytes.error().code != ErrorCode::Corrupt) {
      return std::unexpected(bytes.error());  // else somebody was first, or it is larger than any answer
    }
  }
  return text;
}

Result<void> remove_answers(Storage& place, const std::string& share, const std::stop_token& stop) {
  const auto objects = place.list(answers_prefix(share), "", stop);
  if (!objects) return std::unexpected(objects.error());
  for (const ObjectInfo& object : *objects) MEANWHILE_TRY(place.remove(object.key, stop));
  return {};
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
