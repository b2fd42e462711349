#include "app/window/inbox_desk.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/arrivals.h"
#include "app/libraries/clip_pages.h"
#include "app/libraries/held_clips.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/trash.h"
#include "app/libraries/watching.h"
#include "app/library/clip_summary.h"
#include "app/library/events.h"
#include "app/library/format.h"
#include "app/library/guest_line.h"
#include "app/library/index.h"
#include "app/library/reach.h"
#include "app/library/settings.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "app/moving/clip_move.h"
#include "app/ui/state.h"
#include "app/window/inbox_list.h"
#include "app/window/inbox_words.h"
#include "app/window/pasted_answers_notice.h"
#include "media/base/identifier.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "upload/outbox_items.h"
#include "upload/sync.h"

namespace meanwhile {
namespace {

constexpr std::chrono::minutes kPresenceKept{5};
// More would take a day to watch.
constexpr int kMostInQueue = 200;
// At once, in one press.
constexpr int kMostMarked = 5000;

std::string progress_words(const GroupStatus& group, bool is_paused) {
  if (group.failure) return *group.failure;
  if (is_paused) return tr("Waits: sending is paused");
  const auto percent = group.bytes == 0 ? 0 : group.bytes_stored * 100 / group.bytes;
  return tr_format("Uploading {} %", percent);
}

// As people write it, where that is known.
std::string channel_name(LibrarySession& session, const std::string& id) {
  const auto channels = session.index().channels();
  if (!channels) return id;
  const auto found = std::ranges::find(*channels, id, &Channel::id);
  return found == channels->end() ? id : found->name;
}

// Chapters come with the clip; of captions a few lines have a sentence's end among them.
std::string summary_of(Index& index, const Clip& clip) {
  constexpr int kLines = 6;
  const auto lines = index.first_captions(clip.id, kLines);
  return clip_summary(clip.chapters, lines.value_or(std::vector<std::string>()));
}

const GroupStatus* find_group(const std::vector<GroupStatus>& groups, const std::string& clip) {
  const auto found = std::ranges::find(groups, clip, &GroupStatus::group);
  return found == groups.end() ? nullptr : &*found;
}

}  // namespace

ClipCard InboxDesk::card(const OpenLibrary& library, const Clip& clip) {
  const std::string zone = desk_.application.time_zone();
  const auto rules = kept_.find(library.session->id());
  const bool is_kept = rules != kept_.end() && rules->second.keeps(clip);
  const auto arrivals =
      clip.is_mine ? library.session->index().arrivals(clip.id) : Result<std::vector<Arrival>>();
  return {.id = clip.id,
          .title = display_line(clip.title),
          .author = {.id = clip.author, .name = clip.author_name},
          .is_mine = clip.is_mine,
          .channel = clip.channel_name.empty() ? clip.channel : clip.channel_name,
          .duration = clip.duration,
          .age = clip.is_broken_off ? tr("Recording broke off")
                 : clip.is_live     ? tr("Being recorded now")
                                    : time_words(clip.published, wall_now(), zone),
          .summary = summary_of(library.session->index(), clip),
          .sent_at = both_times(clip.published, zone, zone_of(clip.author)),
          .watched = clip.watched,
          .is_new = !clip.is_mine && !clip.is_watched,
          .comments = clip.comments,
          .new_comments = clip.new_comments,
          .poster = clip.is_live ? nullptr : posters_.of_clip(library.clips, clip),
          .is_live = clip.is_live && !clip.is_broken_off,
          .upload = is_arriving(library, clip) ? tr("On its way here") : "",
          .is_kept = is_kept,
          .is_here = is_kept && library.clips->cache().is_whole(clip.id),
          .is_archived = clip.is_archived,
          .asks = clip.asks,
          .answers = clip.answers,
          .library = desk_.state.inbox.libraries.empty() ? "" : library.session->name(),
          .library_id = library.session->id(),
          .arrivals = clip.is_mine ? arrival_line(arrivals.value_or(std::vector<Arrival>())) : ""};
}

PicturePtr InboxDesk::poster(const OpenLibrary& library, const std::string& clip) {
  const auto found = library.session->index().clip(clip);
  return found && !found->is_live ? posters_.of_clip(library.clips, *found) : nullptr;
}

// While it moves a clip is in two libraries.
bool InboxDesk::is_arriving(const OpenLibrary& library, const Clip& clip) const {
  return std::ranges::any_of(
      moves_, [&](const ClipMove& move) { return move.clip == clip.id && move.to == library.session->id(); });
}

std::string InboxDesk::zone_of(const std::string& person) const {
  const auto found = zones_.find(person);
  return found == zones_.end() ? "" : found->second;
}

// One library needs no name.
void InboxDesk::fill_libraries(const Open& libraries) {
  InboxState& inbox = desk_.state.inbox;
  inbox.libraries.clear();
  bool is_there = false;
  for (const OpenLibrary* library : libraries) {
    is_there = is_there || library->session->id() == inbox.library;
    if (libraries.size() > 1)
      inbox.libraries.push_back({.id = library->session->id(), .name = library->session->name()});
  }
  if (!is_there || inbox.libraries.empty()) inbox.library.clear();
}

// Those whose clips are shown.
InboxDesk::Open InboxDesk::chosen(const Open& libraries) const {
  const std::string& id = desk_.state.inbox.library;
  Open chosen;
  std::ranges::copy_if(libraries, std::back_inserter(chosen), [&](const OpenLibrary* library) {
    return id.empty() || library->session->id() == id;
  });
  return chosen;
}

void InboxDesk::fill_clips(const Open& libraries) {
  if (desk_.state.inbox.filter == InboxFilter::Trash) return fill_trash(libraries);
  list_.fill(chosen(libraries));
}

void InboxDesk::show_clips(int first, int count) {
  const auto libraries = desk_.application.libraries();
  if (!libraries || desk_.state.inbox.filter == InboxFilter::Trash) return;
  list_.show(chosen(*libraries), first, count);
  calls_.wake();  // a page is being drawn: the new cards are there in the next frame
}

// What waits in the list that is looked at, in the order of the Inbox.
void InboxDesk::play_all() {
  const auto libraries = desk_.application.libraries();
  if (libraries) calls_.play(list_.unwatched(chosen(*libraries), kMostInQueue));
}

// What waits in the list that is looked at.
void InboxDesk::fill_news(const Open& libraries) {
  InboxState& inbox = desk_.state.inbox;
  const bool is_channel = !inbox.channel.empty();
  const auto counts = count_clips(chosen(libraries), chosen_channel_id(inbox));
  if (!counts) return;
  const ClipSum waiting{counts->unwatched, counts->unwatched_length, counts->unwatched_pauses};
  ClipSum since;
  if (visits_.before() && !is_channel) {
    for (OpenLibrary* library : chosen(libraries)) {
      const auto sum = library->session->index().unwatched_since(*visits_.before());
      if (!sum) continue;
      since.clips += sum->clips;
      since.length += sum->length;
      since.pauses += sum->pauses;
    }
  }
  inbox.can_play_all = waiting.clips > 0;
  const Settings& settings = desk_.application.settings();
  inbox.news = news_words(waiting, since, {.speed = settings.speed, .skips_pauses = settings.skip_pauses});
}

// One's own, for nobody else can bring them back.
void InboxDesk::fill_trash(const Open& libraries) {
  InboxState& inbox = desk_.state.inbox;
  inbox.clips.clear();
  inbox.found.clear();
  inbox.sections.clear();
  inbox.first = inbox.total = 0;
  inbox.load = LoadState::Ready;
  for (const OpenLibrary* library : chosen(libraries)) {
    const auto clips = trash_of(*library->session);
    if (!clips) continue;
    for (const DeletedClip& clip : *clips) inbox.clips.push_back(card_of_deleted(*library, clip));
  }
}

ClipCard InboxDesk::card_of_deleted(const OpenLibrary& library, const DeletedClip& clip) const {
  const WallTime now = library_now(library.session->storage());
  return {.id = clip.id,
          .title = display_line(clip.title),
          .author = {.id = clip.author, .name = desk_.application.person_name()},
          .is_mine = true,
          .channel = channel_name(*library.session, clip.channel),
          .duration = clip.duration,
          .sent_at = tr_format("Deleted {}", date_and_time(clip.deleted, desk_.application.time_zone())),
          .library = desk_.state.inbox.libraries.empty() ? "" : library.session->name(),
          .deleted = days_left_words(clip, now),
          .can_restore = days_left(clip, now) > 0};
}

void InboxDesk::fill_channels(const Open& libraries) {
  InboxState& inbox = desk_.state.inbox;
  inbox.channels.clear();
  inbox.unwatched = inbox.waiting = 0;
  for (const OpenLibrary* library : libraries) {
    const auto channels = library->session->index().channels();
    if (!channels) continue;
    for (const Channel& channel : *channels) {
      inbox.channels.push_back({.name = channel.name,
                                .unwatched = channel.unwatched,
                                .library = library->session->id(),
                                .is_archived = channel.is_archived,
                                .id = channel.id,
                                .archived_by = display_line(channel.archived_by)});
    }
    const auto counts = library->session->index().counts();
    const int count = counts ? counts->unwatched : 0;
    inbox.unwatched += count;
    if (counts) inbox.waiting += counts->waiting;
    for (LibraryChoice& place : inbox.libraries) {
      if (place.id == library->session->id()) place.unwatched = count;
    }
  }
}

// Clips whose morning has come, and whose zone a time is also said in.
void InboxDesk::prepare(const Open& libraries) {
  const Schedule mine = desk_.application.schedule();
  zones_.clear();
  moves_ = moves_under_way(desk_.application.home());
  for (OpenLibrary* library : libraries) {
    if (auto rules = KeptClips(library->session->folder()).rules())
      kept_[library->session->id()] = std::move(*rules);
    (void)release_due(*library->session, mine, wall_now());
    const auto people = library->session->index().people();
    if (people) zones_.merge(zones_of(*people));
  }
}

void InboxDesk::fill_takes(const Open& libraries) {
  desk_.state.inbox.takes.clear();
  bool is_paused = false;
  sending_.clear();
  for (const OpenLibrary* library : libraries) {
    auto status = library->session->outbox().status();
    if (!status) continue;
    std::ranges::move(status->groups, std::back_inserter(sending_));
    is_paused = is_paused || status->is_paused;
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
                                                : is_recovered ? tr("Recovered after a crash")
                                                               : tr("Not published yet"),
                                       .is_recovered = is_recovered,
                                       .poster = posters_.of_take(take),
                                       .is_on_its_way = sending && sending->had_events});
  }
}

