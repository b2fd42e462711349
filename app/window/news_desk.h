// Tells of news outside of the window: notes on the desktop, and a number in the title.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/library/news_teller.h"
#include "app/platform/desktop_notes.h"
#include "app/window/desk.h"
#include "media/base/clock.h"

namespace meanwhile {

class NewsDesk {
 public:
  struct Calls {
    std::function<void(const std::string& clip)> watch;  // opens and plays it, the window comes to the front
    std::function<void()> show_inbox;                    // likewise
  };
  NewsDesk(Desk& desk, Calls calls);

  // What is in the index now. is_here: the person sees it anyway.
  void look(bool is_here);
  // When to look though nothing came.
  std::optional<MonotonicTime> next_duty() const { return due_; }

 private:
  void tell(const Telling& telling);
  void act(const std::string& key, const std::string& action);
  void put_off(const std::string& key);

  Desk& desk_;
  const Calls calls_;
  NewsTeller teller_;
  std::map<std::string, std::string> clips_;  // of what was told: by key
  std::vector<NewsItem> digest_;              // what the last one told of
  std::optional<MonotonicTime> due_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
  std::unique_ptr<DesktopNotes> notes_;  // last: its thread posts to the rest
};

}  // namespace meanwhile
