// What `meanwhile doctor` says of this machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

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

TEST(Report, TellsOfTheMachineAndOfNobody) {
  const ScopedFolder folder;
  const Person ada(folder.path() / "ada", folder.path() / "Design team", {{"USER", "adaberg"}});
  ASSERT_EQ(ada.run({"me", "--name", "Ada Berg"}).status, 0);
  const Answer recorded = ada.ask({"record", "--screen", "lavfi:testsrc2=size=320x180:rate=10", "--camera",
                                   "none", "--mic", "none", "--for", "1s", "--title", "Salaries of Ben",
                                   "--channel", "secret-plans", "--publish"});
  ASSERT_EQ(recorded.status, 0) << recorded.err;
  std::filesystem::create_directories(ada.home() / "cache" / "log");
  std::ofstream(ada.home() / "cache" / "log" / "window.log")
      << "2026-12-01 10:00:00.000 warning: reading " << ada.takes().string()
      << "/x for Ada: s3://key:word@host/b\n";
  const Answer report = ada.run({"report"});
  ASSERT_EQ(report.status, 0) << report.err;
  for (const char* told : {"Meanwhile 0.", "libavcodec", "SDL ", "libcurl/", "decoding: apart",
                           "library: folder, 1 updates", "log of the window:", "s3:<address>"})
    EXPECT_THAT(report.out, HasSubstr(told));
  for (const std::string& secret :
       {std::string("Ada"), std::string("Berg"), std::string("adaberg"), std::string("Design team"),
        std::string("Salaries"), std::string("secret-plans"), folder.path().string(),
        recorded.json.value("clip", "?")})
    EXPECT_THAT(report.out, testing::Not(HasSubstr(secret)));
  const std::string file = (folder.path() / "report.txt").string();
  EXPECT_EQ(ada.run({"report", file}).status, 0);
  EXPECT_NE(ada.run({"report", file}).status, 0) << "nothing is written over";
}

}  // namespace
}  // namespace meanwhile::e2e
