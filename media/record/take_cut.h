// Cutting a take to its trim, so that what is published holds nothing of what was trimmed away.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "media/base/files.h"
#include "media/base/removed_parts.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "media/record/take_lock.h"

namespace meanwhile {

// Beside a take's folder: the cut one while it is made, and the whole one until the cut one is known to be
// wanted. Of a hidden name, so that they are nobody's take.
std::filesystem::path folder_of_cut(const std::filesystem::path& take);
std::filesystem::path folder_of_whole(const std::filesystem::path& take);
// Likewise, where a take is made of a file (media/import).
std::filesystem::path folder_of_import(const std::filesystem::path& take);

// Of a take whose parts were removed, until it is known which manifest says so.
inline constexpr const char* kNoManifestYet = "none yet";

struct CutParts {
  std::function<Result<std::uint64_t>(const std::filesystem::path&)> free_space = meanwhile::free_space;
};

// A cut take in the place of the whole one, which is kept beside it until keep(), or else put back. Both are
// locked as long. A crash leaves what clean_up_cuts() settles.
class TakeCut {
 public:
  // folder: of a take with a trim. publishing_to: written into the cut one's take.json, so that whoever finds
  // both knows whom to ask which of them is wanted. Blocks, for as long as copying needs. Errors: Unavailable
  // (somebody works on it), InvalidArgument (no sensible trim; nothing was recorded there), NoSpace (nothing
  // is changed then), and as cut_track.
  static Result<std::unique_ptr<TakeCut>> make(const std::filesystem::path& folder,
                                               const std::string& publishing_to, const CutParts& parts = {});
  // The same for a take that is published: what is removed is gone from it. Its manifest_sha256 is
  // kNoManifestYet. Errors: also InvalidArgument (nothing of it is touched), and as remove_from_track.
  static Result<std::unique_ptr<TakeCut>> remove(const std::filesystem::path& folder,
                                                 const RemovedParts& removed, const CutParts& parts = {});
  TakeCut(const TakeCut&) = delete;
  TakeCut& operator=(const TakeCut&) = delete;
  // Puts the whole take back, unless keep() was called.
  ~TakeCut();

  // The cut one.
  const Take& take() const { return take_; }
  // What was cut away is gone for good.
  void keep();

 private:
  using Fill = std::function<Result<void>(const Take& whole, Take& cut)>;
  static Result<std::unique_ptr<TakeCut>> replace(const Take& whole, TakeLock whole_lock, Take cut,
                                                  const Fill& fill);
  TakeCut(Take take, TakeLock whole_lock, TakeLock cut_lock)
      : take_(std::move(take)), whole_lock_(std::move(whole_lock)), cut_lock_(std::move(cut_lock)) {}

  Take take_;
  TakeLock whole_lock_;
  TakeLock cut_lock_;
  bool is_kept_ = false;
};

enum class CutFate {
  NotKnown,  // both stay
  Wanted,    // the whole one goes
  Unwanted,  // the whole one comes back
};

// After a crash: a take that is in neither place comes back whole, what was being made is removed, and of two
// `fate` is asked about the cut one. Half an import goes. What a living process works on is left alone.
// Failures are logged.
void clean_up_cuts(const std::filesystem::path& takes, const std::function<CutFate(const Take& cut)>& fate);

}  // namespace meanwhile
