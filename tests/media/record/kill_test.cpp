// kill -9 at any moment of a take loses at most its last second, also of a screen that stands still.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <random>
#include <string>

#include "media/record/take.h"
#include "tests/support/track_inspection.h"

extern char** environ;

namespace meanwhile {
namespace {

using Steady = std::chrono::steady_clock;

// The program that records scripted sources, and the end of its output.
struct Victim {
  pid_t process = -1;
  int output = -1;
};

Victim start_victim(const std::filesystem::path& folder, const char* motion) {
  std::array<int, 2> pipe{};
  EXPECT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  const std::string target = folder.string();
  std::array<const char*, 5> arguments{RECORD_SCRIPTED_PROGRAM, target.c_str(), "3600", motion, nullptr};
  Victim victim;
  EXPECT_EQ(posix_spawn(&victim.process, RECORD_SCRIPTED_PROGRAM, &actions, nullptr,
                        const_cast<char**>(arguments.data()), environ),
            0);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  victim.output = pipe[0];
  return victim;
}

// Returns when the take runs.
void wait_until_recording(const Victim& victim) {
  std::array<char, 10> text{};
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t count = ::read(victim.output, text.data() + have, text.size() - have);
    ASSERT_GT(count, 0);
    have += static_cast<std::size_t>(count);
  }
}

void kill_at(const Victim& victim, Steady::time_point when) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable never;
  never.wait_until(lock, when, [] { return false; });
  ::kill(victim.process, SIGKILL);
  ::waitpid(victim.process, nullptr, 0);
  ::close(victim.output);
}

MediaTime last_picture(const std::filesystem::path& track) {
  const auto pictures = pictures_of(track);
  EXPECT_TRUE(pictures) << pictures.error().message;
  return pictures && !pictures->empty() ? pictures->back().at : MediaTime{};
}

// recorded: from the take's start to the kill.
void expect_all_but_a_second(const std::filesystem::path& takes, MediaTime recorded, bool is_still) {
  constexpr MediaTime kPromised = std::chrono::seconds(1);
  const auto found = list_takes(takes);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].state, TakeState::Recording);
  EXPECT_FALSE(found[0].is_being_recorded);
  const auto take = recover_take(found[0].folder);
  if (!take && recorded < kPromised) return;  // killed before anything had to be on the disk
  ASSERT_TRUE(take) << take.error().message;
  if (recorded >= kPromised) {
    EXPECT_EQ(take->tracks.size(), is_still ? 2U : 3U);
  }
  for (const TrackReport& track : take->tracks) {
    const auto path = take->folder / track.file;
    EXPECT_GE(track.duration, recorded - kPromised) << track.file;
    if (track.kind == TrackKind::Voice) {
      EXPECT_TRUE(sound_of(path));
    } else {
      const MediaTime last = last_picture(path);
      if (!is_still) {
        EXPECT_GE(last, recorded - kPromised) << track.file;
      }
    }
  }
}

// MEANWHILE_KILLS: how many, for whoever wants to be sure.
int kills() {
  const char* wanted = std::getenv("MEANWHILE_KILLS");
  return wanted ? std::atoi(wanted) : 20;
}

TEST(Kill, LosesAtMostASecondOfAnyTrack) {
  std::minstd_rand random(std::random_device{}());
  for (int i = 0; i < kills() / 2; ++i) {
    const std::array<ScratchFolder, 2> folders;
    std::array<Victim, 2> victims;
    std::array<Steady::time_point, 2> starts;
    for (std::size_t k = 0; k < victims.size(); ++k)
      victims[k] = start_victim(folders[k].path(), k == 0 ? "both" : "still");
    for (std::size_t k = 0; k < victims.size(); ++k) {
      wait_until_recording(victims[k]);
      starts[k] = Steady::now();
    }
    auto when = Steady::now();
    for (std::size_t k = 0; k < victims.size(); ++k) {
      when += std::chrono::milliseconds(200 + random() % 2200);
      kill_at(victims[k], when);
      const auto recorded = std::chrono::duration_cast<MediaTime>(Steady::now() - starts[k]);
      SCOPED_TRACE("killed after " + std::to_string(recorded.count()) + " us");
      expect_all_but_a_second(folders[k].path(), recorded, k == 1);
    }
  }
}

}  // namespace
}  // namespace meanwhile
