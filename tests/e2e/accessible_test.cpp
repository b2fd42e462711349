// The real window, used by somebody who sees nothing of it: only through the accessibility bus, by what parts
// are and what they are called.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "tests/e2e/person.h"
#include "tests/e2e/stage.h"
#include "tests/support/desktop_services.h"
#include "tests/support/session_bus.h"

namespace meanwhile::e2e {
namespace {

constexpr const char* kLauncher = "/usr/libexec/at-spi-bus-launcher";
// The distribution's, which has the library's bindings.
constexpr const char* kPython = "/usr/bin/python3";

class Accessible : public testing::Test {
 protected:
  void SetUp() override {
    const std::string missing = missing_program({"dbus-daemon", "gdbus", kLauncher, kPython});
    if (!missing.empty()) GTEST_SKIP() << missing << " isn't installed";
    stage_ = std::make_unique<Stage>();
    bus_ = SessionBus::start().value();
    environment_ = stage_->environment();
    for (auto& each : bus_->environment()) environment_.push_back(each);
    environment_.emplace_back("XDG_RUNTIME_DIR", (stage_->folder() / "run").string());
    environment_.emplace_back("GSETTINGS_BACKEND", "memory");
    environment_.emplace_back("SDL_VIDEODRIVER", "x11");
    environment_.emplace_back("SDL_AUDIODRIVER", "dummy");
    std::filesystem::create_directories(stage_->folder() / "run");
    launcher_ =
        ChildProcess::start({kLauncher, "--launch-immediately"}, {.environment = environment_}).value();
  }

  Person person(const std::string& name) const {
    std::filesystem::create_directories(stage_->folder() / name);
    return {stage_->folder() / name, stage_->library(), environment_};
  }

  // As a screen reader does when it starts.
  void listen() {
    ASSERT_TRUE(wait_until([&] {
      return run_program({"gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path",
                          "/org/a11y/bus", "--method", "org.freedesktop.DBus.Properties.Set",
                          "org.a11y.Status", "ScreenReaderEnabled", "<true>"},
                         {.environment = environment_, .output = "/dev/null", .errors = "/dev/null"})
                 .value_or(1) == 0;
    }));
  }

  static std::vector<std::string> client(std::vector<std::string> words) {
    words.insert(words.begin(),
                 {kPython, std::string(MEANWHILE_SOURCE_DIR) + "/tests/e2e/accessible_client.py"});
    return words;
  }

  // What it says; fails the test if it can't be done.
  std::string use(std::vector<std::string> words) const {
    const auto out = stage_->folder() / "client.out";
    const auto err = stage_->folder() / "client.err";
    const std::string what = words[0] + " " + words[1] + " " + (words.size() > 2 ? words[2] : "");
    std::filesystem::remove(out);
    const auto status =
        run_program(client(std::move(words)), {.environment = environment_, .output = out, .errors = err});
    EXPECT_EQ(status.value_or(-1), 0) << what << "\n" << text_of_file(err);
    return text_of_file(out);
  }
  void press(const std::string& role, const std::string& name) const { (void)use({"press", role, name}); }
  void type(const std::string& role, const std::string& name, const std::string& text) const {
    (void)use({"type", role, name, text});
  }

  std::unique_ptr<ChildProcess> hear(const std::filesystem::path& file) const {
    auto process =
        ChildProcess::start(client({"hear", file.string()}), {.environment = environment_}).value();
    EXPECT_TRUE(wait_until([&] { return text_of_file(file).contains("listening"); }));
    return process;
  }

