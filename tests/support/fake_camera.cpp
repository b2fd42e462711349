#include "tests/support/fake_camera.h"

#include <cstdlib>
#include <fstream>

namespace meanwhile {
namespace {

constexpr int kBlock = 16;
constexpr int kBits = 32;

const char* word_for(FakeCamera::State state) {
  switch (state) {
    case FakeCamera::State::Working:
      return "working";
    case FakeCamera::State::Unplugged:
      return "unplugged";
    case FakeCamera::State::Stalled:
      return "stalled";
    case FakeCamera::State::Busy:
      return "busy";
    case FakeCamera::State::Stubborn:
      return "stubborn";
    case FakeCamera::State::Dark:
      return "dark";
    case FakeCamera::State::Infrared:
      return "infrared";
    case FakeCamera::State::Damaged:
      return "damaged";
    case FakeCamera::State::Padded:
      return "padded";
    case FakeCamera::State::Shrunken:
      return "shrunken";
  }
  return "";
}

std::string preload_list() {
  const char* others = std::getenv("LD_PRELOAD");
  return others ? std::string(FAKE_CAMERA_LIBRARY ":") + others : FAKE_CAMERA_LIBRARY;
}

// The sanitizer's own check that nothing is loaded before it would refuse LD_PRELOAD.
std::string sanitizer_options() {
  const char* others = std::getenv("ASAN_OPTIONS");
  return std::string("verify_asan_link_order=0") + (others ? ":" + std::string(others) : "");
}

}  // namespace

FakeCamera::FakeCamera() {
  set(State::Working);
  own_.emplace(Environment{{"MEANWHILE_FAKE_CAMERA", (folder_.path() / "control").string()}});
}

FakeCamera::~FakeCamera() = default;

// Renamed into place: a reader sees the old word or the new one.
void FakeCamera::set(State state) {
  state_ = state;
  const std::filesystem::path fresh = folder_.path() / "control.new";
  std::ofstream(fresh) << word_for(state) << (flashes_ ? " flash" : "") << "\n";
  std::filesystem::rename(fresh, folder_.path() / "control");
}

void FakeCamera::flash_every_second() {
  flashes_ = true;
  set(state_);
}

Environment FakeCamera::environment() const {
  return {{"LD_PRELOAD", preload_list()},
          {"ASAN_OPTIONS", sanitizer_options()},
          {"MEANWHILE_FAKE_CAMERA", (folder_.path() / "control").string()}};
}

std::optional<std::uint32_t> read_number(const AVFrame& picture) {
  if (picture.width < kBlock * kBits || picture.height < kBlock) return std::nullopt;
  const std::uint8_t* middle = picture.data[0] + (kBlock / 2) * picture.linesize[0];
  std::uint32_t number = 0;
  for (int bit = 0; bit < kBits; ++bit) {
    const int luma = middle[bit * kBlock + kBlock / 2];
    if (luma > 64 && luma < 192) return std::nullopt;  // neither black nor white
    if (luma > 128) number |= 1U << bit;
  }
  return number;
}

}  // namespace meanwhile
