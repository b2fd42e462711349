// Two people with two homes, two windows on two displays, and one library: they watch, answer, lose the
// library, both write, and see the same once it is back.
#include <gtest/gtest.h>

#include <cstdlib>

#include "app/library/events.h"
#include "tests/app/ui_states/scripted_states.h"
#include "tests/e2e/real_window.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

// A display with a window manager, for one person.
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

CommentView view_of(const Json& comment) {
  CommentView view{.id = comment["id"], .author = {.id = comment["person"], .name = comment["author"]}};
  view.is_mine = comment["mine"];
  view.at = MediaTime(comment.value("at_us", 0));
  view.text = comment["text"];
  if (comment.contains("drawing")) view.drawing = drawing_from_json(comment["drawing"]).value();
  if (comment.contains("media")) view.media = MediaView{.clip = comment["media"]};
  if (comment.contains("ask")) view.ask = AskView{.kind = *parse_ask_kind(comment["ask"].get<std::string>())};
  return view;
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

  // Anna asks Ben something at the third second of a clip of hers.
  void publish_a_question() {
    ASSERT_EQ(ben_.run({"me", "--name", "Ben"}).status, 0);
    ASSERT_EQ(ben_.run({"sync"}).status, 0);
    const Answer recorded = stage_.person("anna").ask(
        {"record", "--for", "6s", "--camera", "none", "--title", "Where we stand", "--publish"});
    ASSERT_EQ(recorded.status, 0) << recorded.err;
    clip_ = recorded.json.value("clip", "");
    ASSERT_EQ(anna_.run({"sync"}).status, 0);
    const Answer asked =
        anna_.run({"ask", clip_, "--at", "3", "--kind", "decision", "--for", "Ben", "Do we ship?"});
    ASSERT_EQ(asked.status, 0) << asked.err;
    ASSERT_TRUE(sees(ben_, 1));
  }

  Json talk(const Person& person) const { return person.ask({"show", clip_}).json; }
  // Waits for it.
  bool sees(const Person& person, std::size_t comments) const {
    return wait_until([&] {
      const Json shown = talk(person);
      return shown.is_object() && shown["comments"].size() == comments;
    });
  }

  std::string id_of(const Person& person, const std::string& text) const {
    const Json comments = talk(person)["comments"];
    for (const Json& comment : comments)
      if (comment["text"] == text) return comment["id"];
    return "";
  }

  static std::size_t clips_with_answers(const Person& person) {
    return person.ask({"list", "--answers"}).json["clips"].size();
  }

  // The Watch page as that person sees it now, paused at `at`.
  UiState page(const Person& person, MediaTime at = {}) const {
    UiState shown = plain_state();
    shown.page = PageId::Watch;
    shown.notices.clear();
    const Json told = talk(person);
    WatchState& watch = shown.watch;
    watch.player = {.position = at, .duration = MediaTime(told.value("duration_us", 0))};
    watch.camera = nullptr;
    watch.has_camera = false;
    watch.clip.is_mine = &person == &anna_;
    watch.comments.clear();
    for (const Json& comment : told["comments"]) {
      if (comment.contains("reply_to"))
        watch.comments.back().replies.push_back(view_of(comment));
      else
        watch.comments.push_back(view_of(comment));
    }
    for (CommentView& comment : watch.comments)
      if (comment.ask && &person == &ben_)
        comment.ask->is_for_me = comment.ask->waits_for_me = comment.replies.empty();
    return shown;
  }

  // To be looked at: MEANWHILE_PICTURES, else they go with the stage.
  fs::path picture(const std::string& name) const {
    const char* folder = std::getenv("MEANWHILE_PICTURES");
    return (folder ? fs::path(folder) : stage_.folder()) / (name + ".png");
  }

  static void say(RealWindow& window, const std::string& text) {
    window.type(text);
    window.press("ctrl+Return");
  }

  // Playing stops at what is asked of Ben, and offers the answer.
  void answer_the_ask(RealWindow& bens) {
    bens.press("space");
    UiState asked = page(ben_);
    asked.watch.answers.asking = asked.watch.comments[0].id;
    bens.wait_for(asked, "ask/answer");
    bens.photograph(picture("asked"));
    bens.click(asked, "ask/answer");
    UiState answering = asked;
    answering.watch.answers.asking.clear();
    answering.watch.draft.reply_to = asked.watch.comments[0].id;
    bens.wait_for(answering, "draft/cancel");
    say(bens, "Yes");
    ASSERT_TRUE(sees(anna_, 2)) << "no answer";
    EXPECT_EQ(anna_.ask({"asks", clip_}).json["asks"][0]["answered"], 1);
  }

  // It plays on after the answer, maybe to its end by now.
  void go_to_the_beginning(RealWindow& bens) {
    const UiState beginning = page(ben_);
    UiState playing = beginning;
    playing.watch.player.is_playing = true;
    UiState ended = beginning;
    ended.watch.player.is_ended = true;
    bens.press("End");
    bens.wait_for_change(playing, ended, "play");
    bens.press("Home");
    bens.wait_for_change(ended, beginning, "play");
  }

  // From the beginning until five seconds later.
  void comment_over_a_range(RealWindow& bens) {
    go_to_the_beginning(bens);
    bens.press("i");
    bens.press("Right");
    UiState later = page(ben_, seconds(5));
    later.watch.draft.at = MediaTime{};
    bens.wait_for(later, "draft/until-now");
    bens.press("o");
    bens.press("c");
    bens.type("All of this");
    bens.photograph(picture("range"));
    bens.press("ctrl+Return");
    ASSERT_TRUE(sees(anna_, 3)) << "no range";
    const Json comment = talk(anna_)["comments"][0];
    EXPECT_EQ(comment.value("to_us", 0) - comment.value("at_us", 0), 5'000'000) << comment.dump();
  }

  void draw_an_arrow(RealWindow& bens) {
    bens.press("d");
    UiState drawing = page(ben_);
    drawing.watch.answers.is_drawing = true;
    bens.wait_for(drawing, "draw/arrow");
    bens.click(drawing, "draw/arrow");
    UiState with_arrow = drawing;
    with_arrow.watch.answers.tool = ShapeKind::Arrow;
    bens.wait_for_change(drawing, with_arrow, "draw/arrow");
    bens.drag(drawing, "drawing", {.from_x = 0.2, .from_y = 0.5, .to_x = 0.6, .to_y = 0.8});
    UiState with_stroke = with_arrow;
    with_stroke.watch.draft.drawing = {{.kind = ShapeKind::Arrow, .points = {{0, 0}, {1, 1}}}};
    bens.wait_for(with_stroke, "draft/send");
    bens.photograph(picture("drawing"));
    bens.press("ctrl+Return");
    ASSERT_TRUE(sees(anna_, 4)) << "no drawing";
    const Json drawn = talk(anna_)["comments"].back()["drawing"][0];
    EXPECT_EQ(drawn["kind"], "arrow");
    EXPECT_NEAR(drawn["points"][0].get<double>(), 0.2, 0.02);
    EXPECT_NEAR(drawn["points"][3].get<double>(), 0.8, 0.02);
  }

  void react(RealWindow& bens) {
    bens.press("ctrl+2");
    ASSERT_TRUE(wait_until([&] { return talk(anna_)["reactions"].size() == 1; })) << "no reaction";
    EXPECT_EQ(talk(anna_)["reactions"][0]["name"], "heart");
  }

  // Her window shows what a command of hers has read.
  void resolve(RealWindow& annas) {
    const std::string first = talk(anna_)["comments"][0]["id"];
    const std::string last = talk(anna_)["comments"].back()["id"];
    annas.wait_for(page(anna_), "comment/" + last + "/drawing");
    annas.photograph(picture("to-be-resolved"));
    annas.click(page(anna_), "comment/" + first + "/resolve");
    annas.photograph(picture("resolved"));
    ASSERT_TRUE(wait_until([&] { return talk(ben_)["comments"][0].value("resolved", false); }))
        << "not resolved";
  }

  void both_write_without_the_library(RealWindow& annas, RealWindow& bens) {
    const fs::path away = stage_.folder() / "away";
    fs::rename(stage_.library(), away);
    annas.press("c");
    say(annas, "Anna without a library");
    bens.press("Home");  // so that it stands where the other one sees it without scrolling
    bens.press("c");
    say(bens, "Ben without one");
    EXPECT_TRUE(sees(anna_, 5));
    EXPECT_TRUE(sees(ben_, 5));
    fs::rename(away, stage_.library());
    EXPECT_TRUE(sees(anna_, 6));
    EXPECT_TRUE(sees(ben_, 6));
  }

  // But for whose it is.
  Json words_of(const Person& person) const {
    Json shown = talk(person);
    for (Json& comment : shown["comments"]) comment.erase("mine");
    return {shown["comments"], shown["reactions"]};
  }

  Stage stage_;
  Seat annas_ = make_seat();
  Seat bens_ = make_seat();
  const Person anna_ = at(annas_, "anna");
  const Person ben_ = at(bens_, "ben");
  std::string clip_;
};

