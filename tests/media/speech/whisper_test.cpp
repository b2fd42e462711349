// whisper.cpp's own words: what a real whisper-cli wrote, and one that is here, given a model that is made
// here.
#include <gtest/gtest.h>

#include "media/base/child_process.h"
#include "media/base/files.h"
#include "media/base/offered_cuts.h"
#include "media/speech/speech_engine.h"
#include "media/speech/speech_process.h"
#include "media/speech/speech_sound.h"
#include "tests/media/speech/machine_voice.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

std::filesystem::path fixtures() {
  return std::filesystem::path(MEANWHILE_SOURCE_DIR) / "tests/media/speech/whisper";
}

std::string text_of(const CueWords& words) {
  std::string text;
  for (const CueWord& word : words) text += (text.empty() ? "" : " ") + word.text;
  return text;
}

constexpr const char* kSentence = "We will publish um, Größe on Friday.";

TEST(Whisper, WhatARealProgramWroteIsRead) {
  const auto json = read_file(fixtures() / "said.json", 1u << 20);
  ASSERT_TRUE(json);
  const auto read = parse_transcript(as_text(*json));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->language, "en");
  EXPECT_EQ(text_of(read->words), kSentence);
  for (std::size_t i = 1; i < read->words.size(); ++i)
    EXPECT_LE(read->words[i - 1].to, read->words[i].from) << read->words[i].text;
  EXPECT_LT(read->words.back().to, 4s);
  EXPECT_GT(read->words[0].sure_percent, read->words[3].sure_percent) << "'We' is surer than 'um'";
  const auto cuts = offered_cuts(read->words, {}, read->language);
  ASSERT_EQ(cuts.size(), 1u);
  EXPECT_EQ(cuts[0].words, "um,");
}

class WhisperHere : public testing::Test {
 protected:
  void SetUp() override {
    hear_words_in(SPEECH_PROGRAM);
    const std::string model = (folder_.path() / "ggml-made-here.bin").string();
    const auto made = run_program({"python3", (fixtures() / "make_model.py").string(), model}, {});
    if (made.value_or(-1) != 0) GTEST_SKIP() << "python3, which makes the model, isn't here";
    engine_ = speech_engines({.model = model}).front();
    if (!engine_.trouble.empty()) GTEST_SKIP() << engine_.trouble;
    ASSERT_TRUE(write_file_durably(wav(), speech_wav(machine_voice("we will publish on friday"))));
  }
  std::filesystem::path wav() const { return folder_.path() / "speech.wav"; }

  ScopedFolder folder_;
  SpeechEngine engine_;
};

TEST_F(WhisperHere, SaysWordsWithTimes) {
  std::vector<double> told;
  const auto heard = hear_words({.engine = engine_, .wav = wav(), .language = "", .pace = HearingPace::Now},
                                [&](double done) { told.push_back(done); }, {});
  ASSERT_TRUE(heard) << heard.error().message;
  EXPECT_EQ(heard->language, "en");
  EXPECT_EQ(text_of(heard->words), kSentence);
  EXPECT_FALSE(told.empty());
}

TEST_F(WhisperHere, SaysWhatIsWrongWithAModel) {
  std::filesystem::resize_file(engine_.model, 1000);
  const auto heard = hear_words({.engine = engine_, .wav = wav(), .language = "en", .pace = HearingPace::Now},
                                [](double) {}, {});
  ASSERT_FALSE(heard);
  EXPECT_EQ(heard.error().code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace meanwhile
