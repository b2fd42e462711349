#include "app/window/news_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/libraries/clip_pages.h"
#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/news_teller.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "app/platform/desktop_notes.h"
#include "app/window/desk.h"
#include "media/base/identifier.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr int kMostLookedAt = 50;
constexpr const char* kDigestKey = "digest";
constexpr const char* kWatch = "watch";
constexpr const char* kLater = "later";

std::string title_of(const Clip& clip) {
  return clip.title.empty() ? tr("Untitled") : display_line(clip.title);
}

std::string with_place(const std::string& words, const Clip& clip) {
  // TRANSLATORS: {0} is a person's name or how long it is, {1} is a channel's name.
  return clip.channel_name.empty() ? words : tr_format("{}, in # {}", words, display_line(clip.channel_name));
}

// Of what some words in a clip want: its newest, and how many wait.
NewsItem words_in(const Clip& clip, std::string_view kind, std::string_view title, std::int64_t newest,
                  int count) {
  return {.key = fmt::format("{}/{}", kind, clip.id),
          .clip = clip.id,
          .title = fmt::format("{}: {}", title, title_of(clip)),
          .text = with_place(display_line(clip.author_name), clip),
          .order = newest,
          .count = count};
}

NewsItem new_clip(const Clip& clip) {
  return {.key = "new/" + clip.id,
          .clip = clip.id,
          .title = display_line(clip.author_name) + ": " + title_of(clip),
          .text = with_place(duration_words(clip.duration), clip)};
}

std::vector<Clip> newest(const std::vector<OpenLibrary*>& libraries, ClipFilter filter) {
  std::vector<Clip> clips;
  const auto page =
      page_of_clips(libraries, {.filter = filter, .order = ClipOrder::NewestFirst, .limit = kMostLookedAt});
  if (!page) return clips;
  for (const ListedClip& listed : *page)
    if (!listed.clip.is_live) clips.push_back(listed.clip);
  return clips;
}

// Each kind by itself, so that many of one don't hide another. One note a clip.
std::vector<NewsItem> waiting_in(const std::vector<OpenLibrary*>& libraries) {
  std::vector<NewsItem> items;
  for (const Clip& clip : newest(libraries, ClipFilter::Asked))
    items.push_back(words_in(clip, "ask", tr("You are asked"), clip.last_ask, clip.asks));
  for (const Clip& clip : newest(libraries, ClipFilter::Answered))
    if (clip.asks == 0)
      items.push_back(words_in(clip, "answer", tr("Answers for you"), clip.last_answer, clip.answers));
  for (const Clip& clip : newest(libraries, ClipFilter::Unwatched))
    if (clip.asks == 0 && clip.answers == 0) items.push_back(new_clip(clip));
  return items;
}

}  // namespace

NewsDesk::NewsDesk(Desk& desk, Calls calls)
    : desk_(desk),
      calls_(std::move(calls)),
      notes_(make_desktop_notes(
          [this, alive = std::weak_ptr<int>(alive_)](const std::string& key, const std::string& action) {
            desk_.mailbox.post([this, alive, key, action] {
              if (!alive.expired()) act(key, action);
            });
          })) {}

void NewsDesk::look(bool is_here) {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  const WallTime now = wall_now();
  const Schedule mine = desk_.application.schedule();
  const bool is_off = !desk_.application.settings().notify;
  tell(teller_.look(waiting_in(*libraries), mine, now, is_here || is_off));
  const auto next = is_off ? std::nullopt : teller_.next(mine, now);
  due_.reset();
  if (next) due_ = desk_.clock.now() + std::max(*next - now, std::chrono::milliseconds(0));
}

void NewsDesk::tell(const Telling& telling) {
  if (telling.items.empty()) return;
  if (telling.is_digest) {
    std::string text;
    for (const NewsItem& item : telling.items) text += item.title + "\n";
    text.pop_back();
    digest_ = telling.items;
    notes_->show(
        {kDigestKey,
         tr_count(telling.items.size(), "One update for you", "{} updates for you", telling.items.size()),
         shorten(text, 300),
         {{"default", tr_in("button", "Open")},
          {kWatch, tr("Open the Inbox")},
          {kLater, tr_in("button", "Later")}}});
    return;
  }
  for (const NewsItem& item : telling.items) {
    clips_[item.key] = item.clip;
    notes_->show({item.key,
                  item.title,
                  item.text,
                  {{"default", tr_in("button", "Watch")},
                   {kWatch, tr_in("button", "Watch")},
                   {kLater, tr_in("button", "Later")}}});
  }
}

void NewsDesk::act(const std::string& key, const std::string& action) {
  if (action == kLater) {
    put_off(key);
    return look(false);
  }
  const auto clip = clips_.find(key);
  clip == clips_.end() ? calls_.show_inbox() : calls_.watch(clip->second);
}

void NewsDesk::put_off(const std::string& key) {
  const WallTime now = wall_now();
  if (key != kDigestKey) return teller_.later(key, now);
  for (const NewsItem& item : digest_) teller_.later(item.key, now);
}

}  // namespace meanwhile
