// Recording by `meanwhile record`: how it ends, what is missing, what goes away, what a crash leaves.
#include <gtest/gtest.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <random>

#include "media/base/clock.h"
#include "media/base/identifier.h"
#include "tests/e2e/stage.h"
#include "tests/support/track_inspection.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

std::vector<std::string> track_names(const Json& document) {
  std::vector<std::string> names;
  for (const Json& track : document["tracks"]) names.push_back(track["name"]);
  return names;
}

MediaTime duration_of(const Json& document) {
  return MediaTime(document.value("duration_us", std::int64_t{0}));
}

bool warns_of(const Json& document, const std::string& word) {
  return std::ranges::any_of(document["warnings"], [&](const Json& warning) {
    return warning.get<std::string>().find(word) != std::string::npos;
  });
}

void expect_playable(const Person& person, const std::string& clip, MediaTime length) {
  const fs::path film = person.home() / (clip + ".mp4");
  const Answer answer = person.run({"export", clip, film.string()});
  ASSERT_EQ(answer.status, 0) << answer.err;
  const Film seen = look_at(film);
  EXPECT_TRUE(seen.decodes);
  EXPECT_EQ(seen.pictures, 1);
  EXPECT_NEAR(seen.seconds, to_seconds(length), 0.3);
}

class Recording : public testing::Test {
 protected:
  // Starts, changes the world in the midst of it, which is to be said while it happens, and ends with SIGTERM
  // at kLength.
  Answer record_through(const Person& person, const std::function<void()>& change, const std::string& said) {
    auto recording = person.start({"record", "--json"});
    let_it_record(person, milliseconds(1000));
    change();
    EXPECT_TRUE(wait_until([&] { return recording.said().contains(said); })) << recording.said();
    let_it_record(person, kLength);
    recording.signal(SIGTERM);
    return recording.wait();
  }

  static constexpr milliseconds kLength{2500};

  Stage stage_;
};

using Names = std::vector<std::string>;
const Names kAllThree{"screen", "camera", "voice"};

TEST_F(Recording, EndsCleanlyBySignal) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    SCOPED_TRACE(strsignal(signal));
    const Person anna = stage_.person("anna-" + std::to_string(signal));
    auto recording = anna.start({"record", "--json"});
    let_it_record(anna, milliseconds(1500));
    recording.signal(signal);
    const Answer answer = recording.wait();

    EXPECT_EQ(answer.status, 0) << answer.err;
    ASSERT_TRUE(answer.json.is_object()) << answer.out;
    EXPECT_EQ(track_names(answer.json), kAllThree);
    EXPECT_GE(duration_of(answer.json), milliseconds(1500));
    const Json takes = anna.ask({"takes"}).json["takes"];
    ASSERT_EQ(takes.size(), 1U);
    EXPECT_EQ(takes[0]["state"], "finished");
    if (signal == SIGTERM) expect_playable(anna, takes[0]["clip"], duration_of(answer.json));
  }
}

// How much longer is the machine's doing.
TEST_F(Recording, EndsByItselfAndNoSoonerThanItWasTold) {
  const Person anna = stage_.person("anna");
  for (const char* length : {"3s", "1500ms", "2"}) {
    const Answer answer = anna.ask({"record", "--for", length});
    ASSERT_EQ(answer.status, 0) << answer.err;
    EXPECT_GE(duration_of(answer.json), *parse_duration(length));
  }
}

TEST_F(Recording, StopsInTheCountdownWithoutATake) {
  const Person anna = stage_.person("anna");
  auto recording = anna.start({"record", "--countdown", "30"});
  ASSERT_TRUE(wait_until([&] { return recording.said().find("recording in 30") != std::string::npos; }));
  recording.signal(SIGINT);
  const Answer answer = recording.wait();

  EXPECT_EQ(answer.status, 1);
  EXPECT_NE(answer.err, "");
  EXPECT_EQ(anna.ask({"takes"}).json["takes"].size(), 0U);
}

