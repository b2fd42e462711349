// H.264 encoders outside the processor, through libavcodec.
#pragma once

extern "C" {
#include <libavutil/hwcontext.h>
}

#include <memory>
#include <span>
#include <string>

#include "media/base/result.h"
#include "media/record/picture_encoder.h"

namespace meanwhile {

struct HardwareEncoder {
  const char* name;        // libavcodec's: "h264_vaapi"
  const char* words;       // "VAAPI"
  AVPixelFormat takes;     // of the pictures in memory that it is given
  AVHWDeviceType uploads;  // AV_HWDEVICE_TYPE_NONE: it takes pictures from memory itself
  const char* device;      // a file that is there when the hardware may be; nullptr: always worth a try
  const char* options;     // low delay, constant quality; as av_dict_parse_string reads them
};

// All that Meanwhile knows, best first.
std::span<const HardwareEncoder> known_hardware_encoders();
// nullptr: no such name.
const HardwareEncoder* find_hardware_encoder(const std::string& name);
// Built into this libavcodec, and its device is there. Loads no driver.
bool may_be_present(const HardwareEncoder& encoder);

// Its tracks have their parameter sets in band, so that libx264 can go on in their middle. Loads a driver,
// which may hang or crash: first try_hardware_encoder() in another process. Errors: Unsupported, Internal.
Result<std::unique_ptr<PictureEncoder>> open_hardware_encoder(const HardwareEncoder& encoder,
                                                              const EncoderRequest& request);
// Encodes one picture. Errors: as open_hardware_encoder.
Result<void> try_hardware_encoder(const HardwareEncoder& encoder);

}  // namespace meanwhile
