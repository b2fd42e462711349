// Reads pixels of an X screen.
#pragma once

#include <xcb/shm.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/screen_picture.h"
#include "media/capture/x11/connection.h"

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
  std::uint8_t* bytes() const { return bytes_; }
  // From here on it goes away with its last user.
  void forget_id();

 private:
  SharedMemory(int id, std::uint8_t* bytes) : id_(id), bytes_(bytes) {}
  int id_;
  std::uint8_t* const bytes_;
};

// Through shared memory where the server can (the same machine), else through the connection. The thread of
// the connection; x must outlive it.
class ImageFetcher {
 public:
  // capacity: pixels that one fetch() asks for at most. Errors: Unsupported (not 32 bits a pixel, red high).
  static Result<std::unique_ptr<ImageFetcher>> create(const XScreen& x, std::int64_t capacity);

  // areas: of the screen, all requested at once. The pixels hold until the next call.
  // Errors: TryAgain (the server refused: the screen is smaller now), Unavailable (it doesn't answer).
  Result<std::vector<ScreenPixels>> fetch(const std::vector<Rect>& areas);
  bool uses_shared_memory() const { return memory_ != nullptr; }

 private:
  explicit ImageFetcher(const XScreen& x) : x_(x) {}
  void attach(std::int64_t capacity);
  Result<std::vector<ScreenPixels>> fetch_shared(const std::vector<Rect>& areas);
  Result<std::vector<ScreenPixels>> fetch_copied(const std::vector<Rect>& areas);
  Error why_failed() const;

  const XScreen& x_;
  std::unique_ptr<SharedMemory> memory_;
  xcb_shm_seg_t segment_ = 0;
  std::vector<XReply<xcb_get_image_reply_t>> copies_;
};

}  // namespace meanwhile