TEST_F(Recording, WindowIsListedAndItsClosingEndsItsTrackOnly) {
  const Person anna = stage_.person("anna");
  const auto window = stage_.hands().open_window({100, 100, 640, 360}, 0x00ff00, "Slides", "Impress");
  const Json devices = anna.ask({"devices"}).json["devices"];
  const auto listed =
      std::ranges::find_if(devices, [](const Json& device) { return device["kind"] == "window"; });
  ASSERT_NE(listed, devices.end()) << devices.dump();
  EXPECT_EQ((*listed)["name"], "Slides (Impress)");

  auto recording = anna.start({"record", "--json", "--screen", (*listed)["spec"], "--camera", "none"});
  let_it_record(anna, milliseconds(1000));
  stage_.hands().close_window(window);
  EXPECT_TRUE(wait_until([&] { return recording.said().contains("the window was closed"); }))
      << recording.said();
  recording.signal(SIGTERM);
  const Answer answer = recording.wait();

  ASSERT_EQ(answer.status, 0) << answer.err;
  EXPECT_EQ(track_names(answer.json), (Names{"screen", "voice"}));
  EXPECT_EQ(answer.json["tracks"][0]["width"], 640);
  EXPECT_EQ(answer.json["tracks"][0]["height"], 360);
  EXPECT_TRUE(warns_of(answer.json, "the window was closed")) << answer.json["warnings"].dump();
}

TEST_F(Recording, GoesOnWithoutCameraOrMicrophoneAndSaysSo) {
  const Answer no_camera = stage_.person("a", {.camera = false}).ask({"record", "--for", "2s"});
  ASSERT_EQ(no_camera.status, 0) << no_camera.err;
  EXPECT_EQ(track_names(no_camera.json), (Names{"screen", "voice"}));
  EXPECT_TRUE(warns_of(no_camera.json, "amera")) << no_camera.json["warnings"].dump();

  const Answer no_sound = stage_.person("b", {.microphone = false}).ask({"record", "--for", "2s"});
  ASSERT_EQ(no_sound.status, 0) << no_sound.err;
  EXPECT_EQ(track_names(no_sound.json), (Names{"screen", "camera"}));
  EXPECT_TRUE(warns_of(no_sound.json, "icrophone")) << no_sound.json["warnings"].dump();

  const Answer asked = stage_.person("c").ask({"record", "--for", "1s", "--camera", "none", "--mic", "none"});
  ASSERT_EQ(asked.status, 0) << asked.err;
  EXPECT_EQ(track_names(asked.json), Names{"screen"});
  EXPECT_EQ(asked.json["warnings"].size(), 0U) << asked.json["warnings"].dump();
}

TEST_F(Recording, RefusesADeviceThatWasNamedAndIsNotThere) {
  const Person anna = stage_.person("anna");
  const std::vector<std::vector<std::string>> missing{{"--camera", "v4l2:/dev/video77"},
                                                      {"--mic", "pulse:no_such_microphone"},
                                                      {"--screen", "x11:no-such-monitor"},
                                                      {"--camera", "file:/no/such/film.mp4"},
                                                      {"--mic", "lavfi:nosuchfilter"}};
  for (const auto& words : missing) {
    SCOPED_TRACE(words[1]);
    const Answer answer = anna.run({"record", "--for", "1s", words[0], words[1]});
    EXPECT_TRUE(answer.status == 1 || answer.status == 2) << answer.status;
    EXPECT_EQ(answer.out, "");
    EXPECT_EQ(std::ranges::count(answer.err, '\n'), 1) << answer.err;
  }
  EXPECT_EQ(anna.run({"record", "--for", "1s", "--camera", "v4l2:/dev/video77"}).status, 1);
  EXPECT_EQ(
      anna.run({"record", "--for", "1s", "--screen", "none", "--camera", "none", "--mic", "none"}).status, 2);
  EXPECT_EQ(anna.ask({"takes"}).json["takes"].size(), 0U);
}

TEST_F(Recording, GoesOnWhenTheMicrophoneIsPulledOut) {
  const Person anna = stage_.person("anna");
  const Answer answer =
      record_through(anna, [&] { EXPECT_TRUE(stage_.sound().unplug_microphone()); }, "Rig-Microphone");

  ASSERT_EQ(answer.status, 0) << answer.err;
  EXPECT_EQ(track_names(answer.json), kAllThree);
  EXPECT_TRUE(warns_of(answer.json, "Rig-Microphone")) << answer.json["warnings"].dump();
  EXPECT_GE(duration_of(answer.json["tracks"][0]), kLength);
  EXPECT_GE(duration_of(answer.json["tracks"][1]), kLength);
  expect_playable(anna, answer.json["clip"], duration_of(answer.json));
}

