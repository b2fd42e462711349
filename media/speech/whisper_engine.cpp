#include "media/speech/whisper_engine.h"

#ifdef MEANWHILE_WHISPER
#include <ggml-backend.h>
#include <whisper.h>
#endif

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/speech/transcript.h"

namespace meanwhile {

#ifndef MEANWHILE_WHISPER

bool has_whisper_library() {
  return false;
}

Result<Transcript> hear_with_whisper(const WhisperJob&, const std::function<void(double)>&) {
  return fail(ErrorCode::Unsupported, tr("this build of Meanwhile has no whisper.cpp"));
}

#else

namespace {

constexpr std::size_t kSpeechHeaderBytes = 44;
constexpr std::uint64_t kLargestSpeech = 4ULL << 30;
constexpr std::chrono::milliseconds kWhisperTick{10};  // its times are counted in

struct FreeWhisper {
  void operator()(whisper_context* context) const { whisper_free(context); }
};
using WhisperPtr = std::unique_ptr<whisper_context, FreeWhisper>;

Result<std::vector<float>> samples_in(const std::filesystem::path& wav) {
  const auto bytes = read_file(wav, kLargestSpeech);
  if (!bytes) return std::unexpected(bytes.error());
  std::vector<float> samples;
  samples.reserve(bytes->size() / 2);
  for (std::size_t i = kSpeechHeaderBytes; i + 1 < bytes->size(); i += 2) {
    const auto low = std::to_integer<unsigned>((*bytes)[i]);
    const auto high = std::to_integer<unsigned>((*bytes)[i + 1]);
    samples.push_back(static_cast<float>(static_cast<std::int16_t>(low | high << 8)) / 32'768);
  }
  return samples;
}

WhisperPtr load(const std::filesystem::path& model) {
  const auto say_nothing = [](ggml_log_level, const char*, void*) {};
  ggml_log_set(say_nothing, nullptr);
  whisper_log_set(say_nothing, nullptr);
  ggml_backend_load_all();  // what computes is looked for by the kind of processor
  auto parameters = whisper_context_default_params();
  parameters.use_gpu = false;  // the processor shares its time
  return WhisperPtr(whisper_init_from_file_with_params(model.c_str(), parameters));
}

// As whisper-cli does it: a word a segment.
whisper_full_params parameters_of(const WhisperJob& job, const std::function<void(double)>& progress) {
  auto parameters = whisper_full_default_params(WHISPER_SAMPLING_BEAM_SEARCH);
  parameters.n_threads = job.threads;
  parameters.language = job.language.c_str();
  parameters.token_timestamps = true;
  parameters.max_len = 1;
  parameters.split_on_word = true;
  parameters.print_progress = parameters.print_realtime = false;
  parameters.progress_callback = [](whisper_context*, whisper_state*, int percent, void* told) {
    (*static_cast<const std::function<void(double)>*>(told))(percent / 100.0);
  };
  parameters.progress_callback_user_data = const_cast<std::function<void(double)>*>(&progress);
  return parameters;
}

// Tokens from the end's on stand for times and the like.
int sure_percent_in(whisper_context& whisper, int segment) {
  double sum = 0;
  int count = 0;
  for (int i = 0; i < whisper_full_n_tokens(&whisper, segment); ++i) {
    if (whisper_full_get_token_id(&whisper, segment, i) >= whisper_token_eot(&whisper)) continue;
    sum += std::clamp<double>(whisper_full_get_token_p(&whisper, segment, i), 0, 1);
    ++count;
  }
  return count == 0 ? 100 : static_cast<int>(std::lround(sum / count * 100));
}

Transcript heard_by(whisper_context& whisper) {
  Transcript transcript;
  if (const char* language = whisper_lang_str(whisper_full_lang_id(&whisper))) transcript.language = language;
  for (int i = 0; i < whisper_full_n_segments(&whisper); ++i) {
    std::string text(trimmed(replace_invalid_utf8(whisper_full_get_segment_text(&whisper, i))));
    if (text.empty()) continue;
    transcript.words.push_back({whisper_full_get_segment_t0(&whisper, i) * kWhisperTick,
                                whisper_full_get_segment_t1(&whisper, i) * kWhisperTick, std::move(text),
                                sure_percent_in(whisper, i)});
  }
  return transcript;
}

}  // namespace

bool has_whisper_library() {
  return true;
}

Result<Transcript> hear_with_whisper(const WhisperJob& job, const std::function<void(double)>& progress) {
  const auto samples = samples_in(job.wav);
  if (!samples) return std::unexpected(samples.error());
  const WhisperPtr whisper = load(job.model);
  if (!whisper)
    return fail(ErrorCode::Unsupported, tr_format("whisper.cpp can't read its model {}", job.model.string()));
  const int failed = whisper_full(whisper.get(), parameters_of(job, progress), samples->data(),
                                  static_cast<int>(samples->size()));
  if (failed != 0) return fail(ErrorCode::Internal, tr("whisper.cpp failed"));
  return heard_by(*whisper);
}

#endif

}  // namespace meanwhile
