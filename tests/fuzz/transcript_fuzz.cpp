#include <cstddef>
#include <cstdint>
#include <string_view>

#include "media/base/web_vtt.h"
#include "media/speech/transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto transcript = parse_transcript({reinterpret_cast<const char*>(data), size});
  if (!transcript) return 0;
  const auto cues = cues_of(transcript->words);
  if (!parse_web_vtt(to_web_vtt(cues))) __builtin_trap();
  if (!parse_transcript(transcript_json(*transcript))) __builtin_trap();
  return 0;
}