TEST_F(Recording, GoesOnWhenTheCameraIsPulledOut) {
  const Person anna = stage_.person("anna");
  const Answer answer =
      record_through(anna, [&] { stage_.camera().set(FakeCamera::State::Unplugged); }, "Rig Camera");

  ASSERT_EQ(answer.status, 0) << answer.err;
  EXPECT_EQ(track_names(answer.json), kAllThree);
  EXPECT_TRUE(warns_of(answer.json, "Rig Camera")) << answer.json["warnings"].dump();
  EXPECT_EQ(answer.json["tracks"][1]["health"]["state"], "lost");
  // Its last picture stands to the end.
  for (const Json& track : answer.json["tracks"]) EXPECT_GE(duration_of(track), kLength);
  expect_playable(anna, answer.json["clip"], duration_of(answer.json));
}

TEST_F(Recording, EndsWholeWhenTheXServerDies) {
  const Person anna = stage_.person("anna");
  const Answer answer = record_through(anna, [&] { stage_.screen().kill(); }, "screen");

  ASSERT_EQ(answer.status, 0) << answer.err;
  EXPECT_FALSE(answer.json["warnings"].empty());
  EXPECT_GE(duration_of(answer.json["tracks"][2]), kLength);
  expect_playable(anna, answer.json["clip"], duration_of(answer.json));
}

// What the killed take lost of its shortest track, as far as it is on the disk; checks all that is promised
// of it.
MediaTime loss_of(const Person& anna, WallTime killed) {
  const Json before = anna.ask({"takes"}).json["takes"];
  EXPECT_EQ(before.size(), 1U);
  if (before.size() != 1) return MediaTime::max();
  const auto started = parse_rfc3339(before[0].value("started", ""));
  EXPECT_TRUE(started);
  const Answer recovered = anna.ask({"recover"});
  EXPECT_EQ(recovered.status, 0) << recovered.err;
  EXPECT_EQ(recovered.json["takes"].size(), 1U) << recovered.out;
  if (!started || recovered.json["takes"].size() != 1) return MediaTime::max();
  const Json& take = recovered.json["takes"][0];
  EXPECT_EQ(take["state"], "recovered");
  EXPECT_EQ(track_names(take), kAllThree);
  MediaTime shortest = MediaTime::max();
  for (const Json& track : take["tracks"]) shortest = std::min(shortest, duration_of(track));
  expect_playable(anna, take["clip"], duration_of(take));
  EXPECT_EQ(anna.ask({"recover"}).json["takes"].size(), 0U) << "recovered twice";
  return killed - *started - shortest;
}

TEST_F(Recording, KilledAtAnyMomentItLosesAtMostTwoSeconds) {
  constexpr MediaTime kPromised = std::chrono::seconds(2);
  const SteadyClock clock;
  std::minstd_rand random(std::random_device{}());
  for (int i = 0; i < 5; ++i) {
    const Person anna = stage_.person("anna-" + std::to_string(i));
    auto recording = anna.start({"record"});
    let_it_record(anna, milliseconds(1500));
    // Files grow by fragments; a death asks for no such border.
    const MonotonicTime moment = clock.now() + milliseconds(random() % 2000);
    EXPECT_TRUE(wait_until([&] { return clock.now() >= moment; }));
    recording.signal(SIGKILL);
    const WallTime killed = wall_now();
    EXPECT_EQ(recording.wait().status, 128 + SIGKILL);
    const MediaTime loss = loss_of(anna, killed);
    std::printf("%.2f s lost\n", to_seconds(loss));
    EXPECT_LE(loss, kPromised);
  }
}

TEST_F(Recording, TakeThatIsBeingRecordedIsLeftAlone) {
  const Person anna = stage_.person("anna");
  auto recording = anna.start({"record", "--json"});
  let_it_record(anna, milliseconds(500));

  const Json takes = anna.ask({"takes"}).json["takes"];
  ASSERT_EQ(takes.size(), 1U);
  const std::string clip = takes[0]["clip"];
  EXPECT_EQ(takes[0]["state"], "being recorded");
  EXPECT_EQ(anna.ask({"recover"}).json["takes"].size(), 0U);
  EXPECT_EQ(anna.run({"publish", clip}).status, 1);
  EXPECT_EQ(anna.run({"discard", clip}).status, 1);

  recording.signal(SIGINT);
  EXPECT_EQ(recording.wait().status, 0);
  EXPECT_EQ(anna.run({"discard", clip}).status, 0);
  EXPECT_EQ(anna.ask({"takes"}).json["takes"].size(), 0U);
  EXPECT_FALSE(fs::exists(anna.takes() / clip));
}

