// Storage that may not be there yet: opened by whoever first uses it, and looked at again after each outage.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/payload.h"
#include "upload/secret.h"
#include "upload/storage.h"

namespace meanwhile {

// Asked of a place before anything else is, and again after it was away: that it is what it is taken for.
using PlaceCheck = std::function<Result<void>(Storage& place, std::stop_token stop)>;

// For a library that is known: making one doesn't touch the place. What is written while it is away waits in
// the outbox and goes on when it is back. Any thread.
class ReopeningStorage final : public Storage,
                               private HashedUploads,
                               private UploadPace,
                               private ConflictCopies {
 public:
  // opened: what is there already, and was checked; nullptr: nobody has looked yet.
  ReopeningStorage(std::string url, FindSecret find_secret, PlaceCheck check,
                   std::shared_ptr<Storage> opened = nullptr);

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;
  std::string description() const override;
  StorageCapabilities capabilities() override;

  // As the other calls, but asks nothing more: whether it can be reached. Errors: those of opening, check's.
  Result<void> reach(std::stop_token stop);
  // Whoever uses it next looks first whether it still is what it is taken for.
  void look_again();
  // Some call is under way.
  bool is_waited_for() const { return under_way_ > 0; }

 private:
  Result<UploadProof> put_hashed(const std::string& key, const Payload& payload, const std::string& sha256,
                                 std::stop_token stop) override;
  bool checks_uploads() const override;
  void set_upload_limit(std::uint64_t bytes_per_second) override;
  Result<std::vector<ConflictCopy>> conflict_copies(
      const std::string& prefix, std::uint64_t limit_bytes,
      const std::function<bool(const std::string& name, const std::string& version)>& wanted,
      std::stop_token stop) override;

  Result<std::shared_ptr<Storage>> ready(const std::stop_token& stop);
  Result<std::shared_ptr<Storage>> open(std::shared_ptr<Storage> storage, std::stop_token stop);
  std::shared_ptr<Storage> opened() const;
  template <typename Call>
  auto ask(const std::stop_token& stop, Call call) -> decltype(call(std::declval<Storage&>()));

  const std::string url_;
  const FindSecret find_secret_;
  const PlaceCheck check_;
  std::atomic<int> under_way_ = 0;
  // Shared.
  mutable std::mutex mutex_;
  std::condition_variable_any tried_;
  std::shared_ptr<Storage> storage_;
  std::uint64_t upload_limit_ = 0;
  bool is_ready_;            // opened and checked, and there since
  bool is_trying_ = false;   // one thread opens; the others get what that gives
  std::uint64_t tries_ = 0;  // that are over
  std::optional<Error> failure_;
};

}  // namespace meanwhile
