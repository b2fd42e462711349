// Answers to a clip, by commands: drawings, asks, edits, recorded replies, exports.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

Json done(const Person& person, const std::vector<std::string>& words) {
  const Answer answer = person.ask(words);
  EXPECT_EQ(answer.status, 0) << words.front() << ": " << answer.err;
  return answer.json.is_object() ? answer.json : Json::object();
}

// Anna has published a clip of her camera; Ben has the same library.
class Answers : public testing::Test {
 protected:
  void SetUp() override {
    done(anna_, {"me", "--name", "Anna Becker", "--time-zone", "Europe/Berlin"});
    done(ben_, {"me", "--name", "Ben Okafor", "--time-zone", "Australia/Sydney"});
    clip_ = record(anna_, {"--title", "Where we stand", "--publish"}).value("clip", "");
    ASSERT_EQ(clip_.size(), 26U);
    done(ben_, {"sync"});
    done(anna_, {"sync"});
  }

  static Json record(const Person& person, std::vector<std::string> words) {
    words.insert(words.begin(), {"record", "--for", "2s", "--screen", "none", "--mic", "none"});
    return done(person, words);
  }

  Json comments(const Person& person) const { return done(person, {"show", clip_})["comments"]; }

  Stage stage_;
  const Person anna_ = stage_.person("anna");
  const Person ben_ = stage_.person("ben");
  std::string clip_;
};

TEST_F(Answers, LinkStandsForAClipInEveryCommand) {
  const std::string link = done(ben_, {"link", clip_, "--at", "1"}).value("link", "");
  const std::string passed_on = "<" + link + "&utm_source=chat>.";
  for (const char* command : {"show", "comments", "asks", "fetch", "verify", "keep", "archive", "unarchive"})
    EXPECT_EQ(ben_.run({command, passed_on}).status, 0) << command;
  EXPECT_EQ(done(ben_, {"link", passed_on})["link"], link);
  done(ben_, {"comment", passed_on, "Where the link leads"});
  done(ben_, {"comment", passed_on, "--at", "0.5", "Elsewhere"});
  done(ben_, {"react", passed_on, "heart"});
  const Json said = comments(ben_);
  ASSERT_EQ(said.size(), 2U) << said.dump();
  EXPECT_EQ(said[0]["at_us"], 500'000);
  EXPECT_EQ(said[1]["at_us"], 1'000'000);
  EXPECT_EQ(ben_.run({"comment", clip_, "Where?"}).status, 2) << "no moment is known";
  done(anna_, {"export", link + "/", (stage_.folder() / "out.mp4").string()});
  done(anna_, {"delete", passed_on});
  EXPECT_EQ(anna_.run({"show", passed_on}).status, 1);
  done(anna_, {"restore", passed_on});
  done(anna_, {"show", passed_on});
  const std::string other = "meanwhile://" + std::string(26, '0') + "/" + std::string(26, '0');
  const Answer elsewhere = ben_.run({"show", other});
  EXPECT_EQ(elsewhere.status, 1);
  EXPECT_NE(elsewhere.err.find("haven't joined"), std::string::npos) << elsewhere.err;
}

TEST_F(Answers, AskIsAnsweredAndTheAuthorSeesByWhom) {
  const std::string ask = done(anna_, {"ask", clip_, "--at", "1", "--kind", "decision", "--for", "Ben Okafor",
                                       "--by", "tomorrow 16:00", "Do we ship?"})
                              .value("id", "");
  const Json waiting = done(ben_, {"asks"})["asks"];
  ASSERT_EQ(waiting.size(), 1U) << waiting.dump();
  EXPECT_EQ(waiting[0]["id"], ask);
  EXPECT_EQ(waiting[0]["ask"], "decision");
  EXPECT_TRUE(waiting[0].contains("by"));
  done(ben_, {"reply", ask, "Yes, @Anna Becker"});
  EXPECT_TRUE(done(ben_, {"asks"})["asks"].empty());
  const Json mine = done(anna_, {"asks", "--mine"})["asks"];
  ASSERT_EQ(mine.size(), 1U);
  EXPECT_EQ(mine[0]["answered"], 1);
  EXPECT_EQ(mine[0]["asked"][0]["name"], "Ben Okafor");
  EXPECT_EQ(comments(anna_)[1]["mentions"].size(), 1U);
  EXPECT_EQ(ben_.run({"ask", clip_, "--at", "1", "May I?"}).status, 1) << "only the author asks";
  EXPECT_EQ(anna_.run({"ask", clip_, "--at", "1", "--by", "soon", "When?"}).status, 2);
  EXPECT_EQ(anna_.run({"ask", clip_, "--at", "1", "--for", "Nobody", "Who?"}).status, 1);
}

TEST_F(Answers, TwoWhoseNamesLookTheSameAreToldApart) {
  done(ben_, {"me", "--name", "Anna Bec\u200Dker"});
  done(ben_, {"comment", clip_, "--at", "1", "Who is this?"});
  const std::string second = comments(anna_)[0].value("author", "");
  EXPECT_TRUE(second.starts_with("Anna Bec\u200Dker · 2nd (")) << second;
  EXPECT_EQ(done(ben_, {"list"})["clips"][0]["author"], "Anna Becker");
  EXPECT_TRUE(ben_.run({"show", clip_}).out.contains(second));
  for (const char* format : {"md", "csv", "vtt"}) {
    const auto out = stage_.folder() / (std::string("comments.") + format);
    EXPECT_EQ(anna_.run({"comments", clip_, "--format", format, "--out", out.string()}).status, 0);
    EXPECT_TRUE(text_of_file(out).contains(second)) << format;
  }
  done(anna_, {"ask", clip_, "--for", second, "--at", "1", "May I?"});
  EXPECT_EQ(done(ben_, {"asks"})["asks"].size(), 1U);
}

TEST_F(Answers, CommentCarriesADrawingAndIsChangedByItsWriterOnly) {
  const auto file = stage_.folder() / "shapes.json";
  std::ofstream(file) << R"([{"kind":"arrow","color":"red","width":0.004,"points":[0.1,0.2,0.3,0.4]}])";
  const std::string id =
      done(ben_, {"comment", clip_, "--at", "1", "--to", "1.5", "--drawing", file.string(), "Heer"})
          .value("id", "");
  done(ben_, {"edit", id, "Here"});
  const Json seen = comments(anna_);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0]["text"], "Here");
  EXPECT_EQ(seen[0]["to_us"], 1'500'000);
  EXPECT_EQ(seen[0]["drawing"][0]["kind"], "arrow");
  EXPECT_EQ(done(anna_, {"versions", id})["versions"], (Json{"Heer", "Here"}));
  EXPECT_EQ(anna_.run({"edit", id, "Mine"}).status, 1);
  std::ofstream(file) << R"([{"kind":"arrow","color":"red","width":0.004,"points":[0.1,0.2]}])";
  EXPECT_EQ(ben_.run({"comment", clip_, "--at", "1", "--drawing", file.string(), "x"}).status, 2);
}

