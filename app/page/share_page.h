// A share as a page that lies in the library's place, and takes the tracks from where they are.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/library/share.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// How those who open a page get at it.
enum class PagePlace {
  Signed,  // by links that are signed for at most 7 days
  Server,  // whoever may read the library's folder there
  Disk,    // whoever may read the folder, as files
};
// The library's place must have answered: LibrarySession::reach. base: ShareTerms::base. Errors: Unsupported
// (a sealed library's folder without a web server: a sentence).
Result<PagePlace> page_place(LibrarySession& session, const std::string& base);

struct PageRequest {
  // Neither is set: a week for what anybody can open, else for ever.
  std::optional<WallTime> until = {};
  bool is_for_ever = false;
  bool takes_answers = true;
  std::string password = {};  // "": none
  std::string base = {};      // as ShareTerms::base
};

struct SharedPage {
  ShareTerms terms;                   // to be said in the library
  std::string link;                   // for people: an address, or where the file is
  std::optional<WallTime> ends = {};  // when the link ends; nullopt: nobody has set an end
  PagePlace place = PagePlace::Server;
};

// Makes a page of its own. Blocks. Errors: InvalidArgument (the clip is still being recorded, until is over,
// base is no web address: sentences), page_place's, read_share_content's, the place's.
Result<SharedPage> make_page(OpenLibrary& library, const Clip& clip, const PageRequest& request,
                             std::stop_token stop);

// Where a share's page is, and until when a link that is made now is good for; in a sealed library with what
// opens it. Never blocks. Errors: Unsupported (a file that was sent; a place that hasn't answered yet).
Result<SharedPage> page_of(LibrarySession& session, const ShareTerms& terms, WallTime now);

// Makes the page anew, as the terms are. index: of the thread that asks. Blocks. Errors: as make_page.
Result<void> write_page(OpenLibrary& library, Index& index, const Clip& clip, const ShareTerms& terms,
                        std::stop_token stop);

// The page and what it plays go; answers beside it stay until they are taken up. Errors: the place's.
Result<void> remove_page(Storage& place, const std::string& share, std::stop_token stop);

}  // namespace meanwhile
