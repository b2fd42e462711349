#include "app/fetching/prefetch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

#include "tests/app/fetching/stored_clips.h"
#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kPlenty = 1 << 30;

bool unmetered() {
  return false;
}
bool metered() {
  return true;
}

class PrefetchTest : public testing::Test {
 protected:
  Clip add_clip(std::size_t segments) { return store_clip(*storage_, ++numbers_, segments); }
  // How many of the clip's objects are here, without the manifest.
  std::size_t here(const Clip& clip) {
    const auto manifest = store_.manifest(clip, {});
    std::size_t count = 0;
    for (const ClipObject& object : objects_of(*manifest))
      count += store_.cache().has(object.key, object.object) ? 1 : 0;
    return count;
  }
  void fetch(const PrefetchPlan& plan, bool (*is_metered)() = unmetered) {
    const auto done = prefetch(store_, plan, {is_metered, knows_captions(), note_captions()}, {});
    EXPECT_TRUE(done) << done.error().message;
  }

  std::function<bool(const std::string&)> knows_captions() {
    return [this](const std::string& clip) { return clip == searchable_; };
  }
  std::function<void(const std::string&, const ClipCaptions&)> note_captions() {
    return [this](const std::string& clip, const ClipCaptions& captions) {
      for (const CaptionTrack& track : captions.tracks) {
        for (const VttCue& cue : track.cues) captions_.push_back(clip + ": " + cue.text);
      }
    };
  }

  int numbers_ = 0;
  std::vector<std::string> captions_;
  std::string searchable_;  // the clip whose captions the search knows
  ScopedFolder folder_;
  std::shared_ptr<FlakyStorage> storage_ =
      std::make_shared<FlakyStorage>(std::make_shared<MemoryStorage>("library"));
  ClipStore store_{folder_.path() / "takes", storage_, folder_.path() / "cache"};
};

TEST_F(PrefetchTest, FetchesWhatIsNewWholeWhereThereIsRoom) {
  const Clip first = add_clip(4);
  const Clip second = add_clip(6);
  fetch({.fresh = {first, second}, .kept = {}, .budget_bytes = kPlenty});
  EXPECT_EQ(here(first), 6u);  // poster, init, segments
  EXPECT_EQ(here(second), 8u);
  storage_->fail_with(Error{ErrorCode::Unavailable, "offline"});
  const auto opened = store_.open_published(first, {});
  ASSERT_TRUE(opened) << opened.error().message;
  Bytes bytes(5 * kStoredPartBytes);
  EXPECT_EQ(opened->media.screen->read_at(0, bytes).value(), bytes.size());
}

TEST_F(PrefetchTest, GoesByWorthUntilTheBudgetIsUsed) {
  const Clip first = add_clip(6);
  const Clip second = add_clip(6);
  // Two posters, two beginnings (init and two segments), one segment more.
  const PrefetchPlan plan{.fresh = {first, second}, .kept = {}, .budget_bytes = 9 * kStoredPartBytes};
  fetch(plan);
  EXPECT_EQ(here(first), 5u);
  EXPECT_EQ(here(second), 4u);
  fetch(plan);  // what is here already counts
  EXPECT_EQ(here(first) + here(second), 9u);
}

TEST_F(PrefetchTest, OnAMeteredConnectionOnlyPostersAreFetched) {
  const Clip fresh = add_clip(6);
  const Clip kept = add_clip(6);
  fetch({.fresh = {fresh}, .kept = {kept}, .budget_bytes = kPlenty}, metered);
  EXPECT_EQ(here(fresh), 1u);
  EXPECT_EQ(here(kept), 0u);
}

TEST_F(PrefetchTest, TellsTheCaptionsOfWhatIsNewAndOfWhatIsKept) {
  const Clip fresh = store_clip(*storage_, ++numbers_, 1, "WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n");
  const Clip kept = store_clip(*storage_, ++numbers_, 1, "WEBVTT\n\n00:01.000 --> 00:02.000\nkept\n");
  const Clip broken = store_clip(*storage_, ++numbers_, 1, "no captions at all");
  const Clip none = add_clip(1);
  fetch({.fresh = {fresh, broken, none}, .kept = {kept}, .budget_bytes = kPlenty});
  EXPECT_EQ(captions_, (std::vector{kept.id + ": kept", fresh.id + ": hello"}));
  captions_.clear();
  fetch({.fresh = {fresh}, .kept = {}, .budget_bytes = kPlenty}, metered);
  EXPECT_EQ(captions_, std::vector{fresh.id + ": hello"}) << "they are here";
  captions_.clear();
  searchable_ = fresh.id;
  fetch({.fresh = {fresh}, .kept = {fresh}, .budget_bytes = kPlenty});
  EXPECT_TRUE(captions_.empty());
}

TEST_F(PrefetchTest, CaptionsThatWereAddedComeWithWhatIsKeptAndOfWhatIsSpoken) {
  Clip kept = add_clip(1);
  Clip old = add_clip(1);
  add_captions(*storage_, kept, "", "kept");
  add_captions(*storage_, old, "de", "alt");
  fetch({.fresh = {}, .kept = {kept}, .spoken = {old}, .budget_bytes = kPlenty});
  EXPECT_EQ(captions_, (std::vector{kept.id + ": kept", old.id + ": alt"}));
  EXPECT_EQ(here(old), 0u);
  for (const ClipObject& object : added_objects(kept))
    EXPECT_TRUE(store_.cache().has(object.key, object.object));
}

