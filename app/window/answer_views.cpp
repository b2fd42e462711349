#include "app/window/answer_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <expected>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/reach.h"
#include "app/library/reply_by.h"
#include "app/library/time_words.h"
#include "app/ui/state.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

std::vector<std::string> earlier_versions(Index& index, const Comment& comment) {
  const auto id = parse_event_id(comment.id);
  auto versions = id ? index.versions(*id) : fail(ErrorCode::NotFound, "");
  if (!versions || versions->empty()) return {};
  versions->pop_back();
  for (std::string& version : *versions) version = display_text(version);
  return std::move(*versions);
}

// A clip that isn't there yet is being sent by whoever recorded it.
MediaView media_view(Index& index, const std::string& clip) {
  MediaView media{.clip = clip, .duration = {}, .state = tr("On its way"), .poster = nullptr};
  if (const auto found = index.clip(clip)) {
    media.duration = found->duration;
    media.state.clear();
  }
  return media;
}

// What the views of a clip's comments are made of.
struct Source {
  Index& index;
  const Viewer& viewer;
  const std::set<std::string>& versions_of;
  std::map<std::string, std::string> zones;  // by person
};

CommentView comment_view(const Source& source, const Comment& comment) {
  const Viewer& viewer = source.viewer;
  const auto theirs = source.zones.find(comment.author);
  CommentView view{.id = comment.id,
                   .author = {.id = comment.author,
                              .name = comment.author_name,
                              .is_guest = comment.is_guest,
                              .known_by = display_line(comment.known_by)},
                   .is_mine = comment.is_mine,
                   .is_new = comment.is_new,
                   .is_resolved = comment.is_resolved,
                   .resolved_by = display_line(comment.resolved_by),
                   .at = comment.at,
                   .to = comment.to,
                   .text = comment.is_deleted ? tr("This comment was deleted.") : display_text(comment.text),
                   .age = time_words(comment.created, viewer.now, viewer.zone),
                   .replies = {},
                   .is_deleted = comment.is_deleted,
                   .is_edited = comment.edited.has_value() && !comment.is_deleted};
  if (source.versions_of.contains(comment.id)) view.versions = earlier_versions(source.index, comment);
  view.drawing = comment.drawing;
  if (!comment.media.empty()) view.media = media_view(source.index, comment.media);
  view.written_at =
      both_times(comment.created, viewer.zone, theirs == source.zones.end() ? "" : theirs->second);
  view.version = comment.version;
  view.is_on_earlier = comment.is_on_earlier;
  if (view.is_on_earlier) view.age += " · " + tr_format("on version {}", comment.version);
  return view;
}

std::string person_words(const AskedPerson& person, const Viewer& viewer) {
  const std::string name = person.name.empty() ? tr("Somebody new") : person.name;
  // TRANSLATORS: Somebody who is asked has not answered yet.
  if (!person.answered) return tr_format("{}: not yet", name);
  // TRANSLATORS: {0} is a person's name, {1} is when, such as "yesterday".
  return tr_format("{}: answered {}", name, time_words(*person.answered, viewer.now, viewer.zone));
}

// A line a zone that isn't the viewer's: who is there, and what their clock will show.
std::string by_in_other_zones(const Ask& ask, WallTime by, const Viewer& viewer) {
  std::string lines;
  for (const AskedPerson& person : ask.people) {
    if (person.time_zone.empty() || person.time_zone == viewer.zone) continue;
    if (!lines.empty()) lines += "\n";
    lines += fmt::format("{}: {}", person.name, reply_by_words(by, viewer.now, person.time_zone));
  }
  return lines;
}

AskView ask_view(const Ask& ask, const Viewer& viewer) {
  AskView view{.kind = ask.comment.ask->kind,
               .by = {},
               .by_elsewhere = {},
               .answered = answered_words(ask),
               .people = {},
               .is_for_me = ask.is_for_me,
               .waits_for_me = ask.is_for_me && !ask.is_answered_by_me && !ask.comment.is_resolved};
  if (const auto& by = ask.comment.ask->by) {
    // TRANSLATORS: Until when an answer is wanted: a moment, and how far away it is.
    view.by =
        tr_format("by {}, {}", reply_by_words(*by, viewer.now, viewer.zone), distance_words(*by, viewer.now));
    view.by_elsewhere = by_in_other_zones(ask, *by, viewer);
  }
  for (const AskedPerson& person : ask.people) view.people.push_back(person_words(person, viewer));
  return view;
}

}  // namespace

Result<ClipAnswers> read_answers(Index& index, const std::string& clip, const Viewer& viewer,
                                 const std::set<std::string>& versions_of) {
  const auto threads = index.comments(clip);
  if (!threads) return std::unexpected(threads.error());
  const auto asks = index.asks(clip);
  if (!asks) return std::unexpected(asks.error());
  const auto reactions = index.reactions(clip);
  if (!reactions) return std::unexpected(reactions.error());
  const auto people = index.people();
  if (!people) return std::unexpected(people.error());
  const auto me = std::ranges::find(*people, true, &Person::is_me);
  const Source source{index, viewer, versions_of, zones_of(*people)};
  ClipAnswers answers;
  for (const Thread& thread : *threads) {
    CommentView view = comment_view(source, thread.comment);
    for (const Comment& reply : thread.replies) view.replies.push_back(comment_view(source, reply));
    const auto ask = std::ranges::find(*asks, view.id, [](const Ask& one) { return one.comment.id; });
    if (ask != asks->end()) view.ask = ask_view(*ask, viewer);
    answers.comments.push_back(std::move(view));
  }
  for (const Reaction& reaction : *reactions) {
    answers.reactions.push_back(
        {.at = reaction.at,
         .name = reaction.name,
         .person = {.id = reaction.person, .name = reaction.person_name, .is_guest = reaction.is_guest},
         .is_mine = me != people->end() && reaction.person == me->id});
  }
  return answers;
}

}  // namespace meanwhile
