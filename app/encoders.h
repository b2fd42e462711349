// Which hardware encoders work here.
#pragma once

#include <string>
#include <vector>

#include "media/base/result.h"

namespace meanwhile {

struct EncoderFinding {
  std::string name;   // libavcodec's: "h264_vaapi"
  std::string words;  // "VAAPI"
  bool works = false;
  std::string why;  // it doesn't
};

// Tries those that may be there, each in a process of its own (`doctor --try-encoder`) that may crash, and is
// ended when it hangs. Blocks for some 100 ms an encoder that may be there, else not at all. Thread: any.
std::vector<EncoderFinding> look_for_encoders();

// For RecordSettings::encoder: what MEANWHILE_ENCODER says ("software", or a name), else the first that
// works; looked for once in the life of the program. "": the processor.
const std::string& encoder_to_use();

// Tries one in this process, which ends by itself if that hangs. Errors: NotFound (no such name),
// Unsupported, Internal.
Result<void> try_encoder(const std::string& name);

}  // namespace meanwhile
