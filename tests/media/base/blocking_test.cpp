#include "media/base/blocking.h"

#include <gtest/gtest.h>

#include <array>

#include "media/base/files.h"
#include "media/base/named_thread.h"
#include "tests/support/environment.h"

#ifndef NDEBUG

namespace meanwhile::test {
namespace {

constexpr std::array kAllowed{BlockingException{Blocking::DiskSync, "settings.json", "small"},
                              BlockingException{Blocking::Join, "", "they end at once"}};

TEST(NoBlockingHereDeathTest, EndsTheProgramAtAMark) {
  const NoBlockingHere here({});
  EXPECT_DEATH(may_block(Blocking::Bus, "keyring"), "would wait for another program on the bus: keyring");
}

TEST(NoBlockingHereDeathTest, EndsTheProgramAtADurableWrite) {
  const ScopedFolder folder;
  const NoBlockingHere here(kAllowed);
  EXPECT_DEATH((void)write_file_durably(folder.path() / "take.json", {}),
               "would wait for the disk: .*take.json");
}

TEST(NoBlockingHereDeathTest, EndsTheProgramAtAJoin) {
  const NoBlockingHere here({});
  EXPECT_DEATH(NamedThread("busy", [] {}), "would wait for a thread to end: busy");
}

TEST(NoBlockingHere, AllowsWhatIsListed) {
  const ScopedFolder folder;
  const NoBlockingHere here(kAllowed);
  EXPECT_TRUE(write_file_durably(folder.path() / "settings.json", {}));
  const NamedThread thread("any", [] {});
}

TEST(NoBlockingHere, HoldsForItsThreadAndItsScopeOnly) {
  {
    const NoBlockingHere here(kAllowed);
    const NamedThread other("other", [] { may_block(Blocking::Bus, "keyring"); });
  }
  may_block(Blocking::Bus, "keyring");
}

}  // namespace
}  // namespace meanwhile::test

#endif
