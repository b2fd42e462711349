#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "media/capture/devices.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/environment.h"
#include "tests/support/pulse_server.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;

// How much of a tone is in a block: about 0.5 for a full beep, near 0 for others (Goertzel's sum, written
// out).
double tone_level(const std::vector<float>& samples, double hertz) {
  double in_phase = 0;
  double quadrature = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(i) / 48000;
    in_phase += samples[i] * std::cos(angle);
    quadrature += samples[i] * std::sin(angle);
  }
  return 2 * std::hypot(in_phase, quadrature) / static_cast<double>(std::max<std::size_t>(samples.size(), 1));
}

bool has_tone(const KeepingSampleSink::Block& block, double hertz) {
  return tone_level(block.samples, hertz) > 0.2;
}

class PulseSound : public testing::Test {
 protected:
  void SetUp() override {
    auto server = PulseServer::start();
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
    environment_ = std::make_unique<ScopedEnvironment>(server_->environment());
  }

  void record(Result<std::unique_ptr<SampleSource>> source) {
    ASSERT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(samples_));
    ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 10; }));
  }

  bool hears(double hertz) {
    return samples_.wait_for([=](const auto& state) {
      return std::any_of(state.blocks.begin(), state.blocks.end(),
                         [=](const auto& b) { return has_tone(b, hertz); });
    });
  }

  const SteadyClock clock_;
  std::unique_ptr<PulseServer> server_;
  std::unique_ptr<ScopedEnvironment> environment_;
  KeepingSampleSink samples_;
  std::unique_ptr<SampleSource> source_;  // last: stopped before its sink goes
};

TEST_F(PulseSound, MicrophoneHearsWhatIsSaidAndNotWhatIsPlayed) {
  record(open_microphone("default", clock_));
  EXPECT_EQ(source_->info().channels, 1);
  EXPECT_EQ(source_->info().name, "Rig-Microphone");

  ASSERT_TRUE(server_->beep_on_speaker(700, milliseconds(400)));
  ASSERT_TRUE(server_->beep_into_microphone(440, milliseconds(400)));

  EXPECT_TRUE(hears(440));
  for (const auto& block : samples_.blocks()) EXPECT_FALSE(has_tone(block, 700));
}

TEST_F(PulseSound, SystemAudioHearsWhatIsPlayedInStereo) {
  record(open_system_audio("default", clock_));
  EXPECT_EQ(source_->info().channels, 2);

  ASSERT_TRUE(server_->beep_on_speaker(700, milliseconds(400)));

  EXPECT_TRUE(hears(700));
  EXPECT_EQ(samples_.blocks().back().channels, 2);
}

TEST_F(PulseSound, StampsAreSteadyAndCountUpWithTheSamples) {
  record(open_microphone(std::string("pulse:") + PulseServer::kMicrophone, clock_));
  ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 100; }));

  const auto blocks = samples_.blocks();

  // After the first second each block begins where the one before ended, within a fraction of a millisecond.
  for (std::size_t i = 51; i < blocks.size(); ++i) {
    const auto length = std::chrono::microseconds(blocks[i - 1].samples.size() * 1'000'000 / 48000);
    const auto gap = blocks[i].at - blocks[i - 1].at - length;
    EXPECT_LT(std::abs(gap.count()), 5'000) << "block " << i;
  }
}

TEST_F(PulseSound, BeepIsStampedWhenItWasPlayed) {
  record(open_microphone("default", clock_));
  ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 60; }));

  const auto before = clock_.now();
  ASSERT_TRUE(server_->beep_into_microphone(440, milliseconds(500)));
  const auto after = clock_.now();
  ASSERT_TRUE(hears(440));

  const auto blocks = samples_.blocks();
  const auto first =
      std::find_if(blocks.begin(), blocks.end(), [](const auto& block) { return has_tone(block, 440); });
  ASSERT_NE(first, blocks.end());
  EXPECT_GT(first->at + milliseconds(60), before);
  EXPECT_LT(first->at, after - milliseconds(300));
}

TEST_F(PulseSound, SaysWhenTheServerHasItMutedOrAtVolumeZero) {
  const auto says = [this](const std::vector<SourceState>& states) {
    return samples_.wait_for([&](const auto& state) { return state.states == states; });
  };
  record(open_microphone("default", clock_));
  ASSERT_TRUE(server_->control({"set-source-mute", PulseServer::kMicrophone, "1"}));
  EXPECT_TRUE(says({SourceState::Muted}));
  ASSERT_TRUE(server_->control({"set-source-mute", PulseServer::kMicrophone, "0"}));
  EXPECT_TRUE(says({SourceState::Muted, SourceState::Delivering}));
  ASSERT_TRUE(server_->control({"set-source-volume", PulseServer::kMicrophone, "0"}));
  EXPECT_TRUE(says({SourceState::Muted, SourceState::Delivering, SourceState::Muted}));
}

