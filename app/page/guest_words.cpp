#include "app/page/guest_words.h"

#include <array>
#include <cstddef>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/guest_document.h"
#include "app/library/index.h"
#include "app/library/person_name.h"
#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/seal/guest_seal.h"

namespace meanwhile {
namespace {

std::string words_of_refusal(Refused why, int count) {
  switch (why) {
    case Refused::TooLarge:
      return tr_count(count, "{} is too long", "{} are too long", count);
    case Refused::Forged:
      return tr_count(count, "{} can't be read: damaged, forged or for somebody else",
                      "{} can't be read: damaged, forged or for somebody else", count);
    case Refused::Elsewhere:
      return tr_count(count, "{} is for another update", "{} are for other updates", count);
    case Refused::Repeated:
      return tr_count(count, "{} was here already", "{} were here already", count);
    case Refused::Flood:
      return tr_count(count, "{} is more than a shared link may bring in a day",
                      "{} are more than a shared link may bring in a day", count);
    case Refused::Newer:
      return tr_count(count, "{} was written by a newer page: update Meanwhile to read it",
                      "{} were written by a newer page: update Meanwhile to read them", count);
    case Refused::Ended:
      return tr_count(count, "{} is for a link that takes no answers, or for a library that isn't yours",
                      "{} are for a link that takes no answers, or for a library that isn't yours", count);
  }
  return {};
}

std::string comma_list(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace

std::string_view refusal_name(Refused why) {
  constexpr std::array<std::string_view, kRefusals> kNames = {"large", "forged", "elsewhere", "repeated",
                                                              "flood", "newer",  "ended"};
  return kNames[static_cast<std::size_t>(why)];
}

Result<GuestEvent> guest_event_of(std::span<const std::byte> bytes, const OpenShare& share) {
  Bytes opened;
  if (share.secret) {
    auto unsealed = open_guest_seal(bytes, *share.secret, share.id);
    if (!unsealed) return std::unexpected(unsealed.error());
    opened = std::move(*unsealed);
    bytes = opened;
  }
  auto event = guest_event(as_text(bytes));
  if (!event) return event;
  if (event->share != share.id || event->clip != share.clip)
    return fail(ErrorCode::InvalidArgument, tr("it is for another update"));
  if (event->said->words.empty()) return fail(ErrorCode::Unsupported, tr("nothing in it is understood"));
  return event;
}

Refused refusal_of(const Error& error) {
  if (error.code == ErrorCode::Unsupported) return Refused::Newer;
  return error.code == ErrorCode::InvalidArgument ? Refused::Elsewhere : Refused::Forged;
}

void TakenUp::add(const GuestDocument& document) {
  Guest& guest = guests[document.guest];
  const WordCounts counts = count_words(document);
  guest.name = document.name;
  guest.counts.comments += counts.comments;
  guest.counts.replies += counts.replies;
  guest.counts.reactions += counts.reactions;
}

std::string taken_up_words(const TakenUp& taken) {
  std::vector<std::string> parts;
  for (const auto& [id, guest] : taken.guests)
    // TRANSLATORS: {0} is such as "3 comments", {1} a person's name.
    parts.push_back(tr_format("{} from {}", count_words_text(guest.counts),
                              guest_name(shown_name(display_line(guest.name), id, 1), false)));
  return parts.empty() ? tr("Nothing new") : comma_list(parts);
}

std::string refused_words(const std::map<Refused, int>& refused) {
  std::vector<std::string> parts;
  for (const auto& [why, count] : refused) parts.push_back(words_of_refusal(why, count));
  return comma_list(parts);
}

Json json_of(const TakenUp& taken) {
  Json json = {{"taken", Json::array()}, {"refused", Json::object()}};
  for (const auto& [id, guest] : taken.guests)
    json["taken"].push_back({{"guest", id},
                             {"name", guest.name},
                             {"comments", guest.counts.comments},
                             {"replies", guest.counts.replies},
                             {"reactions", guest.counts.reactions}});
  for (const auto& [why, count] : taken.refused) json["refused"][std::string(refusal_name(why))] = count;
  return json;
}

Result<bool> is_known(Index& index, const GuestDocument& document) {
  for (const GuestWord& word : document.words) {
    const auto is_here = index.has_guest_word(word.id);
    if (!is_here || !*is_here) return is_here;
  }
  return true;
}

}  // namespace meanwhile
