#include "app/window/inbox_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/library/text.h"
#include "app/library/time_words.h"
#include "app/ui/format.h"

namespace meanwhile {
namespace {

std::string progress_words(const GroupStatus& group, bool is_paused) {
  if (group.failure) return *group.failure;
  if (is_paused) return "Waits: sending is paused";
  const auto percent = group.bytes == 0 ? 0 : group.bytes_stored * 100 / group.bytes;
  return fmt::format("Uploading {} %", percent);
}

const GroupStatus* find_group(const std::vector<GroupStatus>& groups, const std::string& clip) {
  const auto found = std::ranges::find(groups, clip, &GroupStatus::group);
  return found == groups.end() ? nullptr : &*found;
}

}  // namespace

ClipCard InboxDesk::card(const Clip& clip) {
  const std::string zone = desk_.application.time_zone();
  const bool is_kept = kept_.keeps(clip);
  const auto store = desk_.application.clips();
  return {.id = clip.id,
          .title = display_line(clip.title),
          .author = {.id = clip.author, .name = clip.author_name},
          .is_mine = clip.is_mine,
          .channel = clip.channel_name.empty() ? clip.channel : clip.channel_name,
          .duration = clip.duration,
          .age = clip.is_live ? "Being recorded now" : time_words(clip.published, wall_now(), zone),
          .sent_at = date_and_time(clip.published, zone),
          .watched = clip.watched,
          .is_new = !clip.is_mine && !clip.is_watched,
          .comments = clip.comments,
          .new_comments = clip.new_comments,
          .poster = clip.is_live ? nullptr : posters_.of_clip(clip),
          .is_live = clip.is_live,
          .upload = {},
          .is_kept = is_kept,
          .is_here = is_kept && store && (*store)->cache().is_whole(clip.id)};
}

void InboxDesk::fill_clips(LibrarySession& library) {
  InboxState& inbox = desk_.state.inbox;
  ClipQuery query{.only_unwatched = inbox.filter == InboxFilter::Unwatched,
                  .only_mine = inbox.filter == InboxFilter::Mine,
                  .words = inbox.search};
  if (!inbox.channel.empty()) query.channel = channel_id_for(inbox.channel);
  auto clips = library.index().clips(query);
  if (!clips) {
    inbox.load = LoadState::Failed;
    inbox.failure = clips.error().message;
    return;
  }
  inbox.clips.clear();
  for (const Clip& clip : *clips) inbox.clips.push_back(card(clip));
  inbox.load = LoadState::Ready;
}

void InboxDesk::fill_channels(LibrarySession& library) {
  InboxState& inbox = desk_.state.inbox;
  inbox.channels.clear();
  auto channels = library.index().channels();
  if (!channels) return;
  for (const Channel& channel : *channels) {
    if (!channel.is_archived)
      inbox.channels.push_back({.name = channel.name, .unwatched = channel.unwatched});
  }
  auto unwatched = library.index().clips({.only_unwatched = true});
  inbox.unwatched = unwatched ? static_cast<int>(unwatched->size()) : 0;
}

void InboxDesk::fill_takes(LibrarySession& library) {
  desk_.state.inbox.takes.clear();
  bool is_paused = false;
  if (auto status = library.outbox().status()) {
    sending_ = status->groups;
    is_paused = status->is_paused;
  }
  const std::string zone = desk_.application.time_zone();
  for (const Take& take : desk_.application.unpublished_takes()) {
    const GroupStatus* sending = find_group(sending_, take.clip);
    const bool is_recovered = take.state == TakeState::Recovered;
    desk_.state.inbox.takes.push_back({.id = take.clip,
                                       .title = display_line(take.title),
                                       .duration = take.duration,
                                       .age = time_words(take.started, wall_now(), zone),
                                       .state = sending        ? progress_words(*sending, is_paused)
                                                : is_recovered ? "Recovered after a crash"
                                                               : "Not published yet",
                                       .is_recovered = is_recovered,
                                       .poster = posters_.of_take(take)});
  }
}

void InboxDesk::fill_sync_words(LibrarySession& library) {
  InboxState& inbox = desk_.state.inbox;
  auto status = library.outbox().status();
  const std::int64_t waiting = status ? status->waiting_items + status->waiting_events : 0;
  const std::string trouble = !sync_failure_.empty()         ? sync_failure_
                              : status && status->last_error ? *status->last_error
                                                             : "";
  inbox.sync_failed = !trouble.empty();
  if (!inbox.sync_failed && status && status->is_paused && status->waiting_items > 0) {
    inbox.sync = "Sending is paused (Settings): " + format_size(status->waiting_bytes) + " wait";
  } else if (inbox.sync_failed) {
    inbox.sync = waiting > 0
                     ? fmt::format("Waiting to send {}: {}",
                                   waiting == 1 ? "one thing" : fmt::format("{} things", waiting), trouble)
                     : "Not in step: " + trouble;
  } else if (waiting > 0) {
    inbox.sync = "Sending";
  } else {
    inbox.sync = synced_ ? "Synced " + time_words(*synced_, wall_now(), desk_.application.time_zone())
                         : "Not synced yet";
  }
}

void InboxDesk::refresh() {
  auto library = desk_.application.library();
  if (!library) {
    desk_.state.inbox.load = LoadState::Failed;
    desk_.state.inbox.failure = library.error().message;
    return;
  }
  if (auto rules = KeptClips((*library)->folder()).rules()) kept_ = std::move(*rules);
  fill_takes(**library);
  fill_clips(**library);
  fill_channels(**library);
  fill_sync_words(**library);
}

void InboxDesk::search(const std::string& words) {
  desk_.state.inbox.search = words;
  refresh();
}

void InboxDesk::choose_filter(InboxFilter filter) {
  desk_.state.inbox.filter = filter;
  refresh();
}

void InboxDesk::choose_channel(const std::string& name) {
  desk_.state.inbox.channel = name;
  refresh();
}

void InboxDesk::discard_take(const std::string& take) {
  if (auto discarded = desk_.application.discard(take); !discarded) {
    desk_.notices.show(NoticeKind::Failure, "The take could not be thrown away", discarded.error().message);
  }
  refresh();
}

void InboxDesk::note_syncing() {
  desk_.state.inbox.is_syncing = true;
}

void InboxDesk::note_sync(const Result<SyncReport>& report) {
  desk_.state.inbox.is_syncing = false;
  sync_failure_ = report ? "" : report.error().message;
  if (report) synced_ = wall_now();
  if (report && report->changed) posters_.forget_failures();
}

}  // namespace meanwhile
