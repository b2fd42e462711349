// Storage in a folder: on this disk, on a mounted share, or kept in step by a folder sync.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
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
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/storage.h"

namespace meanwhile {

class FileHandle;

// Stands on names only: no modification times, no locks. Objects appear whole: written under a temporary name
// ("~<random>.tmp", which is no key and which folder syncs leave alone), synced, renamed, the folder synced.
// Below the folder no symbolic link is followed, and only ordinary files are read.
class FolderStorage final : public Storage, public ConflictCopies, public Watchable {
 public:
  // path: absolute. Errors: InvalidArgument (no absolute path, or no folder), Unavailable (it isn't there,
  // with Refuse), PermissionDenied, NoSpace, Io.
  static Result<std::shared_ptr<FolderStorage>> open(const std::filesystem::path& path,
                                                     MissingFolder missing);

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;
  std::string description() const override { return tr_format("the folder {}", path_.string()); }
  StorageCapabilities capabilities() override {
    return {.conflict_copies = this,
            .watchable = this,
            .lists_cheaply = true,
            .late_sender = late_sender_.copy()};
  }

  Result<std::vector<ConflictCopy>> conflict_copies(
      const std::string& prefix, std::uint64_t limit_bytes,
      const std::function<bool(const std::string& name, const std::string& version)>& wanted,
      std::stop_token stop) override;
  std::unique_ptr<StorageWatch> watch(std::function<void()> on_change) override;

  // Which folder a path led to.
  struct FolderIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool operator==(const FolderIdentity&) const = default;
  };

 private:
  FolderStorage(std::filesystem::path path, FolderIdentity identity, std::string late_sender)
      : path_(std::move(path)), identity_(identity), late_sender_(std::move(late_sender)) {}
  Result<FileHandle> open_root();
  Result<FileHandle> open_parent_of(std::string_view key);
  Result<FileHandle> open_object(const std::string& key, const std::stop_token& stop);

  const std::filesystem::path path_;
  Guarded<FolderIdentity> identity_;  // the last one that was known to be the library's
  Guarded<std::string> late_sender_;  // of that
};

}  // namespace meanwhile
