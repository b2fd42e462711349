// What is said is written down by itself, where the settings say so, and never while something is recorded.
#include "app/window/transcript_desk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "app/speech/clip_transcriber.h"
#include "media/base/child_process.h"
#include "media/base/files.h"
#include "media/import/file_import.h"
#include "media/record/take.h"
#include "media/speech/speech_process.h"
#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWrites =
    R"(echo '{"transcription":[{"offsets":{"from":10,"to":20},"text":" hello"}]}' > $of.json)";

class TranscriptDeskTest : public testing::Test {
 protected:
  void SetUp() override {
    hear_words_in(SPEECH_PROGRAM);
    const std::string film = (files_.path() / "talk.mkv").string();
    if (run_program({"ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=3", film}, {}).value_or(1))
      GTEST_SKIP() << "there is no ffmpeg command";
    take_ = import_file(film, rig_.application->home().takes(), {}).value();
    const fs::path models = speech_models_folder(rig_.application->home());
    fs::create_directories(models);
    std::ofstream(models / "ggml-stand-in.bin") << "lmgg";
    rig_.application->settings().speech_program = (files_.path() / "whisper-cli").string();
    rig_.application->settings().write_down = true;
  }
  // The engine: a line of shell.
  void engine_does(const std::string& line) const {
    const fs::path program = files_.path() / "whisper-cli";
    std::ofstream(program) << "#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in -of) of=$2;; esac; shift; done\n"
                           << "touch " << (files_.path() / "started").string() << "\n"
                           << line << "\n";
    ::chmod(program.c_str(), 0755);
  }
  bool has_captions() const { return fs::exists(take_.folder / "captions.vtt"); }
  bool has_started() const { return fs::exists(files_.path() / "started"); }

  ScopedFolder files_;
  DeskStory rig_;
  Take take_;
  int changes_ = 0;
  TranscriptDesk transcripts_{rig_.desk, [this] { ++changes_; }};
};

TEST_F(TranscriptDeskTest, ADraftGetsItsWords) {
  engine_does(kWrites);
  transcripts_.consider();
  ASSERT_TRUE(rig_.comes_true([&] { return changes_ == 1; }));
  const auto captions = read_captions(take_.folder);
  ASSERT_TRUE(captions);
  EXPECT_EQ(captions->cues.at(0).text, "hello");
}

TEST_F(TranscriptDeskTest, NothingIsHeardWhileSomethingIsRecordedOrNobodyWishesIt) {
  engine_does(kWrites);
  rig_.state.record.phase = RecordPhase::Recording;
  transcripts_.consider();
  rig_.state.record.phase = RecordPhase::Armed;
  rig_.application->settings().write_down = false;
  transcripts_.consider();
  rig_.worker.run_later([](std::stop_token) {});
  EXPECT_FALSE(has_captions());
  EXPECT_FALSE(has_started());
}

TEST_F(TranscriptDeskTest, ARecordingEndsWhatIsUnderWayAndItBeginsAnewLater) {
  engine_does("exec sleep 1000");
  transcripts_.consider();
  ASSERT_TRUE(rig_.comes_true([&] { return has_started(); }));
  rig_.state.record.phase = RecordPhase::Recording;
  transcripts_.update();
  engine_does(kWrites);
  rig_.state.record.phase = RecordPhase::Armed;
  ASSERT_TRUE(rig_.comes_true([&] {
    transcripts_.consider();
    return changes_ == 1;
  }));
  EXPECT_TRUE(has_captions());
}

TEST_F(TranscriptDeskTest, WhatIsDoneOrHasCaptionsIsLeftAlone) {
  const fs::path takes = rig_.application->home().takes();
  const fs::path marks = files_.path() / "marks";
  EXPECT_TRUE(next_to_hear(takes, marks, {}).has_value());
  EXPECT_FALSE(next_to_hear(takes, marks, {take_.clip}).has_value());
  fs::create_directories(marks);
  std::ofstream(marks / take_.clip) << "";
  EXPECT_FALSE(next_to_hear(takes, marks, {}).has_value());
  fs::remove(marks / take_.clip);
  std::ofstream(take_.folder / "captions.vtt") << "WEBVTT\n";
  EXPECT_FALSE(next_to_hear(takes, marks, {}).has_value());
}

}  // namespace
}  // namespace meanwhile
