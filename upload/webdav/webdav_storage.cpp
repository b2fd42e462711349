#include "upload/webdav/webdav_storage.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/escapes.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/http/http_headers.h"
#include "upload/http/http_message.h"
#include "upload/http/http_outcome.h"
#include "upload/http/http_server.h"
#include "upload/http/url.h"
#include "upload/payload.h"
#include "upload/secret.h"
#include "upload/signing.h"
#include "upload/storage.h"
#include "upload/webdav/propfind.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestListBytes = 32 << 20;
// Deeper than any key of ours.
constexpr int kDeepestCollection = 8;
// Smaller ones are sent before their folders are known to be there: mostly they are.
constexpr std::size_t kWorthAsking = 64 << 10;

constexpr std::chrono::milliseconds kLockedDelay{10};
constexpr std::chrono::milliseconds kLongestLockedDelay{640};

Error as_write_error(Error error) {
  if (error.code == ErrorCode::NotFound) {
    error.code = ErrorCode::Unavailable;
    error.message = tr("the library's folder isn't there: make it on the server, or mend the library's URL");
  }
  return error;
}

// A full or read-only disk is a 405 of rclone's and a 500 of nginx's, and so is much else: neither says
// which.
std::optional<Error> unclear_refusal(int status) {
  if (status == 405)
    return Error{ErrorCode::Unavailable,
                 tr("the server refuses to store (status 405) and doesn't say why: its disk may be full or "
                    "read-only, or this address takes no files; it is tried again later")};
  if (status == 500)
    return Error{ErrorCode::Unavailable,
                 tr("the server failed to store it (status 500) and doesn't say why: its disk may be full or "
                    "read-only; it is tried again later")};
  return std::nullopt;
}

}  // namespace

Result<std::shared_ptr<WebDavStorage>> WebDavStorage::open(const std::string& library_url,
                                                           MissingFolder missing, FindSecret find_secret,
                                                           const std::stop_token& stop) {
  auto url = webdav_server_url(library_url);
  if (!url) return std::unexpected(url.error());
  auto settings = take_http_settings(*url);
  if (!settings) return std::unexpected(settings.error());
  MEANWHILE_TRY(check_query_is_taken(*url, "ca="));
  const std::shared_ptr<WebDavStorage> storage(new WebDavStorage(
      std::move(*url), std::move(*settings), secret_place(library_url), std::move(find_secret)));
  if (missing == MissingFolder::Make) MEANWHILE_TRY(storage->make_root(stop));
  return storage;
}

WebDavStorage::WebDavStorage(ServerUrl url, HttpSettings settings, std::string secret_place,
                             FindSecret find_secret)
    : url_(std::move(url)),
      server_(std::move(settings)),
      secret_(std::move(secret_place), std::move(find_secret)) {}

std::string WebDavStorage::description() const {
  return tr_format("the WebDAV folder {}", url_.origin() + url_.path);
}

std::optional<std::chrono::seconds> WebDavStorage::clock_ahead() const {
  return clock_ahead_.copy();
}

std::string WebDavStorage::path_of(std::string_view key) const {
  return url_.path + "/" + std::string(key);
}

Error WebDavStorage::error_of(const HttpResponse& response) const {
  return error_from_status(response, url_.origin());
}

Error WebDavStorage::write_error_of(const HttpResponse& response) const {
  return unclear_refusal(response.status).value_or(error_of(response));
}

// 423: the server locks the folder while it does something else in it (rclone, Nextcloud): soon over.
Result<HttpResponse> WebDavStorage::send_patiently(const HttpRequest& request, const std::stop_token& stop) {
  auto response = server_.send(request, stop);
  for (auto delay = kLockedDelay; response && response->status == 423 && delay <= kLongestLockedDelay;
       delay *= 2) {
    pause_for(delay, stop);
    response = server_.send(request, stop);
  }
  return response;
}

