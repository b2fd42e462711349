#include "tests/bench/frame_numbers.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <set>

#include "tests/bench/bench_files.h"
#include "tests/bench/film.h"
#include "tests/support/environment.h"

namespace meanwhile {

Result<FilmShare> read_frame_numbers(const std::filesystem::path& video) {
  const ScopedFolder folder;
  const std::filesystem::path file = folder.path() / "numbers";
  // One byte a square: its mean.
  const std::string squares = fmt::format("crop={}:{}:0:0,scale={}:1:flags=area,format=gray",
                                          kNumberBits * kNumberSquare, kNumberSquare, kNumberBits);
  MEANWHILE_TRY(run_ffmpeg({"-i", video.string(), "-map", "0:v:0", "-vf", squares, "-fps_mode", "passthrough",
                            "-f", "rawvideo", file.string()}));
  std::ifstream stream(file, std::ios::binary);
  std::set<int> numbers;
  for (std::array<char, kNumberBits> bytes{}; stream.read(bytes.data(), bytes.size());) {
    int number = 0;
    for (const char byte : bytes) number = number * 2 + (static_cast<unsigned char>(byte) > 127 ? 1 : 0);
    numbers.insert(number);
  }
  if (numbers.empty())
    return fail(ErrorCode::Corrupt, "reading the numbers in " + video.string() + ": no picture");
  return FilmShare{.shown = *numbers.rbegin() - *numbers.begin() + 1,
                   .recorded = static_cast<std::int64_t>(numbers.size())};
}

}  // namespace meanwhile
