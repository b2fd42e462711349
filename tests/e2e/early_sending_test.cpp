// What `record --publish` sends before the take ends, and what becomes of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <set>

#include "app/library/manifest.h"
#include "tests/e2e/stage.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;

class EarlySending : public testing::Test {
 protected:
  // A take that was killed after a segment of it had reached the library; made whole.
  std::string killed_take() {
    auto recording = anna_.start({"record", "--screen", "lavfi:testsrc2=size=320x180:rate=30", "--camera",
                                  "none", "--mic", "none", "--publish"});
    EXPECT_TRUE(wait_until([this] { return std::ranges::any_of(stored(), is_segment); }));
    recording.signal(SIGKILL);
    (void)recording.wait();
    const Answer recovered = anna_.ask({"recover"});
    EXPECT_EQ(recovered.status, 0) << recovered.err;
    return recovered.json["takes"][0].value("clip", "");
  }
  static bool is_segment(const std::string& path) { return path.ends_with(".m4s"); }

  // The files of clips in the library: "screen/000001.m4s".
  std::set<std::string> stored() const {
    std::set<std::string> files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(stage_.library() / "clips", error)) {
      if (!entry.is_regular_file()) continue;
      const std::string folder = entry.path().parent_path().filename();
      files.insert(is_track_name(folder) ? folder + "/" + entry.path().filename().string()
                                         : entry.path().filename().string());
    }
    return files;
  }
  std::set<std::string> named_by(const std::string& clip) const {
    const std::string text = text_of_file(stage_.library() / manifest_key(clip));
    const Manifest manifest = parse_manifest(std::string_view(text)).value();
    std::set<std::string> files{"clip.json"};
    for (const ManifestFile& file : manifest.files) files.insert(file.name);
    for (const ManifestTrack& track : manifest.tracks) {
      files.insert(track.name + "/" + init_name(track.init_number));
      for (const ManifestSegment& segment : track.segments)
        files.insert(track.name + "/" + segment_name(segment.number));
    }
    return files;
  }
  void run(std::vector<std::string> words) {
    const Answer answer = anna_.run(words);
    EXPECT_EQ(answer.status, 0) << words.front() << ": " << answer.err;
  }
  void expect_whole_for_ben(const std::string& clip) {
    const Answer answer = ben_.run({"verify", clip});
    EXPECT_EQ(answer.status, 0) << answer.err;
  }

  Stage stage_;
  const Person anna_ = stage_.person("anna");
  const Person ben_ = stage_.person("ben");
};

TEST_F(EarlySending, WhatAKilledRecordingHadSentIsPartOfItsClip) {
  const std::string clip = killed_take();
  const std::set<std::string> early = stored();
  run({"publish", clip});
  expect_whole_for_ben(clip);
  EXPECT_TRUE(std::ranges::includes(named_by(clip), early)) << "something was sent twice";
  EXPECT_EQ(stored(), named_by(clip));
}

TEST_F(EarlySending, ADiscardedTakeTakesItAlong) {
  const std::string clip = killed_take();
  run({"discard", clip});
  run({"sync"});
  EXPECT_TRUE(stored().empty());
}

TEST_F(EarlySending, ATrimmedTakeLeavesNoneOfIt) {
  const std::string clip = killed_take();
  const std::set<std::string> early = stored();
  run({"trim", clip, "--from", "1.5", "--to", "4"});
  run({"publish", clip});
  run({"sync"});
  expect_whole_for_ben(clip);
  EXPECT_EQ(stored(), named_by(clip));
  for (const std::string& file : early) EXPECT_FALSE(stored().contains(file)) << file;
}

// The take is this machine's copy; the clip is everybody's.
TEST_F(EarlySending, ThrowingThePublishedTakeAwayLeavesTheClipAsItIs) {
  const std::string clip = killed_take();
  run({"publish", clip});
  const std::set<std::string> published = stored();
  run({"discard", clip});
  run({"sync"});
  EXPECT_EQ(stored(), published);
  expect_whole_for_ben(clip);
  EXPECT_EQ(anna_.ask({"takes"}).json["takes"].size(), 0U);
}

}  // namespace
}  // namespace meanwhile::e2e
