#include "media/record/picture_encoding.h"

#include <string>

#include "media/record/hardware_encoders.h"
#include "media/record/picture_encoder.h"
#include "media/record/recorder_parts.h"

namespace meanwhile {

PictureEncoding picture_encoding(const RecorderParts& parts, const std::string& hardware) {
  PictureEncoding encoding{.queue_capacity = parts.video_queue_capacity,
                           .software = parts.software_encoder,
                           .hardware = parts.hardware_encoder,
                           .hardware_words = hardware};
  const HardwareEncoder* known = find_hardware_encoder(hardware);
  if (!known) return encoding;
  encoding.hardware_words = known->words;
  if (!encoding.hardware) {
    encoding.hardware = [known](const EncoderRequest& request) {
      return open_hardware_encoder(*known, request);
    };
  }
  return encoding;
}

}  // namespace meanwhile
