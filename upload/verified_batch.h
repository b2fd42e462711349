// A batch of other people's words that may be believed.
#pragma once

#include <cstdint>
#include <string>

#include "media/base/byte_stream.h"
#include "media/base/json.h"

namespace meanwhile {

// Signed by the device, and the device vouched for by the person.
struct VerifiedBatch {
  std::string device;
  std::string person;
  std::string person_name;  // from the device's certificate; profile events may say otherwise later
  std::int64_t seq = 0;
  std::string prev;        // SHA-256 of the one before, as the device says; "" for the first
  Json events;             // an array; each has integer "n", "hlc" and string "at" and "type"
  Bytes bytes;             // as stored
  std::string sha256;      // of bytes
  bool conflicts = false;  // another batch was signed under the same seq: both are delivered
};

}  // namespace meanwhile