TEST_F(TwoWindows, AnswerEachOtherAndSeeTheSameAfterBothWereOffline) {
  ASSERT_NO_FATAL_FAILURE(publish_a_question());
  RealWindow bens(ben_, *bens_.display, {"open", clip_, "--at", "1"});
  RealWindow annas(anna_, *annas_.display, {"open", clip_, "--at", "1"});
  bens.wait_for_clip(page(ben_, seconds(1)));
  ASSERT_NO_FATAL_FAILURE(answer_the_ask(bens));
  ASSERT_NO_FATAL_FAILURE(comment_over_a_range(bens));
  ASSERT_NO_FATAL_FAILURE(draw_an_arrow(bens));
  ASSERT_NO_FATAL_FAILURE(react(bens));
  ASSERT_NO_FATAL_FAILURE(resolve(annas));
  ASSERT_NO_FATAL_FAILURE(both_write_without_the_library(annas, bens));
  EXPECT_EQ(clips_with_answers(anna_), 1U);
  annas.photograph(picture("after-all"));
  annas.wait_for(page(anna_, seconds(1)), "comment/" + id_of(anna_, "Ben without one") + "/moment");
  annas.photograph(picture("anna"));
  bens.photograph(picture("ben"));
  EXPECT_EQ(annas.close().status, 0);
  EXPECT_EQ(clips_with_answers(anna_), 0U) << "what was on her page is not read";
  EXPECT_EQ(bens.close().status, 0);
  EXPECT_TRUE(wait_until([&] { return words_of(anna_) == words_of(ben_); }))
      << words_of(anna_).dump(1) << "\nis not\n"
      << words_of(ben_).dump(1);
}

