// One visit to a page that plays an update: ours, or one that others would make of the same files.
#pragma once

#include <memory>
#include <string>

#include "media/base/result.h"
#include "tests/support/browser.h"

namespace meanwhile {

enum class PageKind { Ours, HlsJs };

struct VisitFigures {
  double first_picture_ms = 0;  // from the navigation on
  double seek_ms = 0;           // to another minute, until its picture is shown
  double play_cpu_s = 0;        // of all the browser's processes, while 10 s play
};

class PageVisit {
 public:
  // With a browser that remembers nothing.
  static Result<std::unique_ptr<PageVisit>> begin(PageKind kind);

  // Errors of all: Unavailable (the browser doesn't do it, or not within 20 s).
  Result<double> open(const std::string& url);
  // Milliseconds until the picture of that second is shown. It must not be playing.
  Result<double> seek(double second);
  Result<double> play_cpu(int seconds);
  Result<void> play(double speed);
  Browser& browser() { return *browser_; }
  // Of the largest of its processes that show pages.
  double tab_memory_mb() const;

 private:
  explicit PageVisit(PageKind kind) : kind_(kind) {}
  double cpu_seconds() const;

  const PageKind kind_;
  std::unique_ptr<Browser> browser_;
};

}  // namespace meanwhile
