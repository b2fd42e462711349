// The program is killed at random moments; what it had promised outside of its own journal must arrive.
#include <gtest/gtest.h>

#include "tests/support/environment.h"
#include "tests/support/promised_outbox.h"

namespace meanwhile {
namespace {

TEST(OutboxCrash, DISABLED_Child) {
  promise_until_killed();
}

// MEANWHILE_KILLS: how many, for whoever wants to be sure.
TEST(OutboxCrash, EveryPromiseIsKeptThroughKills) {
  const ScopedFolder library;
  expect_promises_survive(
      {.library_url = "folder:" + library.path().string(), .kills = kills_from_environment(20)});
}

}  // namespace
}  // namespace meanwhile
