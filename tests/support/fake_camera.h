// A make-believe V4L2 webcam at /dev/video42: a shared library that answers open, ioctl, mmap and poll for
// that path. Test programs that link it (test_media_capture, test_media_record, test_e2e) have the camera in
// their own process; other programs get it by environment(). It is there only while a FakeCamera lives.
//
// YUYV and MJPEG: 640x480 at 30 pictures a second, 1280x720 at 30 (YUYV: 10), 1920x1080 at 30 (YUYV: 5). The
// picture carries its number, see read_number().
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "media/ffmpeg/owners.h"
#include "tests/support/environment.h"

namespace meanwhile {

class FakeCamera {
 public:
  static constexpr const char* kPath = "/dev/video42";
  static constexpr const char* kSpec = "v4l2:/dev/video42";
  static constexpr const char* kName = "Rig Camera";

  enum class State {
    Working,
    Unplugged,  // gone in the middle of whatever it does, and not to be opened
    Stalled,    // agrees to everything, sends nothing
    Busy,       // can be opened, but another program has it
    Stubborn,   // agrees to everything and gives 640x480
    Dark,       // gives 12.5 pictures a second, whatever rate was agreed on
    Infrared,   // has grey pictures only
    Damaged,    // its JPEGs end in the middle
    Padded,     // its raw pictures have lines with 64 bytes more
    Shrunken,   // its JPEGs are of 640x480, whatever size was agreed on
  };

  FakeCamera();
  ~FakeCamera();
  FakeCamera(const FakeCamera&) = delete;
  FakeCamera& operator=(const FakeCamera&) = delete;

  // Seen from the next picture on, also in other processes.
  void set(State state);
  // Every whole second of the wall clock the picture is white for 100 ms; otherwise dark. From the next
  // picture on.
  void flash_every_second();
  // For a child process: LD_PRELOAD and what the library needs to know.
  Environment environment() const;

 private:
  ScopedFolder folder_;
  std::optional<ScopedEnvironment> own_;
  State state_ = State::Working;
  bool flashes_ = false;
};

// The number in the upper left corner of a picture of the fake camera (luma only); nullopt: there is none.
std::optional<std::uint32_t> read_number(const AVFrame& picture);

}  // namespace meanwhile
