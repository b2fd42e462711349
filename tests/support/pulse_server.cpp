#include "tests/support/pulse_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <mutex>
#include <numbers>
#include <vector>

namespace meanwhile {
namespace {

constexpr auto kStartTimeout = std::chrono::seconds(20);
constexpr int kRate = 48000;

// A RIFF header for 16 bit mono: http://soundfile.sapp.org/doc/WaveFormat/
std::string wav_header(std::uint32_t data_bytes) {
  std::string header;
  const auto number = [&header](std::uint32_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) header.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
  };
  header += "RIFF";
  number(36 + data_bytes, 4);
  header += "WAVEfmt ";
  number(16, 4);
  number(1, 2);  // PCM
  number(1, 2);  // channels
  number(kRate, 4);
  number(kRate * 2, 4);
  number(2, 2);
  number(16, 2);
  header += "data";
  number(data_bytes, 4);
  return header;
}

}  // namespace

Result<void> write_beep(const std::filesystem::path& wav, double hertz, std::chrono::milliseconds length) {
  const auto count = static_cast<std::size_t>(kRate * length.count() / 1000);
  std::vector<std::int16_t> samples(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(i) / kRate;
    samples[i] = static_cast<std::int16_t>(16000 * std::sin(angle));
  }
  const auto bytes = static_cast<std::uint32_t>(count * sizeof(std::int16_t));
  std::ofstream file(wav, std::ios::binary);
  file << wav_header(bytes);
  file.write(reinterpret_cast<const char*>(samples.data()), bytes);
  if (!file.flush()) return fail(ErrorCode::Io, "writing " + wav.string());
  return {};
}

Result<std::unique_ptr<PulseServer>> PulseServer::start() {
  std::unique_ptr<PulseServer> server(new PulseServer);
  MEANWHILE_TRY(server->set_up());
  return server;
}

Environment PulseServer::environment() const {
  const std::string folder = folder_.path().string();
  return {{"PULSE_SERVER", "unix:" + folder + "/native"},
          {"PULSE_RUNTIME_PATH", folder},
          {"PULSE_COOKIE", folder + "/cookie"},
          {"XDG_RUNTIME_DIR", folder}};
}

