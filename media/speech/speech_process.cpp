#include "media/speech/speech_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/child_process.h"
#include "media/base/descriptor.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/speech/process_signs.h"
#include "media/speech/speech_engine.h"
#include "media/speech/speech_program.h"
#include "media/speech/transcript.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestTranscript = 64u << 20;
constexpr std::size_t kLongestLine = 4096;
constexpr std::chrono::milliseconds kBetweenLooks{5'000};
// Neither computing nor reading for so long: whoever only waits for the processor isn't meant.
constexpr std::chrono::seconds kLongestSleep{60};
constexpr unsigned kMostThreads = 4;

std::string& helper_program() {
  static std::string program = "/proc/self/exe";
  return program;
}

std::filesystem::path stem_of(const HearingJob& job) {
  return std::filesystem::path(job.wav).replace_extension();
}

// All write "<stem>.json". Source: whisper.cpp, examples/cli/README.md.
std::vector<std::string> engine_arguments(const HearingJob& job) {
  const std::string language = job.language.empty() ? "auto" : job.language.substr(0, job.language.find('-'));
  const std::string threads =
      std::to_string(std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads));
  if (job.engine.program.empty())
    return {kOwnEngine,
            std::string(speech_engine_name(job.engine.kind)),
            job.wav.string(),
            stem_of(job).string() + ".json",
            job.engine.model.string(),
            language,
            threads};
  return {"program", job.engine.program.string(), "-m", job.engine.model.string(), "-f", job.wav.string(),
          "-of", stem_of(job).string(), "-l", language, "-t", threads,
          // A word an entry, with how sure it is; signs of how far it is; the processor only, which shares
          // its time.
          "-ojf", "-ml", "1", "-sow", "-pp", "-ng"};
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return errno_failure(tr("starting the speech engine"));
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// What the engine says while it works, line by line.
class EngineWords {
 public:
  explicit EngineWords(const std::function<void(double)>& progress) : progress_(progress) {}

  void push(std::string_view text) {
    for (const char c : text) {
      if (c == '\n' || c == '\r' || line_.size() == kLongestLine) take();
      if (c != '\n' && c != '\r') line_ += c;
    }
  }
  // The last that wasn't about its progress.
  const std::string& last() const { return last_; }

 private:
  void take() {
    if (const auto done = progress_in(line_)) {
      if (progress_) progress_(*done);
    } else if (!trimmed(line_).empty()) {
      last_ = line_;
    }
    line_.clear();
  }

  const std::function<void(double)>& progress_;
  std::string line_;
  std::string last_;
};

enum class Ended { ByItself, Stopped, Stuck };

// Until it closes its end.
Ended listen(const ChildProcess& engine, int from, int wake, const std::stop_token& stop,
             EngineWords& words) {
  SleepWatch watch(engine.id(), kLongestSleep);
  std::array<char, kLongestLine> piece{};
  while (!stop.stop_requested()) {
    std::array<pollfd, 2> waited{
        {{.fd = from, .events = POLLIN, .revents = 0}, {.fd = wake, .events = POLLIN, .revents = 0}}};
    const int ready = ::poll(waited.data(), waited.size(), static_cast<int>(kBetweenLooks.count()));
    if (ready == 0 && watch.is_stuck()) return Ended::Stuck;
    if (waited[0].revents == 0) continue;
    const ssize_t count = ::read(from, piece.data(), piece.size());
    if (count == 0 || (count < 0 && errno != EINTR)) return Ended::ByItself;
    if (count > 0) words.push({piece.data(), static_cast<std::size_t>(count)});
  }
  return Ended::Stopped;
}

std::unexpected<Error> engine_failed(const HearingJob& job, std::string sentence, const std::string& said) {
  if (said.empty()) return fail(ErrorCode::Unavailable, std::move(sentence));
  // What is built in speaks English: its process knows no catalog.
  const std::string words = job.engine.program.empty() ? tr(said.c_str()) : said;
  // TRANSLATORS: {0} is such as "The speech engine whisper crashed", {1} what it wrote.
  return fail(ErrorCode::Unavailable,
              tr_format("{}. It said: {}", sentence, display_line(shorten(words, 200))));
}

std::string ended_words(std::string_view name, int status) {
  if (status == 128 + SIGKILL || status == 128 + SIGABRT)
    return tr_format("The speech engine {} was ended, perhaps because memory ran out", name);
  if (status > 128) return tr_format("The speech engine {} crashed", name);
  return tr_format("The speech engine {} failed", name);
}

Result<Transcript> read_result(const HearingJob& job, int status, const std::string& said) {
  const std::string_view name = speech_engine_name(job.engine.kind);
  if (status != 0) return engine_failed(job, ended_words(name, status), said);
  const auto bytes = read_file(stem_of(job).string() + ".json", kLargestTranscript);
  if (!bytes) return engine_failed(job, tr_format("The speech engine {} gave no transcript", name), said);
  return parse_transcript(as_text(*bytes));
}

}  // namespace

void hear_words_in(const std::string& program) {
  helper_program() = program;
}

std::optional<double> progress_in(std::string_view line) {
  const std::size_t word = line.find("progress");
  const std::size_t equals = line.find('=', word == std::string_view::npos ? line.size() : word);
  if (equals == std::string_view::npos) return std::nullopt;
  const std::string_view number = trimmed(line.substr(equals + 1));
  int percent = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), percent);
  if (error != std::errc() || end == number.data() + number.size() || *end != '%') return std::nullopt;
  return std::clamp(percent, 0, 100) / 100.0;
}

Result<Transcript> hear_words(const HearingJob& job, const std::function<void(double)>& progress,
                              const std::stop_token& stop) {
  auto pipe = open_pipe();
  if (!pipe) return std::unexpected(pipe.error());
  const Descriptor wake(::eventfd(0, EFD_CLOEXEC));
  if (!wake.is_open()) return errno_failure(tr("starting the speech engine"));
  std::vector<std::string> arguments = {helper_program(), kSpeechCommand, std::to_string(pipe->write.get()),
                                        std::to_string(memory_for(job.engine)),
                                        job.pace == HearingPace::Idle ? kIdlePace : "now"};
  std::ranges::move(engine_arguments(job), std::back_inserter(arguments));
  auto engine = ChildProcess::start(arguments, {.kept_descriptor = pipe->write.get()});
  const std::string_view name = speech_engine_name(job.engine.kind);
  if (!engine)
    return engine_failed(job, tr_format("The speech engine {} can't be started", name),
                         engine.error().message);
  pipe->write = Descriptor();
  EngineWords words(progress);
  const std::stop_callback ring(stop, [&wake] { (void)::eventfd_write(wake.get(), 1); });
  switch (listen(**engine, pipe->read.get(), wake.get(), stop, words)) {
    case Ended::Stopped:
      return fail(ErrorCode::Aborted, tr("stopped"));
    case Ended::Stuck:
      return engine_failed(
          job, tr_format("The speech engine {} did nothing for a minute, and was ended", name), words.last());
    case Ended::ByItself:
      break;
  }
  return read_result(job, (*engine)->wait(), words.last());
}

}  // namespace meanwhile
