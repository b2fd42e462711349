#include "media/capture/x11/image_fetcher.h"

#include <sys/ipc.h>
#include <sys/shm.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/rectangles.h"
#include "media/capture/screen_picture.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/pixel_unpacker.h"

namespace meanwhile {
namespace {

constexpr int kBytesPerPixel = 4;
constexpr std::uint32_t kAllPlanes = ~0U;

const xcb_visualtype_t* root_visual(const XScreen& x) {
  for (auto depth = xcb_screen_allowed_depths_iterator(x.screen); depth.rem > 0; xcb_depth_next(&depth)) {
    for (auto visual = xcb_depth_visuals_iterator(depth.data); visual.rem > 0; xcb_visualtype_next(&visual)) {
      if (visual.data->visual_id == x.screen->root_visual) return visual.data;
    }
  }
  return nullptr;
}

// The colours that a pixel's number stands for, as they are now; they may be changed without a word.
std::vector<std::uint32_t> read_palette(const XScreen& x, int colours) {
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(colours));
  std::iota(pixels.begin(), pixels.end(), 0U);
  const auto reply =
      owned(xcb_query_colors_reply(x.connection.get(),
                                   xcb_query_colors(x.connection.get(), x.screen->default_colormap,
                                                    static_cast<std::uint32_t>(colours), pixels.data()),
                                   nullptr));
  if (!reply) return {};
  std::vector<std::uint32_t> palette;
  const xcb_rgb_t* colour = xcb_query_colors_colors(reply.get());
  for (int i = 0; i < xcb_query_colors_colors_length(reply.get()); ++i)
    palette.push_back(static_cast<std::uint32_t>(colour[i].red >> 8 << 16 | colour[i].green >> 8 << 8 |
                                                 colour[i].blue >> 8));
  return palette;
}

PixelLayout layout_of(const XScreen& x) {
  const xcb_setup_t* setup = xcb_get_setup(x.connection.get());
  PixelLayout layout{.bits = 0, .is_big_first = setup->image_byte_order == XCB_IMAGE_ORDER_MSB_FIRST};
  for (auto it = xcb_setup_pixmap_formats_iterator(setup); it.rem > 0; xcb_format_next(&it)) {
    if (it.data->depth != x.screen->root_depth) continue;
    layout.bits = it.data->bits_per_pixel;
    layout.line_bits = it.data->scanline_pad;
  }
  const xcb_visualtype_t* visual = root_visual(x);
  if (!visual) return layout;
  layout.red = visual->red_mask;
  layout.green = visual->green_mask;
  layout.blue = visual->blue_mask;
  const bool has_palette =
      visual->_class != XCB_VISUAL_CLASS_TRUE_COLOR && visual->_class != XCB_VISUAL_CLASS_DIRECT_COLOR;
  if (has_palette) layout.palette = read_palette(x, visual->colormap_entries);
  return layout;
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
  PixelLayout layout = layout_of(x);
  if (!layout.can_be_read()) {
    return fail(ErrorCode::Unsupported,
                tr_format("reading the X display {}: its pixels of {} bits can't be read; "
                          "use one of 24 bits",
                          x.display, x.screen->root_depth));
  }
  std::unique_ptr<ImageFetcher> fetcher(new ImageFetcher(x));
  if (!layout.is_usual()) fetcher->unpacker_ = std::make_unique<PixelUnpacker>(std::move(layout));
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
  std::vector<const std::uint8_t*> images;
  std::uint32_t offset = 0;
  for (const Rect& area : areas) {
    requests.push_back(xcb_shm_get_image(connection, drawable, short_of(area.x), short_of(area.y),
                                         unsigned_of(area.width), unsigned_of(area.height), kAllPlanes,
                                         XCB_IMAGE_FORMAT_Z_PIXMAP, segment_, offset));
    images.push_back(memory_->bytes() + offset);
    offset += static_cast<std::uint32_t>(area.width * area.height * kBytesPerPixel);
  }
  bool is_whole = true;
  for (const auto& request : requests) {
    if (!owned(xcb_shm_get_image_reply(connection, request, nullptr))) is_whole = false;
  }
  if (!is_whole) return std::unexpected(why_failed());
  return as_usual(images, areas);
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
  std::vector<const std::uint8_t*> images;
  for (const auto& copy : copies_) images.push_back(xcb_get_image_data(copy.get()));
  return as_usual(images, areas);
}

std::vector<ScreenPixels> ImageFetcher::as_usual(const std::vector<const std::uint8_t*>& images,
                                                 const std::vector<Rect>& areas) {
  std::vector<ScreenPixels> pixels;
  if (unpacker_ && !unpacker_->layout().palette.empty()) {
    PixelLayout now = unpacker_->layout();
    now.palette = read_palette(x_, static_cast<int>(now.palette.size()));
    if (!now.palette.empty() && now != unpacker_->layout())
      unpacker_ = std::make_unique<PixelUnpacker>(std::move(now));
  }
  unpacked_.resize(areas.size());
  for (std::size_t i = 0; i < areas.size(); ++i) {
    const std::uint8_t* image = images[i];
    if (unpacker_) {
      unpacked_[i].resize(static_cast<std::size_t>(areas[i].width) *
                          static_cast<std::size_t>(areas[i].height));
      unpacker_->unpack(image, areas[i].width, areas[i].height, unpacked_[i].data());
      image = reinterpret_cast<const std::uint8_t*>(unpacked_[i].data());
    }
    pixels.push_back({image, areas[i].width * kBytesPerPixel});
  }
  return pixels;
}

Error ImageFetcher::why_failed() const {
  if (xcb_connection_has_error(x_.connection.get()) != 0) {
    return {ErrorCode::Unavailable, tr_format("reading the X display {}: the X server is gone", x_.display)};
  }
  return {ErrorCode::TryAgain, "reading the X screen"};
}

}  // namespace meanwhile
