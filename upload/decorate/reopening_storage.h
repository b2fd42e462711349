// Storage that may not be there yet: opened again at each call until it is.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/guarded.h"
#include "upload/capabilities.h"
#include "upload/decorate/forwarding_storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {

// For a library that is known, but can't be opened now: a folder that isn't mounted. What is written
// meanwhile waits in the outbox and goes on when it is back. Any thread.
class ReopeningStorage final : public ForwardingStorage {
 public:
  ReopeningStorage(std::string url, FindSecret find_secret)
      : url_(std::move(url)),
        access_{.missing = MissingFolder::Refuse, .find_secret = std::move(find_secret)} {}

  std::string description() const override { return url_; }
  // None while it isn't there: ask again.
  StorageCapabilities capabilities() override;

 private:
  Result<Storage*> inner() override;

  const std::string url_;
  const StorageAccess access_;
  Guarded<std::shared_ptr<Storage>> storage_;
  std::atomic<Storage*> opened_ = nullptr;  // the same, for who mustn't wait while it is being opened
};

}  // namespace meanwhile
