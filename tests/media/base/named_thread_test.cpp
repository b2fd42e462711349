#include "media/base/named_thread.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>

#include <array>
#include <future>

namespace meanwhile::test {
namespace {

std::string name_of_this_thread() {
  std::array<char, 16> name{};
  ::prctl(PR_GET_NAME, name.data());
  return name.data();
}

std::string name_given_to(const std::string& name) {
  std::string found;
  NamedThread(name, [&] { found = name_of_this_thread(); }).join();
  return found;
}

TEST(NamedThread, HasItsName) {
  EXPECT_EQ(name_given_to("a worker"), "a worker");
}

TEST(NamedThread, LosesWhatTheSystemDoesNotKeepOfItsName) {
  EXPECT_EQ(name_given_to("exactly-fifteen"), "exactly-fifteen");
  EXPECT_EQ(name_given_to("sixteen-letters!"), "sixteen-letters");
}

TEST(NamedThread, IsAskedToStopAndWaitedForAtItsEnd) {
  bool has_ended = false;
  {
    const NamedThread thread("waits", [&](const std::stop_token& stop) {
      std::promise<void> stopped;
      const std::stop_callback on_stop(stop, [&] { stopped.set_value(); });
      stopped.get_future().wait();
      has_ended = true;
    });
  }
  EXPECT_TRUE(has_ended);
}

TEST(NamedThread, IsEndedByTheOneThatTakesItsPlace) {
  int ended = 0;
  const auto until_stopped = [&](const std::stop_token& stop) {
    std::promise<void> stopped;
    const std::stop_callback on_stop(stop, [&] { stopped.set_value(); });
    stopped.get_future().wait();
    ++ended;
  };
  NamedThread thread("first", until_stopped);
  thread = NamedThread("second", [] {});
  EXPECT_EQ(ended, 1);
  thread = NamedThread();
  EXPECT_FALSE(thread.joinable());
}

}  // namespace
}  // namespace meanwhile::test
