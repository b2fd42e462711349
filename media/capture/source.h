// What a take is made of: sources that give frames, samples and pointer positions.
#pragma once

#include <optional>
#include <string>

#include "media/base/result.h"

namespace meanwhile {

class FrameSink;
class SampleSink;
class PointerSink;

struct FrameSourceInfo {
  std::string name;  // what a person calls it
  int width = 0;
  int height = 0;
  double frames_per_second = 0;  // the rate agreed on; frames may come less often
  std::string note = "";         // a sentence that the person should read at the start; mostly empty
};

// start() once, then stop(); the destructor stops too. The sinks must outlive the source.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual FrameSourceInfo info() const = 0;
  // pointer: nullptr where it isn't wanted or the source has none.
  virtual Result<void> start(FrameSink& frames, PointerSink* pointer) = 0;
  // Returns when no sink is called any more. Any thread but the source's own.
  virtual void stop() = 0;
};

// The most that any sound server gives of one device.
inline constexpr int kMostInputs = 32;

// Which of more than two channels are left and right.
struct StereoSides {
  int left = 0;
  int right = 1;
};

struct SampleSourceInfo {
  std::string name;
  int channels = 1;                       // 1 to kMostInputs
  std::optional<StereoSides> sides = {};  // of more than two; two are left and right
};

class SampleSource {
 public:
  virtual ~SampleSource() = default;
  virtual SampleSourceInfo info() const = 0;
  virtual Result<void> start(SampleSink& samples) = 0;
  virtual void stop() = 0;
};

}  // namespace meanwhile
