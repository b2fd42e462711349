#include "media/speech/pocketsphinx_engine.h"

#ifdef MEANWHILE_POCKETSPHINX
// Its headers aren't made for C++ programs that warn of everything.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#pragma GCC diagnostic pop
#endif

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/speech/transcript.h"

namespace meanwhile {

#ifndef MEANWHILE_POCKETSPHINX

std::filesystem::path pocketsphinx_model() {
  return {};
}

Result<Transcript> hear_with_pocketsphinx(const std::filesystem::path&, const std::function<void(double)>&) {
  return fail(ErrorCode::Unsupported, tr("this build of Meanwhile has no pocketsphinx"));
}

#else

namespace {

constexpr const char* kModel = "/usr/share/pocketsphinx/model/en-us";
constexpr std::size_t kWavHeaderBytes = 44;
constexpr int kFramesPerSecond = 100;
constexpr std::size_t kPieceSamples = 2048;

struct FreeDecoder {
  void operator()(ps_decoder_t* decoder) const { ps_free(decoder); }
};
using DecoderPtr = std::unique_ptr<ps_decoder_t, FreeDecoder>;

Result<DecoderPtr> make_decoder() {
  const std::string model = kModel;
  err_set_logfp(nullptr);
  cmd_ln_t* config = cmd_ln_init(nullptr, ps_args(), 1, "-hmm", (model + "/en-us").c_str(), "-lm",
                                 (model + "/en-us.lm.bin").c_str(), "-dict",
                                 (model + "/cmudict-en-us.dict").c_str(), nullptr);
  DecoderPtr decoder(config ? ps_init(config) : nullptr);
  if (config) cmd_ln_free_r(config);  // the decoder holds on to it
  if (!decoder)
    return fail(ErrorCode::Unsupported, tr_format("pocketsphinx can't read its model in {}", model));
  return decoder;
}

MediaTime frame_time(int frame) {
  return std::chrono::milliseconds(std::int64_t{frame} * 1000 / kFramesPerSecond);
}

// "<sil>", "[NOISE]", "++breath++"; a word's other pronunciations have a number: "read(2)".
void add_segment(ps_decoder_t& decoder, ps_seg_t& segment, Transcript& transcript) {
  std::string_view word = ps_seg_word(&segment);
  if (word.empty() || word.front() == '<' || word.front() == '[' || word.front() == '+') return;
  word = word.substr(0, word.find('('));
  int from = 0;
  int to = 0;
  ps_seg_frames(&segment, &from, &to);
  const double sure = logmath_exp(ps_get_logmath(&decoder), ps_seg_prob(&segment, nullptr, nullptr, nullptr));
  transcript.words.push_back({frame_time(from), frame_time(to + 1), std::string(word),
                              static_cast<int>(std::lround(std::clamp(sure, 0.0, 1.0) * 100))});
}

void take_words(ps_decoder_t& decoder, Transcript& transcript) {
  for (ps_seg_t* segment = ps_seg_iter(&decoder); segment != nullptr; segment = ps_seg_next(segment))
    add_segment(decoder, *segment, transcript);
}

// Ends an utterance at each pause, so that memory and time don't grow with the recording.
class Utterances {
 public:
  Utterances(ps_decoder_t& decoder, Transcript& transcript) : decoder_(decoder), transcript_(transcript) {
    ps_start_stream(&decoder_);
    ps_start_utt(&decoder_);
  }
  Result<void> push(std::span<const std::int16_t> samples) {
    if (ps_process_raw(&decoder_, samples.data(), samples.size(), 0, 0) < 0)
      return fail(ErrorCode::Internal, tr("pocketsphinx failed"));
    const bool is_speech = ps_get_in_speech(&decoder_) != 0;
    if (was_speech_ && !is_speech) {
      end();
      ps_start_utt(&decoder_);
    }
    was_speech_ = is_speech;
    return {};
  }
  void end() {
    ps_end_utt(&decoder_);
    take_words(decoder_, transcript_);
  }

 private:
  ps_decoder_t& decoder_;
  Transcript& transcript_;
  bool was_speech_ = false;
};

}  // namespace

std::filesystem::path pocketsphinx_model() {
  return kModel;
}

Result<Transcript> hear_with_pocketsphinx(const std::filesystem::path& wav,
                                          const std::function<void(double)>& progress) {
  auto file = FileSource::open(wav);
  if (!file) return std::unexpected(file.error());
  const auto size = (*file)->size();
  if (!size) return std::unexpected(size.error());
  auto decoder = make_decoder();
  if (!decoder) return std::unexpected(decoder.error());
  Transcript transcript{.language = "en", .words = {}};
  Utterances utterances(**decoder, transcript);
  std::array<std::int16_t, kPieceSamples> samples{};
  for (std::uint64_t at = kWavHeaderBytes; at < *size;) {
    const auto read = (*file)->read_at(at, std::as_writable_bytes(std::span(samples)));
    if (!read) return std::unexpected(read.error());
    if (*read < sizeof(std::int16_t)) break;
    at += *read;
    MEANWHILE_TRY(utterances.push(std::span(samples).first(*read / sizeof(std::int16_t))));
    progress(static_cast<double>(at) / static_cast<double>(*size));
  }
  utterances.end();
  return transcript;
}

#endif

}  // namespace meanwhile
