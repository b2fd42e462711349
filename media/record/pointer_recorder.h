// The pointer's track in a Recorder: pointer.jsonl and the shapes beside it. Format: media/README.md.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "media/base/guarded.h"
#include "media/capture/source.h"
#include "media/record/take_context.h"

namespace meanwhile {

inline constexpr const char* kPointerFile = "pointer.jsonl";

// The calls of PointerSink: the source's thread. The others: one at a time.
class PointerRecorder final : public PointerSink {
 public:
  // Positions go into the take from now on; the pointer's place now is its first.
  void begin(const TakeContext& context, DiskFilePtr file, const std::filesystem::path& folder);
  // Hands what was collected to the disk; waits when the disk is far behind.
  void flush();

  void on_shape(PointerShape shape) override;
  void on_pointer(PointerSample sample) override;

 private:
  struct State {
    std::map<int, PointerShape> shapes;
    std::set<int> defined;  // in the file
    std::vector<PointerShape> unsaved;
    std::optional<PointerSample> last;
    std::string lines;
    bool is_recording = false;
  };

  void write_locked(State& state, const PointerSample& sample, MediaTime at);
  static void define_locked(State& state, int index);
  void save(PointerShape shape);

  Guarded<State> state_;
  // Set by begin(), before is_recording.
  const TakeContext* context_ = nullptr;
  DiskFilePtr file_;
  std::filesystem::path folder_;
};

}  // namespace meanwhile
