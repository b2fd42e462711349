// A smaller version of a clip, for who has only so much room: one ordinary MP4, its pictures beside each
// other.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/export/output_rate.h"
#include "media/play/clip_media.h"

namespace meanwhile {

// The file goes with this.
class Rendition {
 public:
  // In folder, under a name of its own; at most limit_bytes. Blocks for as long as it takes to encode it,
  // more than once if it must. progress: 0 to 1. Errors: InvalidArgument (so little room that nobody could
  // see anything: a sentence with what there must be), export_clip's.
  static Result<std::unique_ptr<Rendition>> make(const ClipMedia& media, MediaTime duration,
                                                 const std::filesystem::path& folder,
                                                 std::uint64_t limit_bytes,
                                                 const std::function<void(double)>& progress,
                                                 const std::stop_token& stop);
  Rendition(const Rendition&) = delete;
  Rendition& operator=(const Rendition&) = delete;
  ~Rendition();

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size_bytes() const { return size_bytes_; }

 private:
  explicit Rendition(std::filesystem::path path) : path_(std::move(path)) {}
  const std::filesystem::path path_;
  std::uint64_t size_bytes_ = 0;
};

// Smaller than that nobody could see anything.
std::uint64_t least_rendition_bytes(MediaTime duration);

struct RenditionPlan {
  OutputRate rate;
  int max_width = 0;
  int frames_per_second = 0;
};
// What fits, if the encoder does as it is told. Errors: InvalidArgument.
Result<RenditionPlan> plan_rendition(MediaTime duration, std::uint64_t limit_bytes);

}  // namespace meanwhile
