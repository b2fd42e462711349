// The list of the Inbox: as much of it as is seen, its headings, and what a search finds.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/result.h"

namespace meanwhile {

// Of the channel that is looked at; nullopt: all are.
std::optional<std::string> chosen_channel_id(const InboxState& inbox);

class InboxList {
 public:
  using Open = std::vector<OpenLibrary*>;
  // card: a clip as the page shows it.
  InboxList(Desk& desk, std::function<ClipCard(const OpenLibrary&, const Clip&)> card)
      : desk_(desk), card_(std::move(card)) {}

  // Anew, by state.inbox's filter, order, channel and search; what was seen of it stays loaded.
  void fill(const Open& libraries);
  // From its beginning again: another list.
  void start_over() { first_ = 0; }
  // These are seen.
  void show(const Open& libraries, int first, int count);
  // What to watch next, in the order of the Inbox.
  std::vector<std::string> unwatched(const Open& libraries, int limit) const;

 private:
  InboxState& inbox() const { return desk_.state.inbox; }
  ClipQuery query() const;
  void fail_with(const Error& error);
  void fill_sections(const ClipCounts& counts);
  void load(const Open& libraries);
  void search(const Open& libraries);
  void add_found(OpenLibrary& library, const std::vector<SearchHit>& hits);

  Desk& desk_;
  const std::function<ClipCard(const OpenLibrary&, const Clip&)> card_;
  int first_ = 0;
  int count_ = 0;
};

}  // namespace meanwhile
