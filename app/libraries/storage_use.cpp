#include "app/libraries/storage_use.h"

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "app/library/index.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

struct ClipPlace {
  std::string month;
  std::string clip;
};

// Of "clips/<month>/<clip>/…"; nullopt: another object.
std::optional<ClipPlace> place_of(std::string_view key) {
  constexpr std::string_view kClips = "clips/";
  if (!key.starts_with(kClips)) return std::nullopt;
  key.remove_prefix(kClips.size());
  const auto first = key.find('/');
  const auto second = first == std::string_view::npos ? first : key.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return ClipPlace{std::string(key.substr(0, first)), std::string(key.substr(first + 1, second - first - 1))};
}

void add(StoredAmount& amount, const StoredAmount& more) {
  amount.clips += more.clips;
  amount.objects += more.objects;
  amount.bytes += more.bytes;
}

struct Counted {
  std::string month;
  StoredAmount amount{.clips = 1};
};

}  // namespace

Result<StorageUse> measure_storage(Storage& storage, Index& index, std::stop_token stop) {
  const auto objects = storage.list("", "", std::move(stop));
  if (!objects) return std::unexpected(objects.error());
  StorageUse use;
  std::map<std::string, Counted> by_clip;
  for (const ObjectInfo& object : *objects) {
    const std::uint64_t bytes = object.size_bytes.value_or(0);
    add(use.all, {.objects = 1, .bytes = bytes});
    if (const auto place = place_of(object.key)) {
      Counted& counted = by_clip[place->clip];
      counted.month = place->month;
      add(counted.amount, {.objects = 1, .bytes = bytes});
    } else {
      add(use.words, {.objects = 1, .bytes = bytes});
    }
  }
  const auto published = index.clips({});
  if (!published) return std::unexpected(published.error());
  for (const Clip& clip : *published) {
    const auto found = by_clip.find(clip.id);
    if (found == by_clip.end()) continue;
    const auto& [month, amount] = found->second;
    add(use.channels[clip.channel_name.empty() ? clip.channel : clip.channel_name], amount);
    add(use.months[month], amount);
    add(use.people[clip.author_name], amount);
    use.all.clips += 1;
    by_clip.erase(found);
  }
  const auto trash = index.trash();
  if (!trash) return std::unexpected(trash.error());
  for (const DeletedClip& clip : *trash) {
    const auto found = by_clip.find(clip.id);
    if (found == by_clip.end()) continue;
    add(use.deleted, found->second.amount);
    by_clip.erase(found);
  }
  for (const auto& [clip, counted] : by_clip) add(use.unknown, counted.amount);
  return use;
}

}  // namespace meanwhile
