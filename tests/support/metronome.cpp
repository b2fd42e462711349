#include "tests/support/metronome.h"

#include <pulse/pulseaudio.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <numbers>
#include <vector>

#include "media/capture/pulse/connection.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr auto kBeat = std::chrono::seconds(1);
constexpr auto kLength = milliseconds(100);
constexpr double kLengthSeconds = 0.1;
constexpr int kRate = 48'000;
constexpr double kHertz = 1000;
// The first latencies that a stream reports are guesses.
constexpr int kSettlingWrites = 20;

constexpr std::uint32_t kWhite = 0xffffff;
constexpr std::uint32_t kBlack = 0;
constexpr Rect kEverywhere{0, 0, 8192, 8192};

double wall_seconds() {
  return std::chrono::duration<double>(system_clock::now().time_since_epoch()).count();
}

void flash(const std::stop_token& stop, XHands& hands) {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock(mutex);
  const auto wait_until = [&](system_clock::time_point when) {
    ended.wait_until(lock, stop, when, [] { return false; });
  };
  while (!stop.stop_requested()) {
    const auto beat = std::chrono::ceil<std::chrono::seconds>(system_clock::now());
    wait_until(beat);
    if (stop.stop_requested()) return;
    hands.fill(kEverywhere, kWhite);
    wait_until(beat + kLength);
    hands.fill(kEverywhere, kBlack);
  }
}

}  // namespace

// Writes 300 ms ahead; where in the beat a sample falls follows from the stream's latency, as the server
// knows it: so a busy machine doesn't move the beep. Source: pulse/stream.h, pa_stream_get_latency().
class Metronome::Beeper {
 public:
  static Result<std::unique_ptr<Beeper>> open(const std::string& pulse_server, const std::string& sink) {
    std::unique_ptr<Beeper> beeper(new Beeper);
    if (!beeper->connect(pulse_server, sink)) {
      return fail(ErrorCode::Unavailable, "beeping on " + sink + " of " + pulse_server);
    }
    return beeper;
  }

  int beeps() const { return beeps_; }

  // Until the server goes or stop is asked for.
  void run(const std::stop_token& stop) {
    const std::stop_callback wake(stop, [this] { pa_mainloop_wakeup(loop_.get()); });
    while (!stop.stop_requested() && pa_mainloop_iterate(loop_.get(), 1, nullptr) >= 0) {
    }
  }

 private:
  Beeper() = default;

  bool connect(const std::string& pulse_server, const std::string& sink) {
    context_.reset(pa_context_new(pa_mainloop_get_api(loop_.get()), "metronome"));
    if (pa_context_connect(context_.get(), pulse_server.c_str(), PA_CONTEXT_NOAUTOSPAWN, nullptr) < 0)
      return false;
    while (pa_context_get_state(context_.get()) != PA_CONTEXT_READY) {
      if (!PA_CONTEXT_IS_GOOD(pa_context_get_state(context_.get()))) return false;
      pa_mainloop_iterate(loop_.get(), 1, nullptr);
    }
    const pa_sample_spec format{PA_SAMPLE_S16LE, kRate, 1};
    stream_.reset(pa_stream_new(context_.get(), "beeps", &format, nullptr));
    pa_stream_set_write_callback(
        stream_.get(),
        [](pa_stream*, std::size_t bytes, void* self) { static_cast<Beeper*>(self)->write(bytes); }, this);
    constexpr auto kWhatever = static_cast<std::uint32_t>(-1);
    const pa_buffer_attr buffer{kWhatever, kRate * 2 * 3 / 10, 0, 960, kWhatever};
    const auto flags =
        static_cast<pa_stream_flags_t>(PA_STREAM_AUTO_TIMING_UPDATE | PA_STREAM_INTERPOLATE_TIMING);
    return pa_stream_connect_playback(stream_.get(), sink.c_str(), &buffer, flags, nullptr, nullptr) == 0;
  }

  void write(std::size_t bytes) {
    locate();
    std::vector<std::int16_t> samples(bytes / sizeof(std::int16_t));
    for (std::int16_t& sample : samples) sample = next_sample();
    pa_stream_write(stream_.get(), samples.data(), samples.size() * sizeof(std::int16_t), nullptr, 0,
                    PA_SEEK_RELATIVE);
  }

  // When, by the wall clock, the first sample of all was heard.
  void locate() {
    pa_usec_t latency = 0;
    int is_negative = 0;
    if (pa_stream_get_latency(stream_.get(), &latency, &is_negative) < 0) return;
    const double heard = wall_seconds() + (is_negative != 0 ? -1 : 1) * static_cast<double>(latency) / 1e6;
    const double origin = heard - static_cast<double>(written_) / kRate;
    ++located_;
    origin_ = located_ < kSettlingWrites ? origin : origin_ + 0.01 * (origin - origin_);
  }

  // Softly between the beeps: complete silence would make some encoders and servers stop.
  std::int16_t next_sample() {
    const double at = origin_ + static_cast<double>(written_++) / kRate;
    const double phase = at - std::floor(at);
    const bool is_beep = located_ > kSettlingWrites && phase < kLengthSeconds;
    if (is_beep && !is_beeping_) ++beeps_;
    is_beeping_ = is_beep;
    const double level = is_beep ? 20'000 : 200;
    return static_cast<std::int16_t>(level * std::sin(2 * std::numbers::pi * kHertz * phase));
  }

  struct LoopDeleter {
    void operator()(pa_mainloop* loop) const { pa_mainloop_free(loop); }
  };
  const std::unique_ptr<pa_mainloop, LoopDeleter> loop_{pa_mainloop_new()};
  std::unique_ptr<pa_context, PulseDeleter> context_;
  PulseStreamPtr stream_;
  std::int64_t written_ = 0;
  int located_ = 0;
  double origin_ = 0;
  bool is_beeping_ = false;
  std::atomic<int> beeps_ = 0;
};

Metronome::Metronome() = default;
Metronome::~Metronome() = default;

int Metronome::beeps() const {
  return beeper_->beeps();
}

Result<std::unique_ptr<Metronome>> Metronome::start(const std::string& display,
                                                    const std::string& pulse_server,
                                                    const std::string& sink) {
  auto hands = XHands::connect(display);
  if (!hands) return std::unexpected(hands.error());
  auto beeper = Beeper::open(pulse_server, sink);
  if (!beeper) return std::unexpected(beeper.error());
  std::unique_ptr<Metronome> metronome(new Metronome);
  metronome->beeper_ = std::move(*beeper);
  metronome->flash_ =
      std::jthread([hands = std::move(*hands)](const std::stop_token& stop) { flash(stop, *hands); });
  metronome->beep_ =
      std::jthread([beeper = metronome->beeper_.get()](const std::stop_token& stop) { beeper->run(stop); });
  return metronome;
}

}  // namespace meanwhile