// The first trouble stands for all, with what waits for it: the settings have a line for each library.
void InboxDesk::fill_sync_words(const Open& libraries) {
  InboxState& inbox = desk_.state.inbox;
  std::int64_t waiting = 0;
  std::uint64_t paused_bytes = 0;
  std::int64_t held_up = 0;
  std::string trouble;
  for (const OpenLibrary* library : libraries) {
    auto status = library->session->outbox().status();
    const std::int64_t here = status ? status->waiting_items + status->waiting_events : 0;
    waiting += here;
    if (status && status->is_paused) paused_bytes += status->waiting_bytes;
    std::string one = failure_of(library->session->id());
    if (one.empty() && status && status->last_error) one = *status->last_error;
    if (!trouble.empty() || one.empty()) continue;
    trouble = inbox.libraries.empty() ? one : library->session->name() + ": " + one;
    held_up = here;
  }
  inbox.sync_failed = !trouble.empty();
  if (!inbox.sync_failed && paused_bytes > 0) {
    // TRANSLATORS: {} is a size such as "3 MB", of what waits to be sent.
    inbox.sync = tr_format("Sending is paused (Settings): {} wait", format_size(paused_bytes));
  } else if (inbox.sync_failed) {
    // TRANSLATORS: {0} is how many, the other is why they wait.
    inbox.sync = held_up > 0 ? tr_count(static_cast<std::uint64_t>(held_up), "Waiting to send one thing: {1}",
                                        "Waiting to send {0} things: {1}", held_up, trouble)
                             : tr_format("Not synced: {}", trouble);
  } else if (waiting > 0) {
    inbox.sync = tr_in("what goes on", "Sending");
  } else if (auto connecting = connecting_words(); !connecting.empty()) {
    inbox.sync = std::move(connecting);
  } else {
    // TRANSLATORS: {} is when, such as "yesterday".
    inbox.sync = synced_
                     ? tr_format("Synced {}", time_words(*synced_, wall_now(), desk_.application.time_zone()))
                     : tr("Not synced yet");
  }
}

