// What lies in a library's storage, and whose it is.
#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>

#include "app/library/index.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

struct StoredAmount {
  std::int64_t clips = 0;
  std::int64_t objects = 0;
  std::uint64_t bytes = 0;
};

struct StorageUse {
  StoredAmount all;      // words and keys too
  StoredAmount words;    // events, heads, devices, the marker
  StoredAmount deleted;  // of clips in somebody's trash
  StoredAmount unknown;  // of no published clip: takes that were never published, left-overs
  std::map<std::string, StoredAmount> channels;  // by name; "": in none. Published clips only
  std::map<std::string, StoredAmount> months;    // "2026-11"; published clips only
  std::map<std::string, StoredAmount> people;    // by name; published clips only
};

// One listing of the whole storage. index: sees what was synced so far. Any thread. Errors: the storage's.
Result<StorageUse> measure_storage(Storage& storage, Index& index, std::stop_token stop);

}  // namespace meanwhile
