#include "tests/media/speech/machine_voice.h"

#include <gtest/gtest.h>

#include <cstring>

#include "media/base/child_process.h"
#include "media/base/files.h"
#include "tests/support/environment.h"

namespace meanwhile {

std::vector<float> machine_voice(const std::string& text) {
  const ScopedFolder folder;
  const std::string wav = (folder.path() / "voice.wav").string();
  const std::string raw = (folder.path() / "voice.raw").string();
  EXPECT_EQ(run_program({"espeak-ng", "-v", "en+klatt2", "-s", "130", "-w", wav, text}, {}).value_or(-1), 0);
  EXPECT_EQ(run_program({"ffmpeg", "-v", "error", "-i", wav, "-ar", std::to_string(kVoiceRate), "-ac", "1",
                         "-f", "s16le", "-bitexact", raw},
                        {})
                .value_or(-1),
            0);
  const auto bytes = read_file(raw, 1u << 24);
  EXPECT_TRUE(bytes);
  std::vector<float> samples(bytes ? bytes->size() / 2 : 0);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    std::int16_t sample = 0;
    std::memcpy(&sample, bytes->data() + 2 * i, sizeof(sample));
    samples[i] = static_cast<float>(sample) / 32'768;
  }
  return samples;
}

}  // namespace meanwhile
