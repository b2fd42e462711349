#include "tests/bench/bench_library.h"

#include <utility>

#include "media/base/files.h"
#include "upload/seal/sealed_storage.h"

namespace meanwhile {

BenchSeal::BenchSeal(std::shared_ptr<Storage> place, std::filesystem::path folder)
    : place_(std::move(place)),
      folder_(std::move(folder)),
      marker_(new_library({.founder = founder_key_, .name = "Bench", .now = wall_now()})) {
  marker_.recovery = KeyPair::generate().public_key();
}

Result<std::shared_ptr<SealedLibrary>> BenchSeal::home_of(const KeyPair& person) const {
  return SealedLibrary::open({.file = folder_ / (person.public_key().id() + ".json"),
                              .library = marker_,
                              .person = person,
                              .place = place_});
}

Result<std::unique_ptr<BenchSeal>> BenchSeal::found(std::shared_ptr<Storage> place,
                                                    std::filesystem::path folder) {
  MEANWHILE_TRY(make_folders(folder));
  std::unique_ptr<BenchSeal> seal(new BenchSeal(std::move(place), std::move(folder)));
  auto founder = seal->home_of(seal->founder_key_);
  if (!founder) return std::unexpected(founder.error());
  MEANWHILE_TRY((*founder)->start({}));
  seal->founder_ = std::move(*founder);
  return seal;
}

Result<std::shared_ptr<SealedLibrary>> BenchSeal::admit(const KeyPair& person) {
  const auto invite = founder_->invite({}, {});
  if (!invite) return std::unexpected(invite.error());
  auto member = home_of(person);
  if (!member) return member;
  MEANWHILE_TRY((*member)->join(*invite, {}));
  return member;
}

std::shared_ptr<Storage> BenchSeal::storage_of(std::shared_ptr<SealedLibrary> member) const {
  return std::make_shared<SealedStorage>(place_, marker_.id, std::move(member));
}

Result<std::shared_ptr<Storage>> open_or_sealed(Lock lock, std::shared_ptr<Storage> place,
                                                const std::filesystem::path& folder,
                                                std::unique_ptr<BenchSeal>& seal) {
  if (lock == Lock::Open) return place;
  auto founded = BenchSeal::found(std::move(place), folder);
  if (!founded) return std::unexpected(founded.error());
  seal = std::move(*founded);
  return seal->storage();
}

}  // namespace meanwhile
