#include "app/window/news_desk.h"

#include <fmt/format.h>

#include "app/clip_pages.h"
#include "app/library/text.h"
#include "app/library/time_words.h"

namespace meanwhile {
namespace {

constexpr int kMostLookedAt = 50;
constexpr const char* kDigestKey = "digest";
constexpr const char* kWatch = "watch";
constexpr const char* kLater = "later";

std::string title_of(const Clip& clip) {
  return clip.title.empty() ? "Untitled" : display_line(clip.title);
}

NewsItem item_of(const Clip& clip) {
  const std::string place = clip.channel_name.empty() ? "" : ", in # " + clip.channel_name;
  if (clip.asks > 0)
    return {fmt::format("ask/{}/{}", clip.id, clip.asks), clip.id, "You are asked: " + title_of(clip),
            clip.author_name + place};
  if (clip.answers > 0)
    return {fmt::format("answer/{}/{}", clip.id, clip.answers), clip.id, "Answers for you: " + title_of(clip),
            clip.author_name + place};
  return {"new/" + clip.id, clip.id, clip.author_name + ": " + title_of(clip),
          duration_words(clip.duration) + place};
}

// What comes first in the Inbox, until what was watched already.
std::vector<NewsItem> waiting_in(const std::vector<OpenLibrary*>& libraries) {
  std::vector<NewsItem> items;
  const auto page = page_of_clips(libraries, {.filter = ClipFilter::Inbox, .limit = kMostLookedAt});
  if (!page) return items;
  for (const ListedClip& listed : *page) {
    const Clip& clip = listed.clip;
    if (clip.is_live || (clip.is_watched && clip.asks == 0 && clip.answers == 0)) continue;
    items.push_back(item_of(clip));
  }
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
  fill_title();
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
    notes_->show({kDigestKey,
                  fmt::format("{} updates for you", telling.items.size()),
                  shorten(text, 300),
                  {{"default", "Open"}, {kWatch, "Open the Inbox"}}});
    return;
  }
  for (const NewsItem& item : telling.items) {
    clips_[item.key] = item.clip;
    notes_->show(
        {item.key, item.title, item.text, {{"default", "Watch"}, {kWatch, "Watch"}, {kLater, "Later"}}});
  }
}

void NewsDesk::act(const std::string& key, const std::string& action) {
  if (action == kLater) {
    teller_.later(key, wall_now());
    return look(false);
  }
  const auto clip = clips_.find(key);
  clip == clips_.end() ? calls_.show_inbox() : calls_.watch(clip->second);
}

void NewsDesk::fill_title() {
  const int waiting = desk_.application.settings().notify ? desk_.state.inbox.waiting : 0;
  std::string title = waiting > 0 ? fmt::format("({}) Meanwhile", waiting) : "Meanwhile";
  if (title == title_) return;
  title_ = std::move(title);
  calls_.set_title(title_);
}

}  // namespace meanwhile
