// Two people and two libraries, all by commands: made, joined, published to, tidied up, left.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/e2e/person.h"
#include "tests/e2e/stage.h"
#include "tests/support/environment.h"

namespace meanwhile::e2e {
namespace {

class TwoLibraries : public testing::Test {
 protected:
  // Runs `meanwhile words` of that person's home, with `typed` on standard input.
  Answer run(const std::string& name, std::vector<std::string> words, const std::string& typed = "") {
    const auto file = [&](const char* end) { return folder_.path() / fmt::format("{}.{}", commands_, end); };
    ++commands_;
    std::ofstream(file("in")) << typed;
    words.insert(words.begin(), {"sh", "-c", "exec \"$@\" < \"$0\"", file("in").string(), MEANWHILE_PROGRAM,
                                 "--home", (folder_.path() / name).string()});
    words.emplace_back("--json");
    const auto status =
        run_program(words, {.environment = bare(), .output = file("out"), .errors = file("err")});
    EXPECT_TRUE(status);
    Answer answer{.status = status.value_or(-1),
                  .out = text_of_file(file("out")),
                  .err = text_of_file(file("err")),
                  .json = {}};
    answer.json = Json::parse(answer.out, nullptr, false);
    return answer;
  }
  Json done(const std::string& name, const std::vector<std::string>& words, const std::string& typed = "") {
    const Answer answer = run(name, words, typed);
    EXPECT_EQ(answer.status, 0) << words[0] << ": " << answer.err;
    return answer.json.is_object() ? answer.json : Json::object();
  }
  // A sentence, and nothing else: no signal ends it.
  void expect_is_there(const std::string& name, const std::vector<std::string>& move) {
    const Answer answer = run(name, move);
    EXPECT_EQ(answer.status, 2) << answer.err;
    EXPECT_NE(answer.err.find(" already"), std::string::npos) << answer.err;
  }
  std::string url(const std::string& library) const {
    return "folder:" + (folder_.path() / library).string();
  }
  // Its clip's id.
  std::string publish(const std::string& name, const std::string& library, const std::string& title) {
    return done(name, {"--library", url(library), "record", "--screen", "lavfi:testsrc2=size=320x240:rate=10",
                       "--camera", "none", "--mic", "none", "--for", "2s", "--title", title, "--channel",
                       "Weekly", "--publish"})
        .value("clip", "");
  }
  Environment bare() const {
    return {{"HOME", folder_.path().string()},
            {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder_.path() / "no-bus").string()},
            {"DISPLAY", ""},
            {"WAYLAND_DISPLAY", ""}};
  }

