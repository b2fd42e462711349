// A node of PipeWire that gives pictures as it is told: a make-believe compositor's screen, or a camera.
#pragma once

#include <pipewire/pipewire.h>
#include <spa/param/video/raw.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

struct GivenPointer {
  std::uint32_t id = 1;  // 0: not over this picture
  int x = 0;
  int y = 0;
  int hot_x = 0;
  int hot_y = 0;
  Size size;                       // of pixels; {0, 0}: no new shape
  std::vector<std::uint8_t> bgra;  // premultiplied
};

struct GivenPicture {
  // Fills the buffer and says how many bytes it has used; unset: a buffer without pixels.
  std::function<std::size_t(std::uint8_t* bytes, int stride)> paint;
  std::vector<Rect> damage;  // empty: isn't told
  std::optional<Rect> crop;
  std::optional<GivenPointer> pointer;
  bool is_damaged = false;
};

// Fills a picture of four bytes a pixel with a colour, in the byte order of BGRx.
void fill_bgrx(std::uint8_t* bytes, int stride, Rect area, std::uint32_t rgb);

// Lives on a thread of PipeWire's. Everything below: the test's thread.
class PictureGiver {
 public:
  struct Options {
    std::string name = "rig-screen";
    std::string media_class = "Video/Source/Virtual";  // a camera's: "Video/Source"
    spa_video_format format = SPA_VIDEO_FORMAT_BGRx;   // ENCODED: JPEG
    Size size{640, 480};
    int frames_per_second = 0;  // 0: whenever something changes
    bool offers_metadata = true;
  };
  // Connects to the PipeWire of the environment. Errors: Unavailable.
  static Result<std::unique_ptr<PictureGiver>> start(Options options);
  ~PictureGiver();
  PictureGiver(const PictureGiver&) = delete;
  PictureGiver& operator=(const PictureGiver&) = delete;

  std::uint32_t node() const { return node_; }
  // Waits for somebody who takes pictures.
  bool wait_for_taker();
  // false: there is nobody who takes them, or no buffer in time.
  bool give(const GivenPicture& picture);
  // One colour all over, everything damaged.
  bool give_colour(std::uint32_t rgb);
  // The pictures' size from now on; waits until that is agreed on.
  bool resize(Size size);
  // Waits until it is.
  bool pause(bool is_paused);

 private:
  explicit PictureGiver(Options options) : options_(std::move(options)) {}
  Result<void> open();
  bool wait_for(const std::function<bool()>& condition);
  const spa_pod* format_pod(void* memory, std::size_t size) const;
  void on_state(pw_stream_state state);
  void on_format(const spa_pod* format);
  int stride() const;
  std::size_t picture_bytes() const;
  void add_metadata(spa_buffer& buffer, const GivenPicture& picture) const;

  static const pw_stream_events kEvents;
  Options options_;
  pw_thread_loop* loop_ = nullptr;
  pw_stream* stream_ = nullptr;
  spa_hook hook_{};
  std::uint32_t node_ = 0;
  // With the loop's lock.
  pw_stream_state state_ = PW_STREAM_STATE_UNCONNECTED;
  Size agreed_;
  std::uint64_t sequence_ = 0;
};

}  // namespace meanwhile
