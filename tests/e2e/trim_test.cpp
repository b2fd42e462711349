// In and out points: what a person trims away is in nobody's hands afterwards.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <map>

#include "media/record/take_cut.h"
#include "tests/e2e/stage.h"
#include "tests/support/track_inspection.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::uint32_t kSecret = 0xffffff;
constexpr std::uint32_t kWanted = 0x00a000;
constexpr double kSecretLuma = 190;
constexpr MediaTime kKept = milliseconds(2500);
constexpr MediaTime kMargin = milliseconds(200);  // the sound's way into the take

Json done(const Person& person, const std::vector<std::string>& words) {
  const Answer answer = person.ask(words);
  EXPECT_EQ(answer.status, 0) << words.front() << ": " << answer.err;
  return answer.json.is_object() ? answer.json : Json::object();
}

double brightest(const fs::path& track) {
  const auto pictures = pictures_of(track);
  EXPECT_TRUE(pictures) << track << ": " << pictures.error().message;
  double most = 0;
  if (!pictures) return most;
  for (const PictureFacts& picture : *pictures) most = std::max(most, picture.luma);
  return most;
}

float loudest_sample(const fs::path& track) {
  const auto sound = sound_of(track);
  EXPECT_TRUE(sound) << track << ": " << sound.error().message;
  float most = 0;
  if (!sound) return most;
  for (const float sample : sound->samples) most = std::max(most, std::abs(sample));
  return most;
}

class Trimming : public testing::Test {
 protected:
  void fill(std::uint32_t colour) {
    stage_.hands().fill({0, 0, kScreenSize.width, kScreenSize.height}, colour);
  }

  struct Recorded {
    std::string clip;
    MediaTime from{};  // whole seconds
  };
  // The screen is green and still for kKept at least from `from` on. Before and after that it is white, and
  // the microphone beeps.
  Recorded record() {
    fill(kSecret);
    auto recording = anna_.start({"record", "--title", "Where we stand", "--json"});
    let_it_record(anna_, milliseconds(500));
    EXPECT_TRUE(stage_.sound().beep_into_microphone(440, milliseconds(1000)));
    fill(kWanted);
    Recorded recorded;
    EXPECT_TRUE(wait_until([&] { return (recorded.from = end_of_secret()) > MediaTime{}; }));
    let_it_record(anna_, recorded.from + kKept + kMargin);
    fill(kSecret);
    EXPECT_TRUE(stage_.sound().beep_into_microphone(440, milliseconds(1000)));
    recording.signal(SIGTERM);
    const Answer answer = recording.wait();
    EXPECT_EQ(answer.status, 0) << answer.err;
    if (answer.json.is_object()) recorded.clip = answer.json.value("clip", "");
    return recorded;
  }
  // The first whole second after the screen has become green; 0: it isn't yet, as far as that is on the disk.
  MediaTime end_of_secret() const {
    const auto pictures = pictures_of(only_take(anna_) / "screen.mp4");
    if (!pictures) return {};
    const auto green = std::ranges::find_if(
        *pictures, [](const PictureFacts& picture) { return picture.luma < kSecretLuma; });
    if (green == pictures->end()) return {};
    return std::chrono::ceil<std::chrono::seconds>(green->at + kMargin);
  }
  // The track as anyone who reads the library has it.
  fs::path from_library(const std::string& clip, const std::string& track) const {
    std::map<std::string, fs::path> parts;
    for (const auto& entry : fs::recursive_directory_iterator(stage_.library())) {
      const fs::path path = entry.path();
      if (path.parent_path().filename() == track && path.parent_path().parent_path().filename() == clip)
        parts[path.extension() == ".mp4" ? "" : path.filename().string()] = path;
    }
    EXPECT_GE(parts.size(), 2U) << track;
    const fs::path joined = stage_.folder() / (track + "-of-the-library.mp4");
    std::ofstream out(joined, std::ios::binary);
    for (const auto& [name, path] : parts) out << text_of_file(path);
    return joined;
  }

  Stage stage_;
  const Person anna_ = stage_.person("anna");
  const Person ben_ = stage_.person("ben");
};

