#include "app/page/guest_intake.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/index.h"
#include "app/page/guest_notes.h"
#include "app/page/guest_words.h"
#include "app/page/page_keys.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

// Who answered in the last minute may be taken up a little later.
constexpr std::chrono::days kAfterTheEnd{1};

// "<guest>.000012.json"; nullopt: another name.
std::optional<EventId> first_word_in(std::string_view name) {
  constexpr std::string_view kEnd = ".json";
  constexpr std::size_t kDigits = 6;
  const auto dot = name.find('.');
  if (dot == std::string_view::npos || !name.ends_with(kEnd) ||
      name.size() != dot + 1 + kDigits + kEnd.size())
    return std::nullopt;
  const std::string_view digits = name.substr(dot + 1, kDigits);
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + kDigits, n);
  if (!is_key_id(name.substr(0, dot)) || error != std::errc{} || end != digits.data() + kDigits || n < 1)
    return std::nullopt;
  return EventId{std::string(name.substr(0, dot)), n};
}

// One share's answers, at one look.
class ShareLook {
 public:
  // unread: objects that a newer version may read; they are left alone until the program is started again.
  ShareLook(const IntakeLibrary& library, const OpenShare& share, ShareNotes& notes,
            std::set<std::string>& unread, std::stop_token stop)
      : library_(library), share_(share), notes_(notes), unread_(unread), stop_(std::move(stop)) {}

  Result<void> run(TakenUp& taken) {
    const std::string prefix = answers_prefix(share_.id);
    const auto objects = library_.place.list(prefix, "", stop_);
    if (!objects) return std::unexpected(objects.error());
    forget_gone(*objects);
    const auto read = take_all(*objects, taken);
    // Whatever came in between, what was read is kept.
    MEANWHILE_TRY(say_all(taken));
    if (!read) return read;
    return events_.empty() ? remove_done(*objects) : Result<void>();
  }

 private:
  std::string name_of(const ObjectInfo& object) const {
    return object.key.substr(answers_prefix(share_.id).size());
  }

  // Whoever writes under another's name can't keep theirs from being looked at: theirs has another size.
  std::string mark_of(const ObjectInfo& object) const {
    return fmt::format("{} {}", name_of(object), object.size_bytes.value_or(0));
  }

  void forget_gone(const std::vector<ObjectInfo>& objects) {
    std::set<std::string> there;
    for (const ObjectInfo& object : objects) there.insert(mark_of(object));
    std::erase_if(notes_.settled, [&](const std::string& mark) { return !there.contains(mark); });
  }

  // Its words are here, or won't be.
  Result<bool> is_done(const ObjectInfo& object) {
    if (notes_.settled.contains(mark_of(object))) return true;
    const auto word = first_word_in(name_of(object));
    return word ? library_.index.has_guest_word(*word) : false;
  }

  Result<void> take_all(const std::vector<ObjectInfo>& objects, TakenUp& taken) {
    for (const ObjectInfo& object : objects) {
      const auto done = is_done(object);
      if (!done) return std::unexpected(done.error());
      const bool is_left = unread_.contains(object.key) || notes_.settled.size() >= kMostNotedNames;
      if (!*done && !is_left) MEANWHILE_TRY(take(object, taken));
    }
    return {};
  }

  Result<void> refuse(const ObjectInfo& object, Refused why, TakenUp& taken) {
    ++taken.refused[why];
    ++notes_.refused[why];
    if (why == Refused::Newer) {
      unread_.insert(object.key);
    } else {
      notes_.settled.insert(mark_of(object));
    }
    return {};
  }

