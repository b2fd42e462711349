#include "upload/open_database.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <barrier>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/environment.h"

namespace meanwhile {
namespace {

TEST(OpenDatabase, SeveralMakeOneAtOnce) {
  const ScopedFolder folder;
  constexpr int kRounds = 100;
  constexpr int kThreads = 3;
  for (int round = 0; round < kRounds; ++round) {
    const auto path = folder.path() / (std::to_string(round) + ".sqlite");
    std::barrier together(kThreads);
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        together.arrive_and_wait();
        const auto opened = open_database(path, SQLITE_OPEN_FULLMUTEX, 20'000);
        EXPECT_TRUE(opened) << round << ": " << opened.error().message;
      });
    }
  }
}

}  // namespace
}  // namespace meanwhile