TEST_F(Trimming, WhatIsTrimmedAwayIsNeitherInTheLibraryNorLeftAtHome) {
  const auto [clip, from] = record();
  ASSERT_GT(brightest(anna_.takes() / clip / "screen.mp4"), kSecretLuma);
  ASSERT_GT(loudest_sample(anna_.takes() / clip / "voice.mp4"), 0.05F);

  const MediaTime to = from + kKept;
  const std::string from_second =
      fmt::format("0:{:02}", std::chrono::floor<std::chrono::seconds>(from).count());
  const Json trimmed =
      done(anna_, {"trim", "latest", "--from", from_second, "--to", fmt::format("{:.1f}", to_seconds(to))});
  EXPECT_EQ(trimmed["trim"]["from_us"], from.count());
  EXPECT_EQ(done(anna_, {"takes"})["takes"][0]["trim"]["to_us"], to.count());
  EXPECT_TRUE(anna_.run({"takes"}).out.contains(
      fmt::format("trimmed to {}.0 to 0:{:04.1f}", from_second, to_seconds(to))));

  // Nothing is cut yet, but a look at it is a look at what is wanted.
  const fs::path film = stage_.folder() / "take.mp4";
  EXPECT_EQ(done(anna_, {"export", clip, film.string(), "--layout", "screen"})["duration_us"], 2'500'000);
  EXPECT_NEAR(look_at(film).seconds, 2.5, 0.1);
  EXPECT_LT(colour_at(film, 0.0, 0, 0, 1, 1).red, 80);
  EXPECT_LT(colour_at(film, 2.4, 0, 0, 1, 1).red, 80);
  EXPECT_LT(loudest(film), 0.05);

  const Json published = done(anna_, {"publish", clip});
  EXPECT_EQ(published["published"], true);
  EXPECT_LT(brightest(from_library(clip, "screen")), kSecretLuma);
  EXPECT_LT(loudest_sample(from_library(clip, "voice")), 0.05F);
  EXPECT_TRUE(pictures_of(from_library(clip, "camera")));
  EXPECT_LT(brightest(anna_.takes() / clip / "screen.mp4"), kSecretLuma);
  for (const auto& entry : fs::directory_iterator(anna_.takes()))
    EXPECT_EQ(entry.path().filename(), clip) << "left over";

  const Json shown = done(ben_, {"show", clip});
  EXPECT_NEAR(shown["duration_us"].get<double>(), 2.5e6, 1e3);
  EXPECT_EQ(shown["tracks"].size(), 3U);
  EXPECT_EQ(done(ben_, {"verify", clip})["whole"], true);
  const fs::path bens = stage_.folder() / "bens.mp4";
  done(ben_, {"export", clip, bens.string()});
  const Film film_of_ben = look_at(bens);
  EXPECT_TRUE(film_of_ben.decodes);
  EXPECT_NEAR(film_of_ben.seconds, 2.5, 0.1);
  EXPECT_EQ(film_of_ben.sounds, 1);

  const Answer late = anna_.ask({"trim", clip, "--none"});
  EXPECT_NE(late.status, 0);
  EXPECT_NE(late.err.find("published"), std::string::npos) << late.err;
}

TEST_F(Trimming, CanBeChangedAndUndoneAndSaysWhatIsWrong) {
  const std::string clip = done(anna_, {"record", "--for", "2s"})["clip"];
  done(anna_, {"trim", clip, "--from", "0.5"});
  EXPECT_EQ(done(anna_, {"trim", clip, "--to", "1.5"})["trim"]["from_us"], 500'000);
  EXPECT_FALSE(done(anna_, {"trim", clip, "--none"}).contains("trim"));
  EXPECT_NE(anna_.run({"trim", clip, "--from", "9"}).err.find("before the draft's end"), std::string::npos);
  EXPECT_EQ(anna_.run({"trim", clip}).status, 2);
  EXPECT_EQ(anna_.run({"trim", clip, "--none", "--to", "1"}).status, 2);
}

TEST_F(Trimming, CrashBeforeThePublicationIsJournaledLeavesTheWholeTake) {
  const std::string clip = done(anna_, {"record", "--for", "2s"})["clip"];
  done(anna_, {"trim", clip, "--from", "1"});
  const std::string library = done(anna_, {"library", "status"})["id"];
  const fs::path take = anna_.takes() / clip;
  if (const pid_t child = ::fork(); child == 0) {
    const auto cut = TakeCut::make(take, library);
    ::kill(::getpid(), SIGKILL);
  } else {
    ::waitpid(child, nullptr, 0);
  }
  ASSERT_TRUE(fs::exists(folder_of_whole(take)));

  done(anna_, {"list"});
  EXPECT_FALSE(fs::exists(folder_of_whole(take)));
  EXPECT_EQ(done(anna_, {"takes"})["takes"][0]["trim"]["from_us"], 1'000'000);

  EXPECT_EQ(done(anna_, {"publish", clip})["published"], true);
  EXPECT_NEAR(done(ben_, {"show", clip})["duration_us"].get<double>(), 1e6, 0.1e6);
  // As if the crash had come right after the journal: the whole one goes.
  fs::copy(take, folder_of_whole(take));
  done(anna_, {"list"});
  EXPECT_FALSE(fs::exists(folder_of_whole(take)));
  EXPECT_EQ(done(anna_, {"takes"})["takes"][0]["state"], "published");
}

}  // namespace
}  // namespace meanwhile::e2e