TEST_F(PulseSound, SaysThatItWasMutedBefore) {
  ASSERT_TRUE(server_->control({"set-source-mute", PulseServer::kMicrophone, "1"}));
  record(open_microphone("default", clock_));
  EXPECT_TRUE(samples_.wait_for([](const auto& state) { return !state.states.empty(); }));
}

// Stands still in the midst of it, as a program does that is stopped.
class StandingStill final : public SampleSink {
 public:
  explicit StandingStill(KeepingSampleSink& sink) : sink_(sink) {}
  void on_samples(FramePtr samples, MonotonicTime at) override {
    sink_.on_samples(std::move(samples), at);
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable never;
    if (++blocks_ == 60) never.wait_for(lock, std::chrono::seconds(3));
  }
  void on_ended(Error why) override { sink_.on_ended(std::move(why)); }

 private:
  KeepingSampleSink& sink_;
  int blocks_ = 0;
};

TEST_F(PulseSound, WhatWasSaidWhileTheProgramStoodStillIsThereAndInItsPlace) {
  StandingStill standing(samples_);
  auto source = open_microphone("default", clock_);
  ASSERT_TRUE(source);
  source_ = std::move(*source);
  ASSERT_TRUE(source_->start(standing));
  ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 260; }));
  source_->stop();

  const auto blocks = samples_.blocks();
  std::int64_t samples = 0;
  for (std::size_t i = 50; i < blocks.size(); ++i) {
    const auto counted = std::chrono::microseconds(samples * 1'000'000 / 48000);
    EXPECT_LT(std::abs((blocks[i].at - blocks[50].at - counted).count()), 25'000) << "block " << i;
    samples += static_cast<std::int64_t>(blocks[i].samples.size());
  }
}

TEST_F(PulseSound, UnpluggedMicrophoneEndsAndNeverBecomesAMonitor) {
  record(open_microphone("default", clock_));

  ASSERT_TRUE(server_->unplug_microphone());
  ASSERT_TRUE(samples_.wait_for_end());
  const auto blocks = samples_.blocks().size();
  ASSERT_TRUE(server_->beep_on_speaker(700, milliseconds(200)));

  EXPECT_EQ(samples_.end()->code, ErrorCode::Unavailable);
  EXPECT_NE(samples_.end()->message.find("unplugged"), std::string::npos) << samples_.end()->message;
  EXPECT_EQ(samples_.blocks().size(), blocks);
}

TEST_F(PulseSound, ServerThatDiesEndsTheSource) {
  record(open_microphone("default", clock_));

  server_->kill();

  ASSERT_TRUE(samples_.wait_for_end());
  EXPECT_EQ(samples_.end()->code, ErrorCode::Unavailable);
  EXPECT_NE(samples_.end()->message.find("server"), std::string::npos) << samples_.end()->message;
}

TEST_F(PulseSound, DefaultMicrophoneIsNeverAMonitor) {
  ASSERT_TRUE(server_->control({"set-default-source", PulseServer::kSpeakerMonitor}));
  const auto other = open_microphone("default", clock_);
  ASSERT_TRUE(other) << other.error().message;
  EXPECT_EQ((*other)->info().name, "Rig-Microphone");

  ASSERT_TRUE(server_->unplug_microphone());
  const auto none = open_microphone("default", clock_);

  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::NotFound);
}

std::string aux_map(int channels) {
  std::string map = "aux0";
  for (int i = 1; i < channels; ++i) map += ",aux" + std::to_string(i);
  return map;
}

TEST_F(PulseSound, EveryInputOfAnInterfaceComesAsItIs) {
  for (const int inputs : {8, 32}) {
    const std::string name = "interface" + std::to_string(inputs);
    const auto place = static_cast<std::size_t>(inputs - 3);
    ASSERT_TRUE(server_->add_microphone(name, aux_map(inputs)));
    const auto tone = server_->start_tone(name, aux_map(inputs), place, 440);
    ASSERT_TRUE(tone);
    KeepingSampleSink sink;
    const auto source = open_microphone("pulse:" + name, clock_);
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ((*source)->info().channels, inputs);
    EXPECT_FALSE((*source)->info().sides);
    ASSERT_TRUE((*source)->start(sink));
    EXPECT_TRUE(sink.wait_for([&](const auto& state) {
      return !state.blocks.empty() && state.blocks.back().peaks[place] > 0.4F;
    })) << inputs;
    (*source)->stop();
    const auto peaks = sink.blocks().back().peaks;
    ASSERT_EQ(peaks.size(), static_cast<std::size_t>(inputs));
    EXPECT_NEAR(peaks[place], 0.49, 0.02);
    EXPECT_LT(peaks[0], 0.001F);
    EXPECT_LT(peaks[place + 1], 0.001F);
  }
}