TEST_F(Answers, RecordedReplyHangsAtItsMomentAndIsNoUpdateOfItsOwn) {
  const std::string question = done(ben_, {"comment", clip_, "--at", "1", "How?"}).value("id", "");
  done(anna_, {"sync"});
  const std::string first = record(anna_, {"--reply-to", question}).value("clip", "");
  const std::string take = record(ben_, {}).value("clip", "");
  done(ben_, {"reply", clip_, "--at", "0.5", "--clip", take});
  const Json seen = comments(anna_);
  ASSERT_EQ(seen.size(), 3U) << seen.dump(1);
  EXPECT_EQ(seen[0]["media"], take);
  EXPECT_EQ(seen[0]["at_us"], 500'000);
  EXPECT_EQ(seen[2]["media"], first);
  EXPECT_EQ(seen[2]["reply_to"], question);
  EXPECT_EQ(done(anna_, {"list"})["clips"].size(), 1U);
  EXPECT_EQ(done(ben_, {"show", first}).value("title", ""), "Re: Where we stand");
}

TEST_F(Answers, CommentsAreExportedInEveryFormat) {
  done(ben_, {"comment", clip_, "--at", "1", "One, \"two\""});
  const auto text = [&](const std::string& format) {
    const auto out = stage_.folder() / ("comments." + format);
    EXPECT_EQ(anna_.run({"comments", clip_, "--format", format, "--out", out.string()}).status, 0);
    return text_of_file(out);
  };
  EXPECT_TRUE(text("md").starts_with("# Where we stand\n"));
  EXPECT_TRUE(text("csv").contains(",\"One, \"\"two\"\"\",\r\n"));
  EXPECT_EQ(Json::parse(text("json"))["comments"].size(), 1U);
  EXPECT_TRUE(text("vtt").starts_with("WEBVTT\n"));
  EXPECT_EQ(anna_.run({"comments", clip_, "--format", "xls"}).status, 2);
}

}  // namespace
}  // namespace meanwhile::e2e
