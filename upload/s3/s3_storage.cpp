#include "upload/s3/s3_storage.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/gzip.h"
#include "upload/http/http_headers.h"
#include "upload/http/http_message.h"
#include "upload/http/http_outcome.h"
#include "upload/http/http_server.h"
#include "upload/http/url.h"
#include "upload/payload.h"
#include "upload/s3/multipart_form.h"
#include "upload/s3/s3_answers.h"
#include "upload/s3/s3_outcome.h"
#include "upload/s3/sigv4.h"
#include "upload/secret.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestPageBytes = 8 << 20;
// A thousand keys a page: more than any library has.
constexpr int kMostPages = 10'000;
// Servers allow 15 minutes; a HEAD's 403 has no words that would say so.
constexpr std::int64_t kSuspectClockSeconds = 14 * 60;

Result<void> take_style(ServerUrl& url, std::string& style) {
  style = "path";
  if (const auto found = url.query.find("style"); found != url.query.end()) {
    style = found->second;
    url.query.erase(found);
  }
  if (style == "path" || style == "virtual") return {};
  return fail(ErrorCode::InvalidArgument, tr("?style= of an S3 library is path or virtual"));
}

bool is_region(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

// Source: Amazon S3 User Guide, "Bucket naming rules"; older servers take capitals and underscores.
bool is_bucket(std::string_view text) {
  return text.size() >= 3 && text.size() <= 63 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") ==
             std::string_view::npos;
}

Result<void> check_validity(std::chrono::seconds valid) {
  if (valid <= kLongestLink && valid.count() > 0) return {};
  return fail(ErrorCode::InvalidArgument, tr("a link to an object is valid for at most 7 days"));
}

// Browsers show a page only if they are told that it is one, and ask each time whether it is a new one.
std::map<std::string, std::string> stored_headers(std::string_view key) {
  if (!key.ends_with(".html")) return {};
  return {{"cache-control", "no-cache"}, {"content-type", "text/html; charset=utf-8"}};
}

}  // namespace

Result<S3Storage::Address> S3Storage::parse_address(ServerUrl url) {
  std::string style;
  MEANWHILE_TRY(take_style(url, style));
  Address address;
  address.region = "us-east-1";
  if (const auto region = url.query.find("region"); region != url.query.end()) {
    address.region = region->second;
    url.query.erase(region);
  }
  MEANWHILE_TRY(check_query_is_taken(url, tr("endpoint=, region=, style= and ca=")));
  const std::string path = url.path.empty() ? "" : url.path.substr(1);
  const auto slash = path.find('/');
  address.bucket = path.substr(0, slash);
  address.prefix = slash == std::string::npos ? "" : path.substr(slash + 1) + "/";
  if (!is_bucket(address.bucket) || !is_region(address.region)) {
    return fail(ErrorCode::InvalidArgument,
                tr("that is no bucket, or no region: "
                   "s3://bucket/folder?endpoint=https://server&region=eu-central-1"));
  }
  address.place = {.endpoint = url.origin(), .bucket = address.bucket};
  const bool in_path = style == "path";
  address.root = in_path ? "/" + address.bucket + "/" : "/";
  if (!in_path) url.host = address.bucket + "." + url.host;
  address.server = std::move(url);
  return address;
}

Result<std::shared_ptr<S3Storage>> S3Storage::open(const std::string& url, FindSecret find_secret) {
  auto server = s3_server_url(url);
  if (!server) return std::unexpected(server.error());
  auto settings = take_http_settings(*server);
  if (!settings) return std::unexpected(settings.error());
  auto address = parse_address(std::move(*server));
  if (!address) return std::unexpected(address.error());
  return std::shared_ptr<S3Storage>(
      new S3Storage(std::move(*address), std::move(*settings), secret_place(url), std::move(find_secret)));
}

S3Storage::S3Storage(Address address, HttpSettings settings, std::string secret_place, FindSecret find_secret)
    : address_(std::move(address)),
      server_(std::move(settings)),
      secret_(std::move(secret_place), std::move(find_secret)) {}

