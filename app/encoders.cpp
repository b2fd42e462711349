#include "app/encoders.h"

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/hardware_encoders.h"

namespace meanwhile {
namespace {

// Far more than a driver takes to start, far less than a person waits.
constexpr unsigned kLongestTrialSeconds = 5;

EncoderFinding look_at(const HardwareEncoder& encoder) {
  EncoderFinding finding{.name = encoder.name, .words = encoder.words};
  if (!may_be_present(encoder)) {
    finding.why = tr("there is no such hardware, or this FFmpeg was built without it");
    return finding;
  }
  auto trial = ChildProcess::start({"/proc/self/exe", "doctor", "--try-encoder", encoder.name}, {});
  if (!trial) {
    finding.why = trial.error().message;
    return finding;
  }
  finding.works = (*trial)->wait() == 0;
  if (!finding.works) finding.why = tr("it was tried, and failed");
  return finding;
}

std::string choose() {
  const char* wish = std::getenv("MEANWHILE_ENCODER");
  if (wish && std::string(wish) == "software") return "";
  for (const HardwareEncoder& encoder : known_hardware_encoders()) {
    if (wish && std::string(wish) != encoder.name) continue;
    if (look_at(encoder).works) return encoder.name;
  }
  return "";
}

}  // namespace

std::vector<EncoderFinding> look_for_encoders() {
  std::vector<EncoderFinding> findings;
  for (const HardwareEncoder& encoder : known_hardware_encoders()) findings.push_back(look_at(encoder));
  return findings;
}

const std::string& encoder_to_use() {
  static const std::string chosen = choose();
  return chosen;
}

Result<void> try_encoder(const std::string& name) {
  const HardwareEncoder* encoder = find_hardware_encoder(name);
  if (!encoder) return fail(ErrorCode::NotFound, tr_format("there is no encoder {}", name));
  alarm(kLongestTrialSeconds);  // SIGALRM ends the process, whatever its threads wait for
  return try_hardware_encoder(*encoder);
}

}  // namespace meanwhile
