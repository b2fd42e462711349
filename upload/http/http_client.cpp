#include "upload/http/http_client.h"

#include <curl/curl.h>

#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

#include "media/base/blocking.h"
#include "media/base/guarded.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/http/http_message.h"
#include "upload/http/http_transfer.h"

namespace meanwhile {
namespace {

constexpr long kConnectionsToAServer = 16;
constexpr long kConnectionsKept = 32;
// Only a lost wake-up would need it.
constexpr int kLongestPollMilliseconds = 10'000;

struct FreeMultiHandle {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

// Once a process; libcurl counts its users itself, but not safely before 7.84.
void initialise_curl() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)done;
}

}  // namespace

class HttpClient::Thread {
 public:
  explicit Thread(const char* name) : name_(name), multi_(curl_multi_init()) {
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, kConnectionsToAServer);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kConnectionsKept);
    thread_ = NamedThread(name_, [this](const std::stop_token& stop) { run(stop); });
  }
  ~Thread() {
    thread_.request_stop();
    wake();
  }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  void add(HttpTransfer& transfer) {
    waiting_.lock()->push_back(&transfer);
    wake();
  }
  void wake() { curl_multi_wakeup(multi_.get()); }

 private:
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      take_waiting();
      drop_cancelled();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      finish_done();
      curl_multi_poll(multi_.get(), nullptr, 0, kLongestPollMilliseconds, nullptr);
    }
  }

  void take_waiting() {
    std::vector<HttpTransfer*> taken;
    taken.swap(*waiting_.lock());
    for (HttpTransfer* transfer : taken) {
      if (transfer->handle() && curl_multi_add_handle(multi_.get(), transfer->handle()) == CURLM_OK) {
        active_.push_back(transfer);
      } else {
        transfer->finish(CURLE_OUT_OF_MEMORY);
      }
    }
  }

  void drop_cancelled() {
    const std::vector<HttpTransfer*> all = active_;
    for (HttpTransfer* transfer : all) {
      if (transfer->is_cancelled()) drop(*transfer, CURLE_ABORTED_BY_CALLBACK);
    }
  }

  void finish_done() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      HttpTransfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      drop(*transfer, code);
    }
  }

  // The transfer may be gone when this returns.
  void drop(HttpTransfer& transfer, CURLcode code) {
    curl_multi_remove_handle(multi_.get(), transfer.handle());
    std::erase(active_, &transfer);
    transfer.finish(code);
  }

  const char* const name_;
  const std::unique_ptr<CURLM, FreeMultiHandle> multi_;
  Guarded<std::vector<HttpTransfer*>> waiting_;
  std::vector<HttpTransfer*> active_;  // only the thread
  NamedThread thread_;                 // last: joined before anything above goes
};

HttpClient::HttpClient()
    : with_body_(std::make_unique<Thread>("http-put")), without_body_(std::make_unique<Thread>("http-get")) {}

// Nobody is waiting: whoever does holds the client.
HttpClient::~HttpClient() = default;

std::shared_ptr<HttpClient> HttpClient::shared() {
  static Guarded<std::weak_ptr<HttpClient>> current;
  initialise_curl();
  auto handle = current.lock();
  auto client = handle->lock();
  if (!client) {
    client.reset(new HttpClient);
    *handle = client;
  }
  return client;
}

Result<HttpResponse> HttpClient::send(const HttpRequest& request, const HttpSettings& settings,
                                      std::stop_token stop) {
  may_block(Blocking::Storage, request.url);
  if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped"));
  HttpTransfer transfer(request, settings);
  Thread& thread = request.body ? *with_body_ : *without_body_;
  thread.add(transfer);
  const std::stop_callback on_stop(std::move(stop), [&] {
    transfer.cancel();
    thread.wake();
  });
  return transfer.wait();
}

}  // namespace meanwhile
