// What a debugger sees of the running program: its threads, each by its name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <set>

#include "tests/e2e/person.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

// A name without the number at its end: "outbox-3" is "outbox".
std::string kind_of(const std::string& name) {
  const auto last = name.find_last_not_of("0123456789-");
  return last == std::string::npos ? name : name.substr(0, last + 1);
}

// Those of a program. A thread without a name has that of the one that made it.
std::multiset<std::string> kinds_of_threads(pid_t program) {
  std::multiset<std::string> kinds;
  std::error_code error;
  for (const auto& task :
       std::filesystem::directory_iterator("/proc/" + std::to_string(program) + "/task", error)) {
    std::string name;
    if (std::getline(std::ifstream(task.path() / "comm"), name)) kinds.insert(kind_of(name));
  }
  return kinds;
}

// The tables of app/README.md, media/README.md and upload/README.md.
const std::set<std::string> kOurs = {
    "signals",     "worker",       "sync",    "outbox",       "prefetch",  "notes",      "open-library",
    "last-call",   "folder-watch", "screen",  "pictures",     "sound",     "microphone", "system sound",
    "reopen",      "device-watch", "hotkeys", "keyring",      "http-get",  "http-put",   "fetch",
    "take-sender", "sound-watch",  "place",   "second-start", "accessible"};
// GLib's, Mesa's, PipeWire's, SDL's; libav's decoders ("av:mjpeg:df0").
bool is_of_a_library(const std::string& name) {
  static const std::set<std::string> kKnown = {"data-loop",    "gmain",     "gdbus",   "dconf worker",
                                               "pool-spawner", "SDLAudioP", "llvmpipe"};
  return kKnown.contains(name) || name.starts_with("av:");
}

TEST(Threads, OfARunningWindowHaveTheirNames) {
  const Stage stage;
  Environment environment = stage.environment();
  environment.emplace_back("SDL_VIDEODRIVER", "x11");
  environment.emplace_back("SDL_AUDIODRIVER", "dummy");
  std::filesystem::create_directories(stage.folder() / "anna");
  const Person anna(stage.folder() / "anna", stage.library(), environment);
  RunningCommand window = anna.start({"open", "--page", "record"});

  // The recorder and the library come last. A thread has its maker's name for a moment.
  std::multiset<std::string> found;
  const auto all_are_named = [&] {
    found = kinds_of_threads(window.id());
    return found.contains("reopen") && found.contains("prefetch") && found.count("meanwhile") == 1;
  };
  ASSERT_TRUE(wait_until(all_are_named)) << window.said() << testing::PrintToString(found);
  for (const std::string& name : found)
    EXPECT_TRUE(name == "meanwhile" || kOurs.contains(name) || is_of_a_library(name)) << name;
  EXPECT_THAT(found, testing::IsSupersetOf({"signals", "worker", "sync", "outbox", "prefetch"}));

  window.signal(SIGTERM);
  EXPECT_EQ(window.wait().status, 0);
}

}  // namespace
}  // namespace meanwhile::e2e