// "": all of them answered.
std::string InboxDesk::connecting_words() const {
  const auto urls = desk_.application.library_urls();
  for (const std::string& url : urls) {
    if (desk_.application.library_failure(url)) continue;
    const auto library = desk_.application.find_library(url);
    if (library && was_reached((*library)->session->id())) continue;
    const bool is_named = library && urls.size() > 1;
    return is_named ? tr_format("Connecting to {}…", (*library)->session->name()) : tr("Connecting…");
  }
  return "";
}

void InboxDesk::refresh() {
  const auto libraries = desk_.application.libraries();
  if (!libraries) {
    const bool is_opening = libraries.error().is_control();
    desk_.state.inbox.load = is_opening ? LoadState::Loading : LoadState::Failed;
    desk_.state.inbox.failure = libraries.error().message;
    if (is_opening) desk_.state.inbox.sync = connecting_words();
    return;
  }
  kept_.clear();
  prepare(*libraries);
  fill_libraries(*libraries);
  fill_takes(*libraries);
  fill_channels(*libraries);
  fill_clips(*libraries);
  fill_news(*libraries);
  fill_sync_words(*libraries);
}

std::string InboxDesk::failure_of(const std::string& library) const {
  const auto found = sync_failures_.find(library);
  return found == sync_failures_.end() ? "" : found->second;
}

