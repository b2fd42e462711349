// People whose clocks are anywhere between 1970 and 2099 see the same, whatever reaches whom when; and what
// somebody says about what they saw holds.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "app/library/index.h"
#include "app/library/reactions.h"
#include "app/library/replacing.h"
#include "tests/app/library/index_state.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"
#include "upload/hlc.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

constexpr unsigned kStories = 300;
constexpr int kWords = 24;
constexpr int kHomes = 3;
constexpr std::int64_t k1970 = 3'600'000;
constexpr std::int64_t k2099 = 4'070'908'800'000;
// 1970 and 2004 weren't set, 2025 and 2030 are wrong, and 2099 is what one command's clock said.
constexpr std::array<std::int64_t, 8> kClocks = {
    k1970,       1'072'915'200'000,    1'735'689'600'000, kStoryBegin,
    kStoryBegin, kStoryBegin + 30'000, 1'893'456'000'000, k2099};

// In memory where there is such a place: thousands of commits wait for no disk.
class FolderInMemory {
 public:
  FolderInMemory() {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent = ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    std::string name = (parent / "meanwhile-XXXXXX").native();
    if (!::mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), "making " + name);
    path_ = name;
  }
  ~FolderInMemory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FolderInMemory(const FolderInMemory&) = delete;
  FolderInMemory& operator=(const FolderInMemory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Told {
  int writer;
  Json event;
};

// One device of a person, wired as LibrarySession and EventLog do it.
class DeviceAtHome {
 public:
  DeviceAtHome(const std::filesystem::path& file, const Writer& writer)
      : file_(file), writer_(writer), index_(Index::open(file, writer.person).value()) {}

  Json says(const EventBody& body, std::int64_t clock) {
    auto json = to_json(body).value();
    write_replaced(json, index_->replaced_by(body).value());
    last_ = next_hlc(last_, WallTime(std::chrono::milliseconds(clock)));
    Json event = writer_.raw(std::move(json), last_);
    reads(writer_.batch({event}), clock);
    return event;
  }
  void reads(const AuthoredEvents& batch, std::int64_t clock) {
    EXPECT_TRUE(index_->apply(std::span(&batch, 1)));
    for (const Json& event : batch.events) {
      const Hlc hlc = event["hlc"].get<Hlc>();
      if (!is_wrong_hlc(hlc, WallTime(std::chrono::milliseconds(clock)))) last_ = std::max(last_, hlc);
    }
  }
  const Writer& writer() const { return writer_; }
  Index& index() { return *index_; }
  std::string state() const { return state_hash(file_); }

 private:
  const std::filesystem::path file_;
  Writer writer_;
  Hlc last_ = 0;
  std::unique_ptr<Index> index_;
};

class Clocks {
 public:
  explicit Clocks(unsigned seed) : random_(seed) {
    for (const Writer& writer : {Writer("anna"), Writer("anna", 2), Writer("ben")})
      homes.emplace_back(folder_.path() / writer.device, writer);
    says(0, published(clip, "Budget"));
    comment = {homes[0].writer().device, 2};
    says(0, CommentEvent{clip, seconds(1), std::nullopt, "to be settled"});
    for (int i = 0; i < kWords; ++i) {
      says(pick(kHomes), body());
      if (pick(3) == 0) some_arrives(pick(kHomes));
    }
    all_arrives();
  }

  void says(int writer, const EventBody& body) { told.push_back({writer, at(writer).says(body, clock())}); }
  // Everything that was said, in any order, some of it twice, each alone or with others.
  void all_arrives() {
    for (int home = 0; home < kHomes; ++home) {
      auto order = shuffled();
      order.insert(order.end(), order.begin(), order.begin() + 5);
      arrive(home, order);
    }
  }
  // As for somebody who opens the library for the first time.
  std::string fresh_state(int home) {
    DeviceAtHome fresh(folder_.path() / "fresh.sqlite", at(home).writer());
    std::vector<AuthoredEvents> batches;
    for (const std::size_t i : shuffled()) batches.push_back(batch_of(told[i]));
    EXPECT_TRUE(fresh.index().apply(batches));
    const std::string state = fresh.state();
    std::filesystem::remove(folder_.path() / "fresh.sqlite");
    std::filesystem::remove(folder_.path() / "fresh.sqlite-wal");
    std::filesystem::remove(folder_.path() / "fresh.sqlite-shm");
    return state;
  }
  int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  DeviceAtHome& at(int home) { return homes[static_cast<std::size_t>(home)]; }

  const std::string clip = id_from("c1");
  EventId comment;
  std::vector<DeviceAtHome> homes;
  std::vector<Told> told;

 private:
  std::int64_t clock() {
    return kClocks[static_cast<std::size_t>(pick(static_cast<int>(kClocks.size())))] + pick(3);
  }
  std::string words() { return "words " + std::to_string(pick(1000)); }
  AuthoredEvents batch_of(const Told& one) { return at(one.writer).writer().batch({one.event}); }

  EventBody body() {
    switch (pick(13)) {
      case 0:
        return TitleEvent{clip, words()};
      case 1:
      case 2:
        return ResolveEvent{comment, pick(2) == 0};
      case 3:
      case 4:
        return EditEvent{comment, words()};
      case 5:
        return ProfileEvent{words(), std::nullopt, std::nullopt};
      case 6:
        return ProfileEvent{std::nullopt,
                            pick(2) == 0 ? std::optional<std::string>("Europe/Berlin") : std::nullopt,
                            std::string("09:00-17:00")};
      case 7:
        return ChannelEvent{"general", words(), pick(2) == 0 ? std::optional(pick(2) == 0) : std::nullopt};
      case 8:
        return ReactEvent{clip, seconds(pick(2)), std::string(kReactions[static_cast<std::size_t>(pick(6))])};
      case 9:
        return ArchiveEvent{clip, pick(2) == 0};
      case 10:
        return pick(2) == 0 ? EventBody(DeleteClipEvent{clip}) : EventBody(RestoreClipEvent{clip});
      case 11:
        return WatchedEvent{clip, {{seconds(pick(20)), seconds(20 + pick(40))}}, seconds(pick(60))};
      default:
        return pick(2) == 0 ? EventBody(published(clip, words()))
                            : EventBody(ReplyEvent{.to = comment, .text = words()});
    }
  }

  std::vector<std::size_t> shuffled() {
    std::vector<std::size_t> order(told.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::shuffle(order, random_);
    return order;
  }
  void some_arrives(int home) {
    auto order = shuffled();
    order.resize(order.size() / 2);
    arrive(home, order);
  }
  void arrive(int home, const std::vector<std::size_t>& order) {
    for (std::size_t begin = 0; begin < order.size();) {
      const auto count = std::min<std::size_t>(1 + random_() % 20, order.size() - begin);
      std::vector<AuthoredEvents> batches;
      for (const std::size_t i : std::span(order).subspan(begin, count)) batches.push_back(batch_of(told[i]));
      EXPECT_TRUE(at(home).index().apply(batches));
      begin += count;
    }
  }

  std::mt19937 random_;
  FolderInMemory folder_;
};

TEST(IndexClocks, EveryHomeEndsInAFreshHomesState) {
  for (unsigned seed = 1; seed <= kStories; ++seed) {
    Clocks story(seed);
    // The first two are one person's.
    const std::string annas = story.fresh_state(0);
    ASSERT_EQ(story.at(0).state(), annas) << "story " << seed;
    ASSERT_EQ(story.at(1).state(), annas) << "story " << seed;
    ASSERT_EQ(story.at(2).state(), story.fresh_state(2)) << "story " << seed;
  }
}

TEST(IndexClocks, WhatIsSaidAboutWhatWasSeenHoldsByAnyClock) {
  for (unsigned seed = 1; seed <= kStories / 3; ++seed) {
    Clocks story(seed);
    const int anna = story.pick(2);
    story.says(anna, RestoreClipEvent{story.clip});
    story.all_arrives();
    if (!story.at(2).index().clip(story.clip)) continue;  // deleted too long ago, by one of the clocks
    story.says(anna, TitleEvent{story.clip, "The last title"});
    story.says(anna, EditEvent{story.comment, "The last words"});
    story.says(anna, ResolveEvent{story.comment, true});
    story.says(anna, ProfileEvent{"The last name", std::nullopt, std::nullopt});
    story.says(anna, ReactEvent{story.clip, seconds(7), "heart"});
    story.all_arrives();
    story.says(2, ResolveEvent{story.comment, false});
    story.says(anna, ReactEvent{story.clip, seconds(7), ""});
    story.all_arrives();
    for (int home = 0; home < kHomes; ++home) {
      Index& index = story.at(home).index();
      EXPECT_EQ(index.clip(story.clip)->title, "The last title") << seed;
      const Comment comment = index.comments(story.clip)->front().comment;
      EXPECT_EQ(comment.text, "The last words") << seed;
      EXPECT_FALSE(comment.is_resolved) << seed;
      EXPECT_EQ(comment.author_name, "The last name") << seed;
      const auto reactions = index.reactions(story.clip).value();
      for (const Reaction& reaction : reactions) EXPECT_NE(reaction.at, seconds(7)) << seed;
    }
  }
}

TEST(IndexClocks, OneCommandIn2099DecidesNothingForEver) {
  ScopedFolder folder;
  DeviceAtHome anna(folder.path() / "anna", Writer("anna"));
  DeviceAtHome ben(folder.path() / "ben", Writer("ben"));
  const auto both_read = [&](const DeviceAtHome& by, const Json& event) {
    for (DeviceAtHome* home : {&anna, &ben}) home->reads(by.writer().batch({event}), kStoryBegin);
  };
  const std::string clip = id_from("c1");
  both_read(anna, anna.says(published(clip, "Budget"), kStoryBegin));
  both_read(anna, anna.says(CommentEvent{clip, seconds(1), std::nullopt, "to be settled"}, kStoryBegin));
  const EventId comment{anna.writer().device, 2};
  both_read(anna, anna.says(ResolveEvent{comment, true}, k2099));
  both_read(ben, ben.says(ResolveEvent{comment, false}, kStoryBegin + 1000));
  for (DeviceAtHome* home : {&anna, &ben})
    EXPECT_FALSE(home->index().comments(clip)->front().comment.is_resolved);
  // The clock is right again: what is said then doesn't stand in 2099 too.
  const Json after = anna.says(CommentEvent{clip, seconds(2), std::nullopt, "after"}, kStoryBegin + 2000);
  EXPECT_EQ(after["hlc"], kStoryBegin + 2000);
}

TEST(IndexClocks, EventsThatNameEachOtherInACircleHaveAnOrder) {
  Events events;
  for (std::int64_t n = 1; n <= 3; ++n) {
    events.push_back({.id = {"d", n}, .person = "p", .order = n, .body = TitleEvent{"c", std::to_string(n)}});
    events.back().replaces = {{"d", n % 3 + 1}, {"d", n}, {"elsewhere", 5}};
  }
  const auto anybody = [](const LoggedEvent&) { return true; };
  const EventList ordered = settings_of(events, Slot::Title, anybody);
  ASSERT_EQ(ordered.size(), 3U);
  EXPECT_EQ(ordered.back()->id.n, 3);
  EXPECT_EQ(replaced_by(events, "p", TitleEvent{"c", "4"}).size(), 0U) << "not a device's ids";
}

TEST(IndexClocks, WhateverSomebodyWroteIsRead) {
  const std::string device = id_from("d1anna");
  Json event = {{"type", "title"}};
  EXPECT_TRUE(read_replaced(event).empty());
  write_replaced(event, {{device, 4}, {device, 2}});
  EXPECT_EQ(read_replaced(event), (std::vector<EventId>{{device, 2}, {device, 4}}));
  event["replaces"].push_back({device, 4});
  event["replaces"].push_back({device});
  event["replaces"].push_back("x");
  event["replaces"].push_back({4, device});
  EXPECT_EQ(read_replaced(event).size(), 2U);
  event["replaces"] = 7;
  EXPECT_TRUE(read_replaced(event).empty());
  event["replaces"] = Json::array();
  for (int n = 1; n < 1000; ++n) event["replaces"].push_back({device, n});
  EXPECT_EQ(read_replaced(event).size(), kMostReplaced);
}

}  // namespace
}  // namespace meanwhile
