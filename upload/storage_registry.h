// All storages, by their URLs.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "media/base/result.h"
#include "upload/secret.h"
#include "upload/storage.h"

namespace meanwhile {

struct StorageAccess {
  MissingFolder missing = MissingFolder::Make;
  FindSecret find_secret = find_secret_in_environment;
  std::stop_token stop = {};  // ends opening: Aborted
};

// url: "folder:/path", "memory:NAME", "webdavs://user@host/path?ca=FILE" (webdav:// to
// this machine), "s3://bucket/prefix?endpoint=https://host&region=R&style=path|virtual&ca=FILE"; the registry
// of schemes is in storage_registry.cpp. Errors: InvalidArgument (no URL, unknown scheme: says which are
// known; a password in it), and what opening meets: Unavailable (the folder isn't there, with Refuse; the
// server can't be reached, with Make), NotFound (the folder isn't there, with Tell), PermissionDenied,
// NoSpace, Io.
Result<std::shared_ptr<Storage>> open_storage(const std::string& url, const StorageAccess& access = {});

}  // namespace meanwhile