  std::unique_ptr<Stage> stage_;
  std::unique_ptr<SessionBus> bus_;
  Environment environment_;
  std::unique_ptr<ChildProcess> launcher_;
};

Json first_clip(const Person& person) {
  const Answer answer = person.ask({"list"});
  if (!answer.json.is_object() || answer.json["clips"].empty()) return Json::object();
  return answer.json["clips"][0];
}

TEST_F(Accessible, RecordsAndPublishesThroughTheTreeAlone) {
  const Person anna = person("anna");
  listen();
  RunningCommand window = anna.start({"open"});

  press("push button", "New update");
  press("push button", "Start recording");
  let_it_record(anna, std::chrono::milliseconds(2000));
  press("push button", "Stop and review");
  type("entry", "Title", "By ear");
  press("push button", "Publish");

  ASSERT_TRUE(wait_until([&] { return first_clip(anna).value("title", "") == "By ear"; })) << window.said();
  window.signal(SIGTERM);
  EXPECT_EQ(window.wait().status, 0);
}

TEST_F(Accessible, WatchesCommentsAndAnswersThroughTheTreeAlone) {
  const Person ben = person("ben");
  const Person anna = person("anna");
  ASSERT_EQ(anna.run({"me", "--name", "Anna"}).status, 0);
  ASSERT_EQ(anna.run({"sync"}).status, 0);
  ASSERT_EQ(ben.run({"me", "--name", "Ben"}).status, 0);
  const std::string clip = publish_film(ben, stage_->folder(), "testsrc2=size=320x180:rate=10", "8");
  ASSERT_EQ(ben.run({"sync"}).status, 0);
  const Answer asked =
      ben.run({"ask", clip, "--at", "6", "--kind", "decision", "--for", "Anna", "Do we ship?"});
  ASSERT_EQ(asked.status, 0) << asked.err;
  ASSERT_TRUE(wait_until([&] { return anna.ask({"show", clip}).json["comments"].size() == 1; }));
  listen();
  const auto heard = stage_->folder() / "heard";
  const auto ears = hear(heard);
  RunningCommand window = anna.start({"open"});

  press("list item", first_clip(anna).value("title", ""));
  (void)use({"wait", "landmark", "Watch:"});
  (void)use({"set", "slider", "Position", "2"});
  ASSERT_TRUE(wait_until([&] { return use({"tell", "slider", "Position"}).starts_with("0:02 of"); }));
  type("entry", "Comment on this moment", "Said without seeing");
  EXPECT_EQ(use({"tell", "entry", "Comment on this moment"}), "Said without seeing\n");
  press("push button", "Send");
  const auto talk = [&] { return anna.ask({"show", clip}).json["comments"]; };
  ASSERT_TRUE(wait_until([&] { return talk().size() == 2; })) << window.said();

  (void)use({"wait", "list item", "Question, Decision by Ben at 0:06"});
  press("push button", "Answer");
  type("entry", "Write a reply", "Yes");
  press("push button", "Send");
  ASSERT_TRUE(wait_until([&] { return anna.ask({"asks", clip}).json["asks"][0]["answered"] == 1; }));

  const std::string events = text_of_file(heard);
  EXPECT_TRUE(events.contains("object:state-changed:focused\t1\tslider\tPosition")) << events;
  EXPECT_TRUE(events.contains("object:text-changed:insert")) << events;
  EXPECT_TRUE(events.contains("object:children-changed:add")) << events;
  window.signal(SIGTERM);
  EXPECT_EQ(window.wait().status, 0);
}

TEST_F(Accessible, IsOnTheBusOnlyOnceSomebodyListens) {
  const Person anna = person("anna");
  RunningCommand window = anna.start({"open"});
  ASSERT_TRUE(wait_until([&] { return std::filesystem::exists(anna.home() / "data" / "window.socket"); }));
  EXPECT_EQ(use({"tree", ""}), "");
  listen();
  (void)use({"wait", "push button", "New update"});
  window.signal(SIGTERM);
  EXPECT_EQ(window.wait().status, 0);
}

// A bus that ends, as at log-out, takes nothing along.
TEST_F(Accessible, TheWindowOutlivesTheBus) {
  const Person anna = person("anna");
  listen();
  RunningCommand window = anna.start({"open"});
  (void)use({"wait", "push button", "New update"});
  launcher_->signal(SIGKILL);
  launcher_->wait();
  bus_.reset();
  EXPECT_EQ(anna.run({"list"}).status, 0);
  window.signal(SIGTERM);
  EXPECT_EQ(window.wait().status, 0);
}

}  // namespace
}  // namespace meanwhile::e2e
