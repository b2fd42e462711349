#include "tests/bench/screen_canvas.h"

#include <sys/ipc.h>
#include <sys/shm.h>
#include <xcb/shm.h>
#include <xcb/xcb.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "media/base/files.h"

namespace meanwhile {
namespace {

constexpr std::uint8_t kDepth = 24;

std::size_t area_of(Size size) {
  return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
}

}  // namespace

void ScreenCanvas::Disconnect::operator()(xcb_connection_t* connection) const {
  xcb_disconnect(connection);
}

Result<std::unique_ptr<ScreenCanvas>> ScreenCanvas::open(const std::string& display, Size size) {
  Connection connection(xcb_connect(display.c_str(), nullptr));
  if (xcb_connection_has_error(connection.get()))
    return fail(ErrorCode::Unavailable, "connecting to " + display);
  std::unique_ptr<ScreenCanvas> canvas(new ScreenCanvas(std::move(connection), size));
  MEANWHILE_TRY(canvas->share_memory());
  return canvas;
}

Result<void> ScreenCanvas::share_memory() {
  const int id = shmget(IPC_PRIVATE, area_of(size_) * sizeof(std::uint32_t), IPC_CREAT | 0600);
  void* memory = id < 0 ? nullptr : shmat(id, nullptr, 0);
  if (!memory) return std::unexpected(error_from_errno(errno, "sharing memory with the X server"));
  pixels_ = {static_cast<std::uint32_t*>(memory), area_of(size_)};
  root_ = xcb_setup_roots_iterator(xcb_get_setup(connection_.get())).data->root;
  segment_ = xcb_generate_id(connection_.get());
  xcb_generic_error_t* error = xcb_request_check(
      connection_.get(),
      xcb_shm_attach_checked(connection_.get(), segment_, static_cast<std::uint32_t>(id), 0));
  shmctl(id, IPC_RMID, nullptr);  // goes when the last of us two lets go
  std::free(error);
  if (error) return fail(ErrorCode::Unavailable, "sharing memory with the X server");
  brush_ = xcb_generate_id(connection_.get());
  xcb_create_gc(connection_.get(), brush_, root_, 0, nullptr);
  return {};
}

ScreenCanvas::~ScreenCanvas() {
  if (!pixels_.empty()) shmdt(pixels_.data());
}

std::span<std::uint32_t> ScreenCanvas::row(int y) const {
  const auto width = static_cast<std::size_t>(size_.width);
  return pixels_.subspan(static_cast<std::size_t>(y) * width, width);
}

void ScreenCanvas::fill(Rect area, std::uint32_t rgb) const {
  const int right = std::min(area.x + area.width, size_.width);
  const int bottom = std::min(area.y + area.height, size_.height);
  for (int y = area.y; y < bottom; ++y) std::fill(row(y).begin() + area.x, row(y).begin() + right, rgb);
}

void ScreenCanvas::show() const {
  const auto width = static_cast<std::uint16_t>(size_.width);
  const auto height = static_cast<std::uint16_t>(size_.height);
  xcb_shm_put_image(connection_.get(), root_, brush_, width, height, 0, 0, width, height, 0, 0, kDepth,
                    XCB_IMAGE_FORMAT_Z_PIXMAP, 0, segment_, 0);
  // A round trip: the server has done everything before.
  std::free(xcb_get_input_focus_reply(connection_.get(), xcb_get_input_focus(connection_.get()), nullptr));
}

}  // namespace meanwhile