  ScopedFolder folder_;
  int commands_ = 0;
};

TEST_F(TwoLibraries, AreMadeJoinedPublishedToTidiedUpAndLeft) {
  done("anna", {"me", "--name", "Anna Becker"});
  done("ben", {"me", "--name", "Ben Okafor"});
  for (const std::string library : {"team", "client"}) {
    done("anna", {"library", "create", url(library), "--name", "The " + library});
    const std::string invitation = done("anna", {"library", "invite", "The " + library})["invitation"];
    const Json joined = done("ben", {"library", "join", "-"}, invitation + "\n");
    EXPECT_EQ(joined["url"], url(library));
  }
  EXPECT_EQ(done("ben", {"library", "list"})["libraries"].size(), 2U);

  // Each has its own clips; one list shows both.
  const std::string first = publish("anna", "team", "Where we stand");
  const std::string second = publish("anna", "client", "The offer");
  const Json listed = done("ben", {"list"});
  ASSERT_EQ(listed["clips"].size(), 2U) << listed.dump(1);
  EXPECT_EQ(done("ben", {"--library", url("client"), "list"})["clips"].size(), 1U);

  const Json status = done("ben", {"library", "status"});
  EXPECT_EQ(status["url"], url("team"));
  ASSERT_EQ(status["libraries"].size(), 2U) << status.dump(1);
  EXPECT_EQ(status["libraries"][1]["url"], url("client"));
  EXPECT_EQ(status["libraries"][1]["clips"], 1);

  // Who has a clip is told with the next word.
  done("ben", {"fetch", second});
  // A word finds the library that has the clip.
  done("ben", {"comment", second, "--at", "1", "Send it"});
  const Json shown = done("anna", {"show", second});
  ASSERT_EQ(shown["comments"].size(), 1U) << shown.dump(1);
  EXPECT_EQ(shown["comments"][0]["text"], "Send it");
  ASSERT_EQ(shown["fetched_by"].size(), 1U) << shown.dump(1);
  EXPECT_EQ(shown["fetched_by"][0]["name"], "Ben Okafor");
  EXPECT_FALSE(done("ben", {"show", second}).contains("fetched_by")) << "for its author";

  done("anna", {"delete", second});
  EXPECT_EQ(done("ben", {"list"})["clips"].size(), 1U);
  const Json trash = done("anna", {"trash"});
  ASSERT_EQ(trash["clips"].size(), 1U) << trash.dump(1);
  EXPECT_EQ(trash["clips"][0]["clip"], second);
  EXPECT_EQ(trash["clips"][0]["library"]["name"], "The client");
  EXPECT_EQ(done("ben", {"trash"})["clips"].size(), 0U) << "only the author's own";
  done("anna", {"restore", second});
  EXPECT_EQ(done("ben", {"list"})["clips"].size(), 2U);
  EXPECT_EQ(done("ben", {"show", second})["comments"].size(), 1U);

  const Json usage = done("ben", {"library", "usage"});
  for (const Json& use : usage["libraries"]) {
    ASSERT_EQ(use["channels"].size(), 1U) << use.dump(1);
    EXPECT_EQ(use["channels"][0]["channel"], "Weekly");
    EXPECT_EQ(use["channels"][0]["clips"], 1);
    EXPECT_EQ(use["people"][0]["person"], "Anna Becker");
    EXPECT_GT(use["all"]["bytes"].get<std::int64_t>(), use["channels"][0]["bytes"].get<std::int64_t>());
  }

  EXPECT_EQ(done("ben", {"library", "leave", "The client"})["waiting"], 0);
  EXPECT_EQ(done("ben", {"list"})["clips"].size(), 1U);
  EXPECT_EQ(done("anna", {"list"})["clips"].size(), 2U);
  EXPECT_EQ(done("anna", {"verify", first})["whole"], true);
}

TEST_F(TwoLibraries, AClipIsMovedFromOneToTheOther) {
  done("anna", {"me", "--name", "Anna Becker"});
  done("ben", {"me", "--name", "Ben Okafor"});
  for (const std::string library : {"team", "client"}) {
    done("anna", {"library", "create", url(library), "--name", "The " + library});
    const std::string invitation = done("anna", {"library", "invite", "The " + library})["invitation"];
    done("ben", {"library", "join", "-"}, invitation + "\n");
  }
  const std::string clip = publish("anna", "team", "The offer");
  done("ben", {"comment", clip, "--at", "1", "Send it"});

  EXPECT_NE(run("ben", {"move", clip, "--to", "The client"}).status, 0) << "it is Anna's";
  expect_is_there("anna", {"move", clip, "--to", "The team"});
  const Json moved = done("anna", {"move", clip, "--to", "The client"});
  EXPECT_EQ(moved["moved"], true) << moved.dump(1);
  for (int again = 0; again < 2; ++again) expect_is_there("anna", {"move", clip, "--to", "The client"});

  for (const std::string name : {"anna", "ben"}) {
    const Json listed = done(name, {"list"});
    ASSERT_EQ(listed["clips"].size(), 1U) << listed.dump(1);
    EXPECT_EQ(listed["clips"][0]["clip"], clip);
    EXPECT_EQ(listed["clips"][0]["library"]["name"], "The client");
    EXPECT_EQ(listed["clips"][0]["channel"], "Weekly");
  }
  const Json shown = done("ben", {"show", clip});
  ASSERT_EQ(shown["comments"].size(), 1U) << shown.dump(1);
  EXPECT_EQ(shown["comments"][0]["author"], "Anna Becker");
  EXPECT_TRUE(shown["comments"][0]["text"].get<std::string>().starts_with("Ben Okafor, ")) << shown.dump(1);
  EXPECT_EQ(done("ben", {"verify", clip})["whole"], true);
  EXPECT_EQ(done("anna", {"trash"})["clips"][0]["library"]["name"], "The team");
}

TEST_F(TwoLibraries, AnUpdateThatWasCorrectedMovesWithItsEarlierVersion) {
  for (const std::string library : {"team", "client"})
    done("anna", {"library", "create", url(library), "--name", "The " + library});
  const std::string clip = publish("anna", "team", "Numbers");
  const std::string again =
      done("anna", {"--library", url("team"), "record", "--screen", "lavfi:color=blue:size=320x240:rate=10",
                    "--camera", "none", "--mic", "none", "--for", "4s"})
          .value("clip", "");
  done("anna", {"--library", url("team"), "publish", again, "--corrects", clip});
  done("anna", {"move", clip, "--to", "The client"});
  const std::filesystem::path film = folder_.path() / "film.mp4";
  for (const auto& [version, seconds] : {std::pair{"1", 2.0}, std::pair{"2", 4.0}}) {
    std::filesystem::remove(film);
    done("anna", {"--library", url("client"), "export", clip, film.string(), "--version", version});
    EXPECT_NEAR(look_at(film).seconds, seconds, 0.3);
  }
}

// The folder of the other library is on a disk that isn't mounted.
TEST_F(TwoLibraries, AMoveWaitsForALibraryThatIsAwayAndSyncGoesOnWithIt) {
  for (const std::string library : {"team", "client"})
    done("anna", {"library", "create", url(library), "--name", library});
  const std::string clip = publish("anna", "team", "The offer");
  std::filesystem::rename(folder_.path() / "client", folder_.path() / "unplugged");
  const Json waiting = done("anna", {"move", clip, "--to", "client"});
  EXPECT_EQ(waiting["moved"], false);
  EXPECT_NE(waiting.value("waiting", ""), "");
  EXPECT_EQ(done("anna", {"list"})["clips"][0]["library"]["name"], "team");
  std::filesystem::rename(folder_.path() / "unplugged", folder_.path() / "client");
  done("anna", {"sync"});
  const Json listed = done("anna", {"list"});
  ASSERT_EQ(listed["clips"].size(), 1U) << listed.dump(1);
  EXPECT_EQ(listed["clips"][0]["library"]["name"], "client");
}

TEST_F(TwoLibraries, SendingIsPausedForBothAndSaysSo) {
  for (const std::string library : {"team", "client"})
    done("anna", {"library", "create", url(library), "--name", library});
  EXPECT_EQ(done("anna", {"sending", "pause"})["paused"], true);
  for (const std::string library : {"team", "client"})
    EXPECT_EQ(done("anna", {"--library", url(library), "sending"})["paused"], true);
  const std::string clip = publish("anna", "client", "It waits");
  EXPECT_NE(run("anna", {"library", "leave", "client"}).status, 0) << "something waits";
  EXPECT_EQ(done("anna", {"sending", "limit", "500"})["limit_kbit"], 500);
  EXPECT_EQ(done("anna", {"sending", "resume"})["paused"], false);
  done("anna", {"sync"});
  EXPECT_EQ(done("anna", {"verify", clip})["whole"], true);
}

// Whoever runs the storage sees that somebody says something, and no more.
TEST_F(TwoLibraries, ASealedOneIsReadByItsMembersAlone) {
  done("anna", {"me", "--name", "Anna Becker"});
  done("ben", {"me", "--name", "Ben Okafor"});
  const Json made = done("anna", {"library", "create", url("vault"), "--name", "Vault", "--sealed"});
  const std::string recovery_key = made.value("recovery_key", "");
  EXPECT_EQ(run("eve", {"library", "use", url("vault")}).status, 1);
  const std::string invitation = done("anna", {"library", "invite"})["invitation"];
  done("ben", {"library", "join", "-"}, invitation + "\n");
  EXPECT_EQ(run("eve", {"library", "join", "-"}, invitation + "\n").status, 1) << "for one person";

  const std::string clip = publish("anna", "vault", "Confidential offer");
  done("ben", {"comment", clip, "--at", "1", "Only between us"});
  EXPECT_EQ(done("anna", {"show", clip})["comments"].size(), 1U);
  done("ben", {"fetch", clip});
  done("ben", {"verify", clip});
  done("ben", {"export", clip, (folder_.path() / "out.mp4").string()});
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_.path() / "vault")) {
    if (!file.is_regular_file()) continue;
    const std::string text = text_of_file(file.path());
    for (const char* open : {"Confidential", "Only between", "Becker", "Okafor", "Weekly", "ftyp", "EXTM3U"})
      EXPECT_FALSE(text.contains(open)) << file.path() << " shows " << open;
  }

  done("anna", {"library", "remove", "Ben Okafor"});
  done("anna", {"comment", clip, "--at", "1", "Without Ben"});
  EXPECT_EQ(done("ben", {"show", clip})["comments"].size(), 1U) << "what was his to read stays";
  const Answer kept = run("ben", {"comment", clip, "--at", "1", "Am I still in?"});
  EXPECT_EQ(kept.status, 0) << kept.err;
  EXPECT_TRUE(kept.err.contains("you were removed from")) << kept.err;
  const std::string status = done("ben", {"library", "status"})["excluded"];
  EXPECT_TRUE(status.starts_with("you were removed from \"Vault\" by one of its admins")) << status;
  EXPECT_EQ(done("anna", {"show", clip})["comments"].size(), 2U);

  // All devices are lost; the printed key is not.
  std::filesystem::remove_all(folder_.path() / "anna");
  done("again", {"library", "recover", url("vault")}, recovery_key + "\n");
  EXPECT_EQ(done("again", {"show", clip})["comments"].size(), 2U);
  EXPECT_EQ(done("again", {"library", "members"})["members"].size(), 2U)
      << "Anna's old home, and the new one";
}

}  // namespace
}  // namespace meanwhile::e2e
