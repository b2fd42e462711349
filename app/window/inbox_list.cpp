#include "app/window/inbox_list.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/clip_pages.h"
#include "app/libraries/libraries.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/reach.h"
#include "app/library/time_words.h"
#include "app/ui/state.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// Around what is seen, so that scrolling a little finds the next cards there.
constexpr int kMargin = 24;
constexpr int kFirstPage = 60;
constexpr int kMostFound = 40;  // of each kind

constexpr std::array<ClipFilter, 5> kFilters = {ClipFilter::Inbox, ClipFilter::Unwatched, ClipFilter::Mine,
                                                ClipFilter::Archived, ClipFilter::Inbox};
constexpr std::array<ClipOrder, 5> kOrders = {ClipOrder::Inbox, ClipOrder::NewestFirst,
                                              ClipOrder::OldestFirst, ClipOrder::LongestFirst,
                                              ClipOrder::MostDiscussed};

FoundKind kind_of(HitKind kind) {
  return static_cast<FoundKind>(static_cast<int>(kind));
}

}  // namespace

std::optional<std::string> chosen_channel_id(const InboxState& inbox) {
  if (inbox.channel.empty()) return std::nullopt;
  const ChannelView* chosen = chosen_channel(inbox);
  return chosen ? chosen->id : channel_id_for(inbox.channel);
}

ClipQuery InboxList::query() const {
  ClipQuery query{.filter = kFilters[static_cast<std::size_t>(inbox().filter)],
                  .order = kOrders[static_cast<std::size_t>(inbox().order)]};
  query.channel = chosen_channel_id(inbox());
  // What is looked at by its archived channel is there, though it is in nobody's inbox.
  const ChannelView* chosen = chosen_channel(inbox());
  if (chosen && chosen->is_archived && inbox().filter == InboxFilter::All)
    query.filter = ClipFilter::Archived;
  return query;
}

void InboxList::fail_with(const Error& error) {
  inbox().load = LoadState::Failed;
  inbox().failure = error.message;
}

void InboxList::fill(const Open& libraries) {
  inbox().load = LoadState::Ready;
  inbox().found.clear();
  if (!is_blank(inbox().search)) return search(libraries);
  const ClipQuery wanted = query();
  const auto counts = count_clips(libraries, wanted.channel);
  if (!counts) return fail_with(counts.error());
  inbox().total = counts->of(wanted.filter);
  fill_sections(*counts);
  count_ = std::max(count_, kFirstPage);
  first_ = std::clamp(first_, 0, std::max(0, inbox().total - count_));
  load(libraries);
}

// Headings where something waits: else the list is one.
void InboxList::fill_sections(const ClipCounts& counts) {
  inbox().sections.clear();
  const int waiting = counts.waiting;
  if (inbox().filter != InboxFilter::All || inbox().order != InboxOrder::Inbox || waiting == 0) return;
  if (inbox().total != counts.inbox) return;
  inbox().sections = {{tr("Waiting for your answer"), counts.asked},
                      {tr("New replies"), counts.answered},
                      {tr_in("updates", "New"), counts.fresh},
                      {tr_in("updates", "Earlier"), counts.inbox - waiting}};
}

void InboxList::load(const Open& libraries) {
  ClipQuery wanted = query();
  wanted.offset = first_;
  wanted.limit = count_;
  auto page = page_of_clips(libraries, wanted);
  if (!page) return fail_with(page.error());
  inbox().clips.clear();
  inbox().first = first_;
  for (const ListedClip& listed : *page) inbox().clips.push_back(card_(*listed.library, listed.clip));
  // Another process changed the list since it was counted: what isn't there must not be asked for again and
  // again.
  const int end = first_ + static_cast<int>(page->size());
  if (static_cast<int>(page->size()) == count_ || end >= inbox().total) return;
  inbox().total = end;
  inbox().sections.clear();
}

void InboxList::show(const Open& libraries, int first, int count) {
  count_ = count + 2 * kMargin;
  first_ = std::max(0, first - kMargin);
  load(libraries);
}

std::vector<std::string> InboxList::unwatched(const Open& libraries, int limit) const {
  ClipQuery wanted{.filter = ClipFilter::Unwatched, .order = ClipOrder::Inbox, .limit = limit};
  wanted.channel = chosen_channel_id(inbox());
  std::vector<std::string> ids;
  const auto page = page_of_clips(libraries, wanted);
  if (!page) return ids;
  for (const ListedClip& listed : *page) {
    if (!listed.clip.is_live) ids.push_back(listed.clip.id);
  }
  return ids;
}

void InboxList::search(const Open& libraries) {
  for (OpenLibrary* library : libraries) {
    const auto hits = library->session->index().search(inbox().search, kMostFound);
    if (!hits) return fail_with(hits.error());
    add_found(*library, *hits);
  }
}

void InboxList::add_found(OpenLibrary& library, const std::vector<SearchHit>& hits) {
  const std::string zone = desk_.application.time_zone();
  const auto people = library.session->index().people();
  const auto zones = people ? zones_of(*people) : std::map<std::string, std::string>();
  for (const SearchHit& hit : hits) {
    const auto theirs = zones.find(hit.person);
    std::string place = hit.channel_name.empty() ? "" : "# " + hit.channel_name;
    if (!inbox().libraries.empty()) place += (place.empty() ? "" : " · ") + library.session->name();
    inbox().found.push_back(
        {.kind = kind_of(hit.kind),
         .clip = hit.clip,
         .title = display_line(hit.title),
         .author = {.id = hit.person, .name = hit.person_name},
         .at = hit.at,
         .text = display_line(hit.text),
         .age = time_words(hit.time, wall_now(), zone),
         .sent_at = both_times(hit.time, zone, theirs == zones.end() ? "" : theirs->second),
         .place = std::move(place)});
  }
}

}  // namespace meanwhile