TEST_F(PulseSound, LeftAndRightOfFourAreKnown) {
  ASSERT_TRUE(server_->add_microphone("four", "rear-left,front-left,front-right,rear-right"));
  const auto source = open_microphone("pulse:four", clock_);
  ASSERT_TRUE(source) << source.error().message;
  ASSERT_TRUE((*source)->info().sides);
  EXPECT_EQ((*source)->info().sides->left, 1);
  EXPECT_EQ((*source)->info().sides->right, 2);
}

TEST_F(PulseSound, InputsCanBeChosen) {
  ASSERT_TRUE(server_->add_microphone("eight", aux_map(8)));
  const auto tone = server_->start_tone("eight", aux_map(8), 4, 440);
  ASSERT_TRUE(tone);
  record(open_microphone("pulse:eight@5", clock_));
  EXPECT_EQ(source_->info().channels, 1);
  EXPECT_EQ(source_->info().name, "eight, Input 5");
  EXPECT_TRUE(hears(440));

  const auto pair = open_microphone("pulse:eight@4+5", clock_);
  ASSERT_TRUE(pair) << pair.error().message;
  EXPECT_EQ((*pair)->info().channels, 2);
  EXPECT_EQ((*pair)->info().name, "eight, Inputs 4 and 5");
  for (const char* wrong : {"pulse:eight@9", "pulse:eight@0", "pulse:eight@", "pulse:eight@1+2+3",
                            "pulse:eight@x", "pulse:eight@1+"}) {
    const auto source = open_microphone(wrong, clock_);
    ASSERT_FALSE(source) << wrong;
    EXPECT_EQ(source.error().code, ErrorCode::InvalidArgument) << wrong;
  }
  EXPECT_EQ(open_microphone("pulse:nobody@1", clock_).error().code, ErrorCode::NotFound);
}

TEST_F(PulseSound, WhatALoudspeakerOfManyPlaysIsHeard) {
  ASSERT_TRUE(server_->control({"load-module", "module-null-sink", "sink_name=feed_pro", "norewinds=1",
                                "rate=48000", "channels=8", "channel_map=" + aux_map(8)}));
  ASSERT_TRUE(server_->control({"set-default-sink", "feed_pro"}));
  const auto tone = server_->start_tone("pro", aux_map(8), 0, 440);
  ASSERT_TRUE(tone);
  record(open_system_audio("default", clock_));
  EXPECT_EQ(source_->info().channels, 2);
  EXPECT_TRUE(hears(440));
}

TEST_F(PulseSound, UnknownSourceIsNotFound) {
  const auto source = open_microphone("pulse:nobody", clock_);

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::NotFound);
}

TEST_F(PulseSound, DevicesAreListedWithTheirNamesAndDefaults) {
  const auto devices = list_devices();

  const auto find = [&devices](const std::string& spec) {
    return std::find_if(devices.begin(), devices.end(),
                        [&](const Device& device) { return device.spec == spec; });
  };
  const auto microphone = find("pulse:rig_mic");
  const auto system = find("pulse:rig_speaker.monitor");
  ASSERT_NE(microphone, devices.end());
  ASSERT_NE(system, devices.end());
  EXPECT_EQ(microphone->kind, DeviceKind::Microphone);
  EXPECT_EQ(microphone->name, "Rig-Microphone");
  EXPECT_TRUE(microphone->is_default);
  EXPECT_EQ(system->kind, DeviceKind::SystemAudio);
  EXPECT_TRUE(system->is_default);
  EXPECT_EQ(microphone->inputs, 1);
  EXPECT_EQ(input_spec(*microphone, 3), "pulse:rig_mic@3");
}

TEST(OpenMicrophone, WithoutAServerIsNotFound) {
  const ScopedFolder empty;
  const std::string nothing = (empty.path() / "native").string();
  const ScopedEnvironment environment(Environment{{"PULSE_SERVER", "unix:" + nothing}});
  const SteadyClock clock;

  const auto source = open_microphone("default", clock);

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::NotFound);
}

TEST(OpenMicrophone, GarbageIsAnInvalidArgument) {
  const SteadyClock clock;
  for (const char* spec : {"", "pulse:", "x11::0", "default2", "microphone", "file:", "lavfi:", "ffmpeg:",
                           "ffmpeg:wav", "ffmpeg::x", "ffmpeg:no-such-format:x"}) {
    const auto source = open_microphone(spec, clock);
    ASSERT_FALSE(source) << spec;
    EXPECT_EQ(source.error().code, ErrorCode::InvalidArgument) << spec << ": " << source.error().message;
  }
}

}  // namespace
}  // namespace meanwhile
