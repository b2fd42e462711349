// What is offered to be cut out of speech that a machine makes, as pocketsphinx hears it.
#include <gtest/gtest.h>

#include <algorithm>

#include "media/base/files.h"
#include "media/base/offered_cuts.h"
#include "media/base/pauses.h"
#include "media/speech/pocketsphinx_engine.h"
#include "media/speech/speech_engine.h"
#include "media/speech/speech_sound.h"
#include "tests/media/speech/machine_voice.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

// A peak for each 50 ms, as a take notes them.
std::vector<float> peaks_of(const std::vector<float>& samples) {
  constexpr std::size_t kStep = kVoiceRate / 20;
  std::vector<float> peaks(samples.size() / kStep);
  for (std::size_t i = 0; i < peaks.size() * kStep; ++i)
    peaks[i / kStep] = std::max(peaks[i / kStep], std::abs(samples[i]));
  return peaks;
}

std::vector<float> without(std::vector<float> samples, const std::vector<OfferedCut>& cuts) {
  const auto place = [&](MediaTime at) {
    const auto index = static_cast<std::size_t>(to_seconds(at) * kVoiceRate);
    return samples.begin() + static_cast<std::ptrdiff_t>(std::min(index, samples.size()));
  };
  for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut)
    samples.erase(place(cut->range.from), place(cut->range.to));
  return samples;
}

class HeardCuts : public testing::Test {
 protected:
  void SetUp() override {
    const auto engines = speech_engines({});
    if (!engines.at(1).trouble.empty()) GTEST_SKIP() << engines.at(1).trouble;
  }
  CueWords heard(const std::vector<float>& samples) const {
    const auto wav = folder_.path() / "speech.wav";
    EXPECT_TRUE(write_file_durably(wav, speech_wav(samples)));
    const auto transcript = hear_with_pocketsphinx(wav, [](double) {});
    EXPECT_TRUE(transcript) << transcript.error().message;
    return transcript ? transcript->words : CueWords{};
  }
  static std::string text_of(const CueWords& words) {
    std::string text;
    for (const CueWord& word : words) text += word.text + " ";
    return text;
  }

  ScopedFolder folder_;
};

TEST_F(HeardCuts, LeaveEachWordThatStaysToBeHeard) {
  std::vector<float> samples = machine_voice("we will we will publish, uh, on friday");
  samples.resize(samples.size() + kVoiceRate * 3);
  for (const float sample : machine_voice("we will publish on friday")) samples.push_back(sample);
  const CueWords words = heard(samples);
  const auto duration = from_seconds(double(samples.size()) / kVoiceRate);
  const std::vector<std::uint8_t> still(10);
  const auto cuts = offered_cuts(words, find_pauses(peaks_of(samples), still, duration), "en");
  ASSERT_EQ(cuts.size(), 3u) << text_of(words);
  EXPECT_EQ(cuts[0].kind, CutKind::RepeatedStart);
  EXPECT_EQ(cuts[0].words, "we will");
  EXPECT_EQ(cuts[1].kind, CutKind::Filler);
  EXPECT_EQ(cuts[2].kind, CutKind::Silence);
  EXPECT_GT(cuts[2].range.to - cuts[2].range.from, 2s);
  const CueWords left = heard(without(samples, cuts));
  // "publish" it mistakes for "accomplish" now and then, cut or not.
  EXPECT_EQ(left.size(), 10u) << text_of(left);
  for (const char* word : {"we", "will", "on", "friday"})
    EXPECT_EQ(std::ranges::count(left, word, &CueWord::text), 2) << text_of(left);
}

}  // namespace
}  // namespace meanwhile
