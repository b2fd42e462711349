// Two people with two homes, two windows on two displays, and one library: they watch, answer, lose the
// library, both write, and see the same once it is back.
#include <gtest/gtest.h>

#include <cstdlib>

#include "app/library/events.h"
#include "tests/app/ui/scripted_states.h"
#include "tests/e2e/real_window.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// A display with a window manager, and a person who sits there.
struct Seat {
  std::unique_ptr<XServer> display;
  std::unique_ptr<ChildProcess> manager;
};

Seat make_seat() {
  auto display = XServer::start({1400, 900});
  if (!display) throw std::runtime_error(display.error().message);
  auto manager = (*display)->launch({"openbox", "--sm-disable"});
  if (!manager) throw std::runtime_error(manager.error().message);
  return {std::move(*display), std::move(*manager)};
}

class TwoWindows : public testing::Test {
 protected:
  Person at(const Seat& seat, const std::string& name) const {
    Environment environment = stage_.environment();
    for (auto& [variable, value] : environment)
      if (variable == "DISPLAY") value = seat.display->display();
    environment.emplace_back("SDL_VIDEODRIVER", "x11");
    environment.emplace_back("SDL_AUDIODRIVER", "dummy");
    fs::create_directories(stage_.folder() / name);
    return {stage_.folder() / name, stage_.library(), environment};
  }

  Json talk(const Person& person) const { return person.ask({"show", clip_}).json; }
  bool sees(const Person& person, std::size_t comments) const {
    const Json shown = talk(person);
    return shown.is_object() && shown["comments"].size() == comments;
  }
  std::string state(const Person& person) const {
    (void)person.run({"sync"});
    const Json status = person.ask({"library", "status"}).json;
    return status.is_object() ? status.value("state", "") : "";
  }

  // The Watch page as that person sees it now.
  UiState page(const Person& person, bool is_author) const {
    UiState shown = plain_state();
    shown.page = PageId::Watch;
    shown.notices.clear();
    WatchState& watch = shown.watch;
    watch.camera = nullptr;
    watch.has_camera = false;
    watch.clip.is_mine = is_author;
    watch.comments.clear();
    const Json comments = talk(person)["comments"];
    for (const Json& comment : comments) {
      CommentView view{.id = comment["id"], .author = {.id = comment["person"], .name = comment["author"]}};
      view.is_mine = comment["mine"];
      view.text = comment["text"];
      if (comment.contains("drawing")) view.drawing = drawing_from_json(comment["drawing"]).value();
      if (comment.contains("ask"))
        view.ask = AskView{.kind = *parse_ask_kind(comment["ask"].get<std::string>())};
      if (comment.contains("reply_to"))
        watch.comments.back().replies.push_back(view);
      else
        watch.comments.push_back(view);
    }
    return shown;
  }

  // To be looked at: MEANWHILE_PICTURES, else they go with the stage.
  fs::path pictures() const {
    const char* folder = std::getenv("MEANWHILE_PICTURES");
    return folder ? fs::path(folder) : stage_.folder();
  }

  void write(RealWindow& window, const std::string& text) {
    window.press("c");
    window.type(text);
    pass_time(milliseconds(500));  // ImGui 1.86 drops a letter if Ctrl is down when its frame is drawn
    window.press("ctrl+Return");
  }

  Stage stage_;
  Seat annas_ = make_seat();
  Seat bens_ = make_seat();
  const Person anna_ = at(annas_, "anna");
  const Person ben_ = at(bens_, "ben");
  std::string clip_;
};