TEST_F(TwoWindows, AVoiceReplyIsRecordedInPlaceAndPlayedByTheOther) {
  ASSERT_NO_FATAL_FAILURE(publish_a_question());
  RealWindow bens(ben_, *bens_.display, {"open", clip_, "--at", "5"});
  UiState shown = page(ben_, seconds(5));
  bens.wait_for_clip(shown);
  bens.click(shown, "draft/record");
  bens.wait_for_opened(shown, "draft/record", "record-reply/menu/1");
  bens.press("Down");
  bens.press("Down");  // the second of the menu: the voice alone
  bens.press("Return");
  shown.watch.answers.recording = ReplyKind::Voice;
  shown.record.phase = RecordPhase::Opening;
  UiState armed = shown;
  armed.record.phase = RecordPhase::Armed;
  bens.wait_for_change(shown, armed, "reply/start");
  bens.photograph(picture("reply-armed"));
  bens.click(armed, "reply/start");
  let_it_record(ben_, seconds(3));
  bens.photograph(picture("reply-recording"));
  shown.record.phase = RecordPhase::Recording;
  bens.click(shown, "reply/stop");
  UiState heard = shown;
  heard.record.phase = RecordPhase::Opening;
  heard.watch.answers.review = AnswerReview{};
  bens.wait_for(heard, "reply/send");
  bens.photograph(picture("reply-heard"));
  bens.click(heard, "reply/send");
  ASSERT_TRUE(sees(anna_, 2)) << "no reply";
  const Json reply = talk(anna_)["comments"].back();
  EXPECT_EQ(reply.value("at_us", 0), 5'000'000) << reply.dump();
  const std::string media = reply.value("media", "");
  ASSERT_FALSE(media.empty()) << reply.dump();
  const std::string part = "comment/" + reply.value("id", "") + "/media";
  bens.wait_for(page(ben_), part);
  bens.photograph(picture("reply-sent"));

  RealWindow annas(anna_, *annas_.display, {"open", clip_, "--at", "5"});
  annas.wait_for(page(anna_), part);
  annas.photograph(picture("reply-seen"));
  annas.click(page(anna_), part);
  UiState begun = page(anna_);
  begun.watch.answers.played =
      PlayedAnswer{.comment = reply.value("id", ""), .player = {.duration = seconds(3), .is_playing = true}};
  UiState played = begun;
  played.watch.answers.played->player.position = seconds(2);
  annas.wait_for_change(begun, played, part + "/bar");
  annas.photograph(picture("reply-played"));
  EXPECT_TRUE(wait_until([&] { return anna_.ask({"show", media}).json.value("watched_fraction", 0.0) > 0; }));
}

}  // namespace
}  // namespace meanwhile::e2e