std::string S3Storage::description() const {
  const std::string folder =
      address_.prefix.empty() ? "" : "/" + address_.prefix.substr(0, address_.prefix.size() - 1);
  // TRANSLATORS: {0} and {1} are the bucket's name and a folder in it, {2} a server's address.
  return tr_format("the bucket {}{} at {}", address_.bucket, folder, address_.place.endpoint);
}

std::optional<std::chrono::seconds> S3Storage::clock_ahead() const {
  if (!has_seen_clock_) return std::nullopt;
  return std::chrono::seconds(ahead_s_.load());
}

std::string S3Storage::path_of(const std::string& key) const {
  return address_.root + address_.prefix + key;
}

Result<Secret> S3Storage::secret() {
  auto secret = secret_.get();
  if (!secret) return std::unexpected(secret.error());
  if (*secret) return std::move(**secret);
  return fail(ErrorCode::PermissionDenied,
              tr_format("no access key for {} is known: give it to `meanwhile library secret {}`",
                        address_.place.endpoint, secret_.place()));
}

Result<HttpResponse> S3Storage::send_once(const Call& call, const std::string& body_sha256,
                                          const std::stop_token& stop) {
  const auto secret = this->secret();
  if (!secret) return std::unexpected(secret.error());
  const SignedRequest to_sign{.method = call.method,
                              .host = address_.server.host,
                              .path = call.path,
                              .query = call.query,
                              .headers = call.headers,
                              .body_sha256 = body_sha256};
  const std::string query = canonical_query(call.query);
  const HttpRequest request{
      .method = call.method,
      .url = address_.server.origin() + canonical_path(call.path) + (query.empty() ? "" : "?" + query),
      .headers = sign_headers(to_sign, *secret, {.region = address_.region, .now = signing_time()}),
      .body = call.body,
      .range = call.range,
      .limit_bytes = call.limit_bytes,
      .send_bytes_per_second = upload_limit_};
  return server_.send(request, stop);
}

// Ours may be wrong, the server's counts.
bool S3Storage::set_clock(const HttpResponse& response, const S3Failure& failure) {
  const auto date = response.headers.date();
  if (!date) return false;
  const auto wanted = std::chrono::round<std::chrono::seconds>(*date - wall_now()).count();
  const std::int64_t off_by = wanted - correction_s_;
  const bool is_suspect =
      failure.code.empty() && response.status == 403 && std::abs(off_by) > kSuspectClockSeconds;
  if (!is_suspect && !is_about_the_clock(failure)) return false;
  correction_s_ = wanted;
  log(LogLevel::Warning,
      fmt::format("this machine's clock is {} s {} that of {}: requests are signed with the "
                  "server's time; set the clock",
                  std::abs(wanted), wanted < 0 ? "ahead of" : "behind", address_.place.endpoint));
  return true;
}

void S3Storage::note_clock(const HttpResponse& response) {
  const auto date = response.headers.date();
  if (!date) return;
  ahead_s_ = std::chrono::round<std::chrono::seconds>(wall_now() - *date).count();
  has_seen_clock_ = true;
}

// A success, or a 416 to a range; every other answer is an error.
Result<HttpResponse> S3Storage::call(const Call& call, const std::stop_token& stop) {
  const auto hash = !call.body                 ? Result<std::string>(kSha256OfNothing)
                    : call.body_sha256.empty() ? call.body->sha256()
                                               : Result<std::string>(call.body_sha256);
  if (!hash) return std::unexpected(hash.error());
  const std::string& body_sha256 = *hash;
  auto response = send_once(call, body_sha256, stop);
  if (!response) return response;
  note_clock(*response);
  auto failure = response->is_success() ? S3Failure{} : parse_s3_failure(response->body);
  if (!response->is_success() && set_clock(*response, failure)) {
    response = send_once(call, body_sha256, stop);
    if (!response) return response;
    failure = response->is_success() ? S3Failure{} : parse_s3_failure(response->body);
  }
  // Of a page of ours there is no telling.
  if (response->is_success() && !call.path.ends_with(".html") &&
      is_foreign_page(*response, address_.place.endpoint))
    return std::unexpected(foreign_page_error(address_.place.endpoint));
  if (response->is_success() || (response->status == 416 && call.range)) return response;
  if (is_about_the_secret(failure) || response->status == 403) secret_.forget();
  return std::unexpected(error_from_s3(*response, failure, address_.place));
}

