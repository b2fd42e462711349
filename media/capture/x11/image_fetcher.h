// Reads pixels of an X screen or of a window.
#pragma once

#include <xcb/shm.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/screen_picture.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/pixel_unpacker.h"

namespace meanwhile {

// Memory that the X server can write into.
class SharedMemory {
 public:
  // nullptr: the system gives none.
  static std::unique_ptr<SharedMemory> create(std::size_t size);
  ~SharedMemory();
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  int id() const { return id_; }
  std::size_t size() const { return size_; }
  std::uint8_t* bytes() const { return bytes_; }
  // From here on it goes away with its last user.
  void forget_id();

 private:
  SharedMemory(int id, std::size_t size, std::uint8_t* bytes) : id_(id), size_(size), bytes_(bytes) {}
  int id_;
  const std::size_t size_;
  std::uint8_t* const bytes_;
};

// Through shared memory where the server can (the same machine), else through the connection. The thread of
// the connection; x must outlive it.
class ImageFetcher {
 public:
  // Errors: Unsupported (neither true colours nor a palette).
  static Result<std::unique_ptr<ImageFetcher>> create(const XScreen& x);

  // areas: of a window or pixmap, all requested at once. The pixels hold until the next call.
  // Errors: TryAgain (the server refused: there is less to see now), Unavailable (it doesn't answer).
  Result<std::vector<ScreenPixels>> fetch(xcb_drawable_t drawable, const std::vector<Rect>& areas);

 private:
  explicit ImageFetcher(const XScreen& x) : x_(x) {}
  void attach(std::size_t size);
  Result<std::vector<ScreenPixels>> fetch_shared(xcb_drawable_t drawable, const std::vector<Rect>& areas);
  Result<std::vector<ScreenPixels>> fetch_copied(xcb_drawable_t drawable, const std::vector<Rect>& areas);
  // What came, as ScreenPixels has it.
  std::vector<ScreenPixels> as_usual(const std::vector<const std::uint8_t*>& images,
                                     const std::vector<Rect>& areas);
  Error why_failed() const;

  const XScreen& x_;
  std::unique_ptr<PixelUnpacker> unpacker_;  // nullptr: nothing is to be done
  std::vector<std::vector<std::uint32_t>> unpacked_;
  std::unique_ptr<SharedMemory> memory_;
  bool is_refused_ = false;  // the server shares no memory with us
  xcb_shm_seg_t segment_ = 0;
  std::vector<XReply<xcb_get_image_reply_t>> copies_;
};

}  // namespace meanwhile