// A terminal with somebody typing.
class Terminal {
 public:
  Terminal() { EXPECT_EQ(::openpty(&keyboard_, &program_, nullptr, nullptr, nullptr), 0); }
  ~Terminal() {
    ::close(keyboard_);
    ::close(program_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  int program_side() const { return program_; }
  void type(char key) const { EXPECT_EQ(::write(keyboard_, &key, 1), 1); }
  void type(const std::string& bytes) const {
    EXPECT_EQ(::write(keyboard_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  // As a shell has it while it is at the prompt.
  void give_to_shell() const {
    termios settings{};
    ASSERT_EQ(::tcgetattr(keyboard_, &settings), 0);
    settings.c_lflag |= static_cast<tcflag_t>(ICANON | ECHO);
    ASSERT_EQ(::tcsetattr(keyboard_, TCSANOW, &settings), 0);
  }
  bool gives_single_keys() const {
    termios settings{};
    return ::tcgetattr(keyboard_, &settings) == 0 && (settings.c_lflag & static_cast<tcflag_t>(ICANON)) == 0;
  }

 private:
  int keyboard_ = -1;
  int program_ = -1;
};

// Types a key and waits for what the program says to it.
void type_and_read(const Terminal& terminal, char key, const RunningCommand& recording, const char* answer) {
  terminal.type(key);
  EXPECT_TRUE(wait_until([&] { return recording.said().contains(answer); })) << recording.said();
}

TEST_F(Recording, KeysOfTheTerminalPauseMuteTakeBackAndStop) {
  const Person anna = stage_.person("anna");
  const Terminal terminal;
  auto recording = anna.start({"record", "--json"}, terminal.program_side());
  let_it_record(anna, milliseconds(1500));
  type_and_read(terminal, ' ', recording, "Paused");
  type_and_read(terminal, ' ', recording, "Recording again");
  type_and_read(terminal, 'm', recording, "muted");
  type_and_read(terminal, 'M', recording, "microphone is on again");
  type_and_read(terminal, 'b', recording, "taken back");
  type_and_read(terminal, 'p', recording, "Recording again");
  let_it_record(anna, milliseconds(1000));
  terminal.type('s');
  const Answer answer = recording.wait();
  ASSERT_EQ(answer.status, 0) << answer.err;
  EXPECT_EQ(track_names(answer.json), kAllThree);
  EXPECT_GE(duration_of(answer.json), milliseconds(900));
}

TEST_F(Recording, KeysWorkAgainAfterTheShellHadTheTerminal) {
  const Person anna = stage_.person("anna");
  const Terminal terminal;
  auto recording = anna.start({"record", "--json"}, terminal.program_side());
  let_it_record(anna, milliseconds(500));
  recording.signal(SIGSTOP);
  terminal.give_to_shell();
  recording.signal(SIGCONT);
  EXPECT_TRUE(wait_until([&] { return terminal.gives_single_keys(); }));
  terminal.type('s');
  EXPECT_EQ(recording.wait().status, 0);
}

TEST_F(Recording, KeysOfAnotherScriptCountByTheirPlacesAndArrowsDoNothing) {
  const Person anna = stage_.person("anna");
  const Terminal terminal;
  auto recording = anna.start({"record", "--json"}, terminal.program_side());
  let_it_record(anna, milliseconds(500));
  terminal.type("\x1b[B\x1bOS\x1b[1;5B");
  terminal.type("\xd1\x8c");  // the key of M in Russian
  EXPECT_TRUE(wait_until([&] { return recording.said().contains("muted"); })) << recording.said();
  EXPECT_FALSE(recording.said().contains("taken back"));
  terminal.type("\xcf\x83");  // the key of S in Greek
  EXPECT_EQ(recording.wait().status, 0);
}

TEST_F(Recording, KeysOfTheTerminalBeginAnewAndDiscardOnlyWithShift) {
  const Person anna = stage_.person("anna");
  const Terminal terminal;
  auto recording = anna.start({"record"}, terminal.program_side());
  let_it_record(anna, milliseconds(200));
  const fs::path first = only_take(anna);
  terminal.type('x');
  terminal.type('r');
  type_and_read(terminal, 'R', recording, "Started over");
  EXPECT_FALSE(fs::exists(first));
  terminal.type('X');
  EXPECT_EQ(recording.wait().status, 1);
  EXPECT_EQ(anna.ask({"takes"}).json["takes"].size(), 0U);
}

}  // namespace
}  // namespace meanwhile::e2e
