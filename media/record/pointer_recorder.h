// The pointer's track in a Recorder: pointer.jsonl and the shapes beside it. Format: FORMAT.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/capture/sinks.h"
#include "media/record/take_context.h"

namespace meanwhile {

inline constexpr const char* kPointerFile = "pointer.jsonl";
// "pointer-3.png"
std::string pointer_shape_file(int shape);

// The calls of PointerSink: the source's thread. The others: one at a time.
class PointerRecorder final : public PointerSink {
 public:
  // Positions go into the take from now on; the pointer's place now is its first.
  void begin(const TakeContext& context, DiskFilePtr file, const std::filesystem::path& folder);
  // Hands what was collected to the disk; waits when the disk is far behind.
  void flush();
  // After a pause: where the pointer is now.
  void resume(MediaTime at);
  // In a pause: takes back what is at or after `at`. Waits for the disk. Where the file can't be read back,
  // up to a second more goes, with a line in the log.
  void cut_back(MediaTime at);
  // Out of the take, which is of no interest any more.
  void cancel();

  void on_shape(PointerShape shape) override;
  void on_pointer(PointerSample sample) override;

 private:
  struct State {
    std::map<int, PointerShape> shapes;
    std::set<int> defined;  // in the file
    std::vector<PointerShape> unsaved;
    std::optional<PointerSample> last;
    bool has_moved = false;  // since a line was written
    std::string lines;
    MediaTime first_line{};                // the time of the first of them
    const TakeContext* context = nullptr;  // while a take is recorded
  };
  // What one flush added to the file.
  struct Chunk {
    MediaTime start{};
    std::uint64_t offset = 0;
  };

  void write_locked(State& state, const PointerSample& sample, MediaTime at);
  static void define_locked(State& state, int index);
  void save(PointerShape shape);

  std::string lines_before(MediaTime at, std::uint64_t offset) const;

  Guarded<State> state_;
  // Only whoever begins, flushes and ends.
  DiskWriter* disk_ = nullptr;
  DiskFilePtr file_;
  std::filesystem::path folder_;
  std::vector<Chunk> chunks_;
  std::uint64_t end_bytes_ = 0;  // of all that was handed over
};

}  // namespace meanwhile
