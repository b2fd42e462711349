// What is said in a recording is written down, published, corrected, suggested, and found by others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/e2e/person.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Captions : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(programs());
    // A stand-in for whisper.cpp's program: hears the same words in everything.
    std::ofstream script(programs() / "whisper-cli");
    script
        << "#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in -of) of=$2;; esac; shift; done\n"
           "echo 'whisper_print_progress_callback: progress =  50%' >&2\ncat > $of.json <<'END'\n"
           R"({"result":{"language":"en"},"transcription":[)"
           R"({"offsets":{"from":200,"to":500},"text":" Quarterly","tokens":[{"text":" Quarterly","p":0.4}]},)"
           R"({"offsets":{"from":500,"to":900},"text":" numbers.","tokens":[{"text":" numbers","p":0.9}]}]})"
           "\nEND\n";
    script.close();
    ::chmod((programs() / "whisper-cli").c_str(), 0755);
    std::ofstream(folder_.path() / "ggml-stand-in.bin") << "lmgg and so on";
  }
  fs::path programs() const { return folder_.path() / "programs"; }
  Person person(const char* name) const {
    const char* path = std::getenv("PATH");
    return {
        folder_.path() / name,
        folder_.path() / "library",
        {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}, {"PATH", programs().string() + ":" + (path ? path : "")}}};
  }
  static std::string record(const Person& author, std::vector<std::string> more = {}) {
    std::vector<std::string> words{
        "record", "--screen", "lavfi:testsrc2=size=320x180:rate=10",        "--camera",
        "none",   "--mic",    "lavfi:sine=frequency=300:sample_rate=48000", "--for",
        "2s"};
    words.insert(words.end(), more.begin(), more.end());
    const Answer answer = author.ask(words);
    EXPECT_EQ(answer.status, 0) << answer.err;
    return answer.json.value("clip", "");
  }
  fs::path captions_file(const std::string& line) const {
    std::ofstream(folder_.path() / "given.srt") << "1\n00:00:00,500 --> 00:00:01,500\n" << line << "\n";
    return folder_.path() / "given.srt";
  }
  static std::string found(const Person& person, const std::string& words) {
    const Answer answer = person.ask({"search", words});
    for (const Json& hit : answer.json.value("hits", Json::array()))
      if (hit.value("kind", "") == "caption") return hit.value("text", "");
    return "";
  }

  ScopedFolder folder_;
};

TEST_F(Captions, ADraftsWordsAreWrittenDownAndFoundOncePublished) {
  const Person anna = person("anna");
  ASSERT_EQ(anna.run({"captions", "model", "add", (folder_.path() / "ggml-stand-in.bin").string()}).status,
            0);
  const std::string clip = record(anna);
  const Answer made = anna.ask({"captions", clip});
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_EQ(made.json.value("engine", ""), "whisper");
  EXPECT_EQ(made.json.value("words", 0), 2);
  EXPECT_EQ(made.json.value("language", ""), "en");
  EXPECT_EQ(anna.run({"captions", clip}).status, 1) << "it has some";
  EXPECT_EQ(anna.run({"captions", clip, "--export", "txt"}).out, "Quarterly numbers.\n");
  EXPECT_THAT(anna.run({"captions", clip, "--export", "srt"}).out,
              HasSubstr("00:00:00,200 --> 00:00:00,900"));
  EXPECT_THAT(anna.run({"captions", clip, "--export", "vtt"}).out, HasSubstr("<c.sure40>Quarterly</c>"));
  EXPECT_EQ(anna.run({"publish", clip}).status, 0);
  EXPECT_EQ(found(anna, "quarterly"), "Quarterly numbers.");
}

TEST_F(Captions, APublishedUpdateGetsThemLaterAndOthersFindThem) {
  const Person anna = person("anna");
  const Person ben = person("ben");
  const std::string clip = record(anna, {"--publish"});
  const Answer given =
      anna.ask({"captions", clip, "--language", "en", "--import", captions_file("Ship it").string()});
  ASSERT_EQ(given.status, 0) << given.err;
  EXPECT_EQ(given.json.value("stored", false), true);
  EXPECT_EQ(found(anna, "ship"), "Ship it");
  EXPECT_EQ(ben.run({"captions", clip, "--export", "txt"}).out, "Ship it\n");
  EXPECT_EQ(found(ben, "ship"), "Ship it");
  EXPECT_EQ(ben.run({"verify", clip}).status, 0);
  EXPECT_EQ(anna.run({"captions", clip, "--remove", "--language", "de"}).status, 1) << "there are none";
  EXPECT_EQ(anna.run({"captions", clip, "--remove", "--language", "en"}).status, 0);
  EXPECT_EQ(ben.run({"captions", clip, "--export", "txt"}).status, 1);
}

