#include "upload/decorate/reopening_storage.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <expected>
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
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/secret.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"
#include "upload/traffic.h"

namespace meanwhile {
namespace {

void set_pace(Storage& storage, std::uint64_t bytes_per_second) {
  if (UploadPace* pace = storage.capabilities().upload_pace) pace->set_upload_limit(bytes_per_second);
}

// What an answered call counts for, though nobody saw its bytes: a mounted share's.
constexpr std::uint64_t kBytesOfACall = 1024;

class UnderWay {
 public:
  explicit UnderWay(std::atomic<int>& calls) : calls_(calls) { ++calls_; }
  ~UnderWay() { --calls_; }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  std::atomic<int>& calls_;
};

}  // namespace

ReopeningStorage::ReopeningStorage(std::string url, FindSecret find_secret, PlaceCheck check,
                                   std::shared_ptr<Storage> opened)
    : url_(std::move(url)),
      find_secret_(std::move(find_secret)),
      check_(std::move(check)),
      storage_(std::move(opened)),
      is_ready_(storage_ != nullptr) {}

Result<std::shared_ptr<Storage>> ReopeningStorage::open(std::shared_ptr<Storage> storage,
                                                        std::stop_token stop) {
  if (!storage) {
    auto opened =
        open_storage(url_, {.missing = MissingFolder::Refuse, .find_secret = find_secret_, .stop = stop});
    if (!opened) return opened;
    storage = std::move(*opened);
  }
  MEANWHILE_TRY(check_(*storage, std::move(stop)));
  return storage;
}

// Who comes while another thread tries waits for what that gives: eight threads of an outbox don't wait for
// the same silence one after the other.
Result<std::shared_ptr<Storage>> ReopeningStorage::ready(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (is_trying_) {
    const std::uint64_t seen = tries_;
    if (!tried_.wait(lock, stop, [&] { return tries_ != seen; }))
      return fail(ErrorCode::Aborted, tr("stopped"));
    // That it was stopped is for whoever was.
    if (!is_ready_ && !failure_->is_control()) return std::unexpected(*failure_);
  }
  if (is_ready_) return storage_;
  is_trying_ = true;
  auto storage = storage_;
  lock.unlock();
  auto opened = open(std::move(storage), stop);
  lock.lock();
  is_trying_ = false;
  ++tries_;
  is_ready_ = opened.has_value();
  if (opened) {
    storage_ = *opened;
    set_pace(*storage_, upload_limit_);
  } else {
    failure_ = opened.error();
  }
  tried_.notify_all();
  return opened;
}

template <typename Call>
auto ReopeningStorage::ask(const std::stop_token& stop, Call call)
    -> decltype(call(std::declval<Storage&>())) {
  const UnderWay under_way(under_way_);
  const auto storage = ready(stop);
  if (!storage) return std::unexpected(storage.error());
  auto answer = call(**storage);
  if (answer || answer.error().code != ErrorCode::Unavailable) {
    note_traffic(kBytesOfACall);
  } else {
    // An outage: who knows what is there when it is over.
    const std::lock_guard lock(mutex_);
    is_ready_ = false;
  }
  return answer;
}

std::shared_ptr<Storage> ReopeningStorage::opened() const {
  const std::lock_guard lock(mutex_);
  return storage_;
}

void ReopeningStorage::look_again() {
  const std::lock_guard lock(mutex_);
  is_ready_ = false;
}

Result<void> ReopeningStorage::reach(std::stop_token stop) {
  look_again();
  return ask(stop, [](Storage&) { return Result<void>(); });
}

Result<void> ReopeningStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                   std::stop_token stop) {
  return ask(stop, [&](Storage& storage) { return storage.put(key, bytes, stop); });
}

// Not as the storage's capability: that would go past the check.
Result<UploadProof> ReopeningStorage::put_hashed(const std::string& key, const Payload& payload,
                                                 const std::string& sha256, std::stop_token stop) {
  return ask(stop, [&](Storage& storage) { return put_with_hash(storage, key, payload, sha256, stop); });
}

Result<Bytes> ReopeningStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                    std::optional<ByteRange> range, std::stop_token stop) {
  return ask(stop, [&](Storage& storage) { return storage.get(key, limit_bytes, range, stop); });
}

Result<std::vector<ObjectInfo>> ReopeningStorage::list(const std::string& prefix, const std::string& after,
                                                       std::stop_token stop) {
  return ask(stop, [&](Storage& storage) { return storage.list(prefix, after, stop); });
}

Result<ObjectInfo> ReopeningStorage::stat(const std::string& key, std::stop_token stop) {
  return ask(stop, [&](Storage& storage) { return storage.stat(key, stop); });
}

Result<void> ReopeningStorage::remove(const std::string& key, std::stop_token stop) {
  return ask(stop, [&](Storage& storage) { return storage.remove(key, stop); });
}

Result<std::vector<ConflictCopy>> ReopeningStorage::conflict_copies(
    const std::string& prefix, std::uint64_t limit_bytes,
    const std::function<bool(const std::string& name, const std::string& version)>& wanted,
    std::stop_token stop) {
  return ask(stop, [&](Storage& storage) {
    ConflictCopies* copies = storage.capabilities().conflict_copies;
    return copies ? copies->conflict_copies(prefix, limit_bytes, wanted, stop)
                  : Result<std::vector<ConflictCopy>>();
  });
}

std::string ReopeningStorage::description() const {
  const auto storage = opened();
  return storage ? storage->description() : url_;
}

StorageCapabilities ReopeningStorage::capabilities() {
  const auto storage = opened();
  StorageCapabilities can = storage ? storage->capabilities() : StorageCapabilities{};
  if (!storage || can.hashed_uploads) can.hashed_uploads = this;
  can.upload_pace = this;
  if (can.conflict_copies) can.conflict_copies = this;
  return can;
}

bool ReopeningStorage::checks_uploads() const {
  const auto storage = opened();
  return storage && meanwhile::checks_uploads(*storage);
}

void ReopeningStorage::set_upload_limit(std::uint64_t bytes_per_second) {
  const std::lock_guard lock(mutex_);
  upload_limit_ = bytes_per_second;
  if (storage_) set_pace(*storage_, bytes_per_second);
}

}  // namespace meanwhile
