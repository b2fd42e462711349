// Clips fetched before anybody asks for them: those that are kept, and the beginning of what is new.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/fetching/kept_clips.h"
#include "app/library/index.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"

namespace meanwhile {

struct PrefetchPlan {
  std::vector<Clip> fresh;   // new for this person, in the inbox's order
  std::vector<Clip> kept;    // to be here whole
  std::vector<Clip> spoken;  // whose added captions the search doesn't know yet
  std::uint64_t budget_bytes = 0;
};

// Those among which a plan chooses: what waits in the inbox, as far as a budget can reach, and what rules
// keep. Errors: Index::clips.
Result<std::vector<Clip>> clips_to_fetch(Index& index, const KeptRules& rules);

// clips: in the inbox's order.
PrefetchPlan plan_prefetch(const std::vector<Clip>& clips, const KeptRules& rules,
                           std::uint64_t budget_bytes);

// Fetches a clip whole and holds it; one whose take is on this machine is here already. Blocks.
// Errors: ClipStore::manifest's and ObjectCache::get's.
Result<void> keep_whole(const ClipStore& store, const Clip& clip, std::stop_token stop);

// Lets go of kept clips that aren't in `kept` any more.
void let_go_of_others(const ClipStore& store, const std::vector<Clip>& kept);

// On the thread that fetches.
struct PrefetchCalls {
  std::function<bool()> is_metered;  // asked before each object
  // The search knows them already: they aren't read again.
  std::function<bool(const std::string& clip)> has_captions;
  // Captions came in, or were here already.
  std::function<void(const std::string& clip, const ClipCaptions& captions)> on_captions;
};

// First manifests and posters of all fresh clips; then what is kept, whole; then captions of the fresh ones
// and those that were added to any, the first seconds of each one's tracks, and fresh clips whole, in order.
// Fresh ones take at most the budget, what is here already counted. While it is metered only posters are
// fetched. Errors: the first one (of the storage), Aborted.
Result<void> prefetch(const ClipStore& store, const PrefetchPlan& plan, const PrefetchCalls& calls,
                      std::stop_token stop);

// Does that again whenever the plan is another. Owns the thread "prefetch".
class Prefetcher {
 public:
  // store must outlive this. on_kept: a clip that is kept came in; on the thread.
  Prefetcher(const ClipStore& store, PrefetchCalls calls, std::function<void()> on_kept);
  // Ends what is being fetched.
  ~Prefetcher();
  // Any thread. What is being fetched for the old plan is dropped.
  void follow(PrefetchPlan plan);

 private:
  void run(const std::stop_token& stop);

  const ClipStore& store_;
  const PrefetchCalls calls_;
  const std::function<void()> on_kept_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<PrefetchPlan> next_;
  std::stop_source current_;
  NamedThread thread_;  // last
};

}  // namespace meanwhile
