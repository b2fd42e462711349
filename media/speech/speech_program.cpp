#include "media/speech/speech_program.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/play/apart/sanitizers.h"
#include "media/speech/pocketsphinx_engine.h"
#include "media/speech/speech_engine.h"
#include "media/speech/speech_process.h"
#include "media/speech/transcript.h"
#include "media/speech/whisper_engine.h"

namespace meanwhile {
namespace {

constexpr int kSpeechFailed = 1;
constexpr int kSpeechMisused = 2;
constexpr int kEngineArgument = 5;
constexpr std::uint64_t kOwnBytes = 2ULL << 30;
// Beside its model, which it reads into memory.
constexpr std::uint64_t kWhisperBytes = 4ULL << 30;
// Source: linux/ioprio.h, IOPRIO_CLASS_IDLE and IOPRIO_CLASS_SHIFT; the C library has no names for them.
constexpr int kIdleInputOutput = 3 << 13;
constexpr int kOfThisProcess = 1;

template <typename Number>
std::optional<Number> number_of(const char* text) {
  Number number{};
  const char* const end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

void bound(int resource, std::uint64_t most) {
  rlimit limit{};
  if (::getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max = std::min<rlim_t>(limit.rlim_max, most);
  ::setrlimit(static_cast<__rlimit_resource_t>(resource), &limit);
}

// Everybody else goes first. What a kernel doesn't have of it is done without.
void step_back() {
  sched_param none{};
  ::sched_setscheduler(0, SCHED_IDLE, &none);
  ::syscall(SYS_ioprio_set, kOfThisProcess, 0, kIdleInputOutput);
}

void stay_within(std::uint64_t memory_bytes) {
  ::setpgid(0, 0);  // Ctrl-C is for who started us
  bound(RLIMIT_CORE, 0);
  if (!kIsSanitized) bound(RLIMIT_AS, memory_bytes);  // those map terabytes
}

// What follows kOwnEngine.
enum OwnArgument { kOwnName = 1, kOwnWav, kOwnJson, kOwnModel, kOwnLanguage, kOwnThreads, kOwnArguments };

Result<Transcript> hear_by_own(char** engine, const std::function<void(double)>& progress) {
  if (engine[kOwnName] == speech_engine_name(SpeechEngineKind::Pocketsphinx))
    return hear_with_pocketsphinx(engine[kOwnWav], progress);
  return hear_with_whisper({.wav = engine[kOwnWav],
                            .model = engine[kOwnModel],
                            .language = engine[kOwnLanguage],
                            .threads = number_of<int>(engine[kOwnThreads]).value_or(1)},
                           progress);
}

int hear_here(char** engine) {
  int told = -1;
  const auto transcript = hear_by_own(engine, [&](double done) {
    const int percent = static_cast<int>(done * 100);
    if (percent == told) return;
    told = percent;
    std::fprintf(stderr, "progress = %d%%\n", percent);
  });
  const auto written = transcript
                           ? write_file_durably(engine[kOwnJson], as_byte_span(transcript_json(*transcript)))
                           : std::unexpected(transcript.error());
  if (written) return 0;
  std::fprintf(stderr, "%s\n", written.error().message.c_str());
  return kSpeechFailed;
}

}  // namespace

std::uint64_t memory_for(const SpeechEngine& engine) {
  if (engine.kind == SpeechEngineKind::Pocketsphinx) return kOwnBytes;
  std::error_code error;
  const std::uint64_t model = std::filesystem::file_size(engine.model, error);
  return error ? kWhisperBytes : kWhisperBytes + 2 * model;
}

std::optional<int> run_if_speech(int argc, char** argv) {
  if (argc < 2 || std::string_view(argv[1]) != kSpeechCommand) return std::nullopt;
  // At least an engine and two arguments of it.
  const auto pipe = argc > kEngineArgument + 2 ? number_of<int>(argv[2]) : std::nullopt;
  const auto memory = pipe ? number_of<std::uint64_t>(argv[3]) : std::nullopt;
  if (!memory) return kSpeechMisused;
  ::prctl(PR_SET_NAME, "mw-speech");
  ::dup2(*pipe, STDERR_FILENO);
  ::closefrom(STDERR_FILENO + 1);
  if (std::string_view(argv[4]) == kIdlePace) step_back();
  stay_within(*memory);
  char** const engine = argv + kEngineArgument;
  if (std::string_view(engine[0]) == kOwnEngine)
    return argc == kEngineArgument + kOwnArguments ? hear_here(engine) : kSpeechMisused;
  ::execv(engine[1], engine + 1);
  std::fprintf(stderr, "%s\n", std::strerror(errno));
  return kSpeechFailed;
}

}  // namespace meanwhile