// Any answer, a success or not.
Result<HttpResponse> WebDavStorage::call(const Call& call, const std::stop_token& stop) {
  auto secret = secret_.get();
  if (!secret) return std::unexpected(secret.error());
  HttpRequest request{.method = call.method,
                      .url = url_.origin() + percent_encode(call.path, "/"),
                      .headers = call.headers,
                      .body = call.body,
                      .range = call.range,
                      .limit_bytes = call.limit_bytes,
                      .send_bytes_per_second = upload_limit_};
  if (*secret) request.login = HttpLogin{.user = (*secret)->user, .password = (*secret)->password};
  auto response = send_patiently(request, stop);
  if (!response) return response;
  if (response->status == 401) secret_.forget();
  if (const auto date = response->headers.date())
    *clock_ahead_.lock() = std::chrono::round<std::chrono::seconds>(wall_now() - *date);
  return response;
}

Result<void> WebDavStorage::make_collection(const std::string& path, const std::stop_token& stop) {
  if (known_collections_.lock()->contains(path)) return {};
  const auto response = call({.method = "MKCOL", .path = path + "/"}, stop);
  if (!response) return std::unexpected(response.error());
  // 409: what it is to lie in isn't there. 405: it is there already (RFC 4918 s. 9.3.1), but rclone says so
  // of a disk that can't be written too; others, when two make it at once, say something else (Apache: 403).
  // So what is there counts.
  if (response->status == 409) return fail(ErrorCode::NotFound, tr("a folder above isn't there"));
  if (!response->is_success()) {
    const auto there = propfind(path + "/", "0", stop);
    if (!there || !*there) return std::unexpected(write_error_of(*response));
  }
  known_collections_.lock()->insert(path);
  return {};
}

// Each folder above the last may belong to somebody else: they are only made if the last can't be.
Result<void> WebDavStorage::make_root(const std::stop_token& stop) {
  const auto there = propfind(url_.path + "/", "0", stop);
  if (!there) return fail(tr_format("opening {}", description()), there.error());
  if (*there || url_.path.empty()) return {};
  const auto made = make_collection(url_.path, stop);
  if (made) return {};
  if (made.error().code != ErrorCode::NotFound)
    return fail(tr_format("making {}", description()), made.error());
  for (auto slash = url_.path.find('/', 1); slash != std::string::npos;
       slash = url_.path.find('/', slash + 1)) {
    const auto level = make_collection(url_.path.substr(0, slash), stop);
    if (!level) return fail(tr_format("making {}", description()), as_write_error(level.error()));
  }
  const auto last = make_collection(url_.path, stop);
  if (!last) return fail(tr_format("making {}", description()), as_write_error(last.error()));
  return {};
}

// One thread at a time: Apache answers 403 or 500 when two make one folder at once.
Result<void> WebDavStorage::make_parents(std::string_view key, const std::stop_token& stop) {
  const std::lock_guard one_at_a_time(making_);
  for (auto slash = key.find('/'); slash != std::string_view::npos; slash = key.find('/', slash + 1))
    MEANWHILE_TRY(make_collection(path_of(key.substr(0, slash)), stop));
  return {};
}

// 404 and 409 say that a folder on the way is missing. lighttpd and libsoup's servers say 500 of it, and
// others may say anything: then it is looked for, so that no body is sent twice in vain. Login and room are
// no matter of folders.
Result<bool> WebDavStorage::may_lack_folder(const HttpResponse& refusal, const std::string& key,
                                            const std::stop_token& stop) {
  const int status = refusal.status;
  if (status == 404 || status == 409) return true;
  const auto slash = key.rfind('/');
  const bool is_other_matter = status < 400 || status == 401 || status == 413 || status == 423 ||
                               status == 429 || status == 507 || slash == std::string::npos;
  if (is_other_matter) return false;
  const auto folder = propfind(path_of(key.substr(0, slash)) + "/", "0", stop);
  if (!folder && folder.error().is_control()) return std::unexpected(folder.error());
  return folder && !*folder;
}

