#include "upload/http/http_transfer.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <expected>
#include <span>
#include <string>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/http/http_message.h"
#include "upload/http/http_outcome.h"
#include "upload/http/url.h"
#include "upload/traffic.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLargestErrorBytes = 64 << 10;
constexpr long kConnectSeconds = 20;
// Slower than this isn't moving.
constexpr long kStalledBytesPerSecond = 16;
// libcurl takes these anew for each request: larger ones are given back to the system each time, and cost
// more to get again than larger pieces save.
constexpr long kUploadBufferBytes = 64 << 10;
constexpr long kLargeAnswerBufferBytes = 256 << 10;
constexpr long kSmallAnswerBufferBytes = 16 << 10;
// A name found, a connection made: the server's first words take a while in a far country.
constexpr std::uint64_t kBytesOfAStep = 1024;
constexpr const char* kUserAgent = "Meanwhile/0.1";

std::string host_of(const std::string& url) {
  const auto parsed = parse_url(origin_of(url));
  return parsed ? parsed->host_name() : "";
}

HttpTransfer* self_of(void* self) {
  return static_cast<HttpTransfer*>(self);
}

}  // namespace

HttpTransfer::HttpTransfer(const HttpRequest& request, const HttpSettings& settings)
    : request_(request), settings_(settings), handle_(curl_easy_init()) {
  if (handle_) set_up();
}

void HttpTransfer::set_up() {
  CURL* curl = handle_.get();
  curl_easy_setopt(curl, CURLOPT_PRIVATE, this);
  curl_easy_setopt(curl, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);  // what was signed is what is sent
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, curl_text_.data());
  curl_easy_setopt(curl, CURLOPT_USERAGENT, kUserAgent);
  // What carries a body goes by HTTP/1.1: faster here on several connections, and a server of Go that answers
  // before it has read all resets an HTTP/2 stream, upon which libcurl 7.88 loses the answer.
  const long version = request_.body ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS;
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, version);
  curl_easy_setopt(curl, CURLOPT_PIPEWAIT, request_.body ? 0L : 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kStalledBytesPerSecond);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.stalled_after.count()));
  const bool expects_much = request_.limit_bytes > kLargestErrorBytes;
  curl_easy_setopt(curl, CURLOPT_BUFFERSIZE,
                   expects_much ? kLargeAnswerBufferBytes : kSmallAnswerBufferBytes);
  curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, kUploadBufferBytes);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
  // No proxy is to see what doesn't leave this machine, whatever http_proxy and all_proxy say; for all others
  // libcurl reads them, and no_proxy. Source: CURLOPT_PROXY(3), "Environment variables".
  if (is_this_machine(host_of(request_.url))) curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, on_socket);
  curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, on_connected);
  if (!settings_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, settings_.ca_file.c_str());
  if (request_.login) {
    const auto scheme = request_.login->scheme == LoginScheme::Digest ? CURLAUTH_DIGEST : CURLAUTH_BASIC;
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, static_cast<long>(scheme));
    curl_easy_setopt(curl, CURLOPT_USERNAME, request_.login->user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, request_.login->password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  set_body();
  set_headers();
}

void HttpTransfer::set_body() {
  CURL* curl = handle_.get();
  if (request_.method == "HEAD") {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  } else if (request_.body) {
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request_.body->size()));
    curl_easy_setopt(curl, CURLOPT_MAX_SEND_SPEED_LARGE,
                     static_cast<curl_off_t>(request_.send_bytes_per_second));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, this);
    curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, on_seek);
    curl_easy_setopt(curl, CURLOPT_SEEKDATA, this);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  } else {
    curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }
}

void HttpTransfer::set_headers() {
  const auto add = [this](const std::string& line) {
    if (curl_slist* longer = curl_slist_append(headers_.get(), line.c_str())) {
      (void)headers_.release();
      headers_.reset(longer);
    }
  };
  add("Expect:");  // a round trip more before each body, a second where a server doesn't know it
  if (request_.range) {
    const std::uint64_t last = request_.range->offset + (request_.range->length - 1);
    const bool overflows = last < request_.range->offset;
    add(overflows ? fmt::format("Range: bytes={}-", request_.range->offset)
                  : fmt::format("Range: bytes={}-{}", request_.range->offset, last));
  }
  for (const std::string& header : request_.headers) add(header);
  curl_easy_setopt(handle_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

std::size_t HttpTransfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  note_traffic(size * count);
  self_of(self)->response_.headers.add_line({data, size * count});
  return size * count;
}

std::size_t HttpTransfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  note_traffic(size * count);
  return self_of(self)->receive(std::as_bytes(std::span(data, size * count)));
}

std::size_t HttpTransfer::on_read(char* data, std::size_t size, std::size_t count, void* self) {
  return self_of(self)->read(std::as_writable_bytes(std::span(data, size * count)));
}