TEST_F(TwoWindows, AnswerEachOtherAndSeeTheSameAfterBothWereOffline) {
  ASSERT_EQ(ben_.run({"me", "--name", "Ben"}).status, 0);
  const Answer recorded = stage_.person("anna").ask(
      {"record", "--for", "8s", "--camera", "none", "--title", "Where we stand", "--publish"});
  ASSERT_EQ(recorded.status, 0) << recorded.err;
  clip_ = recorded.json.value("clip", "");
  ASSERT_EQ(anna_.run({"sync"}).status, 0);
  ASSERT_EQ(
      anna_.run({"ask", clip_, "--at", "3", "--kind", "decision", "--for", "Ben", "Do we ship?"}).status, 0);
  ASSERT_TRUE(wait_until([&] { return sees(ben_, 1); }));
  RealWindow bens(ben_, *bens_.display, {"open", clip_, "--at", "1"});
  RealWindow annas(anna_, *annas_.display, {"open", clip_, "--at", "1"});
  pass_time(milliseconds(2000));

  // Playing stops at what is asked of Ben, and offers the answer.
  bens.press("space");
  pass_time(milliseconds(4000));
  UiState asked = page(ben_, false);
  asked.watch.answers.asking = asked.watch.comments[0].id;
  asked.watch.comments[0].ask->is_for_me = asked.watch.comments[0].ask->waits_for_me = true;
  bens.photograph(pictures() / "asked.png");
  bens.click(asked, "ask/answer");
  pass_time(milliseconds(500));
  bens.type("Yes");
  pass_time(milliseconds(500));
  bens.press("ctrl+Return");
  ASSERT_TRUE(wait_until([&] { return sees(anna_, 2); })) << "no answer";
  EXPECT_EQ(anna_.ask({"asks", clip_}).json["asks"][0]["answered"], 1);
  bens.press("k");  // it plays on after the answer
  pass_time(milliseconds(500));

  // A comment over a range: from the beginning until five seconds later.
  bens.press("Home");
  pass_time(milliseconds(500));
  bens.press("bracketleft");
  bens.press("c");
  bens.type("All of this");
  bens.press("Escape");
  bens.press("Right");
  pass_time(milliseconds(700));
  bens.press("bracketright");
  pass_time(milliseconds(500));
  bens.photograph(pictures() / "range.png");
  bens.press("ctrl+Return");
  ASSERT_TRUE(wait_until([&] { return sees(anna_, 3); })) << "no range";
  EXPECT_EQ(talk(anna_)["comments"][0].value("to_us", 0) - talk(anna_)["comments"][0].value("at_us", 0),
            5'000'000);

  // A drawing: an arrow over the picture.
  bens.press("d");
  pass_time(milliseconds(500));
  UiState drawing = page(ben_, false);
  drawing.watch.answers.is_drawing = true;
  bens.click(drawing, "draw/arrow");
  bens.drag(drawing, "drawing", {.from_x = 0.2, .from_y = 0.5, .to_x = 0.6, .to_y = 0.8});
  pass_time(milliseconds(500));
  bens.photograph(pictures() / "drawing.png");
  bens.press("ctrl+Return");
  ASSERT_TRUE(wait_until([&] { return sees(anna_, 4); })) << "no drawing";
  const Json drawn = talk(anna_)["comments"].back()["drawing"][0];
  EXPECT_EQ(drawn["kind"], "arrow");
  EXPECT_NEAR(drawn["points"][0].get<double>(), 0.2, 0.02);
  EXPECT_NEAR(drawn["points"][3].get<double>(), 0.8, 0.02);

  // A reaction, and Anna resolves a comment in her window.
  bens.press("ctrl+2");
  ASSERT_TRUE(wait_until([&] { return talk(anna_)["reactions"].size() == 1; })) << "no reaction";
  EXPECT_EQ(talk(anna_)["reactions"][0]["name"], "heart");
  pass_time(milliseconds(4000));  // her window's next sync
  const std::string first = talk(anna_)["comments"][0]["id"];
  annas.click(page(anna_, true), "comment/" + first + "/resolve");
  ASSERT_TRUE(wait_until([&] { return talk(ben_)["comments"][0].value("resolved", false); }))
      << "not resolved";

  // Both offline, both write.
  const fs::path away = stage_.folder() / "away";
  fs::rename(stage_.library(), away);
  write(annas, "Anna without a library");
  write(bens, "Ben without one");
  EXPECT_TRUE(wait_until([&] { return sees(anna_, 5) && sees(ben_, 5); }));
  fs::rename(away, stage_.library());
  ASSERT_TRUE(wait_until([&] { return sees(anna_, 6) && sees(ben_, 6); })) << talk(anna_).dump(1);
  annas.photograph(pictures() / "anna.png");
  bens.photograph(pictures() / "ben.png");
  EXPECT_EQ(annas.close().status, 0);
  EXPECT_EQ(bens.close().status, 0);
  EXPECT_TRUE(wait_until([&] { return !state(anna_).empty() && state(anna_) == state(ben_); }))
      << state(anna_) << " is not " << state(ben_);
  Json annas_words = talk(anna_)["comments"];
  Json bens_words = talk(ben_)["comments"];
  for (Json* words : {&annas_words, &bens_words})
    for (Json& comment : *words) comment.erase("mine");
  EXPECT_EQ(annas_words, bens_words);
}

}  // namespace
}  // namespace meanwhile::e2e