// X-Hash asks Nextcloud to tell the hash of what it stored; to others it says nothing. Source: Nextcloud
// developer manual, "WebDAV: Basic APIs", request headers.
Result<HttpResponse> WebDavStorage::put_once(const std::string& key, const Payload& payload,
                                             const std::string& sha256, const std::stop_token& stop) {
  Call put{.method = "PUT",
           .path = path_of(key),
           // Browsers show a page only if they are told that it is one; most servers tell it by its name.
           .headers = {key.ends_with(".html") ? "Content-Type: text/html; charset=utf-8"
                                              : "Content-Type: application/octet-stream"},
           .body = payload};
  if (!sha256.empty()) put.headers.emplace_back("X-Hash: sha256");
  if (payload.size() >= kWorthAsking) MEANWHILE_TRY(make_parents(key, stop));
  auto response = call(put, stop);
  if (!response) return response;
  const auto lacks_folder = may_lack_folder(*response, key, stop);
  if (!lacks_folder) return std::unexpected(lacks_folder.error());
  if (!*lacks_folder) return response;
  known_collections_.lock()->clear();  // somebody may have removed them
  MEANWHILE_TRY(make_parents(key, stop));
  return call(put, stop);
}

Result<void> WebDavStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                std::stop_token stop) {
  MEANWHILE_TRY(put_hashed(key, bytes, "", stop));
  const auto checked = check_size(key, bytes, stop);
  if (!checked) return fail(tr_format("storing {} in {}", key, description()), checked.error());
  return {};
}

Result<UploadProof> WebDavStorage::put_hashed(const std::string& key, const Payload& payload,
                                              const std::string& sha256, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  const std::string doing = tr_format("storing {} in {}", key, description());
  const auto response = put_once(key, payload, sha256, stop);
  if (!response) return fail(doing, as_write_error(response.error()));
  if (!response->is_success()) {
    return fail(doing, as_write_error(write_error_of(*response)));
  }
  const std::string told = lower_case(response->headers.find("X-Hash-SHA256"));
  if (sha256.empty() || !is_sha256_hex(told)) return UploadProof::Server;
  if (told == sha256) return UploadProof::Hash;
  return fail(ErrorCode::Corrupt, tr_format("{}: the server stored other bytes", doing));
}

// Where the size isn't told, the bytes say it.
Result<void> WebDavStorage::check_size(const std::string& key, std::span<const std::byte> bytes,
                                       const std::stop_token& stop) {
  const auto info = stat(key, stop);
  if (!info && info.error().code != ErrorCode::NotFound) return std::unexpected(info.error());
  if (info && info->size_bytes == bytes.size()) return {};
  if (info && !info->size_bytes) {
    const auto back = get(key, bytes.size(), std::nullopt, stop);
    if (back && std::ranges::equal(*back, bytes)) return {};
    const bool differs =
        back || back.error().code == ErrorCode::NotFound || back.error().code == ErrorCode::Corrupt;
    if (!differs) return std::unexpected(back.error());
  }
  return fail(ErrorCode::Unavailable, info ? tr("not all of it arrived: it is sent again")
                                           : tr("it isn't there after it was taken: it is sent again"));
}

Result<Bytes> WebDavStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                 std::optional<ByteRange> range, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  const std::string doing = tr_format("reading {} from {}", key, description());
  if (range && range->length == 0) {
    const auto info = stat(key, std::move(stop));
    return info ? Result<Bytes>(Bytes()) : std::unexpected(info.error());
  }
  auto response =
      call({.method = "GET", .path = path_of(key), .range = range, .limit_bytes = limit_bytes}, stop);
  if (!response) return fail(doing, response.error());
  if (response->status == 416 && range) return Bytes();
  // Of a page of ours there is no telling.
  const bool may_be_page = key.ends_with(".html") && response->is_success();
  if (!may_be_page && is_foreign_page(*response, url_.origin()))
    return fail(doing, foreign_page_error(url_.origin()));
  // To a folder of that name: no object.
  if (response->status == 301) return fail(ErrorCode::NotFound, tr_format("{}: it isn't there", doing));
  if (!response->is_success()) return fail(doing, error_of(*response));
  if (response->status == 206 && (!range || response->headers.range_start() != range->offset))
    return fail(ErrorCode::Unavailable,
                tr_format("{} gave other bytes of {} than were asked for", description(), key));
  return std::move(response->body);
}