  Result<void> take(const ObjectInfo& object, TakenUp& taken) {
    const auto word = first_word_in(name_of(object));
    const std::uint64_t size = object.size_bytes.value_or(0);
    if (!word && !is_answer_slot(name_of(object))) return refuse(object, Refused::Forged, taken);
    if (size > kLargestAnswerObject) return refuse(object, Refused::TooLarge, taken);
    if (!notes_.has_room_for(size)) return refuse(object, Refused::Flood, taken);
    const auto bytes = library_.place.get(object.key, kLargestAnswerObject, std::nullopt, stop_);
    notes_.count(bytes ? bytes->size() : 0);
    if (bytes) return take_bytes(*bytes, object, word, taken);
    if (bytes.error().code == ErrorCode::NotFound) return {};  // somebody removed it meanwhile
    if (bytes.error().code == ErrorCode::Corrupt) return refuse(object, Refused::TooLarge, taken);
    return std::unexpected(bytes.error());
  }

  Result<void> take_bytes(std::span<const std::byte> bytes, const ObjectInfo& object,
                          const std::optional<EventId>& word, TakenUp& taken) {
    auto event = guest_event_of(bytes, share_);
    if (!event) return refuse(object, refusal_of(event.error()), taken);
    // Under another's name it would keep theirs from being looked at.
    if (word && (event->said->guest != word->device || event->said->n != word->n))
      return refuse(object, Refused::Forged, taken);
    const auto known = is_known(library_.index, *event->said);
    if (!known) return std::unexpected(known.error());
    if (*known && word) return refuse(object, Refused::Repeated, taken);
    if (*known) {
      notes_.settled.insert(mark_of(object));  // another member's app was first
      return {};
    }
    // Where its name isn't that of a word which is understood, it is noted that it is here.
    if (event->said->words.front().id != word) said_.push_back(mark_of(object));
    events_.push_back(std::move(*event));
    return {};
  }

  Result<void> say_all(TakenUp& taken) {
    if (events_.empty()) return {};
    const auto said = library_.say({events_.begin(), events_.end()});
    if (!said) return said;
    for (const GuestEvent& event : events_) taken.add(*event.said);
    notes_.settled.insert(said_.begin(), said_.end());
    return {};
  }

  // Only by whom the clip is, and only what nobody misses.
  Result<void> remove_done(const std::vector<ObjectInfo>& objects) {
    const auto clip = library_.index.clip(share_.clip);
    if (!clip || !clip->is_mine || objects.empty() || !library_.is_all_stored()) return {};
    for (const ObjectInfo& object : objects) {
      const auto done = is_done(object);
      if (!done) return std::unexpected(done.error());
      if (*done) MEANWHILE_TRY(library_.place.remove(object.key, stop_));
    }
    return {};
  }

  const IntakeLibrary& library_;
  const OpenShare& share_;
  ShareNotes& notes_;
  std::set<std::string>& unread_;
  const std::stop_token stop_;
  std::vector<GuestEvent> events_;
  std::vector<std::string> said_;  // marks of objects that are settled with them
};

bool takes_answers(const OpenShare& share, WallTime now) {
  return share.has_place && (!share.until || now < *share.until + kAfterTheEnd);
}

}  // namespace

bool GuestIntake::is_due(WallTime now) const {
  // A clock may have been set back meanwhile.
  return !last_ || now < *last_ || now - *last_ >= kBetweenAnswerLooks;
}

Result<TakenUp> GuestIntake::look(const IntakeLibrary& library, std::span<const OpenShare> shares,
                                  WallTime now, const std::stop_token& stop) {
  TakenUp taken;
  if (!is_due(now)) return taken;
  last_ = now;
  std::optional<GuestNotes> notes;
  std::optional<GuestNotes> before;
  Result<void> looked;
  for (const OpenShare& share : shares) {
    if (!takes_answers(share, now)) continue;
    if (!notes) before = notes = read_guest_notes(library.folder);
    ShareNotes& of_share = (*notes)[share.id];
    of_share.begin_day(now);
    looked = ShareLook(library, share, of_share, unread_, stop).run(taken);
    if (!looked) break;
  }
  if (notes && *notes != *before) MEANWHILE_TRY(write_guest_notes(library.folder, *notes));
  if (!looked) return std::unexpected(looked.error());
  return taken;
}

}  // namespace meanwhile
