// Speech that a machine makes, heard by pocketsphinx: which words, roughly, and where.
#include <gtest/gtest.h>

#include <algorithm>

#include "media/base/child_process.h"
#include "media/base/files.h"
#include "media/speech/pocketsphinx_engine.h"
#include "media/speech/speech_engine.h"
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
  // Two sentences with three seconds of silence between them.
  void speak(const std::string& first, const std::string& second) {
    const auto run = [](const std::vector<std::string>& arguments) {
      ASSERT_EQ(run_program(arguments, {}).value_or(-1), 0) << arguments.front();
    };
    run({"espeak-ng", "-v", "en+klatt2", "-s", "130", "-w", path("a.wav"), first});
    run({"espeak-ng", "-v", "en+klatt2", "-s", "130", "-w", path("b.wav"), second});
    run({"ffmpeg",
         "-v",
         "error",
         "-i",
         path("a.wav"),
         "-i",
         path("b.wav"),
         "-f",
         "lavfi",
         "-t",
         "3",
         "-i",
         "anullsrc=r=22050:cl=mono",
         "-filter_complex",
         "[0][2][1]concat=n=3:v=0:a=1",
         "-ar",
         "16000",
         "-ac",
         "1",
         "-c:a",
         "pcm_s16le",
         "-bitexact",
         path("speech.wav")});
    first_bytes_ = read_file(path("a.wav"), 1u << 24)->size() - 44;
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  // espeak-ng's files: 22,050 samples of 2 bytes a second.
  MediaTime second_begins() const {
    return seconds(3) + MediaTime(static_cast<std::int64_t>(first_bytes_) * 1'000'000 / 44'100);
  }

  ScopedFolder folder_;
  std::size_t first_bytes_ = 0;
};

TEST_F(Pocketsphinx, HearsWordsWhereTheyAreSaid) {
  speak("we will publish on friday", "the computer is very slow");
  std::vector<double> told;
  // In this process, whose turn comes: the engine's own waits for everybody else on a busy machine.
  const auto heard = hear_with_pocketsphinx(path("speech.wav"), [&](double done) { told.push_back(done); });
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
  EXPECT_LT(std::chrono::abs(computer->from - second_begins()), seconds(1)) << all;
}

}  // namespace
}  // namespace meanwhile
