#include "app/page/rendition.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <system_error>

#include "app/library/format.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/export/exporter.h"
#include "media/play/clip_media.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// What an MP4 needs beside what it holds, and by how much an encoder misses its rate.
constexpr double kUsable = 0.93;
constexpr std::int64_t kLeastPictureBps = 40'000;
constexpr std::int64_t kPlainSoundBps = 64'000;
constexpr std::int64_t kThinSoundBps = 32'000;
constexpr std::int64_t kThinBelowBps = 300'000;  // in all
constexpr int kMostTries = 3;

struct Width {
  std::int64_t from_bps;
  int pixels;
  int frames_per_second;
};
// Below each the letters on a slide would rather be blocks than small.
constexpr std::array<Width, 4> kWidths = {
    {{1'500'000, 1920, 30}, {500'000, 1280, 30}, {200'000, 960, 15}, {0, 640, 10}}};

}  // namespace

std::uint64_t least_rendition_bytes(MediaTime duration) {
  const double bps = static_cast<double>(kLeastPictureBps + kThinSoundBps);
  return static_cast<std::uint64_t>(bps / 8 * std::max(to_seconds(duration), 1.0) / kUsable) + 1;
}

Result<RenditionPlan> plan_rendition(MediaTime duration, std::uint64_t limit_bytes) {
  const double seconds = std::max(to_seconds(duration), 1.0);
  const auto all_bps = static_cast<std::int64_t>(static_cast<double>(limit_bytes) * kUsable * 8 / seconds);
  RenditionPlan plan;
  plan.rate.sound_bps = all_bps < kThinBelowBps ? kThinSoundBps : kPlainSoundBps;
  plan.rate.picture_bps = all_bps - plan.rate.sound_bps;
  if (plan.rate.picture_bps < kLeastPictureBps)
    return fail(
        ErrorCode::InvalidArgument,
        // TRANSLATORS: {0} is a length such as 1:23, {1} and {2} are sizes.
        tr_format("an update of {} can't be made as small as {}: allow at least {}", format_moment(duration),
                  format_size(limit_bytes), format_size(least_rendition_bytes(duration))));
  const auto* width =
      std::ranges::find_if(kWidths, [&](const Width& one) { return plan.rate.picture_bps >= one.from_bps; });
  plan.max_width = width->pixels;
  plan.frames_per_second = width->frames_per_second;
  return plan;
}

Rendition::~Rendition() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

Result<std::unique_ptr<Rendition>> Rendition::make(const ClipMedia& media, MediaTime duration,
                                                   const fs::path& folder, std::uint64_t limit_bytes,
                                                   const std::function<void(double)>& progress,
                                                   const std::stop_token& stop) {
  auto plan = plan_rendition(duration, limit_bytes);
  if (!plan) return std::unexpected(plan.error());
  std::unique_ptr<Rendition> made(new Rendition(folder / fmt::format(".meanwhile-share-{}.mp4", ::getpid())));
  for (int tries = 0; tries < kMostTries; ++tries) {
    std::error_code error;
    fs::remove(made->path_, error);
    MEANWHILE_TRY(export_clip(
        media, made->path_,
        {.frames_per_second = plan->frames_per_second, .max_width = plan->max_width, .rate = plan->rate},
        progress, stop));
    made->size_bytes_ = fs::file_size(made->path_, error);
    if (made->size_bytes_ <= limit_bytes) return made;
    plan->rate.picture_bps = plan->rate.picture_bps * 8 / 10 * static_cast<std::int64_t>(limit_bytes) /
                             static_cast<std::int64_t>(made->size_bytes_);
  }
  return fail(ErrorCode::InvalidArgument,
              tr_format("the update can't be made as small as {}: the smallest that came out is {}",
                        format_size(limit_bytes), format_size(made->size_bytes_)));
}

}  // namespace meanwhile
