// What is written for a share: the page as it stands there now, and what lies beside it.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/share.h"
#include "app/page/share_content.h"
#include "app/page/share_page.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

struct PageMaking {
  OpenLibrary& library;
  const ShareContent& content;
  const ShareTerms& terms;
  PagePlace place;
  WallTime now;
  std::stop_token stop;

  LibrarySession& session() const { return *library.session; }
  Storage& storage() const { return library.session->storage(); }
};

// For so long its links may be good; a second at least.
std::chrono::seconds link_time(const ShareTerms& terms, WallTime now);

// rest: what lies beside it; "": it has all inside.
struct PageText {
  std::string page;
  std::string rest;
};
// Blocks. Errors: the place's, seal_of_page's.
Result<PageText> page_text(const PageMaking& making);

}  // namespace meanwhile
