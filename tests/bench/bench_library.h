// Libraries of this run's own, open and sealed, so that what sealing costs can be told.
#pragma once

#include <filesystem>
#include <memory>

#include "media/base/result.h"
#include "upload/seal/sealed_library.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {

enum class Lock { Open, Sealed };
constexpr const char* name_of(Lock lock) {
  return lock == Lock::Open ? "open" : "sealed";
}

// A sealed library in an empty place.
class BenchSeal {
 public:
  // folder: of this run; where the homes of its members keep their secrets. Errors: the place's, the disk's.
  static Result<std::unique_ptr<BenchSeal>> found(std::shared_ptr<Storage> place,
                                                  std::filesystem::path folder);

  // The founder's view of it.
  std::shared_ptr<Storage> storage() const { return storage_of(founder_); }
  // Another member's: lets that person in. Errors: as found().
  Result<std::shared_ptr<SealedLibrary>> admit(const KeyPair& person);
  // As that member sees the place.
  std::shared_ptr<Storage> storage_of(std::shared_ptr<SealedLibrary> member) const;

 private:
  BenchSeal(std::shared_ptr<Storage> place, std::filesystem::path folder);
  Result<std::shared_ptr<SealedLibrary>> home_of(const KeyPair& person) const;

  const std::shared_ptr<Storage> place_;
  const std::filesystem::path folder_;
  const KeyPair founder_key_ = KeyPair::generate();
  LibraryMarker marker_;
  std::shared_ptr<SealedLibrary> founder_;
};

// The place as who writes there sees it. seal: set if it is sealed, and to be kept as long as the storage.
Result<std::shared_ptr<Storage>> open_or_sealed(Lock lock, std::shared_ptr<Storage> place,
                                                const std::filesystem::path& folder,
                                                std::unique_ptr<BenchSeal>& seal);

}  // namespace meanwhile
