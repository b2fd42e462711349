// Speech that a machine makes, heard by pocketsphinx: which words, roughly, and where.
#include <gtest/gtest.h>

#include <algorithm>

#include "media/base/files.h"
#include "media/speech/pocketsphinx_engine.h"
#include "media/speech/speech_engine.h"
#include "media/speech/speech_sound.h"
#include "tests/media/speech/machine_voice.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class Pocketsphinx : public testing::Test {
 protected:
  void SetUp() override {
    const auto engines = speech_engines({});
    if (!engines.at(1).trouble.empty()) GTEST_SKIP() << engines.at(1).trouble;
  }

  ScopedFolder folder_;
};

TEST_F(Pocketsphinx, HearsWordsWhereTheyAreSaid) {
  std::vector<float> samples = machine_voice("we will publish on friday");
  samples.resize(samples.size() + 3 * kVoiceRate);
  const auto second_begins = from_seconds(double(samples.size()) / kVoiceRate);
  for (const float sample : machine_voice("the computer is very slow")) samples.push_back(sample);
  const auto wav = folder_.path() / "speech.wav";
  ASSERT_TRUE(write_file_durably(wav, speech_wav(samples)));
  std::vector<double> told;
  // In this process, whose turn comes: the engine's own waits for everybody else on a busy machine.
  const auto heard = hear_with_pocketsphinx(wav, [&](double done) { told.push_back(done); });
  ASSERT_TRUE(heard) << heard.error().message;
  EXPECT_EQ(heard->language, "en");
  EXPECT_TRUE(std::ranges::is_sorted(told) && !told.empty());
  std::string all;
  for (const CueWord& word : heard->words) all += word.text + " ";
  const auto find = [&](const std::string& text) {
    return std::ranges::find(heard->words, text, &CueWord::text);
  };
  const auto friday = find("friday");
  const auto computer = find("computer");
  ASSERT_TRUE(friday != heard->words.end() && computer != heard->words.end()) << all;
  EXPECT_LT(friday->from, seconds(2));
  EXPECT_LT(std::chrono::abs(computer->from - second_begins), seconds(1)) << all;
}

}  // namespace
}  // namespace meanwhile