Result<void> PulseServer::set_up() {
  const std::string folder = folder_.path().string();
  const std::string socket = folder + "/native";
  Environment environment = this->environment();
  environment.emplace_back("HOME", folder);
  environment.emplace_back("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder + "/no-bus");
  // -n: no default script. Without norewinds=1 the monitors of null sinks lose a second now and then.
  auto process = ChildProcess::start(
      {"pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--realtime=no", "--high-priority=no",
       "--use-pid-file=no", "-L", "module-native-protocol-unix auth-anonymous=1 socket=" + socket, "-L",
       "module-null-sink sink_name=rig_speaker norewinds=1 rate=48000 "
       "sink_properties=device.description=Rig-Speaker",
       "-L",
       "module-null-sink sink_name=rig_micfeed norewinds=1 rate=48000 channels=1 "
       "sink_properties=device.description=Rig-Micfeed"},
      {.environment = environment, .output = folder_.path() / "log"});
  if (!process) return std::unexpected(process.error());
  process_ = std::move(*process);
  const auto deadline = std::chrono::steady_clock::now() + kStartTimeout;
  std::mutex mutex;
  std::condition_variable never;
  while (!control({"info"})) {
    if (std::chrono::steady_clock::now() > deadline)
      return fail(ErrorCode::Unavailable, "starting PulseAudio");
    std::unique_lock lock(mutex);
    never.wait_for(lock, std::chrono::milliseconds(50));
  }
  MEANWHILE_TRY(plug_microphone());
  MEANWHILE_TRY(control({"set-default-sink", kSpeaker}));
  return control({"set-default-source", kMicrophone});
}

Result<void> PulseServer::control(const std::vector<std::string>& arguments) const {
  std::vector<std::string> words{"pactl"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const auto status = run_program(words, {.environment = environment(), .output = {}});
  if (!status) return std::unexpected(status.error());
  if (*status != 0)
    return fail(ErrorCode::Io, fmt::format("pactl {}: status {}", arguments.front(), *status));
  return {};
}

Result<void> PulseServer::play(const std::filesystem::path& wav, const std::string& sink) const {
  const auto status =
      run_program({"paplay", "--device=" + sink, wav.string()}, {.environment = environment(), .output = {}});
  if (!status) return std::unexpected(status.error());
  if (*status != 0) return fail(ErrorCode::Io, "playing " + wav.string() + " on " + sink);
  return {};
}

Result<void> PulseServer::play_into_microphone(const std::filesystem::path& wav) {
  return play(wav, "rig_micfeed");
}

Result<std::unique_ptr<ChildProcess>> PulseServer::start_playing_into_microphone(
    const std::filesystem::path& wav) {
  return ChildProcess::start({"paplay", "--device=rig_micfeed", wav.string()},
                             {.environment = environment(), .output = {}});
}

Result<void> PulseServer::beep_into_microphone(double hertz, std::chrono::milliseconds length) {
  const std::filesystem::path wav = folder_.path() / "microphone.wav";
  MEANWHILE_TRY(write_beep(wav, hertz, length));
  return play_into_microphone(wav);
}

Result<void> PulseServer::beep_on_speaker(double hertz, std::chrono::milliseconds length) {
  const std::filesystem::path wav = folder_.path() / "speaker.wav";
  MEANWHILE_TRY(write_beep(wav, hertz, length));
  return play(wav, kSpeaker);
}

Result<void> PulseServer::say(const std::string& text) {
  const std::filesystem::path wav = folder_.path() / "voice.wav";
  const auto status = run_program({"espeak-ng", "-w", wav.string(), text}, {});
  if (!status) return std::unexpected(status.error());
  return play_into_microphone(wav);
}

Result<void> PulseServer::add_microphone(const std::string& name, const std::string& map) {
  const auto channels = std::count(map.begin(), map.end(), ',') + 1;
  MEANWHILE_TRY(control({"load-module", "module-null-sink", "sink_name=feed_" + name, "norewinds=1",
                         "rate=48000", fmt::format("channels={}", channels), "channel_map=" + map}));
  return control({"load-module", "module-remap-source", "source_name=" + name,
                  "master=feed_" + name + ".monitor", fmt::format("channels={}", channels),
                  "channel_map=" + map, "master_channel_map=" + map, "remix=no",
                  "source_properties=device.description=" + name});
}

Result<std::unique_ptr<ChildProcess>> PulseServer::start_tone(const std::string& name, const std::string& map,
                                                              std::size_t channel, double hertz) {
  const auto channels = static_cast<std::size_t>(std::count(map.begin(), map.end(), ',') + 1);
  std::vector<std::int16_t> samples(channels * kRate * 60);
  for (std::size_t i = 0; i < samples.size() / channels; ++i) {
    const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(i) / kRate;
    samples[i * channels + channel] = static_cast<std::int16_t>(16000 * std::sin(angle));
  }
  const std::filesystem::path raw = folder_.path() / (name + ".raw");
  std::ofstream file(raw, std::ios::binary);
  file.write(reinterpret_cast<const char*>(samples.data()), static_cast<std::streamsize>(samples.size() * 2));
  if (!file.flush()) return fail(ErrorCode::Io, "writing " + raw.string());
  return ChildProcess::start(
      {"pacat", "--playback", "--raw", "--format=s16le", "--rate=48000",
       fmt::format("--channels={}", channels), "--channel-map=" + map, "--device=feed_" + name, raw.string()},
      {.environment = environment(), .output = {}});
}

Result<void> PulseServer::unplug_microphone() {
  return control({"unload-module", "module-remap-source"});
}

Result<void> PulseServer::plug_microphone() {
  return control({"load-module", "module-remap-source", "source_name=rig_mic", "master=rig_micfeed.monitor",
                  "source_properties=device.description=Rig-Microphone"});
}

void PulseServer::kill() {
  process_->signal(SIGKILL);
  process_->wait();
}

}  // namespace meanwhile
