// Storage that may not be there yet: opened again at each call until it is.
#pragma once

#include <memory>
#include <string>

#include "media/base/guarded.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {

// For a library that is known, but can't be opened now: a folder that isn't mounted. What is written
// meanwhile waits in the outbox and goes on when it is back. Any thread.
class ReopeningStorage final : public Storage {
 public:
  ReopeningStorage(std::string url, FindSecret find_secret)
      : url_(std::move(url)),
        access_{.missing = MissingFolder::Refuse, .find_secret = std::move(find_secret)} {}

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<void> put_hashed(const std::string& key, std::span<const std::byte> bytes, const std::string& sha256,
                          std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;
  Result<std::vector<ConflictCopy>> conflict_copies(
      const std::string& prefix, std::uint64_t limit_bytes,
      const std::function<bool(const std::string& name, const std::string& version)>& wanted,
      std::stop_token stop) override;
  // nullptr also while it isn't there: ask again.
  std::unique_ptr<StorageWatch> watch(std::function<void()> on_change) override;
  std::string description() const override { return url_; }

 private:
  Result<std::shared_ptr<Storage>> opened();

  const std::string url_;
  const StorageAccess access_;
  Guarded<std::shared_ptr<Storage>> storage_;
};

}  // namespace meanwhile
