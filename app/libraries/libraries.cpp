#include "app/libraries/libraries.h"

#include <expected>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/named_thread.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

struct Opening {
  std::string url;
  std::future<Result<OpenLibrary>> session;
  NamedThread thread;
};

}  // namespace

Result<OpenLibrary*> Libraries::open(const std::string& url) {
  if (const auto found = open_.find(url); found != open_.end()) return found->second.get();
  if (const Error* failed = failure(url)) return std::unexpected(*failed);
  return take_in(url, open_session_(url));
}

Result<OpenLibrary*> Libraries::take_in(const std::string& url, Result<OpenLibrary> opened) {
  const auto failed = [&](const Error& error) -> Result<OpenLibrary*> {
    failures_.insert_or_assign(url, error);
    return std::unexpected(error);
  };
  if (const auto found = open_.find(url); found != open_.end()) return found->second.get();
  if (!opened) return failed(opened.error());
  if (const OpenLibrary* same = with_id(opened->session->id())) {
    return failed({ErrorCode::AlreadyExists, "it is the same library as " + same->session->url()});
  }
  auto library = std::make_unique<OpenLibrary>(std::move(*opened));
  if (auto ready = on_open_(*library); !ready) return failed(ready.error());
  return (open_[url] = std::move(library)).get();
}

std::vector<OpenLibrary*> Libraries::open_all(const std::vector<std::string>& urls) {
  // The first by itself: it makes the person's keys, if this is their first start.
  if (!urls.empty()) (void)open(urls.front());
  std::vector<Opening> opening;
  for (const std::string& url : urls) {
    if (open_.contains(url) || failures_.contains(url)) continue;
    std::packaged_task<Result<OpenLibrary>()> open([this, url] { return open_session_(url); });
    auto session = open.get_future();
    opening.push_back({url, std::move(session), NamedThread("open-library", std::move(open))});
  }
  for (auto& [url, session, thread] : opening) {
    auto opened = session.get();
    if (!failures_.contains(url)) (void)take_in(url, std::move(opened));
  }
  std::vector<OpenLibrary*> all;
  for (const std::string& url : urls) {
    const auto found = open_.find(url);
    if (found != open_.end()) all.push_back(found->second.get());
  }
  return all;
}

const Error* Libraries::failure(const std::string& url) const {
  const auto found = failures_.find(url);
  return found == failures_.end() ? nullptr : &found->second;
}

std::vector<OpenLibrary*> Libraries::all() const {
  std::vector<OpenLibrary*> all;
  for (const auto& [url, library] : open_) all.push_back(library.get());
  return all;
}

OpenLibrary* Libraries::with_id(const std::string& id) const {
  for (const auto& [url, library] : open_) {
    if (library->session->id() == id) return library.get();
  }
  return nullptr;
}

void Libraries::close(const std::string& url) {
  if (const auto found = open_.find(url); found != open_.end()) {
    found->second->session->outbox().stop();
    closed_.push_back(std::move(found->second));
    open_.erase(found);
  }
  failures_.erase(url);
}

}  // namespace meanwhile
