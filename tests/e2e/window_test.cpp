// The real program in a real window, used with a pointer and keys as a person does.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/app/ui_states/scripted_states.h"
#include "tests/e2e/real_window.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class WindowByHand : public testing::Test {
 protected:
  WindowByHand() {
    auto desktop = XServer::start({1400, 900});
    if (!desktop) throw std::runtime_error(desktop.error().message);
    desktop_ = std::move(*desktop);
    auto manager = desktop_->launch({"openbox", "--sm-disable"});
    if (!manager) throw std::runtime_error(manager.error().message);
    manager_ = std::move(*manager);
  }

  // Sees the stage's camera and microphone, and sits at the desktop.
  Person at_the_desktop(const std::string& name) const {
    Environment environment = stage_.environment();
    for (auto& [variable, value] : environment)
      if (variable == "DISPLAY") value = desktop_->display();
    environment.emplace_back("SDL_VIDEODRIVER", "x11");
    environment.emplace_back("SDL_AUDIODRIVER", "dummy");
    std::filesystem::create_directories(stage_.folder() / name);
    return {stage_.folder() / name, stage_.library(), environment};
  }

  static UiState page(PageId id, RecordPhase phase = RecordPhase::Armed) {
    UiState state = plain_state();
    state.page = id;
    state.record.phase = phase;
    state.publish.reach.clear();  // nobody else is there
    return state;
  }

  // The Watch page.
  static UiState at_second(int second, const Json& clip) {
    UiState state = page(PageId::Watch);
    state.watch.player = {.position = seconds(second), .duration = MediaTime(clip.value("duration_us", 0))};
    state.watch.comments.clear();
    return state;
  }

  static std::vector<std::string> warnings_of_take(const Person& person) {
    const Json take = Json::parse(text_of_file(only_take(person) / "take.json"), nullptr, false);
    return take.is_object() ? take.value("warnings", std::vector<std::string>{}) : std::vector<std::string>{};
  }

  static Json first_clip(const Person& person) {
    const Answer answer = person.ask({"list"});
    if (!answer.json.is_object() || answer.json["clips"].empty()) return Json::object();
    return answer.json["clips"][0];
  }

  Stage stage_;
  std::unique_ptr<XServer> desktop_;
  std::unique_ptr<ChildProcess> manager_;
};

TEST_F(WindowByHand, RecordsPublishesAndComments) {
  const Person anna = at_the_desktop("anna");
  RealWindow window(anna, *desktop_);

  window.click(page(PageId::Inbox), "new");
  window.wait_for(page(PageId::Record), "start");  // not while the devices are being opened
  window.click(page(PageId::Record), "start");
  let_it_record(anna, milliseconds(2000));

  // The window is out of the picture: its keys reach it all the same.
  window.press("ctrl+alt+s");
  ASSERT_TRUE(wait_until([&] { return anna.ask({"takes"}).out.contains("finished"); }))
      << "Ctrl+Alt+S saved no take";
  UiState review = page(PageId::Publish);
  review.publish.warnings = warnings_of_take(anna);  // they move what is below them
  window.wait_for(review, "publish");
  window.click(review, "title");
  window.type("By hand");
  window.click(review, "publish");
  ASSERT_TRUE(wait_until([&] { return first_clip(anna).value("title", "") == "By hand"; }))
      << "clicking Publish published nothing";
  EXPECT_EQ(window.close().status, 0);

  RealWindow watching(anna, *desktop_, {"open", first_clip(anna).value("clip", ""), "--at", "1"});
  watching.wait_for_clip(at_second(1, first_clip(anna)));
  watching.press("c");
  watching.type("Said at one second");
  watching.press("Left");
  watching.type("XX");  // at once: sending breaks no line where the caret stands, and loses no letter
  watching.tap("ctrl+Return");
  const auto comments = [&] { return anna.ask({"show", "latest"}).json["comments"]; };
  ASSERT_TRUE(wait_until([&] { return comments().size() == 1; })) << "Ctrl+Enter sent no comment";
  EXPECT_EQ(comments()[0].value("text", ""), "Said at one seconXXd");
  EXPECT_EQ(comments()[0].value("at_us", 0), 1'000'000);
}

