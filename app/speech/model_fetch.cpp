#include "app/speech/model_fetch.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/descriptor.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/http/http_client.h"
#include "upload/http/http_headers.h"
#include "upload/http/http_message.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kPiece = 8u << 20;
constexpr int kMostRedirections = 5;

bool is_redirection(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::unexpected<Error> refused(int status) {
  const ErrorCode code = status == 404 || status == 410   ? ErrorCode::NotFound
                         : status == 401 || status == 403 ? ErrorCode::PermissionDenied
                                                          : ErrorCode::Unavailable;
  return fail(code, tr_format("the server answers {}: see whether the address is right", status));
}

// "bytes 0-8388607/147951465". Source: RFC 9110 s. 14.4.
std::optional<std::uint64_t> whole_size(const HttpHeaders& headers) {
  const std::string range = headers.find("Content-Range");
  const auto slash = range.rfind('/');
  return slash == std::string::npos ? std::nullopt : parse_decimal(std::string_view(range).substr(slash + 1));
}

struct Piece {
  Bytes bytes;
  std::uint64_t whole = 0;
};

class ModelServer {
 public:
  ModelServer(std::string url, std::stop_token stop) : url_(std::move(url)), stop_(std::move(stop)) {}

  Result<Piece> get(std::uint64_t at) {
    for (int redirections = 0; redirections <= kMostRedirections; ++redirections) {
      auto answer = client_->send(
          {.method = "GET", .url = url_, .range = ByteRange{at, kPiece}, .limit_bytes = kPiece}, {}, stop_);
      if (!answer) return std::unexpected(answer.error());
      if (is_redirection(answer->status)) {
        MEANWHILE_TRY(follow(answer->headers.find("Location")));
        continue;
      }
      // All of it was fetched before.
      if (answer->status == 416) return Piece{.bytes = {}, .whole = at};
      if (!answer->is_success()) return refused(answer->status);
      const auto whole = whole_size(answer->headers);
      if (answer->status != 206 || !whole)
        return fail(ErrorCode::Unsupported,
                    tr("this server can't send a file in parts: fetch it with a browser, and add the file"));
      return Piece{std::move(answer->body), *whole};
    }
    return fail(ErrorCode::Unavailable, tr("the address leads from one to the next, and nowhere"));
  }

 private:
  Result<void> follow(const std::string& location) {
    if (!is_model_address(location))
      return fail(ErrorCode::Unavailable, tr_format("the server leads to an address that isn't safe: {}",
                                                    display_line(shorten(location, 100))));
    url_ = location;
    return {};
  }

  const std::shared_ptr<HttpClient> client_ = HttpClient::shared();
  std::string url_;
  const std::stop_token stop_;
};

}  // namespace

bool is_model_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://127.0.0.1:") ||
         text.starts_with("http://[::1]:");
}

Result<void> fetch_model(const std::string& url, const std::filesystem::path& file, const FetchCalls& calls,
                         const std::stop_token& stop) {
  const Descriptor into(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!into.is_open()) return errno_failure(tr_format("writing {}", file.string()));
  std::error_code error;
  std::uint64_t have = std::filesystem::file_size(file, error);
  ModelServer server(url, stop);
  for (bool is_first = true;; is_first = false) {
    const auto piece = server.get(have);
    if (!piece) return fail(tr("fetching the model"), piece.error());
    if (is_first) calls.on_size(piece->whole);
    MEANWHILE_TRY(write_all(into.get(), piece->bytes, file.string()));
    have += piece->bytes.size();
    calls.on_progress(static_cast<double>(have) /
                      static_cast<double>(std::max<std::uint64_t>(piece->whole, 1)));
    if (have >= piece->whole) break;
    if (piece->bytes.empty())
      return fail(ErrorCode::Unavailable, tr("the server sends no more, before the end"));
  }
  if (::fsync(into.get()) != 0) return errno_failure(tr_format("writing {}", file.string()));
  return {};
}

}  // namespace meanwhile
