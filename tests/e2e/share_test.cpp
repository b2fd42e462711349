// Two people at one library: recorded, published, watched and answered, all by commands.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// Runs it; fails the test unless it worked and printed a document.
Json done(const Person& person, const std::vector<std::string>& words) {
  const Answer answer = person.ask(words);
  EXPECT_EQ(answer.status, 0) << words.front() << ": " << answer.err;
  EXPECT_TRUE(answer.json.is_object()) << words.front() << " printed: " << answer.out;
  return answer.json.is_object() ? answer.json : Json::object();
}

const Json* track_named(const Json& document, const std::string& name) {
  for (const Json& track : document["tracks"]) {
    if (track["name"] == name) return &track;
  }
  return nullptr;
}

const Json* comment_with(const Json& shown, const std::string& id) {
  for (const Json& comment : shown["comments"]) {
    if (comment["id"] == id) return &comment;
  }
  return nullptr;
}

void expect_members(const Json& document, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    EXPECT_TRUE(document.contains(name)) << name << " in " << document.dump(1);
}

// Records 5 s of a green screen, the camera and a beep.
Json record_and_publish(Stage& stage, const Person& person) {
  stage.hands().fill({0, 0, kScreenSize.width, kScreenSize.height}, 0x00c000);
  auto recording = person.start({"record", "--for", "5s", "--title", "Where we stand", "--channel",
                                 "Design Reviews", "--publish", "--json"});
  let_it_record(person, milliseconds(1000));
  EXPECT_TRUE(stage.sound().beep_into_microphone(440, milliseconds(1000)));
  const Answer answer = recording.wait();
  EXPECT_EQ(answer.status, 0) << answer.err;
  EXPECT_TRUE(answer.json.is_object()) << answer.out;
  return answer.json.is_object() ? answer.json : Json{{"clip", ""}};
}

// Anna has published a clip; Ben has the same library.
class Sharing : public testing::Test {
 protected:
  void SetUp() override {
    done(anna_, {"me", "--name", "Anna Becker", "--time-zone", "Europe/Berlin"});
    done(ben_, {"me", "--name", "Ben Okafor", "--time-zone", "Australia/Sydney", "--hours", "09:00-17:00"});
  }

  std::string publish() {
    recorded_ = record_and_publish(stage_, anna_);
    return recorded_.value("clip", "");
  }
  std::string comment(const Person& person, const std::string& clip, const std::string& at,
                      const std::string& text) {
    return done(person, {"comment", clip, "--at", at, text}).value("id", "");
  }
  fs::path at(const std::string& name) const { return stage_.folder() / name; }

  Stage stage_;
  const Person anna_ = stage_.person("anna");
  const Person ben_ = stage_.person("ben");
  Json recorded_;
};

