// Whose words count in a library where not everybody may speak.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "media/base/result.h"

namespace meanwhile {

// Any thread.
class Speakers {
 public:
  virtual ~Speakers() = default;
  // Something is new in the library: before certificates and words are read. Errors: the place's.
  virtual Result<void> look_again(std::stop_token stop) = 0;
  // The last batch of that person's device that counts; 0: none does.
  virtual std::int64_t last_batch(const std::string& person, const std::string& device) = 0;
};

}  // namespace meanwhile