TEST_F(Captions, OthersSuggestAndTheAuthorAccepts) {
  const Person anna = person("anna");
  const Person ben = person("ben");
  ASSERT_EQ(ben.run({"me", "--name", "Ben Okafor"}).status, 0);
  const std::string clip = record(anna, {"--publish"});
  const Answer given = ben.ask({"captions", clip, "--import", captions_file("Better words").string()});
  ASSERT_EQ(given.status, 0) << given.err;
  EXPECT_EQ(given.json.value("suggestion", false), true);
  EXPECT_EQ(anna.run({"captions", clip, "--export", "txt"}).status, 1) << "nobody's say but the author's";
  EXPECT_THAT(anna.run({"captions", clip, "--list"}).out, HasSubstr("Ben Okafor"));
  EXPECT_EQ(anna.run({"captions", clip, "--export", "txt", "--by", "Ben Okafor"}).out, "Better words\n");
  EXPECT_EQ(ben.run({"captions", clip, "--accept", "Ben Okafor"}).status, 1);
  EXPECT_EQ(anna.run({"captions", clip, "--accept", "Ben Okafor"}).status, 0);
  EXPECT_EQ(ben.run({"captions", clip, "--export", "txt"}).out, "Better words\n");
}

TEST_F(Captions, WhatCouldBeCutOutIsListed) {
  const Person anna = person("anna");
  const std::string clip = record(anna);
  EXPECT_THAT(anna.run({"cuts", clip}).out, HasSubstr("meanwhile captions " + clip));
  std::ofstream(folder_.path() / "words.vtt")
      << "WEBVTT\nLanguage: en\n\n00:00.000 --> 00:01.900\n<00:00:00.100>We <00:00:00.400>we "
         "<00:00:00.700>ship, <00:00:01.000>um, <00:00:01.400>Friday\n";
  ASSERT_EQ(anna.run({"captions", clip, "--import", (folder_.path() / "words.vtt").string()}).status, 0);
  const Json cuts = anna.ask({"cuts", clip}).json;
  ASSERT_EQ(cuts.value("cuts", Json::array()).size(), 2u) << cuts;
  EXPECT_EQ(cuts["cuts"][0].value("kind", ""), "repeat");
  EXPECT_EQ(cuts["cuts"][1].value("words", ""), "um,");
  EXPECT_EQ(cuts["cuts"][1].value("from_us", 0), 1'080'000);
  EXPECT_EQ(anna.ask({"cuts", clip, "--kind", "filler"}).json.value("saves_us", 0), 240'000);
  EXPECT_EQ(anna.run({"cuts", clip, "--kind", "jokes"}).status, 2);
}

TEST_F(Captions, SaysWhatIsMissing) {
  const Person anna = person("anna");
  const std::string clip = record(anna);
  EXPECT_THAT(anna.run({"captions", clip, "--engine", "whisper"}).err, HasSubstr("captions model add"));
  EXPECT_EQ(anna.run({"captions", clip, "--engine", "siri"}).status, 2);
  EXPECT_EQ(anna.run({"captions", clip, "--language", "../x"}).status, 2);
  EXPECT_EQ(anna.run({"captions", clip, "--export", "docx"}).status, 2);
  EXPECT_EQ(anna.run({"captions"}).status, 2);
  EXPECT_THAT(anna.run({"captions", "engine"}).out, HasSubstr("pocketsphinx"));
  std::ofstream(folder_.path() / "ggml-base.bin") << "lmgg but another";
  EXPECT_THAT(anna.run({"captions", "model", "add", (folder_.path() / "ggml-base.bin").string()}).err,
              HasSubstr("isn't the model of that name"));
  std::ofstream(folder_.path() / "ggml-x.bin") << "a film";
  EXPECT_EQ(anna.run({"captions", "model", "add", (folder_.path() / "ggml-x.bin").string()}).status, 2);
}

}  // namespace
}  // namespace meanwhile::e2e
