// A cut take in the place of the whole one: whatever happens on the way, one of them is there. And what trims
// are refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "media/base/json.h"
#include "tests/media/record/take_cut_rig.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

using TakeSwap = TakeCutRig;

TEST_F(TakeSwap, UntilItIsKeptTheWholeTakeComesBack) {
  start();
  play_numbered(seconds(3));
  const fs::path folder = stop();
  const std::string screen = text_of(folder / "screen.mp4");
  trimmed(folder, seconds(1), {});
  {
    const auto cut = TakeCut::make(folder, "a-library");
    ASSERT_TRUE(cut) << cut.error().message;
    EXPECT_EQ((*cut)->take().duration, seconds(2));
    EXPECT_NE(text_of(folder / "screen.mp4"), screen);
    EXPECT_EQ(TakeCut::make(folder, "a-library").error().code, ErrorCode::Unavailable);
    EXPECT_EQ(trim_take(folder, {}).error().code, ErrorCode::Unavailable);
    clean_up_cuts(takes_, [](const Take&) { return CutFate::Wanted; });  // another process starts
    EXPECT_EQ(leftovers(), 1);
  }
  EXPECT_EQ(text_of(folder / "screen.mp4"), screen);
  EXPECT_EQ(read_take(folder)->trim.from, seconds(1));
  EXPECT_FALSE(read_take(folder)->is_being_recorded);
  EXPECT_EQ(leftovers(), 0);
}

TEST_F(TakeSwap, WithoutRoomTheTakeIsAsItWas) {
  start();
  play_numbered(seconds(3));
  const fs::path folder = stop();
  const std::string screen = text_of(folder / "screen.mp4");
  trimmed(folder, seconds(1), {});
  const auto cut = TakeCut::make(
      folder, "a-library", {.free_space = [](const fs::path&) -> Result<std::uint64_t> { return 1 << 20; }});
  EXPECT_EQ(cut.error().code, ErrorCode::NoSpace);
  EXPECT_THAT(cut.error().message, HasSubstr("1 MB"));
  EXPECT_EQ(text_of(folder / "screen.mp4"), screen);
  EXPECT_TRUE(read_take(folder)->trim.is_set());
  EXPECT_FALSE(read_take(folder)->is_being_recorded);
  EXPECT_EQ(leftovers(), 0);
}

TEST_F(TakeSwap, KilledAtAnyMomentItIsTheWholeTakeOrTheCutOne) {
  start();
  play_numbered(seconds(4));
  const fs::path folder = stop();
  const std::string screen = text_of(folder / "screen.mp4");
  trimmed(folder, milliseconds(1234), {});
  constexpr int kKills = 60;
  int whole = 0;
  int halves = 0;
  for (int i = 0; i < kKills; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto cut = TakeCut::make(folder, "a-library");
      ::kill(::getpid(), SIGKILL);
    }
    // The last ones get to the end by themselves, between the swap and the journal.
    if (i < kKills - 5) ::usleep(static_cast<useconds_t>(i * 1500));
    if (i < kKills - 5) ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    halves += leftovers() > 0;

    const bool is_wanted = i == kKills - 1;
    clean_up_cuts(takes_, [&](const Take& cut) {
      EXPECT_EQ(cut.publishing_to, "a-library");
      EXPECT_EQ(cut.duration, milliseconds(4000 - 1234));
      return is_wanted ? CutFate::Wanted : CutFate::Unwanted;
    });
    EXPECT_EQ(leftovers(), 0) << i;
    const auto take = read_take(folder);
    ASSERT_TRUE(take) << take.error().message;
    EXPECT_FALSE(take->is_being_recorded);
    whole += take->trim.is_set() && text_of(folder / "screen.mp4") == screen;
    EXPECT_EQ(take->trim.is_set(), !is_wanted);
  }
  EXPECT_EQ(whole, kKills - 1);
  EXPECT_GE(halves, 5);  // those of the last ones; of the others the machine's speed decides
}

TEST_F(TakeSwap, WhoeverDoesNotKnowLeavesBoth) {
  start();
  play_numbered(seconds(3));
  const fs::path folder = stop();
  trimmed(folder, seconds(1), {});
  if (const pid_t child = ::fork(); child == 0) {
    const auto cut = TakeCut::make(folder, "a-library");
    ::kill(::getpid(), SIGKILL);
  } else {
    ::waitpid(child, nullptr, 0);
  }
  clean_up_cuts(takes_, [](const Take&) { return CutFate::NotKnown; });
  EXPECT_EQ(leftovers(), 1);
  ASSERT_TRUE(discard_take(folder));
  EXPECT_EQ(leftovers(), 0) << "what was thrown away must not come back";
  clean_up_cuts(takes_, [](const Take&) { return CutFate::Unwanted; });
  EXPECT_TRUE(list_takes(takes_).empty());
}

TEST_F(TakeSwap, TrimsThatMakeNoSenseAreRefusedInWords) {
  start();
  play_numbered(seconds(3));
  const fs::path folder = stop();
  const auto refused = [&](std::optional<MediaTime> from, std::optional<MediaTime> to) {
    const auto take = trim_take(folder, {.from = from, .to = to});
    EXPECT_FALSE(take);
    EXPECT_FALSE(read_take(folder)->trim.is_set());
    return take ? std::string() : take.error().message;
  };
  EXPECT_THAT(refused(seconds(4), {}), HasSubstr("before the draft's end"));
  EXPECT_THAT(refused({}, seconds(4)), HasSubstr("after the draft's end"));
  EXPECT_THAT(refused(seconds(2), seconds(1)), HasSubstr("not after the start"));
  EXPECT_THAT(refused(seconds(1), milliseconds(1400)), HasSubstr("400 ms"));
  ASSERT_TRUE(trim_take(folder, {.from = seconds(1), .to = {}}));
  EXPECT_EQ(read_take(folder)->json["trim"]["from_us"], 1'000'000);
  ASSERT_TRUE(trim_take(folder, {}));
  EXPECT_FALSE(read_take(folder)->json.contains("trim"));
}

TEST_F(TakeSwap, DamagedTrimIsNotTakenForNone) {
  start();
  play_numbered(seconds(3));
  const fs::path folder = stop();
  for (const char* trim : {R"({"from_us":"1"})", R"({"to_us":-5})", R"([1])", R"({"from_us":1e99})"}) {
    Take take = read_take(folder).value();
    take.json["trim"] = parse_json(trim).value();
    ASSERT_TRUE(write_file_durably(folder / "take.json", as_byte_span(to_text(take.json))));
    EXPECT_EQ(kept_range(read_take(folder).value()).error().code, ErrorCode::InvalidArgument) << trim;
    EXPECT_EQ(TakeCut::make(folder, "a-library").error().code, ErrorCode::InvalidArgument) << trim;
  }
}

TEST_F(TakeSwap, PublishedTakeCanNotBeTrimmed) {
  start();
  play_numbered(seconds(3));
  const fs::path folder = stop();
  Take take = read_take(folder).value();
  take.state = TakeState::Published;
  ASSERT_TRUE(write_take(take));
  EXPECT_THAT(trim_take(folder, {.from = seconds(1), .to = {}}).error().message, HasSubstr("published"));
}

}  // namespace
}  // namespace meanwhile
