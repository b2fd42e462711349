#include "app/moving/moved_words.h"

#include <algorithm>
#include <expected>
#include <map>
#include <optional>
#include <string>

#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/text.h"
#include "app/library/time_words.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

const std::string& original_of(const Comment& comment) {
  return comment.copy_of.empty() ? comment.id : comment.copy_of;
}

struct Carried {
  EventId id;
  bool is_resolved = false;
};
using CarriedWords = std::map<std::string, Carried>;  // by the original's id

void add_known(const Comment& comment, CarriedWords& known) {
  const auto id = parse_event_id(comment.id);
  if (!id) return;
  known[comment.id] = {*id, comment.is_resolved};
  // Anybody can write that mark: only one's own is believed.
  if (comment.is_mine && !comment.copy_of.empty()) known[comment.copy_of] = {*id, comment.is_resolved};
}

Result<CarriedWords> known_words(Index& index, const std::string& clip) {
  const auto threads = index.comments(clip);
  if (!threads) return std::unexpected(threads.error());
  CarriedWords known;
  for (const Thread& thread : *threads) {
    add_known(thread.comment, known);
    for (const Comment& reply : thread.replies) add_known(reply, known);
  }
  return known;
}

// The library that words are said in.
struct Speaker {
  LibrarySession& library;
  std::optional<EventId> last;

  Result<EventId> say(const EventBody& body) {
    auto said = library.say(body);
    if (said) last = *said;
    return said;
  }
};

// A recorded answer is a clip of its own, which doesn't come along.
bool is_left_behind(const Comment& comment, LibrarySession& to) {
  return !comment.media.empty() && !to.index().clip(comment.media);
}

std::string text_in(LibrarySession& to, const Comment& comment) {
  const std::string text = carried_text(comment);
  if (!is_left_behind(comment, to)) return text;
  return shorten((text.empty() ? "" : text + "\n") + "(The recorded answer stayed in the other library.)",
                 kLongestText - 1);
}

Attachments attached(const Comment& comment, LibrarySession& to) {
  return {comment.drawing, is_left_behind(comment, to) ? std::string() : comment.media, comment.mentions};
}

// A thread's beginning. Only its own writer asks: what somebody else asked is told as a comment.
EventBody begun_again(const std::string& clip, const Comment& comment, LibrarySession& to) {
  if (comment.ask && comment.is_mine && !comment.is_deleted)
    return AskEvent{.clip = clip,
                    .at = comment.at,
                    .kind = comment.ask->kind,
                    .text = carried_text(comment),
                    .people = comment.ask->people,
                    .by = comment.ask->by,
                    .copy_of = original_of(comment),
                    .version = comment.version};
  return CommentEvent{.clip = clip,
                      .at = comment.at,
                      .to = comment.to,
                      .text = text_in(to, comment),
                      .with = attached(comment, to),
                      .copy_of = original_of(comment),
                      .version = comment.version};
}

EventBody answered_again(const EventId& parent, const Comment& comment, LibrarySession& to) {
  return ReplyEvent{.to = parent,
                    .text = text_in(to, comment),
                    .with = attached(comment, to),
                    .copy_of = original_of(comment)};
}

Result<void> carry(const std::string& clip, const Comment& comment, Speaker& to, CarriedWords& known) {
  const std::string& original = original_of(comment);
  if (!known.contains(original)) {
    const auto parent = known.find(comment.reply_to);
    if (!comment.reply_to.empty() && parent == known.end()) return {};  // to a second one of a fork
    const auto said = to.say(parent == known.end() ? begun_again(clip, comment, to.library)
                                                   : answered_again(parent->second.id, comment, to.library));
    if (!said) return std::unexpected(said.error());
    known[original] = {*said, false};
  }
  Carried& carried = known[original];
  known[comment.id] = carried;
  if (!comment.is_resolved || carried.is_resolved) return {};
  carried.is_resolved = known[comment.id].is_resolved = true;
  const auto said = to.say(ResolveEvent{.comment = carried.id});
  if (!said) return std::unexpected(said.error());
  return {};
}

Result<void> carry_reactions(const std::string& clip, LibrarySession& from, Speaker& to) {
  const auto reactions = from.index().reactions(clip);
  if (!reactions) return std::unexpected(reactions.error());
  const auto there = to.library.index().reactions(clip);
  if (!there) return std::unexpected(there.error());
  const std::string me = to.library.identity().person();
  for (const Reaction& reaction : *reactions) {
    const bool is_there = std::ranges::any_of(*there, [&](const Reaction& other) {
      return other.person == me && other.at == reaction.at && other.name == reaction.name;
    });
    if (reaction.person != me || is_there) continue;
    const auto said = to.say(ReactEvent{.clip = clip, .at = reaction.at, .name = reaction.name});
    if (!said) return std::unexpected(said.error());
  }
  return {};
}

}  // namespace

std::string carried_text(const Comment& comment) {
  const std::string text = comment.is_deleted ? "(deleted)" : comment.text;
  if (comment.is_mine) return text;
  return shorten(
      display_line(comment.author_name) + ", " + date_and_time(comment.created, "UTC") + " UTC:\n" + text,
      kLongestText - 1);  // less the sign that it was cut
}

// Parents before answers: a thread's replies come by time, and an answer is later than what it answers.
Result<std::optional<EventId>> carry_words(const std::string& clip, LibrarySession& from,
                                           LibrarySession& to) {
  auto threads = from.index().comments(clip);
  if (!threads) return std::unexpected(threads.error());
  auto known = known_words(to.index(), clip);
  if (!known) return std::unexpected(known.error());
  Speaker speaker{to, std::nullopt};
  std::ranges::stable_sort(*threads, {}, [](const Thread& thread) { return thread.comment.created; });
  for (const Thread& thread : *threads) {
    MEANWHILE_TRY(carry(clip, thread.comment, speaker, *known));
    for (const Comment& reply : thread.replies) MEANWHILE_TRY(carry(clip, reply, speaker, *known));
  }
  MEANWHILE_TRY(carry_reactions(clip, from, speaker));
  return speaker.last;
}

}  // namespace meanwhile
