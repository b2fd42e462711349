// The libraries of a person that are open, each with the way to its clips.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "media/base/result.h"

namespace meanwhile {

struct OpenLibrary {
  std::unique_ptr<LibrarySession> session;
  std::shared_ptr<ClipStore> clips;
};

// One thread.
class Libraries {
 public:
  // open_session: LibrarySession::open for a URL; any thread, several at once. on_open: for each that is open
  // from then on, before anybody gets it; its error is as one of opening.
  Libraries(std::function<Result<OpenLibrary>(const std::string& url)> open_session,
            std::function<Result<void>(OpenLibrary&)> on_open)
      : open_session_(std::move(open_session)), on_open_(std::move(on_open)) {}

  // Opened at the first call. What failed once isn't tried again before forget_failures(). Errors:
  // LibrarySession::open, on_open; AlreadyExists (it is open under another URL).
  Result<OpenLibrary*> open(const std::string& url);

  // What was opened elsewhere is one of them from now on, unless one is open under its URL. Errors: its own,
  // and as open(); forgotten with failures.
  Result<OpenLibrary*> take_in(const std::string& url, Result<OpenLibrary> opened);

  // Those of the URLs that can be opened, in their order; they are opened at the same time.
  std::vector<OpenLibrary*> open_all(const std::vector<std::string>& urls);

  // Why a library isn't open; nullptr: it is, or nobody tried.
  const Error* failure(const std::string& url) const;
  void forget_failures() { failures_.clear(); }

  // Those that are open, whatever their order.
  std::vector<OpenLibrary*> all() const;
  OpenLibrary* with_id(const std::string& id) const;

  // Its outbox stops, and nobody gets it any more; who still reads from it may finish.
  void close(const std::string& url);

 private:
  const std::function<Result<OpenLibrary>(const std::string& url)> open_session_;
  const std::function<Result<void>(OpenLibrary&)> on_open_;
  std::map<std::string, std::unique_ptr<OpenLibrary>> open_;  // by the URL that was asked for
  std::map<std::string, Error> failures_;
  std::vector<std::unique_ptr<OpenLibrary>> closed_;
};

}  // namespace meanwhile
