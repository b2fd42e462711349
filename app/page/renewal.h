// Keeps a library's pages as they should be: the links of shares good, and what was said on them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/share.h"
#include "app/page/library_page.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

struct RenewalReport {
  int renewed = 0;
  std::vector<std::string> troubles;  // whole sentences; tried again the next time
};

// Any member's app makes a page anew of whose links less than half of their time is left, or whose recording
// has become another; the author's also one that doesn't show what was said since, at most once in five
// minutes, and removes the pages of what they deleted. What has ended is removed by its maker's app. The list
// at a folder's root is kept by all. Who comes second sees in the place that it is done. Thread: one at a
// time, that may use `index`.
class PageKeeper {
 public:
  // library: outlives this.
  explicit PageKeeper(OpenLibrary& library) : library_(library), list_(library) {}

  // Cheap, if nothing happened since it looked last and that isn't long ago. After a sync that worked.
  // Errors: Index's, Aborted.
  Result<RenewalReport> look(Index& index, WallTime now, std::stop_token stop);

 private:
  Result<bool> remove_ended(const Share& share, const std::stop_token& stop);
  Result<bool> remove_if_deleted(Index& index, const Share& share, const std::stop_token& stop);
  Result<bool> renew_if_due(Index& index, const Share& share, WallTime now, const std::stop_token& stop);

  OpenLibrary& library_;
  LibraryPageKeeper list_;
  std::optional<WallTime> looked_;
  std::int64_t revision_ = -1;  // of the index then
  std::set<std::string> gone_;  // shares that have ended and lie about no more
};

}  // namespace meanwhile