TEST_F(WindowByHand, ASecondStartGivesItsUpdateToTheWindowThatIsThere) {
  const Person anna = at_the_desktop("anna");
  ASSERT_EQ(anna.run({"record", "--for", "3s", "--screen", "none", "--mic", "none", "--publish"}).status, 0);
  // What one that was killed left is no obstacle.
  auto killed = anna.start({"open"});
  ASSERT_TRUE(wait_until([&] { return std::filesystem::exists(anna.home() / "data" / "window.socket"); }));
  killed.signal(SIGKILL);
  (void)killed.wait();
  RealWindow window(anna, *desktop_);
  window.wait_for(page(PageId::Inbox), "new");

  const Answer second = anna.run({"open", first_clip(anna).value("clip", ""), "--at", "1"});
  EXPECT_EQ(second.status, 0) << second.err;
  window.wait_for_clip(at_second(1, first_clip(anna)));
  EXPECT_EQ(anna.run({"open", "--for", "1s"}).status, 1) << "a tour needs a window of its own";
  EXPECT_EQ(window.close().status, 0);
  EXPECT_EQ(anna.run({"open", "--for", "1s"}).status, 0);
}

TEST_F(WindowByHand, TrimsATakeByKeysAndPublishesWhatIsLeft) {
  const Person anna = at_the_desktop("anna");
  ASSERT_EQ(anna.run({"me", "--name", "Anna"}).status, 0) << "else a newcomer's card stands above";
  ASSERT_EQ(anna.run({"record", "--for", "8s", "--screen", "none", "--title", "By hand"}).status, 0);
  RealWindow window(anna, *desktop_);
  UiState inbox = page(PageId::Inbox);
  inbox.inbox = {.load = LoadState::Ready};
  inbox.inbox.takes = {{"take", "By hand", seconds(8), "now", "Not published yet"}};
  const auto trim = [&] {
    const Json takes = anna.ask({"takes"}).json["takes"];
    return takes[0].value("trim", Json::object());
  };

  window.wait_for(inbox, "take/take/open");
  window.click(inbox, "take/take/open");
  window.wait_for(page(PageId::Publish), "play");
  window.press("Right");  // 5 s
  // What is shown when it is pressed.
  ASSERT_TRUE(wait_until([&] {
    window.press("i");
    return trim().value("from_us", 0) == 5'000'000;
  })) << trim().dump();
  window.press("Left");
  window.press("Right");
  window.press("comma");
  window.press("shift+o");
  UiState review = page(PageId::Publish);
  review.publish.warnings = warnings_of_take(anna);  // they move what is below them
  window.wait_for(review, "publish");
  window.click(review, "publish");

  ASSERT_TRUE(wait_until([&] { return first_clip(anna).value("title", "") == "By hand"; }));
  EXPECT_NEAR(first_clip(anna)["duration_us"].get<double>(), 3e6, 0.2e6);
}

// Its bottom, with the comment field, was below the screen by the height of its title.
TEST(FirstWindow, StandsOnASmallScreenWithAllOfIt) {
  constexpr int kHeight = 768;
  const Stage stage;
  const auto screen = XServer::start({1366, kHeight}).value();
  const auto manager = screen->launch({"openbox", "--sm-disable"}).value();
  // Whose frame is measured.
  ASSERT_TRUE(wait_until([&] {
    return run_program({"xdotool", "get_num_desktops"}, {.environment = screen->environment()}).value_or(1) ==
           0;
  }));
  Environment environment = stage.environment();
  for (auto& [variable, value] : environment)
    if (variable == "DISPLAY") value = screen->display();
  environment.emplace_back("SDL_VIDEODRIVER", "x11");
  std::filesystem::create_directories(stage.folder() / "anna");
  const Person anna(stage.folder() / "anna", stage.library(), environment);
  RunningCommand window = anna.start({"open"});

  const auto said = stage.folder() / "said";
  const auto number_of = [&](const std::string& words, const std::string& name) {
    const std::string command =
        "id=$(xdotool search --onlyvisible --name Meanwhile$ | tail -1) && xdotool " + words;
    (void)run_program({"sh", "-c", command}, {.environment = screen->environment(), .output = said});
    const std::string text = text_of_file(said);
    const std::size_t at = text.find(name + "=");
    return at == std::string::npos ? 0 : std::atoi(text.c_str() + at + name.size() + 1);
  };
  const auto bottom = [&] {
    // Where the pointer is, for what tools say of a window in a frame differs.
    const int top = number_of("mousemove --window $id 9 0 getmouselocation --shell", "Y");
    const int height = number_of("getwindowgeometry --shell $id", "HEIGHT");
    return height < 600 ? 0 : top + height;
  };
  EXPECT_TRUE(wait_until([&] { return bottom() > 0 && bottom() <= kHeight; })) << bottom() << window.said();
}

}  // namespace
}  // namespace meanwhile::e2e
