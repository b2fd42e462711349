// What `meanwhile doctor` says of this machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/stage.h"
#include "tests/support/fake_camera.h"

namespace meanwhile::e2e {
namespace {

using testing::HasSubstr;

Json finding_of(const Person& person, const std::string& what) {
  const Answer answer = person.ask({"doctor"});
  for (const Json& finding : answer.json["findings"]) {
    if (finding["what"] == what) return finding;
  }
  return {};
}

TEST(Doctor, SaysWhatOthersUpdatesAreDecodedIn) {
  Stage stage;
  const Json finding = finding_of(stage.person("anna"), "decoding");
  EXPECT_TRUE(finding["well"]) << finding.dump();
  EXPECT_THAT(finding["found"].get<std::string>(),
              HasSubstr("in a process of its own, without files and networks (seccomp"));
}

TEST(Doctor, SaysThatDecodersAreInsideWhereSomebodyWantedThat) {
  Stage stage;
  const Person anna(stage.folder() / "inside", stage.folder() / "library", {{"MEANWHILE_DECODER", "inside"}});
  const Json finding = finding_of(anna, "decoding");
  EXPECT_FALSE(finding["well"]) << finding.dump();
  EXPECT_THAT(finding["advice"].get<std::string>(), HasSubstr("unset MEANWHILE_DECODER"));
}

TEST(Doctor, TriesTheDevicesThatItCallsWell) {
  Stage stage;
  const Person anna = stage.person("anna");
  for (const char* what : {"screen", "camera", "microphone"}) {
    const Json finding = finding_of(anna, what);
    EXPECT_TRUE(finding["well"]) << finding.dump();
  }
  stage.camera().set(FakeCamera::State::Stalled);
  const Json finding = finding_of(anna, "camera");
  EXPECT_FALSE(finding["well"]) << finding.dump();
  EXPECT_THAT(finding["found"].get<std::string>(), HasSubstr("Rig Camera"));
}

}  // namespace
}  // namespace meanwhile::e2e