// Straight from a file to where libcurl sends it from: what lies in memory twice is copied twice, and pushes
// everything else out of the processor's cache.
std::size_t HttpTransfer::read(std::span<std::byte> into) {
  into = into.first(std::min<std::uint64_t>(into.size(), request_.body->size() - sent_));
  if (const auto done = request_.body->read(sent_, into); !done) {
    read_error_ = done.error();
    return CURL_READFUNC_ABORT;
  }
  sent_ += into.size();
  note_traffic(into.size());
  return into.size();
}

// A connection that the server had closed meanwhile: libcurl sends again on a new one.
int HttpTransfer::on_seek(void* self, curl_off_t offset, int origin) {
  HttpTransfer& transfer = *self_of(self);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::uint64_t>(offset) > transfer.request_.body->size())
    return CURL_SEEKFUNC_FAIL;
  transfer.sent_ = static_cast<std::uint64_t>(offset);
  return CURL_SEEKFUNC_OK;
}

// Programs that we start are to inherit no connection.
int HttpTransfer::on_socket(void* /*self*/, curl_socket_t socket, curlsocktype /*purpose*/) {
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  note_traffic(kBytesOfAStep);
  return CURL_SOCKOPT_OK;
}

int HttpTransfer::on_connected(void* /*self*/, char* /*there*/, char* /*here*/, int /*there_port*/,
                               int /*here_port*/) {
  note_traffic(kBytesOfAStep);
  return CURL_PREREQFUNC_OK;
}

bool HttpTransfer::is_unasked_whole() const {
  return request_.range && response_.status == 200;
}

std::size_t HttpTransfer::receive(std::span<const std::byte> bytes) {
  if (response_.status == 0) {
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
  }
  if (response_.is_success()) return is_unasked_whole() ? receive_window(bytes) : receive_all(bytes);
  const std::size_t kept = std::min(bytes.size(), kLargestErrorBytes - response_.body.size());
  response_.body.insert(response_.body.end(), bytes.begin(),
                        bytes.begin() + static_cast<std::ptrdiff_t>(kept));
  return bytes.size();
}

std::size_t HttpTransfer::receive_all(std::span<const std::byte> bytes) {
  if (response_.body.empty()) {
    curl_off_t announced = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    if (announced > 0) {
      is_too_large_ = static_cast<std::uint64_t>(announced) > request_.limit_bytes;
      if (!is_too_large_) response_.body.reserve(static_cast<std::size_t>(announced));
    }
  }
  is_too_large_ = is_too_large_ || response_.body.size() + bytes.size() > request_.limit_bytes;
  if (is_too_large_) return keep_beginning(bytes);
  response_.body.insert(response_.body.end(), bytes.begin(), bytes.end());
  return bytes.size();
}

// It tells a login page from an object that is too large.
std::size_t HttpTransfer::keep_beginning(std::span<const std::byte> bytes) {
  if (response_.body.empty()) {
    const auto beginning = bytes.first(std::min(bytes.size(), kLargestErrorBytes));
    response_.body.assign(beginning.begin(), beginning.end());
  }
  return CURL_WRITEFUNC_ERROR;
}

std::size_t HttpTransfer::receive_window(std::span<const std::byte> bytes) {
  const std::size_t total = bytes.size();
  const std::size_t skip = std::min<std::uint64_t>(bytes.size(), request_.range->offset - skipped_);
  skipped_ += skip;
  bytes = bytes.subspan(skip);
  bytes = bytes.first(std::min<std::uint64_t>(bytes.size(), request_.range->length - response_.body.size()));
  is_too_large_ = response_.body.size() + bytes.size() > request_.limit_bytes;
  if (is_too_large_) return CURL_WRITEFUNC_ERROR;
  response_.body.insert(response_.body.end(), bytes.begin(), bytes.end());
  window_is_full_ = response_.body.size() == request_.range->length;
  return window_is_full_ ? CURL_WRITEFUNC_ERROR : total;
}

void HttpTransfer::finish(CURLcode code) {
  const auto done = done_;
  done->set_value(code);
}

Result<HttpResponse> HttpTransfer::wait() {
  return answer(done_->get_future().get());
}

Result<HttpResponse> HttpTransfer::answer(CURLcode code) {
  if (is_cancelled_ && code != CURLE_OK) return fail(ErrorCode::Aborted, tr("stopped"));
  if (read_error_) return std::unexpected(*read_error_);
  const std::string server = origin_of(request_.url);
  if (is_too_large_ && is_foreign_page(response_, server)) return std::unexpected(foreign_page_error(server));
  if (is_too_large_) return fail(ErrorCode::Corrupt, tr("the object is larger than it may be"));
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  // A server may refuse and hang up before it has read all that we send; HTTP/2 servers in Go do. Source: RFC
  // 9113 s. 8.1.
  const bool is_refused = response_.status >= 400;
  if (code != CURLE_OK && !window_is_full_ && !is_refused) {
    return std::unexpected(error_from_curl(code, curl_text_.data(), request_.url));
  }
  return std::move(response_);
}

}  // namespace meanwhile