Result<void> S3Storage::put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) {
  MEANWHILE_TRY(put_hashed(key, bytes, "", std::move(stop)));
  return {};
}

Result<UploadProof> S3Storage::put_hashed(const std::string& key, const Payload& payload,
                                          const std::string& sha256, std::stop_token stop) {
  MEANWHILE_TRY(store(key, payload, sha256, stored_headers(key), stop));
  return UploadProof::Hash;
}

Result<void> S3Storage::put_packed(const std::string& key, const std::string& type, std::string_view text,
                                   std::stop_token stop) {
  const Bytes packed = gzip(as_byte_span(text));
  return store(key, std::span<const std::byte>(packed), "",
               {{"cache-control", "no-cache"}, {"content-encoding", "gzip"}, {"content-type", type}}, stop);
}

Result<void> S3Storage::store(const std::string& key, const Payload& payload, const std::string& sha256,
                              std::map<std::string, std::string> headers, const std::stop_token& stop) {
  MEANWHILE_TRY(check_key(key));
  const auto answer = call({.method = "PUT",
                            .path = path_of(key),
                            .body = payload,
                            .body_sha256 = sha256,
                            .headers = std::move(headers)},
                           stop);
  if (answer) return {};
  Error error = answer.error();
  if (error.code == ErrorCode::NotFound) error.code = ErrorCode::Unavailable;
  return fail(tr_format("storing {} in {}", key, description()), std::move(error));
}

Result<Bytes> S3Storage::get(const std::string& key, std::uint64_t limit_bytes,
                             std::optional<ByteRange> range, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  if (range && range->length == 0) {
    const auto info = stat(key, std::move(stop));
    return info ? Result<Bytes>(Bytes()) : std::unexpected(info.error());
  }
  auto answer =
      call({.method = "GET", .path = path_of(key), .range = range, .limit_bytes = limit_bytes}, stop);
  if (!answer) return fail(tr_format("reading {} from {}", key, description()), answer.error());
  if (answer->status == 416) return Bytes();
  if (answer->status == 206 && (!range || answer->headers.range_start() != range->offset))
    return fail(ErrorCode::Unavailable,
                tr_format("{} gave other bytes of {} than were asked for", description(), key));
  return std::move(answer->body);
}

Result<S3ListPage> S3Storage::list_page(const std::map<std::string, std::string>& query,
                                        const std::stop_token& stop) {
  const auto answer =
      call({.method = "GET", .path = address_.root, .query = query, .limit_bytes = kLargestPageBytes}, stop);
  if (!answer) return std::unexpected(answer.error());
  return parse_s3_list(answer->body);
}

Result<std::vector<ObjectInfo>> S3Storage::list(const std::string& prefix, const std::string& after,
                                                std::stop_token stop) {
  MEANWHILE_TRY(check_prefix(prefix));
  const std::string doing = prefix.empty() ? tr_format("listing {}", description())
                                           : tr_format("listing {} in {}", prefix, description());
  std::map<std::string, std::string> query{
      {"list-type", "2"}, {"encoding-type", "url"}, {"prefix", address_.prefix + prefix}};
  if (!after.empty()) query["start-after"] = address_.prefix + after;
  std::vector<ObjectInfo> found;
  for (int pages = 0; pages < kMostPages; ++pages) {
    const auto page = list_page(query, stop);
    if (!page) return fail(doing, page.error());
    for (const ObjectInfo& object : page->objects) {
      if (!object.key.starts_with(address_.prefix)) continue;
      const std::string key = object.key.substr(address_.prefix.size());
      if (key.starts_with(prefix) && key > after && is_valid_key(key))
        found.push_back({key, object.size_bytes});
    }
    if (!page->is_truncated) {
      std::ranges::sort(found, {}, &ObjectInfo::key);
      return found;
    }
    if (page->next_token.empty() || page->next_token == query["continuation-token"]) break;
    query["continuation-token"] = page->next_token;
  }
  return fail(ErrorCode::Unavailable, tr_format("{}: the server's list doesn't come to an end", doing));
}

