#include "media/speech/speech_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "media/base/clock.h"
#include "media/speech/speech_engine.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// A stand-in for whisper-cli: takes its arguments, and does what a line of shell says. $of is where it is to
// write.
class StandIn {
 public:
  explicit StandIn(const std::string& does) {
    hear_words_in(SPEECH_PROGRAM);
    std::ofstream script(engine_.program);
    script
        << "#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in -of) of=$2;; -l) language=$2;; esac; shift; done\n"
        << does << "\n";
    script.close();
    ::chmod(engine_.program.c_str(), 0755);
  }
  Result<Transcript> hear(std::stop_token stop = {}) {
    return hear_words(
        {engine_, folder_.path() / "speech.wav", "en"}, [this](double done) { told_.push_back(done); }, stop);
  }

  ScopedFolder folder_;
  SpeechEngine engine_{.kind = SpeechEngineKind::Whisper, .program = folder_.path() / "whisper-cli"};
  std::vector<double> told_;
};

const std::string kWrites =
    R"(echo '{"result":{"language":"'$language'"},"transcription":[{"offsets":{"from":10,"to":20},"text":" hello"}]}' > $of.json)";

TEST(SpeechProcess, GivesWhatTheEngineWroteAndTellsHowFarItIs) {
  StandIn engine("echo 'whisper_print_progress_callback: progress =  35%' >&2; echo loud; " + kWrites);
  const auto heard = engine.hear();
  ASSERT_TRUE(heard) << heard.error().message;
  EXPECT_EQ(heard->language, "en");
  ASSERT_EQ(heard->words.size(), 1u);
  EXPECT_EQ(heard->words[0].text, "hello");
  EXPECT_EQ(engine.told_, std::vector<double>{0.35});
}

TEST(SpeechProcess, StepsBackBehindEverybodyElse) {
  StandIn engine("chrt -p $$ >&2; ulimit -v >&2; exit 3");
  const auto heard = engine.hear();
  ASSERT_FALSE(heard);
  EXPECT_THAT(heard.error().message, Not(HasSubstr("unlimited")));
  StandIn idle("chrt -p $$ | grep -q SCHED_IDLE && " + kWrites);
  EXPECT_TRUE(idle.hear());
}

TEST(SpeechProcess, SaysWhatBecameOfAnEngine) {
  EXPECT_THAT(StandIn("echo 'no such model' >&2; exit 3").hear().error().message, HasSubstr("no such model"));
  EXPECT_THAT(StandIn("kill -SEGV $$").hear().error().message, HasSubstr("crashed"));
  EXPECT_THAT(StandIn("kill -KILL $$").hear().error().message, HasSubstr("memory"));
  EXPECT_THAT(StandIn("exit 0").hear().error().message, HasSubstr("gave no transcript"));
  EXPECT_EQ(StandIn("echo nonsense > $of.json").hear().error().code, ErrorCode::Corrupt);
  StandIn gone("exit 0");
  fs::remove(gone.engine_.program);
  EXPECT_EQ(gone.hear().error().code, ErrorCode::Unavailable);
}

TEST(SpeechProcess, EndsAtOnceWhenItIsStopped) {
  StandIn engine("echo 'progress = 1%' >&2; exec sleep 1000");
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_EQ(engine.hear(stop.get_token()).error().code, ErrorCode::Aborted);
}

TEST(SpeechProcess, KnowsWhatSaysHowFarItIs) {
  EXPECT_EQ(progress_in("whisper_print_progress_callback: progress =  35%"), 0.35);
  EXPECT_EQ(progress_in("progress = 100%"), 1.0);
  EXPECT_EQ(progress_in("progress = 700%"), 1.0);
  for (const char* other : {"", "progress", "progress = ", "progress = x%", "progress = 5", "= 5%"})
    EXPECT_EQ(progress_in(other), std::nullopt) << other;
}

TEST(SpeechEngines, SayWhyTheyCannotBeUsed) {
  const ScopedEnvironment nothing{{{"PATH", "/nonexistent"}}};
  const auto engines = speech_engines({});
  EXPECT_THAT(engines.at(0).trouble, HasSubstr("no program whisper-cli"));
  const auto chosen = choose_engine(engines, "whisper", "");
  EXPECT_EQ(chosen.error().code, ErrorCode::Unsupported);
  EXPECT_EQ(choose_engine(engines, "siri", "").error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(choose_engine(engines, "pocketsphinx", "de").error().code, ErrorCode::Unsupported);
}

}  // namespace
}  // namespace meanwhile
