#include "upload/storage_registry.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/folder/folder_storage.h"
#include "upload/memory/memory_storage.h"
#include "upload/s3/s3_storage.h"
#include "upload/storage.h"
#include "upload/webdav/webdav_storage.h"

namespace meanwhile {
namespace {

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
  return WebDavStorage::open(url, access.missing, access.find_secret, access.stop);
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

}  // namespace

Result<std::shared_ptr<Storage>> open_storage(const std::string& url, const StorageAccess& access) {
  const auto colon = url.find(':');
  const std::string scheme = url.substr(0, colon);
  for (const Scheme& known : kSchemes) {
    if (colon != std::string::npos && scheme == known.name) return known.open(url, access);
  }
  // Only the scheme is repeated: what follows may hold a password.
  return fail(
      ErrorCode::InvalidArgument,
      tr_format("a library's URL starts with one of {} (for instance folder:/srv/team), not with '{}'",
                known_schemes(), colon == std::string::npos ? url : scheme + ":"));
}

}  // namespace meanwhile
