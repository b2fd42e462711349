// The bench's films as a published clip of a library, to be played from there.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/result.h"
#include "media/play/clip_media.h"
#include "tests/bench/bench_library.h"
#include "tests/bench/seek_bench.h"
#include "tests/support/environment.h"
#include "upload/storage.h"

namespace meanwhile {

// In a folder of this run's own.
class PublishedFilm {
 public:
  // Hashed, sealed and sent as the program does it. Errors: the disk's.
  static Result<std::unique_ptr<PublishedFilm>> publish(const PlayFiles& files, Lock lock);

  // With nothing of it fetched yet.
  Result<ClipMedia> open();
  double stored_mb() const { return stored_mb_; }

 private:
  PublishedFilm() = default;
  const ScopedFolder ground_;
  std::unique_ptr<BenchSeal> seal_;
  std::shared_ptr<Storage> storage_;
  Manifest manifest_;
  double stored_mb_ = 0;
  int opened_ = 0;
};

// One, and what playing it cost, each time anew.
struct FilmRuns {
  Lock lock = Lock::Open;
  std::unique_ptr<PublishedFilm> film;
  std::vector<PlayFigures> figures;
};

}  // namespace meanwhile
