#include "upload/storage.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/folder/folder_storage.h"
#include "upload/memory/memory_storage.h"
#include "upload/s3/s3_storage.h"
#include "upload/webdav/webdav_storage.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestKey = 160;
constexpr std::size_t kLongestPart = 64;

using Opener = Result<std::shared_ptr<Storage>> (*)(const std::string& url, const StorageAccess& access);

struct Scheme {
  std::string_view name;
  Opener open;
};

std::string behind_scheme(const std::string& url) {
  return url.substr(url.find(':') + 1);
}

Result<std::shared_ptr<Storage>> open_folder(const std::string& url, const StorageAccess& access) {
  return FolderStorage::open(behind_scheme(url), access.missing);
}

Result<std::shared_ptr<Storage>> open_memory(const std::string& url, const StorageAccess&) {
  return MemoryStorage::shared(behind_scheme(url));
}

Result<std::shared_ptr<Storage>> open_s3(const std::string& url, const StorageAccess& access) {
  return S3Storage::open(url, access.find_secret);
}

Result<std::shared_ptr<Storage>> open_webdav(const std::string& url, const StorageAccess& access) {
  return WebDavStorage::open(url, access.missing, access.find_secret);
}

// A new backend is one line here.
constexpr std::array kSchemes{Scheme{"folder", open_folder}, Scheme{"memory", open_memory},
                              Scheme{"s3", open_s3}, Scheme{"webdav", open_webdav},
                              Scheme{"webdavs", open_webdav}};

std::string known_schemes() {
  std::string names;
  for (const Scheme& scheme : kSchemes) names += fmt::format("{}{}:", names.empty() ? "" : ", ", scheme.name);
  return names;
}

bool is_valid_part(std::string_view part) {
  return !part.empty() && part.size() <= kLongestPart && part.front() != '.' && part.back() != '.' &&
         part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

}  // namespace

bool is_valid_key(std::string_view key) {
  if (key.size() > kLongestKey) return false;
  while (true) {
    const auto slash = key.find('/');
    if (!is_valid_part(key.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    key.remove_prefix(slash + 1);
  }
}

Result<void> check_key(std::string_view key) {
  if (is_valid_key(key)) return {};
  return fail(ErrorCode::InvalidArgument,
              fmt::format("'{}' is no name for an object in a library", key.substr(0, 200)));
}

Result<void> check_prefix(std::string_view prefix) {
  if (prefix.empty() || (prefix.ends_with('/') && is_valid_key(prefix.substr(0, prefix.size() - 1))))
    return {};
  return fail(ErrorCode::InvalidArgument,
              fmt::format("'{}' is no folder of a library", prefix.substr(0, 200)));
}

WallTime corrected_time(const Storage& storage, WallTime own) {
  // A Date has whole seconds, and takes its time to arrive.
  constexpr std::chrono::seconds kAsGoodAsEqual{5};
  const auto ahead = storage.clock_ahead();
  return ahead && std::chrono::abs(*ahead) > kAsGoodAsEqual ? own - *ahead : own;
}

Result<std::shared_ptr<Storage>> open_storage(const std::string& url, const StorageAccess& access) {
  const auto colon = url.find(':');
  const std::string scheme = url.substr(0, colon);
  for (const Scheme& known : kSchemes) {
    if (colon != std::string::npos && scheme == known.name) return known.open(url, access);
  }
  // Only the scheme is repeated: what follows may hold a password.
  return fail(
      ErrorCode::InvalidArgument,
      fmt::format("a library's URL starts with one of {} (for instance folder:/srv/team), not with '{}'",
                  known_schemes(), colon == std::string::npos ? url : scheme + ":"));
}

}  // namespace meanwhile
