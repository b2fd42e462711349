#include "media/capture/x11/image_fetcher.h"

#include <fmt/format.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/rectangles.h"
#include "media/capture/screen_picture.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {
namespace {

constexpr int kBytesPerPixel = 4;
constexpr std::uint32_t kAllPlanes = ~0U;

int bits_per_pixel(const XScreen& x) {
  for (auto it = xcb_setup_pixmap_formats_iterator(xcb_get_setup(x.connection.get())); it.rem > 0;
       xcb_format_next(&it)) {
    if (it.data->depth == x.screen->root_depth) return it.data->bits_per_pixel;
  }
  return 0;
}

const xcb_visualtype_t* root_visual(const XScreen& x) {
  for (auto depth = xcb_screen_allowed_depths_iterator(x.screen); depth.rem > 0; xcb_depth_next(&depth)) {
    for (auto visual = xcb_depth_visuals_iterator(depth.data); visual.rem > 0; xcb_visualtype_next(&visual)) {
      if (visual.data->visual_id == x.screen->root_visual) return visual.data;
    }
  }
  return nullptr;
}

// Blue, green, red in memory: what nearly every display has had for twenty years.
bool has_usual_pixels(const XScreen& x) {
  const xcb_visualtype_t* visual = root_visual(x);
  return visual && bits_per_pixel(x) == 32 && visual->red_mask == 0xff0000 && visual->blue_mask == 0xff &&
         xcb_get_setup(x.connection.get())->image_byte_order == XCB_IMAGE_ORDER_LSB_FIRST;
}

bool has_shared_memory(xcb_connection_t* connection) {
  const auto* extension = xcb_get_extension_data(connection, &xcb_shm_id);
  return extension && extension->present;
}

std::int16_t short_of(int value) {
  return static_cast<std::int16_t>(value);
}
std::uint16_t unsigned_of(int value) {
  return static_cast<std::uint16_t>(value);
}

}  // namespace

std::unique_ptr<SharedMemory> SharedMemory::create(std::size_t size) {
  const int id = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
  if (id < 0) return nullptr;
  void* bytes = shmat(id, nullptr, 0);
  if (bytes == reinterpret_cast<void*>(-1)) {
    shmctl(id, IPC_RMID, nullptr);
    return nullptr;
  }
  return std::unique_ptr<SharedMemory>(new SharedMemory(id, size, static_cast<std::uint8_t*>(bytes)));
}

SharedMemory::~SharedMemory() {
  forget_id();
  shmdt(bytes_);
}

void SharedMemory::forget_id() {
  if (id_ >= 0) shmctl(id_, IPC_RMID, nullptr);
  id_ = -1;
}

Result<std::unique_ptr<ImageFetcher>> ImageFetcher::create(const XScreen& x) {
  if (!has_usual_pixels(x)) {
    return fail(
        ErrorCode::Unsupported,
        fmt::format(
            "reading the X display {}: only true-colour screens with 32 bits a pixel can be recorded, "
            "this one has {}",
            x.display, bits_per_pixel(x)));
  }
  std::unique_ptr<ImageFetcher> fetcher(new ImageFetcher(x));
  fetcher->is_refused_ = !has_shared_memory(x.connection.get());
  return fetcher;
}

// A server on another machine (ssh -X) has the extension and refuses the memory: then it stays without.
void ImageFetcher::attach(std::size_t size) {
  xcb_connection_t* connection = x_.connection.get();
  if (memory_) xcb_shm_detach(connection, segment_);
  memory_ = SharedMemory::create(size);
  is_refused_ = true;
  if (!memory_) return;
  segment_ = xcb_generate_id(connection);
  const auto request =
      xcb_shm_attach_checked(connection, segment_, static_cast<std::uint32_t>(memory_->id()), false);
  is_refused_ = owned(xcb_request_check(connection, request)) != nullptr;
  memory_->forget_id();
  if (is_refused_) memory_.reset();
}

Result<std::vector<ScreenPixels>> ImageFetcher::fetch(xcb_drawable_t drawable,
                                                      const std::vector<Rect>& areas) {
  const std::size_t size = static_cast<std::size_t>(total_area(areas)) * kBytesPerPixel;
  if (!is_refused_ && (!memory_ || memory_->size() < size)) attach(size);
  return memory_ ? fetch_shared(drawable, areas) : fetch_copied(drawable, areas);
}

Result<std::vector<ScreenPixels>> ImageFetcher::fetch_shared(xcb_drawable_t drawable,
                                                             const std::vector<Rect>& areas) {
  xcb_connection_t* connection = x_.connection.get();
  std::vector<xcb_shm_get_image_cookie_t> requests;
  std::vector<ScreenPixels> pixels;
  std::uint32_t offset = 0;
  for (const Rect& area : areas) {
    requests.push_back(xcb_shm_get_image(connection, drawable, short_of(area.x), short_of(area.y),
                                         unsigned_of(area.width), unsigned_of(area.height), kAllPlanes,
                                         XCB_IMAGE_FORMAT_Z_PIXMAP, segment_, offset));
    pixels.push_back({memory_->bytes() + offset, area.width * kBytesPerPixel});
    offset += static_cast<std::uint32_t>(area.width * area.height * kBytesPerPixel);
  }
  bool is_whole = true;
  for (const auto& request : requests) {
    if (!owned(xcb_shm_get_image_reply(connection, request, nullptr))) is_whole = false;
  }
  if (!is_whole) return std::unexpected(why_failed());
  return pixels;
}

Result<std::vector<ScreenPixels>> ImageFetcher::fetch_copied(xcb_drawable_t drawable,
                                                             const std::vector<Rect>& areas) {
  xcb_connection_t* connection = x_.connection.get();
  std::vector<xcb_get_image_cookie_t> requests;
  for (const Rect& area : areas) {
    requests.push_back(xcb_get_image(connection, XCB_IMAGE_FORMAT_Z_PIXMAP, drawable, short_of(area.x),
                                     short_of(area.y), unsigned_of(area.width), unsigned_of(area.height),
                                     kAllPlanes));
  }
  copies_.clear();
  for (const auto& request : requests)
    copies_.push_back(owned(xcb_get_image_reply(connection, request, nullptr)));
  if (std::find(copies_.begin(), copies_.end(), nullptr) != copies_.end())
    return std::unexpected(why_failed());
  std::vector<ScreenPixels> pixels;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    pixels.push_back({xcb_get_image_data(copies_[i].get()), areas[i].width * kBytesPerPixel});
  }
  return pixels;
}

Error ImageFetcher::why_failed() const {
  if (xcb_connection_has_error(x_.connection.get()) != 0) {
    return {ErrorCode::Unavailable,
            fmt::format("reading the X display {}: the X server is gone", x_.display)};
  }
  return {ErrorCode::TryAgain, "reading the X screen"};
}

}  // namespace meanwhile
