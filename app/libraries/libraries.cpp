#include "app/libraries/libraries.h"

#include <expected>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/place.h"
#include "app/libraries/place_jobs.h"
#include "app/library/home.h"
#include "media/base/guarded.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct Opening {
  std::string url;
  std::future<Result<OpenLibrary>> library;
  NamedThread thread;
};

// What a place gave; one that hangs gives it when nobody looks any more.
using Met = Guarded<std::optional<Result<OpenLibrary>>>;

Result<OpenLibrary> take(Met& met, const std::string& url) {
  auto result = met.lock();
  if (*result) return std::move(**result);
  return fail(ErrorCode::Unavailable, tr_format("{} doesn't answer", url));
}

}  // namespace

void Libraries::open(const std::vector<std::string>& urls, const LibraryOpener& opener,
                     const std::function<bool(const std::string& url)>& is_known) {
  std::vector<std::string> known;
  std::vector<std::string> unknown;
  for (const std::string& url : urls) {
    if (!is_tried(url)) (is_known(url) ? known : unknown).push_back(url);
  }
  open_known(known, opener);
  meet(unknown, opener);
}

void Libraries::open_known(const std::vector<std::string>& urls, const LibraryOpener& opener) {
  std::vector<Opening> opening;
  for (const std::string& url : urls) {
    std::packaged_task<Result<OpenLibrary>()> open([&opener, url] { return opener(url, {}); });
    auto library = open.get_future();
    opening.push_back({url, std::move(library), NamedThread("open-library", std::move(open))});
  }
  for (Opening& one : opening) (void)take_in(one.url, one.library.get());
}

void Libraries::meet(const std::vector<std::string>& urls, const LibraryOpener& opener) {
  std::map<std::string, std::shared_ptr<Met>> met;
  for (const std::string& url : urls) {
    const auto library = std::make_shared<Met>();
    const bool is_begun = meeting_.start(
        url,
        [opener, url, library](std::stop_token stop) {
          auto opened = opener(url, std::move(stop));
          library->lock()->emplace(std::move(opened));
        },
        kLongPatience);
    if (is_begun) met[url] = library;
  }
  if (met.empty()) return;
  (void)meeting_.wait();
  for (const auto& [url, library] : met) (void)take_in(url, take(*library, url));
}

Result<OpenLibrary*> Libraries::take_in(const std::string& url, Result<OpenLibrary> opened) {
  const auto failed = [&](const Error& error) -> Result<OpenLibrary*> {
    failures_.insert_or_assign(url, error);
    return std::unexpected(error);
  };
  if (OpenLibrary* found = find(url)) return found;
  if (!opened) return failed(opened.error());
  if (const OpenLibrary* same = with_id(opened->session->id())) {
    return failed(
        {ErrorCode::AlreadyExists, tr_format("it is the same library as {}", same->session->url())});
  }
  failures_.erase(url);
  return (open_[url] = std::make_unique<OpenLibrary>(std::move(*opened))).get();
}

const Error* Libraries::failure(const std::string& url) const {
  const auto found = failures_.find(url);
  return found == failures_.end() ? nullptr : &found->second;
}

OpenLibrary* Libraries::find(const std::string& url) const {
  const auto found = open_.find(url);
  return found == open_.end() ? nullptr : found->second.get();
}

OpenLibrary* Libraries::with_id(const std::string& id) const {
  for (const auto& [url, library] : open_) {
    if (library->session->id() == id) return library.get();
  }
  return nullptr;
}

std::vector<OpenLibrary*> Libraries::those_of(const std::vector<std::string>& urls) const {
  std::vector<OpenLibrary*> those;
  for (const std::string& url : urls) {
    if (OpenLibrary* library = find(url)) those.push_back(library);
  }
  return those;
}

std::vector<OpenLibrary*> Libraries::all() const {
  std::vector<OpenLibrary*> all;
  for (const auto& [url, library] : open_) all.push_back(library.get());
  return all;
}

OpenLibrary* Libraries::close(const std::string& url) {
  failures_.erase(url);
  const auto found = open_.find(url);
  if (found == open_.end()) return nullptr;
  closed_.push_back(std::move(found->second));
  open_.erase(found);
  return closed_.back().get();
}

Result<OpenLibrary> open_reachable_library(const Home& home, const LibraryOpener& opener,
                                           const std::string& url, std::stop_token stop) {
  auto opened = opener(url, stop);
  if (!opened) return opened;
  const auto reached = opened->session->reach(stop);
  if (reached) return opened;
  const auto status = opened->session->outbox().status();
  if (!status) return std::unexpected(status.error());
  const auto before = take_what_is_there(home, url, opened->session->identity(),
                                         status->waiting_items + status->waiting_events, stop);
  if (!before)
    return std::unexpected(before.error().code == ErrorCode::InvalidArgument ? before.error()
                                                                             : reached.error());
  opened = opener(url, stop);
  if (!opened) return opened;
  MEANWHILE_TRY(opened->session->reach(std::move(stop)));
  if (*before) {
    const auto folder = home.library_folder((*before)->id);
    if (!folder) return std::unexpected(folder.error());
    MEANWHILE_TRY(opened->session->take_over(journal_file(*folder), (*before)->id));
  }
  return opened;
}

}  // namespace meanwhile
