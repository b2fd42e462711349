#include "app/fetching/prefetch.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/fetching/kept_clips.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/record/take_extras.h"

namespace meanwhile {
namespace {

// What a player wants before its picture moves, and some more while the rest is fetched.
constexpr std::chrono::seconds kBeginning{10};
// Of what is new: more than any budget holds the beginnings of.
constexpr int kMostFresh = 500;
constexpr const char* kPoster = "poster.jpg";

struct FreshClip {
  Clip clip;
  Manifest manifest;
};

class Run {
 public:
  Run(const ClipStore& store, const PrefetchPlan& plan, const PrefetchCalls& calls, std::stop_token stop)
      : store_(store), plan_(plan), calls_(calls), stop_(std::move(stop)) {}

  Result<void> run() {
    if (plan_.budget_bytes > 0) MEANWHILE_TRY(fetch_posters());
    let_go_of_others(store_, plan_.kept);
    for (const Clip& clip : plan_.kept) {
      if (calls_.is_metered()) return {};
      if (!store_.cache().is_whole(clip.id)) MEANWHILE_TRY(pass_over(keep_whole(store_, clip, stop_)));
      MEANWHILE_TRY(pass_over(tell_captions_of(clip)));
    }
    for (const FreshClip& fresh : fresh_) MEANWHILE_TRY(pass_over(fetch_captions(fresh.clip)));
    for (const Clip& clip : plan_.spoken) {
      if (calls_.is_metered() || is_used_up_) break;
      MEANWHILE_TRY(pass_over(fetch_captions(clip)));
    }
    for (const FreshClip& fresh : fresh_) MEANWHILE_TRY(fetch_all(beginnings_of(fresh.manifest, kBeginning)));
    for (const FreshClip& fresh : fresh_) MEANWHILE_TRY(fetch_all(objects_of(fresh.manifest)));
    return {};
  }

 private:
  // A clip that is damaged or gone doesn't keep the others from being fetched.
  static Result<void> pass_over(const Result<void>& result) {
    const bool is_the_clips =
        !result && (result.error().code == ErrorCode::Corrupt || result.error().code == ErrorCode::NotFound);
    if (is_the_clips) log(LogLevel::Info, "not fetched ahead: " + result.error().message);
    return is_the_clips ? Result<void>() : result;
  }

  Result<void> fetch_posters() {
    for (const Clip& clip : plan_.fresh) MEANWHILE_TRY(pass_over(fetch_poster(clip)));
    return {};
  }

  Result<void> fetch_poster(const Clip& clip) {
    auto manifest = store_.manifest(clip, stop_);
    if (!manifest) return std::unexpected(manifest.error());
    if (const ManifestFile* poster = manifest->file(kPoster)) {
      const ClipObject object{clip_file_key(clip.id, *poster), {poster->bytes, poster->sha256}};
      MEANWHILE_TRY(fetch(object));
    }
    fresh_.push_back({clip, std::move(*manifest)});
    return fetch_arrangement(clip);
  }

  // Without it nothing of the clip is shown.
  Result<void> fetch_arrangement(const Clip& clip) {
    const Addition* addition = arrangement_in(clip.additions);
    if (addition == nullptr) return {};
    const AddedObject& object = addition->object;
    return fetch({added_key(clip.id, object.name), {object.bytes, object.sha256}});
  }

  Result<void> tell_captions_of(const Clip& clip) {
    if (calls_.has_captions(clip.id)) return {};
    // Searchable since it was published.
    if (clip.is_mine && clip.additions.empty() && store_.take_folder(clip)) return {};
    return tell_captions(clip);
  }

  Result<void> fetch_captions(const Clip& clip) {
    if (calls_.has_captions(clip.id)) return {};
    const auto objects = caption_objects(clip);
    if (!objects) return std::unexpected(objects.error());
    MEANWHILE_TRY(fetch_all(*objects));
    const bool are_here = std::ranges::all_of(
        *objects, [&](const ClipObject& object) { return store_.cache().has(object.key, object.object); });
    return are_here && !objects->empty() ? tell_captions(clip) : Result<void>();
  }

  Result<std::vector<ClipObject>> caption_objects(const Clip& clip) {
    const auto manifest = store_.manifest(clip, stop_);
    if (!manifest) return std::unexpected(manifest.error());
    auto objects = added_objects(clip);
    if (const ManifestFile* file = manifest->file(kCaptionsFile))
      objects.push_back({clip_file_key(clip.id, *file), {file->bytes, file->sha256}});
    return objects;
  }

  // They are here, or there are none.
  Result<void> tell_captions(const Clip& clip) {
    const auto captions = read_captions(store_, clip, stop_);
    if (!captions) return std::unexpected(captions.error());
    if (!captions->trouble.empty()) log(LogLevel::Warning, captions->trouble);
    if (!captions->tracks.empty() || !captions->version.empty()) calls_.on_captions(clip.id, *captions);
    return {};
  }

  Result<void> fetch_all(const std::vector<ClipObject>& objects) {
    for (const ClipObject& object : objects) {
      if (calls_.is_metered() || is_used_up_) return {};
      MEANWHILE_TRY(pass_over(fetch(object)));
    }
    return {};
  }