TEST_F(PrefetchTest, ACaptionThatSomebodyDamagedKeepsNothingFromBeingWhole) {
  Clip kept = add_clip(1);
  add_captions(*storage_, kept, "", "good");
  kept.additions.front().object.sha256 = std::string(64, 'a');
  ASSERT_TRUE(keep_whole(store_, kept, {}));
  EXPECT_TRUE(store_.cache().is_whole(kept.id));
}

TEST_F(PrefetchTest, WithoutABudgetOnlyWhatIsKeptIsFetched) {
  const Clip fresh = add_clip(2);
  const Clip kept = add_clip(2);
  fetch({.fresh = {fresh}, .kept = {kept}, .budget_bytes = 0});
  EXPECT_EQ(here(fresh), 0u);
  EXPECT_EQ(here(kept), 4u);
  EXPECT_TRUE(store_.cache().is_whole(kept.id));
}

TEST_F(PrefetchTest, ADamagedClipDoesNotHoldUpTheOthers) {
  const Clip damaged = add_clip(2);
  const Clip sound = add_clip(2);
  ASSERT_TRUE(storage_->put(segment_key(damaged.id, "screen", 1), as_byte_span("forged"), {}));
  fetch({.fresh = {damaged, sound}, .kept = {damaged, sound}, .budget_bytes = kPlenty});
  EXPECT_EQ(here(sound), 4u);
  EXPECT_TRUE(store_.cache().is_whole(sound.id));
  EXPECT_FALSE(store_.cache().is_whole(damaged.id));
}

TEST_F(PrefetchTest, WhatIsKeptNoMoreIsLetGo) {
  const Clip clip = add_clip(2);
  fetch({.fresh = {}, .kept = {clip}, .budget_bytes = 0});
  store_.cache().set_limit(0);
  EXPECT_EQ(here(clip), 4u);
  fetch({.fresh = {}, .kept = {}, .budget_bytes = 0});
  EXPECT_FALSE(store_.cache().is_whole(clip.id));
  EXPECT_EQ(here(clip), 0u);
}

TEST_F(PrefetchTest, TheThreadFollowsTheNewestPlanAndEndsAtOnce) {
  const Clip clip = add_clip(2);
  std::atomic<int> told = 0;
  {
    Prefetcher prefetcher(store_, {unmetered, knows_captions(), note_captions()}, [&] { ++told; });
    prefetcher.follow({.fresh = {add_clip(40)}, .kept = {}, .budget_bytes = kPlenty});
    prefetcher.follow({.fresh = {}, .kept = {clip}, .budget_bytes = 0});
    EXPECT_TRUE(becomes_true([&] { return told > 0; }));
    prefetcher.follow({.fresh = {add_clip(40)}, .kept = {}, .budget_bytes = kPlenty});
  }
  EXPECT_TRUE(store_.cache().is_whole(clip.id));
}

Clip clip_in(const std::string& id, const std::string& channel, bool is_new) {
  Clip clip;
  clip.id = id;
  clip.channel = channel;
  clip.is_watched = !is_new;
  return clip;
}

TEST(KeptRules, KeepClipsChannelsAndWhatIsNew) {
  KeptRules rules;
  rules.keep_clip("a");
  rules.channels.insert("team");
  rules.new_ones = true;
  EXPECT_TRUE(rules.keeps(clip_in("a", "", false)));
  EXPECT_TRUE(rules.keeps(clip_in("b", "team", false)));
  EXPECT_TRUE(rules.keeps(clip_in("c", "", true)));
  EXPECT_FALSE(rules.keeps(clip_in("d", "", false)));
  rules.let_go_clip("b");
  EXPECT_FALSE(rules.keeps(clip_in("b", "team", false)));
  rules.keep_clip("b");
  EXPECT_TRUE(rules.keeps(clip_in("b", "team", false)));
}

TEST(KeptClips, AreOnTheDiskAndChangedByTwoAtOnce) {
  const ScopedFolder folder;
  const KeptClips kept(folder.path());
  EXPECT_EQ(kept.rules().value(), KeptRules{});
  const auto keep_many = [&](const std::string& name) {
    const KeptClips own(folder.path());
    for (int i = 0; i < 20; ++i)
      EXPECT_TRUE(own.change([&](KeptRules& rules) { rules.keep_clip(fmt::format("{}{}", name, i)); }));
  };
  std::jthread other([&] { keep_many("b"); });
  keep_many("a");
  other.join();
  EXPECT_EQ(kept.rules()->clips.size(), 40u);
}

TEST(KeptClips, AFileThatCannotBeReadIsSaidAndNotOverwritten) {
  const ScopedFolder folder;
  std::ofstream(folder.path() / "kept.json") << "{";
  const KeptClips kept(folder.path());
  EXPECT_EQ(kept.rules().error().code, ErrorCode::Corrupt);
  EXPECT_FALSE(kept.change([](KeptRules& rules) { rules.new_ones = true; }));
  std::ofstream(folder.path() / "kept.json") << R"({"format": 9})";
  EXPECT_EQ(kept.rules().error().code, ErrorCode::Unsupported);
}

}  // namespace
}  // namespace meanwhile
