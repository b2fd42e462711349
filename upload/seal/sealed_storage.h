// A sealed library's place as its members see it: what goes there is encrypted, what comes from there is
// opened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/decorate/forwarding_storage.h"
#include "upload/payload.h"
#include "upload/seal/object_seal.h"
#include "upload/storage.h"

namespace meanwhile {

// Where the secrets come from. Any thread; may ask the place.
class SealSecrets {
 public:
  virtual ~SealSecrets() = default;
  // What is written now is sealed with. Errors: PermissionDenied (not a member), the place's.
  virtual Result<SealSecret> for_writing(std::stop_token stop) = 0;
  // Errors: PermissionDenied (nobody gave it to this person), the place's.
  virtual Result<SealSecret> find(const std::string& secret_id, std::stop_token stop) = 0;
};

// What lies as it is in a sealed library: the marker, the bell, who its members are, and pages for others
// (shares/).
bool is_in_the_open(std::string_view key);

// Sizes, limits and ranges are those of what was sealed. Damaged, swapped or cut objects are Corrupt. Any
// thread.
class SealedStorage final : public ForwardingStorage, private HashedUploads, private ConflictCopies {
 public:
  SealedStorage(std::shared_ptr<Storage> place, std::string library, std::shared_ptr<SealSecrets> secrets)
      : place_(std::move(place)), library_(std::move(library)), secrets_(std::move(secrets)) {}

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  std::string description() const override { return place_->description(); }
  StorageCapabilities capabilities() override;

 private:
  Result<Storage*> inner() override { return place_.get(); }
  Result<UploadProof> put_hashed(const std::string& key, const Payload& payload, const std::string& sha256,
                                 std::stop_token stop) override;
  bool checks_uploads() const override { return meanwhile::checks_uploads(*place_); }
  Result<std::vector<ConflictCopy>> conflict_copies(
      const std::string& prefix, std::uint64_t limit_bytes,
      const std::function<bool(const std::string& name, const std::string& version)>& wanted,
      std::stop_token stop) override;
  Result<Bytes> open(const std::string& key, Bytes sealed, std::stop_token stop);
  Result<Bytes> get_part(const std::string& key, std::uint64_t limit_bytes, ByteRange range,
                         std::stop_token stop);

  Result<void> check_end(const std::string& key, const SealSecret& secret, const SealHeader& header,
                         std::uint64_t before, std::stop_token stop);

  const std::shared_ptr<Storage> place_;
  const std::string library_;
  const std::shared_ptr<SealSecrets> secrets_;
};

}  // namespace meanwhile
