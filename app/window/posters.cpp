#include "app/window/posters.h"

#include "media/base/files.h"
#include "media/play/still_image.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestPosterBytes = 4u << 20;

Result<PicturePtr> decode(const Result<Bytes>& jpeg) {
  if (!jpeg) return std::unexpected(jpeg.error());
  return decode_poster(*jpeg);
}

}  // namespace

template <typename Fetch>
PicturePtr Posters::get(const std::string& clip, Fetch fetch) {
  Entry& entry = entries_[clip];
  if (entry.is_wanted || entry.picture) return entry.picture;
  entry.is_wanted = true;
  desk_.in_background(alive_, std::move(fetch), [this, clip](Result<PicturePtr> picture) {
    if (!picture) return;  // is_wanted stays: not asked for again and again
    entries_[clip] = {.is_wanted = false, .picture = *picture};
    on_arrival_();
  });
  return nullptr;
}

PicturePtr Posters::of_clip(const std::shared_ptr<const ClipStore>& store, const Clip& clip) {
  return get(clip.id, [store, clip](std::stop_token stop) -> Result<PicturePtr> {
    if (const auto folder = store->take_folder(clip.id); folder && clip.is_mine) {
      if (auto picture = decode(read_file(*folder / "poster.jpg", kLargestPosterBytes))) return picture;
    }
    auto manifest = store->manifest(clip, stop);
    if (!manifest) return std::unexpected(manifest.error());
    return decode(store->side_file(*manifest, "poster.jpg", stop));
  });
}

PicturePtr Posters::of_take(const Take& take) {
  return get(take.clip, [path = take.folder / "poster.jpg"](std::stop_token) {
    return decode(read_file(path, kLargestPosterBytes));
  });
}

void Posters::forget_failures() {
  std::erase_if(entries_, [](const auto& entry) { return !entry.second.picture; });
}

}  // namespace meanwhile
