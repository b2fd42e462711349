// Storage that counts what it is asked, and costs nothing else.
#pragma once

#include <memory>
#include <string>

#include "tests/support/flaky_storage.h"
#include "upload/decorate/forwarding_storage.h"

namespace meanwhile {

// Any thread.
class CountingStorage final : public ForwardingStorage, public HashedUploads {
 public:
  enum class Uploads { AsInner, Checked };  // Checked: as S3, which refuses what was damaged on the way
  explicit CountingStorage(std::shared_ptr<Storage> inner, Uploads uploads = Uploads::AsInner)
      : inner_(std::move(inner)), uploads_(uploads) {}

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;
  std::string description() const override { return inner_->description(); }
  StorageCapabilities capabilities() override;
  Result<UploadProof> put_hashed(const std::string& key, const Payload& payload, const std::string& sha256,
                                 std::stop_token stop) override;
  bool checks_uploads() const override {
    return uploads_ == Uploads::Checked || meanwhile::checks_uploads(*inner_);
  }

  // Since the last time it was asked.
  RequestCounts take_counts();

 private:
  Result<Storage*> inner() override { return inner_.get(); }
  void count(int RequestCounts::* kind) { ++((*counts_.lock()).*kind); }

  const std::shared_ptr<Storage> inner_;
  const Uploads uploads_;
  Guarded<RequestCounts> counts_;
};

}  // namespace meanwhile
