// What a cut reads of a take's files: pointer lines, and parameter sets of pictures.
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "media/ffmpeg/h264_units.h"
#include "media/record/pointer_cut.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const CutPointer once = cut_pointer(text, {.from = std::chrono::seconds(1), .to = std::chrono::seconds(3)});
  // What was cut is whole, and all of it lies in the range.
  const CutPointer again = cut_pointer(once.lines, {.from = {}, .to = std::chrono::seconds(2)});
  if (again.lines.size() != once.lines.size()) __builtin_trap();
  (void)sets_of_file({data, size});
  (void)sets_of_encoder({data, size});
  return 0;
}
