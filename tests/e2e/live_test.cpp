// A recording that others may watch while it goes on.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

class LiveRecording : public testing::Test {
 protected:
  RunningCommand record() {
    return anna_.start({"record", "--screen", "lavfi:testsrc2=size=320x180:rate=30", "--camera", "none",
                        "--mic", "none", "--title", "Live", "--live", "--publish"});
  }
  // What Ben's list says of the only clip; null: there is none.
  Json clip_at_bens() {
    const Answer answer = ben_.ask({"list"});
    return answer.status == 0 && answer.json["clips"].size() == 1 ? answer.json["clips"][0] : Json();
  }
  bool ben_sees(bool is_live) {
    return wait_until([&] {
      const Json clip = clip_at_bens();
      return clip.is_object() && clip["live"] == is_live;
    });
  }

  Stage stage_;
  const Person anna_ = stage_.person("anna");
  const Person ben_ = stage_.person("ben");
};

TEST_F(LiveRecording, IsSeenWhileItGoesOnAndPublishedAfterwards) {
  auto recording = record();
  ASSERT_TRUE(ben_sees(true));
  const std::string clip = clip_at_bens()["clip"];
  const Answer early = ben_.run({"export", clip, (stage_.folder() / "early.mp4").string()});
  EXPECT_EQ(early.status, 1);
  EXPECT_NE(early.err.find("still being recorded"), std::string::npos) << early.err;
  const Answer said = ben_.run({"comment", clip, "--at", "2", "Stop there!"});
  EXPECT_EQ(said.status, 0) << said.err;
  recording.signal(SIGTERM);
  EXPECT_EQ(recording.wait().status, 0);
  ASSERT_TRUE(ben_sees(false));
  EXPECT_EQ(ben_.run({"verify", clip}).status, 0);
  EXPECT_EQ(ben_.ask({"show", clip}).json["comments"][0]["at_us"], 2'000'000);
}

TEST_F(LiveRecording, IsNoLongerSeenWhenAKillEndedIt) {
  auto recording = record();
  ASSERT_TRUE(ben_sees(true));
  recording.signal(SIGKILL);
  (void)recording.wait();
  EXPECT_EQ(anna_.run({"recover"}).status, 0);
  EXPECT_EQ(anna_.run({"sync"}).status, 0);
  EXPECT_TRUE(wait_until([&] { return clip_at_bens().is_null(); }));
  EXPECT_EQ(anna_.run({"publish", "latest"}).status, 0);
  EXPECT_TRUE(ben_sees(false));
}

}  // namespace
}  // namespace meanwhile::e2e