Result<std::optional<std::vector<DavEntry>>> WebDavStorage::propfind(const std::string& path,
                                                                     std::string_view depth,
                                                                     const std::stop_token& stop) {
  const auto response = call({.method = "PROPFIND",
                              .path = path,
                              .headers = {fmt::format("Depth: {}", depth), "Content-Type: application/xml"},
                              .body = as_byte_span(kPropfindBody),
                              .limit_bytes = kLargestListBytes},
                             stop);
  if (!response) return std::unexpected(response.error());
  if (response->status == 404) return std::nullopt;
  if (response->status == 405 || response->status == 501)
    return fail(ErrorCode::Io,
                tr_format("{} doesn't speak WebDAV at this address: mend the library's URL", url_.origin()));
  if (response->status != 207 || is_foreign_page(*response, url_.origin()))
    return std::unexpected(error_of(*response));
  auto entries = parse_propfind(response->body);
  if (!entries) return std::unexpected(entries.error());
  return std::optional(std::move(*entries));
}

Result<void> WebDavStorage::list_below(const std::string& prefix, const std::string& after, int depth,
                                       const std::stop_token& stop, std::vector<ObjectInfo>& found) {
  const std::string base = path_of(prefix);  // ends in "/"
  const auto entries = propfind(base, "1", stop);
  if (!entries) return std::unexpected(entries.error());
  if (!*entries) return {};
  bool is_named = false;
  for (const DavEntry& entry : **entries) {
    is_named = is_named || entry.path + "/" == base;
    if (!entry.path.starts_with(base)) continue;
    const std::string key = prefix + entry.path.substr(base.size());
    if (!is_valid_key(key) || key.find('/', prefix.size()) != std::string::npos) continue;
    if (!entry.is_collection) {
      if (key > after) found.push_back({key, entry.size_bytes});
      continue;
    }
    // All keys in there come before `after`.
    const std::string below = key + "/";
    if (depth == kDeepestCollection || (below < after && !after.starts_with(below))) continue;
    MEANWHILE_TRY(list_below(below, after, depth + 1, stop, found));
  }
  if (is_named) return {};
  return fail(ErrorCode::Io, tr_format("{} names other paths than were asked for: if a proxy before it "
                                       "changes them, use the address that the server itself knows",
                                       url_.origin()));
}

Result<std::vector<ObjectInfo>> WebDavStorage::list(const std::string& prefix, const std::string& after,
                                                    std::stop_token stop) {
  MEANWHILE_TRY(check_prefix(prefix));
  std::vector<ObjectInfo> found;
  const auto listed = list_below(prefix, after, 0, stop, found);
  if (!listed)
    return fail(prefix.empty() ? tr_format("listing {}", description())
                               : tr_format("listing {} in {}", prefix, description()),
                listed.error());
  std::ranges::sort(found, {}, &ObjectInfo::key);
  return found;
}

std::string WebDavStorage::address(const std::string& key) const {
  return url_.origin() + percent_encode(path_of(key), "/");
}

// Without a login, as a browser asks first.
Result<bool> WebDavStorage::is_open_to_all(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  const HttpRequest request{
      .method = "GET", .url = address(key), .range = ByteRange{0, 1}, .limit_bytes = kLargestListBytes};
  const auto response = server_.send(request, std::move(stop));
  if (!response) return fail(tr_format("asking {} who may read {}", url_.origin(), key), response.error());
  return response->is_success();
}

Result<ObjectInfo> WebDavStorage::stat(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  const std::string doing = tr_format("looking for {} in {}", key, description());
  const auto entries = propfind(path_of(key), "0", stop);
  if (!entries) return fail(doing, entries.error());
  if (*entries) {
    for (const DavEntry& entry : **entries) {
      if (entry.path == path_of(key) && !entry.is_collection) return ObjectInfo{key, entry.size_bytes};
    }
  }
  return fail(ErrorCode::NotFound, tr_format("{}: it isn't there", doing));
}

Result<void> WebDavStorage::remove(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check_key(key));
  const auto response = call({.method = "DELETE", .path = path_of(key)}, stop);
  const std::string doing = tr_format("removing {} from {}", key, description());
  if (!response) return fail(doing, response.error());
  if (response->status == 404) return {};
  if (!response->is_success()) return fail(doing, error_of(*response));
  if (!is_foreign_page(*response, url_.origin())) return {};
  // The server's own words, or those of somebody who did nothing.
  const auto info = stat(key, stop);
  if (!info && info.error().code == ErrorCode::NotFound) return {};
  return fail(doing, info ? foreign_page_error(url_.origin()) : info.error());
}

}  // namespace meanwhile
