// The whole screen as pixels in memory, shown at one instant: what a workload draws with.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "media/base/layout.h"
#include "media/base/result.h"

struct xcb_connection_t;

namespace meanwhile {

class ScreenCanvas {
 public:
  // size: of the whole screen. Errors: Unavailable (no X server, no shared memory).
  static Result<std::unique_ptr<ScreenCanvas>> open(const std::string& display, Size size);
  ~ScreenCanvas();
  ScreenCanvas(const ScreenCanvas&) = delete;
  ScreenCanvas& operator=(const ScreenCanvas&) = delete;

  Size size() const { return size_; }
  // 0xRRGGBB each.
  std::span<std::uint32_t> row(int y) const;
  void fill(Rect area, std::uint32_t rgb) const;
  // The server has it on the screen when this returns, all of it in one step.
  void show() const;

 private:
  struct Disconnect {
    void operator()(xcb_connection_t* connection) const;
  };
  using Connection = std::unique_ptr<xcb_connection_t, Disconnect>;
  ScreenCanvas(Connection connection, Size size) : connection_(std::move(connection)), size_(size) {}
  Result<void> share_memory();

  const Connection connection_;
  const Size size_;
  std::span<std::uint32_t> pixels_;  // shared with the server
  std::uint32_t segment_ = 0;
  std::uint32_t root_ = 0;
  std::uint32_t brush_ = 0;
};

}  // namespace meanwhile