  Result<void> fetch(const ClipObject& object) {
    if (counted_.contains(object.key)) return {};
    if (used_bytes_ + object.object.bytes > plan_.budget_bytes) {
      is_used_up_ = true;
      return {};
    }
    MEANWHILE_TRY(store_.cache().fetch_ahead(object.key, object.object, stop_));
    counted_.insert(object.key);
    used_bytes_ += object.object.bytes;
    return {};
  }

  const ClipStore& store_;
  const PrefetchPlan& plan_;
  const PrefetchCalls& calls_;
  const std::stop_token stop_;
  std::vector<FreshClip> fresh_;
  std::set<std::string> counted_;
  std::uint64_t used_bytes_ = 0;
  bool is_used_up_ = false;
};

// A clip is whole without captions that somebody damaged.
Result<void> keep_added(const ClipStore& store, const ClipObject& object, const std::stop_token& stop) {
  const auto fetched = store.cache().fetch_ahead(object.key, object.object, stop);
  if (fetched || fetched.error().code != ErrorCode::Corrupt) return fetched;
  log(LogLevel::Warning, "not kept: " + fetched.error().message);
  return {};
}

}  // namespace

Result<std::vector<Clip>> clips_to_fetch(Index& index, const KeptRules& rules) {
  std::map<std::string, Clip> found;
  const auto add = [&](Result<std::vector<Clip>> clips) -> Result<void> {
    if (!clips) return std::unexpected(clips.error());
    for (Clip& clip : *clips) found.insert_or_assign(clip.id, std::move(clip));
    return {};
  };
  auto fresh = index.clips({.filter = ClipFilter::Unwatched, .limit = rules.new_ones ? 0 : kMostFresh});
  if (!fresh) return fresh;
  std::vector<Clip> list = *fresh;
  MEANWHILE_TRY(add(std::move(fresh)));
  for (const std::string& channel : rules.channels) MEANWHILE_TRY(add(index.clips({.channel = channel})));
  for (const std::string& id : rules.clips) {
    if (auto clip = index.clip(id)) found.insert_or_assign(id, std::move(*clip));
  }
  for (const Clip& clip : list) found.erase(clip.id);
  for (auto& [id, clip] : found) list.push_back(std::move(clip));
  return list;
}

PrefetchPlan plan_prefetch(const std::vector<Clip>& clips, const KeptRules& rules,
                           std::uint64_t budget_bytes) {
  PrefetchPlan plan{.fresh = {}, .kept = {}, .spoken = {}, .budget_bytes = budget_bytes};
  for (const Clip& clip : clips) {
    if (clip.is_live) continue;  // it isn't all there yet
    if (rules.keeps(clip)) plan.kept.push_back(clip);
    if (!clip.is_mine && !clip.is_watched) plan.fresh.push_back(clip);
  }
  return plan;
}

Result<void> keep_whole(const ClipStore& store, const Clip& clip, std::stop_token stop) {
  MEANWHILE_TRY(store.cache().keep(clip.id));
  if (!(clip.is_mine && store.take_folder(clip))) {
    const auto manifest = store.manifest(clip, stop);
    if (!manifest) return std::unexpected(manifest.error());
    for (const ClipObject& object : objects_of(*manifest))
      MEANWHILE_TRY(store.cache().fetch_ahead(object.key, object.object, stop));
  }
  for (const ClipObject& object : added_objects(clip)) MEANWHILE_TRY(keep_added(store, object, stop));
  return store.cache().note_whole(clip.id);
}

void let_go_of_others(const ClipStore& store, const std::vector<Clip>& kept) {
  for (const std::string& clip : store.cache().kept_clips()) {
    if (std::ranges::find(kept, clip, &Clip::id) == kept.end()) store.cache().let_go(clip);
  }
}

Result<void> prefetch(const ClipStore& store, const PrefetchPlan& plan, const PrefetchCalls& calls,
                      std::stop_token stop) {
  return Run(store, plan, calls, std::move(stop)).run();
}

Prefetcher::Prefetcher(const ClipStore& store, PrefetchCalls calls, std::function<void()> on_kept)
    : store_(store),
      calls_(std::move(calls)),
      on_kept_(std::move(on_kept)),
      thread_("prefetch", [this](const std::stop_token& stop) { run(stop); }) {}

Prefetcher::~Prefetcher() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  current_.request_stop();
}

void Prefetcher::follow(PrefetchPlan plan) {
  const std::lock_guard lock(mutex_);
  next_ = std::move(plan);
  current_.request_stop();
  changed_.notify_all();
}

void Prefetcher::run(const std::stop_token& stop) {
  while (true) {
    PrefetchPlan plan;
    std::stop_token current;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [&] { return next_.has_value(); })) return;
      plan = std::move(*next_);
      next_.reset();
      current_ = std::stop_source();
      current = current_.get_token();
    }
    // Also where the destructor asked before this plan was taken.
    if (stop.stop_requested()) return;
    const auto done = prefetch(store_, plan, calls_, current);
    if (!done && !done.error().is_control()) log(LogLevel::Info, "fetching ahead: " + done.error().message);
    if (!plan.kept.empty() && !current.stop_requested()) on_kept_();
  }
}

}  // namespace meanwhile