TEST_F(Sharing, TwoPeopleGoThroughEverythingByCommands) {
  const std::string clip = publish();
  ASSERT_EQ(clip.size(), 26U);
  expect_members(recorded_, {"clip", "folder", "duration_us", "tracks", "warnings"});
  // A machine that the tests keep busy may be said to be so.
  for (const Json& warning : recorded_["warnings"])
    EXPECT_TRUE(warning.get<std::string>().contains("busy")) << warning;
  ASSERT_EQ(recorded_["tracks"].size(), 3U);
  for (const Json& track : recorded_["tracks"]) {
    expect_members(track, {"name", "file", "codec", "width", "height", "frames_captured", "frames_encoded",
                           "frames_dropped", "bytes", "duration_us"});
  }
  EXPECT_GE(recorded_["duration_us"].get<std::int64_t>(), 5'000'000);

  const Json listed = done(ben_, {"list"});
  ASSERT_EQ(listed["clips"].size(), 1U);
  const Json& entry = listed["clips"][0];
  expect_members(entry,
                 {"clip", "title", "author", "channel", "duration_us", "published", "watched", "comments"});
  EXPECT_EQ(entry["clip"], clip);
  EXPECT_EQ(entry["title"], "Where we stand");
  EXPECT_EQ(entry["author"], "Anna Becker");
  EXPECT_EQ(entry["channel"], "Design Reviews");
  EXPECT_EQ(entry["watched"], false);
  EXPECT_EQ(done(ben_, {"list", "--channel", "Design Reviews"})["clips"].size(), 1U);
  EXPECT_EQ(done(ben_, {"list", "--channel", "Another"})["clips"].size(), 0U);
  EXPECT_EQ(done(ben_, {"list", "--unwatched"})["clips"].size(), 1U);

  const Json shown = done(ben_, {"show", clip});
  expect_members(shown, {"clip", "title", "author", "tracks", "comments", "duration_us"});
  EXPECT_EQ(shown["tracks"].size(), 3U);
  ASSERT_NE(track_named(shown, "screen"), nullptr);
  EXPECT_EQ((*track_named(shown, "screen"))["width"], kScreenSize.width);

  // Words go both ways.
  const std::string question = comment(ben_, clip, "0:02.5", "Is the last bar this month's?");
  done(anna_, {"sync"});
  const std::string answer = done(anna_, {"reply", question, "Yes, up to yesterday."}).value("id", "");
  done(ben_, {"resolve", question});
  done(ben_, {"react", clip, "--at", "1", "thumbs-up"});
  const std::string ranged = done(ben_, {"comment", clip, "--at", "1", "--to", "2", "Cut this part"})["id"];
  const Json talk = done(anna_, {"show", clip});
  ASSERT_EQ(talk["comments"].size(), 3U) << talk["comments"].dump(1);
  const Json* first = comment_with(talk, question);
  ASSERT_NE(first, nullptr);
  expect_members(*first, {"id", "author", "at_us", "text", "resolved", "created"});
  EXPECT_EQ((*first)["author"], "Ben Okafor");
  EXPECT_EQ((*first)["at_us"], 2'500'000);
  EXPECT_EQ((*first)["resolved"], true);
  EXPECT_FALSE(first->contains("to_us"));
  ASSERT_NE(comment_with(talk, answer), nullptr);
  EXPECT_EQ((*comment_with(talk, answer))["reply_to"], question);
  ASSERT_NE(comment_with(talk, ranged), nullptr);
  EXPECT_EQ((*comment_with(talk, ranged))["to_us"], 2'000'000);
  ASSERT_EQ(talk["reactions"].size(), 1U);
  EXPECT_EQ(talk["reactions"][0]["name"], "thumbs-up");
  EXPECT_EQ(done(anna_, {"list"})["clips"][0]["comments"], 3);

  // Found again.
  EXPECT_EQ(done(anna_, {"search", "yesterday"})["hits"].size(), 1U);
  EXPECT_EQ(done(ben_, {"search", "where", "stand"})["hits"].size(), 1U);
  EXPECT_EQ(done(ben_, {"search", "nobodysaidthis"})["hits"].size(), 0U);
  const std::string link = done(ben_, {"link", clip, "--at", "2"})["link"];
  EXPECT_TRUE(link.starts_with("meanwhile://")) << link;
  EXPECT_NE(link.find(clip), std::string::npos);

  // Taken back: one's own, and only that.
  EXPECT_EQ(ben_.run({"delete", answer}).status, 1);
  EXPECT_EQ(ben_.run({"delete", clip}).status, 1);
  done(ben_, {"delete", ranged});
  const Json left = done(anna_, {"show", clip});
  const Json* removed = comment_with(left, ranged);
  EXPECT_TRUE(removed == nullptr || (*removed).value("deleted", false)) << left["comments"].dump(1);

  // Whole, and to be had without Meanwhile.
  EXPECT_GT(done(ben_, {"fetch", clip})["bytes"].get<std::int64_t>(), 10'000);
  const Json verified = done(ben_, {"verify", clip});
  EXPECT_EQ(verified["whole"], true);
  done(ben_, {"export", clip, at("film.mp4").string()});
  const Film film = look_at(at("film.mp4"));
  EXPECT_EQ(film.pictures, 1);
  EXPECT_EQ(film.sounds, 1);
  EXPECT_TRUE(film.decodes);
  EXPECT_NEAR(film.seconds, 5, 0.5);
  EXPECT_GT(loudest(at("film.mp4")), 0.1);

  done(anna_, {"delete", clip});
  EXPECT_EQ(done(ben_, {"list"})["clips"].size(), 0U);
}

TEST_F(Sharing, ExportHasScreenAndCameraAsTheLayoutSays) {
  const std::string clip = publish();
  const auto is_green = [](const Colour& c) { return c.green > c.red + 60 && c.green > c.blue + 60; };
  const auto exported = [&](const std::string& layout) {
    const fs::path film = at(layout + ".mp4");
    EXPECT_EQ(ben_.run({"export", clip, film.string(), "--layout", layout}).status, 0);
    EXPECT_TRUE(look_at(film).decodes);
    return film;
  };

  // Side by side: the green screen left, the camera (no green in it) right.
  const fs::path both = exported("side-by-side");
  EXPECT_TRUE(is_green(colour_at(both, 2, 0.2, 0.45, 0.1, 0.1)));
  EXPECT_FALSE(is_green(colour_at(both, 2, 0.85, 0.45, 0.1, 0.1)));
  const Colour reddish = colour_at(both, 2, 0.76, 0.49, 0.01, 0.02);
  EXPECT_GT(reddish.red + reddish.green + reddish.blue, 60) << "the camera isn't in the picture";
  EXPECT_TRUE(is_green(colour_at(exported("screen"), 2, 0.8, 0.1, 0.1, 0.1)));
  EXPECT_FALSE(is_green(colour_at(exported("camera"), 2, 0.1, 0.4, 0.8, 0.2)));
  const fs::path bubble = exported("bubble");
  EXPECT_TRUE(is_green(colour_at(bubble, 2, 0.1, 0.1, 0.2, 0.2)));
}

TEST_F(Sharing, ExportOfTheLatestIsOfWhatWasRecordedLast) {
  const std::string clip = publish();
  const Json take = done(anna_, {"record", "--screen", "lavfi:testsrc2=size=320x180:rate=10", "--camera",
                                 "none", "--mic", "none", "--for", "2s"});
  EXPECT_EQ(anna_.run({"export", "latest", at("take.mp4").string()}).status, 0);
  EXPECT_NEAR(look_at(at("take.mp4")).seconds, 2, 0.5);
  done(anna_, {"discard", take["clip"]});
  EXPECT_EQ(anna_.run({"export", "latest", at("clip.mp4").string()}).status, 0);
  EXPECT_GT(look_at(at("clip.mp4")).seconds, 4);
}

TEST_F(Sharing, WordsWaitWhileTheLibraryIsAwayAndComeThroughAfter) {
  const std::string clip = publish();
  done(ben_, {"list"});
  const fs::path away = at("library-away");
  fs::rename(stage_.library(), away);

  const Answer answer = ben_.ask({"comment", clip, "--at", "1", "Said on the train"});
  EXPECT_EQ(answer.status, 0) << answer.err;
  ASSERT_TRUE(answer.json.is_object()) << answer.out;
  EXPECT_EQ(answer.json["stored"], false);
  EXPECT_TRUE(answer.json.contains("waiting"));
  EXPECT_NE(answer.err.find("kept on this machine"), std::string::npos) << answer.err;
  EXPECT_EQ(done(ben_, {"show", clip})["comments"].size(), 1U);
  EXPECT_EQ(done(ben_, {"list"})["clips"].size(), 1U);
  const Answer synced = ben_.ask({"sync"});
  EXPECT_EQ(synced.status, 1);
  EXPECT_NE(synced.err, "");
  EXPECT_FALSE(fs::exists(stage_.library())) << "a library that is away must not be made anew";

  fs::rename(away, stage_.library());
  done(ben_, {"sync"});
  const Json shown = done(anna_, {"show", clip});
  ASSERT_EQ(shown["comments"].size(), 1U);
  EXPECT_EQ(shown["comments"][0]["text"], "Said on the train");
}

TEST_F(Sharing, TwoCommandsAtOnceInOneHomeLoseNothing) {
  const std::string clip = publish();
  done(ben_, {"sync"});
  constexpr int kAtOnce = 6;
  std::vector<RunningCommand> commands;
  for (int i = 0; i < kAtOnce; ++i) {
    commands.push_back(ben_.start({"comment", clip, "--at", "1", "number " + std::to_string(i), "--json"}));
  }
  for (RunningCommand& command : commands) {
    const Answer answer = command.wait();
    EXPECT_EQ(answer.status, 0) << answer.err;
  }
  done(ben_, {"sync"});

  const Json shown = done(anna_, {"show", clip});
  EXPECT_EQ(shown["comments"].size(), static_cast<std::size_t>(kAtOnce));
}

TEST_F(Sharing, WrongUsageIsTwoAndFailureIsOne) {
  const auto status = [&](const std::vector<std::string>& words) {
    const Answer answer = ben_.ask(words);
    EXPECT_NE(answer.err + answer.out, "") << words.front();
    if (answer.status == 1) {
      EXPECT_EQ(answer.out, "") << words.front();
      EXPECT_EQ(std::ranges::count(answer.err, '\n'), 1) << answer.err;
    }
    return answer.status;
  };
  EXPECT_EQ(status({"no-such-command"}), 2);
  EXPECT_EQ(status({"show"}), 2);
  EXPECT_EQ(status({"list", "--no-such-option"}), 2);
  EXPECT_EQ(status({"record", "--fps", "1000"}), 2);
  EXPECT_EQ(status({"record", "--for", "soon"}), 2);
  EXPECT_EQ(status({"record", "--for", "-5"}), 2);
  EXPECT_EQ(status({"resolve", "not-an-id"}), 2);
  EXPECT_EQ(status({"me", "--time-zone", "Mars/Olympus"}), 2);
  EXPECT_EQ(status({"library", "use", "gopher://host"}), 2);
  EXPECT_EQ(status({"discard", "../../etc"}), 2);
  EXPECT_EQ(status({"show", "01jd0000000000000000000000"}), 1);
  EXPECT_EQ(status({"publish", "01jd0000000000000000000000"}), 1);
  EXPECT_EQ(status({"fetch", "01jd0000000000000000000000"}), 1);
  EXPECT_EQ(ben_.run({"--help"}).status, 0);
  EXPECT_EQ(ben_.run({"--version"}).status, 0);
}

}  // namespace
}  // namespace meanwhile::e2e
