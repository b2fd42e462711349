#include "app/window/posters.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/play/open_readers.h"
#include "media/play/stills.h"
#include "media/record/take.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestPosterBytes = 4u << 20;

Result<PicturePtr> decode(const Result<Bytes>& jpeg) {
  if (!jpeg) return std::unexpected(jpeg.error());
  return open_stills()->poster(*jpeg);
}

}  // namespace

// ask: of what comes, whoever has it.
template <typename Ask>
PicturePtr Posters::get(const std::string& clip, Ask ask) {
  Entry& entry = entries_[clip];
  if (entry.is_wanted || entry.picture) return entry.picture;
  entry.is_wanted = true;
  ask([this, clip](Result<PicturePtr> picture) {
    if (!picture) return;  // is_wanted stays: not asked for again and again
    entries_[clip] = {.is_wanted = false, .picture = *picture};
    on_arrival_();
  });
  return nullptr;
}

PicturePtr Posters::of_clip(const std::shared_ptr<const ClipStore>& store, const Clip& clip) {
  const auto fetch = [store, clip](const std::stop_token& stop) { return decode(store->poster(clip, stop)); };
  const Addition* chosen = poster_in(clip.additions);
  return get(clip.id + " " + manifest_place(clip).sha256 + (chosen ? " " + chosen->object.sha256 : ""),
             [&](auto then) { desk_.at_place({"posters", store.get()}, alive_, fetch, std::move(then)); });
}

PicturePtr Posters::of_take(const Take& take) {
  return get(take.clip, [&](auto then) {
    desk_.in_background(
        alive_,
        [path = take.folder / "poster.jpg"](std::stop_token) {
          return decode(read_file(path, kLargestPosterBytes));
        },
        std::move(then));
  });
}

void Posters::forget_failures() {
  std::erase_if(entries_, [](const auto& entry) { return !entry.second.picture; });
}

}  // namespace meanwhile