Result<ObjectInfo> S3Storage::stat(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  const auto answer = call({.method = "HEAD", .path = path_of(key)}, stop);
  if (!answer) return fail(tr_format("looking for {} in {}", key, description()), answer.error());
  const auto size = parse_decimal(answer->headers.find("content-length"));
  if (!size) return fail(ErrorCode::Io, tr_format("{} doesn't say how large {} is", description(), key));
  return ObjectInfo{key, *size};
}

Result<void> S3Storage::remove(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  const auto answer = call({.method = "DELETE", .path = path_of(key)}, stop);
  if (answer || answer.error().code == ErrorCode::NotFound) return {};
  return fail(tr_format("removing {} from {}", key, description()), answer.error());
}

WallTime S3Storage::signing_time() const {
  return wall_now() + std::chrono::seconds(correction_s_.load());
}

std::string S3Storage::address(const std::string& key) const {
  return address_.server.origin() + canonical_path(path_of(key));
}

// Without a signature, as a browser asks.
Result<bool> S3Storage::is_open_to_all(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  const HttpRequest request{
      .method = "GET", .url = address(key), .range = ByteRange{0, 1}, .limit_bytes = kLargestPageBytes};
  const auto response = server_.send(request, std::move(stop));
  if (!response)
    return fail(tr_format("asking {} who may read {}", address_.place.endpoint, key), response.error());
  return response->is_success();
}

Result<SignedLinks> S3Storage::sign_links(const std::vector<std::string>& keys, std::chrono::seconds valid,
                                          LinkUse use) {
  MEANWHILE_TRY(check_validity(valid));
  const auto secret = this->secret();
  if (!secret) return std::unexpected(secret.error());
  const SigningScope scope{.region = address_.region, .now = signing_time()};
  SignedLinks links;
  for (const std::string& key : keys) {
    MEANWHILE_TRY(check_key(key));
    LinkParts parts = sign_link_in_parts(address_.server.host, path_of(key), *secret, scope, valid, use);
    links.signatures.push_back(std::move(parts.signature));
    links.query = std::move(parts.query);
  }
  return links;
}

Result<PostForm> S3Storage::sign_form(const std::string& prefix, std::uint64_t limit_bytes,
                                      std::chrono::seconds valid) {
  MEANWHILE_TRY(check_prefix(prefix));
  MEANWHILE_TRY(check_validity(valid));
  const auto secret = this->secret();
  if (!secret) return std::unexpected(secret.error());
  PostForm form{.url = address_.server.origin() + canonical_path(address_.root),
                .key_prefix = address_.prefix + prefix,
                .fields = {}};
  form.fields = sign_post(
      {.bucket = address_.bucket, .key_prefix = form.key_prefix, .limit_bytes = limit_bytes, .valid = valid},
      *secret, {.region = address_.region, .now = signing_time()});
  return form;
}

Result<bool> S3Storage::takes_forms(const std::string& prefix, std::stop_token stop) {
  constexpr std::string_view kTried = "x";
  auto form = sign_form(prefix, kTried.size(), std::chrono::minutes(15));
  if (!form) return std::unexpected(form.error());
  form->fields["key"] = form->key_prefix + "first";
  const MultipartForm posted = multipart_form(form->fields, kTried);
  const HttpRequest request{.method = "POST",
                            .url = form->url,
                            .headers = {"Content-Type: " + posted.content_type},
                            .body = as_byte_span(posted.body),
                            .limit_bytes = kLargestPageBytes};
  const auto response = server_.send(request, stop);
  if (!response) return fail(tr_format("trying a form at {}", address_.place.endpoint), response.error());
  if (!response->is_success()) return false;
  MEANWHILE_TRY(remove(prefix + "first", std::move(stop)));
  return true;
}

}  // namespace meanwhile
