#include "upload/decorate/reopening_storage.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {

Result<Storage*> ReopeningStorage::inner() {
  if (Storage* opened = opened_) return opened;
  auto storage = storage_.lock();
  if (!*storage) {
    auto opened = open_storage(url_, access_);
    if (!opened) return std::unexpected(opened.error());
    *storage = std::move(*opened);
    opened_ = storage->get();
  }
  return storage->get();
}

StorageCapabilities ReopeningStorage::capabilities() {
  Storage* opened = opened_;
  return opened ? opened->capabilities() : StorageCapabilities{};
}

}  // namespace meanwhile
