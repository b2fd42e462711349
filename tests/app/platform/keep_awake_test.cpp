// The desktop is kept awake and quiet, by whoever does that there, and only as long as it is asked for.
#include "app/platform/keep_awake.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "tests/support/desktop_services.h"
#include "tests/support/inhibitor_service.h"

namespace meanwhile {
namespace {

using Kind = InhibitorService::Kind;
using Held = std::multiset<Kind>;

class KeepAwakeTest : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string missing = InhibitorService::missing(); !missing.empty()) GTEST_SKIP() << missing;
  }
  void TearDown() override {
    awake_.reset();
    environment_.reset();
  }
  void on(const std::set<Kind>& kinds) {
    service_ = InhibitorService::start(kinds).value();
    environment_.emplace(service_->environment());
    awake_ = make_keep_awake();
  }
  bool holds(const Held& held) {
    return becomes_true([&] { return service_->held() == held; });
  }

  std::unique_ptr<InhibitorService> service_;
  std::optional<ScopedEnvironment> environment_;
  std::unique_ptr<KeepAwake> awake_;
};

TEST_F(KeepAwakeTest, ThePortalIsAskedAndGetsItBack) {
  on({Kind::Portal, Kind::ScreenSaver, Kind::Notes});
  awake_->ask(Calm::Awake);
  EXPECT_TRUE(holds({Kind::Portal}));
  awake_->ask(Calm::AwakeAndQuiet);
  EXPECT_TRUE(holds({Kind::Portal, Kind::Notes}));
  awake_->ask(Calm::None);
  EXPECT_TRUE(holds({}));
  awake_->ask(Calm::Awake);
  EXPECT_TRUE(holds({Kind::Portal})) << "a second time, too";
}

TEST_F(KeepAwakeTest, WithoutAPortalTheScreenSaverIs) {
  on({Kind::ScreenSaver});
  awake_->ask(Calm::AwakeAndQuiet);
  EXPECT_TRUE(holds({Kind::ScreenSaver}));
  awake_->ask(Calm::None);
  EXPECT_TRUE(holds({}));
  awake_->ask(Calm::Awake);
  EXPECT_TRUE(holds({Kind::ScreenSaver}));
}

TEST_F(KeepAwakeTest, WhoChangesTheirMindAtOnceHoldsNothing) {
  on({Kind::Portal, Kind::Notes});
  for (int i = 0; i < 20; ++i) {
    awake_->ask(Calm::AwakeAndQuiet);
    awake_->ask(Calm::None);
  }
  awake_->ask(Calm::Awake);
  EXPECT_TRUE(holds({Kind::Portal}));
  awake_->ask(Calm::None);
  EXPECT_TRUE(holds({}));
}

TEST(KeepAwake, WithoutABusIsNoError) {
  const ScopedFolder folder;
  const ScopedEnvironment environment(
      {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder.path() / "no-bus").string()}});
  make_keep_awake()->ask(Calm::AwakeAndQuiet);
}

}  // namespace
}  // namespace meanwhile
