// The libraries of a person that are open, each with the way to its clips.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "app/libraries/place_jobs.h"
#include "app/library/home.h"
#include "media/base/result.h"

namespace meanwhile {

struct OpenLibrary {
  std::unique_ptr<LibrarySession> session;
  std::shared_ptr<ClipStore> clips;
};

// Opens a library apart from the others; what it does with it is done before anybody gets it. Any thread,
// several at once; may take as long as its network does. Errors: LibrarySession::open.
using LibraryOpener = std::function<Result<OpenLibrary>(const std::string& url, std::stop_token stop)>;

// Opens a library that is taken up now, so its place must answer. Where another library is found in a known
// one's place than before, it is that one. Any thread; blocks. Errors: the opener's, LibrarySession::reach.
Result<OpenLibrary> open_reachable_library(const Home& home, const LibraryOpener& opener,
                                           const std::string& url, std::stop_token stop);

// One thread. Nothing but open() opens anything, or waits for a place.
class Libraries {
 public:
  // Opens those that aren't open, at the same time. The place of one that isn't known yet is asked which it
  // is, and left out if it is silent. What failed once isn't tried again before forget_failures().
  void open(const std::vector<std::string>& urls, const LibraryOpener& opener,
            const std::function<bool(const std::string& url)>& is_known);

  // What was opened elsewhere is one of them from now on, unless one is open under its URL. Errors: its own;
  // AlreadyExists (it is open under another URL).
  Result<OpenLibrary*> take_in(const std::string& url, Result<OpenLibrary> opened);

  // Why a library isn't open; nullptr: it is, or nobody tried.
  const Error* failure(const std::string& url) const;
  void forget_failures() { failures_.clear(); }

  // nullptr: it isn't open.
  OpenLibrary* find(const std::string& url) const;
  OpenLibrary* with_id(const std::string& id) const;
  // Those of the URLs that are open, in their order.
  std::vector<OpenLibrary*> those_of(const std::vector<std::string>& urls) const;
  // Those that are open, whatever their order.
  std::vector<OpenLibrary*> all() const;

  // Nobody gets it any more; who still reads from it may finish. The caller stops its outbox, which may wait
  // for the place. nullptr: it wasn't open.
  OpenLibrary* close(const std::string& url);

 private:
  bool is_tried(const std::string& url) const { return open_.contains(url) || failures_.contains(url); }
  void open_known(const std::vector<std::string>& urls, const LibraryOpener& opener);
  void meet(const std::vector<std::string>& urls, const LibraryOpener& opener);

  std::map<std::string, std::unique_ptr<OpenLibrary>> open_;  // by the URL that was asked for
  std::map<std::string, Error> failures_;
  std::vector<std::unique_ptr<OpenLibrary>> closed_;
  PlaceJobs meeting_;
};

}  // namespace meanwhile
