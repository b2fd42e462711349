// One request on its way: what libcurl calls back while it sends and receives.
#pragma once

#include <curl/curl.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <span>

#include "media/base/result.h"
#include "upload/http/http_message.h"

namespace meanwhile {

struct FreeEasyHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeHeaderList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// Made and waited for by the thread that asks; everything between by the thread "http".
class HttpTransfer {
 public:
  HttpTransfer(const HttpRequest& request, const HttpSettings& settings);
  HttpTransfer(const HttpTransfer&) = delete;
  HttpTransfer& operator=(const HttpTransfer&) = delete;

  CURL* handle() const { return handle_.get(); }
  // Any thread; noticed by the thread "http" when it is woken.
  void cancel() { is_cancelled_ = true; }
  bool is_cancelled() const { return is_cancelled_; }

  // Thread "http": it is over. code: CURLE_ABORTED_BY_CALLBACK after cancel().
  void finish(CURLcode code);
  // Blocks until finish().
  Result<HttpResponse> wait();

 private:
  void set_up();
  void set_body();
  void set_headers();
  std::size_t read(std::span<std::byte> into);
  std::size_t receive(std::span<const std::byte> bytes);
  std::size_t receive_all(std::span<const std::byte> bytes);
  std::size_t receive_window(std::span<const std::byte> bytes);
  std::size_t keep_beginning(std::span<const std::byte> bytes);
  bool is_unasked_whole() const;
  Result<HttpResponse> answer(CURLcode code);

  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_read(char* data, std::size_t size, std::size_t count, void* self);
  static int on_seek(void* self, curl_off_t offset, int origin);
  static int on_connected(void* self, char* there, char* here, int there_port, int here_port);
  static int on_socket(void* self, curl_socket_t socket, curlsocktype purpose);

  const HttpRequest& request_;
  const HttpSettings& settings_;
  const std::unique_ptr<CURL, FreeEasyHandle> handle_;
  std::unique_ptr<curl_slist, FreeHeaderList> headers_;
  std::array<char, CURL_ERROR_SIZE> curl_text_{};
  std::uint64_t sent_ = 0;
  std::optional<Error> read_error_;  // of what was to be sent
  std::uint64_t skipped_ = 0;
  bool is_too_large_ = false;
  bool window_is_full_ = false;
  HttpResponse response_;
  std::atomic<bool> is_cancelled_ = false;
  // Its own owner: whoever waits may be gone while finish() still holds it.
  const std::shared_ptr<std::promise<CURLcode>> done_ = std::make_shared<std::promise<CURLcode>>();
};

}  // namespace meanwhile
