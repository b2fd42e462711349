#include "app/page/library_list.h"

#include <algorithm>
#include <expected>
#include <iterator>
#include <map>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/library/share.h"
#include "app/page/page_keys.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

// So that the page stays small: about 400 bytes each.
constexpr int kMostListed = 500;

// Of several pages the one that asks for no password, then the one that lasts longest.
bool is_better(const Share& one, const Share& other) {
  const bool is_locked = one.terms.password.has_value();
  if (is_locked != other.terms.password.has_value()) return !is_locked;
  return one.terms.until.value_or(WallTime::max()) > other.terms.until.value_or(WallTime::max());
}

std::map<std::string, Share> pages_by_clip(std::vector<Share> shares, WallTime now) {
  std::map<std::string, Share> pages;
  for (Share& share : shares) {
    if (share.terms.form == ShareForm::File || !share.is_open(now)) continue;
    const auto [found, is_new] = pages.try_emplace(share.clip, share);
    if (!is_new && is_better(share, found->second)) found->second = std::move(share);
  }
  return pages;
}

// The one that its author chose; where parts were removed for good, or another recording took its place, its
// pictures have other names.
Result<std::string> poster_of(const Clip& clip, const ClipStore& clips, const std::stop_token& stop) {
  constexpr const char* kPoster = "poster.jpg";
  if (const Addition* chosen = poster_in(clip.additions)) return added_key(clip.id, chosen->object.name);
  if (manifest_in(clip.additions) == nullptr) return clip_file_key(clip.id, kPoster);
  const auto manifest = clips.manifest(clip, stop);
  if (!manifest && manifest.error().is_control()) return std::unexpected(manifest.error());
  const ManifestFile* file = manifest ? manifest->file(kPoster) : nullptr;
  return file ? clip_file_key(clip.id, *file) : std::string();
}

ListedChannel& channel_of(const Clip& clip, const std::vector<Channel>& channels, LibraryList& list) {
  const auto found = std::ranges::find(list.channels, clip.channel_name, &ListedChannel::name);
  if (found != list.channels.end()) return *found;
  const auto known = std::ranges::find(channels, clip.channel, &Channel::id);
  list.channels.push_back({.name = clip.channel_name,
                           .is_archived = known != channels.end() && known->is_archived,
                           .updates = {}});
  return list.channels.back();
}

}  // namespace

Result<LibraryList> read_library_list(Index& index, const ClipStore& store, const std::string& library,
                                      const std::string& name, WallTime now, const std::stop_token& stop) {
  auto clips = index.clips(
      {.filter = ClipFilter::Everything, .order = ClipOrder::NewestFirst, .limit = kMostListed + 1});
  if (!clips) return std::unexpected(clips.error());
  const auto channels = index.channels();
  if (!channels) return std::unexpected(channels.error());
  auto shares = index.shares();
  if (!shares) return std::unexpected(shares.error());
  const auto pages = pages_by_clip(std::move(*shares), now);
  LibraryList list{.library = library, .name = name, .channels = {}};
  list.has_older = std::ssize(*clips) > kMostListed;
  if (list.has_older) clips->pop_back();
  std::erase_if(*clips, [](const Clip& clip) { return clip.is_live; });
  for (Clip& clip : *clips) {
    ListedUpdate update;
    if (const auto page = pages.find(clip.id); page != pages.end()) {
      update.page = share_prefix(page->second.terms.share) + "index.html";
      update.is_locked = page->second.terms.password.has_value();
    }
    auto poster = poster_of(clip, store, stop);
    if (!poster) return std::unexpected(poster.error());
    update.poster = std::move(*poster);
    ListedChannel& channel = channel_of(clip, *channels, list);
    update.clip = std::move(clip);
    channel.updates.push_back(std::move(update));
  }
  std::ranges::stable_partition(list.channels, [](const ListedChannel& one) { return !one.is_archived; });
  return list;
}

}  // namespace meanwhile