void InboxDesk::search(const std::string& words) {
  // Nobody looks for such a line.
  if (has_answers(words)) return take_answers(words);
  desk_.state.inbox.search = words;
  list_.start_over();
  refresh();
}

void InboxDesk::take_answers(const std::string& text) {
  if (take_pasted(desk_, text)) refresh();
}

void InboxDesk::choose_filter(InboxFilter filter) {
  desk_.state.inbox.filter = filter;
  list_.start_over();
  refresh();
}

void InboxDesk::choose_library(const std::string& id) {
  desk_.state.inbox.library = id;
  desk_.state.inbox.channel.clear();
  list_.start_over();
  refresh();
}

void InboxDesk::choose_channel(const std::string& name) {
  desk_.state.inbox.channel = name;
  list_.start_over();
  refresh();
}

void InboxDesk::choose_order(InboxOrder order) {
  desk_.state.inbox.order = order;
  list_.start_over();
  refresh();
}

void InboxDesk::keep_presence() {
  if (presence_ != saved_presence_) save_presence();
}

void InboxDesk::note_presence(WallTime now) {
  visits_.note(now);
  presence_ = now;
  // Now and then: a crash costs minutes of it.
  if (!saved_presence_ || now - *saved_presence_ >= kPresenceKept) save_presence();
}

void InboxDesk::save_presence() {
  saved_presence_ = presence_;
  desk_.application.settings().last_here = format_rfc3339(*presence_);
  (void)desk_.application.save_settings();
}

void InboxDesk::archive_clip(const std::string& clip, bool archived) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  if (auto said = (*library)->session->say(ArchiveEvent{clip, archived}); !said) {
    desk_.notices.show(NoticeKind::Failure, tr("That could not be saved"), said.error().message);
    return;
  }
  refresh();
  if (!archived) return;
  desk_.notices.show(NoticeKind::Info, tr_in("an update", "Archived"),
                     tr("It is out of your Inbox; nobody else's changes."), tr("Undo"),
                     [this, clip] { archive_clip(clip, false); });
}

void InboxDesk::mark_watched(const std::string& clip) {
  const auto library = desk_.application.library_of(clip);
  if (!library) return;
  if (const auto marked = meanwhile::mark_watched(*(*library)->session, {clip}); !marked)
    desk_.notices.show(NoticeKind::Failure, tr("That could not be saved"), marked.error().message);
  refresh();
}

void InboxDesk::mark_all_watched() {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  std::map<OpenLibrary*, std::vector<std::string>> clips;
  for (const std::string& clip : list_.unwatched(chosen(*libraries), kMostMarked)) {
    if (const auto library = desk_.application.library_of(clip)) clips[*library].push_back(clip);
  }
  int count = 0;
  for (const auto& [library, ids] : clips) {
    const auto marked = meanwhile::mark_watched(*library->session, ids);
    if (!marked)
      return desk_.notices.show(NoticeKind::Failure, tr("That could not be saved"), marked.error().message);
    count += *marked;
  }
  refresh();
  desk_.notices.show(NoticeKind::Success,
                     tr_count(static_cast<std::uint64_t>(count), "{} update marked as watched",
                              "{} updates marked as watched", count),
                     "");
}

void InboxDesk::archive_channel(const std::string& library, const std::string& name, bool archived) {
  const auto found = desk_.application.find_library(library);
  if (!found) return;
  const auto known = std::ranges::find_if(desk_.state.inbox.channels, [&](const ChannelView& channel) {
    return channel.library == library && channel.name == name;
  });
  if (known == desk_.state.inbox.channels.end()) return;
  const ChannelEvent event{.channel = known->id, .name = {}, .archived = archived};
  if (auto said = (*found)->session->say(event); !said) {
    desk_.notices.show(NoticeKind::Failure, tr("The channel could not be changed"), said.error().message);
    return;
  }
  if (archived) desk_.state.inbox.channel.clear();
  refresh();
  if (!archived) return;
  desk_.notices.show(NoticeKind::Info, tr_format("The channel # {} is archived", name),
                     tr("Its updates are under Archived, for everyone."), tr("Undo"),
                     [this, library, name] { archive_channel(library, name, false); });
}

void InboxDesk::discard_take(const std::string& take) {
  if (auto discarded = desk_.application.discard(take); !discarded) {
    desk_.notices.show(NoticeKind::Failure, tr("The draft could not be thrown away"),
                       discarded.error().message);
  }
  refresh();
}

void InboxDesk::note_sync(const std::string& library, const Result<SyncReport>& report) {
  desk_.state.inbox.is_syncing = false;
  sync_failures_[library] = report ? "" : report.error().message;
  if (report) synced_ = wall_now();
  if (report && report->changed) posters_.forget_failures();
}

}  // namespace meanwhile
