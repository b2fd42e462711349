// Follows the pointer of an X screen.
#pragma once

#include <optional>

#include "media/base/clock.h"
#include "media/capture/pointer_shapes.h"
#include "media/capture/screen_picture.h"
#include "media/capture/sinks.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {

// Where a pointer is that isn't over what is recorded but over a window that covers it: out of every picture.
inline constexpr PicturePoint kPointerElsewhere{-10'000, -10'000};

// What the pointer is looked for over.
struct PointerGround {
  xcb_window_t window = 0;
  // The child of the root that holds it; 0: it is the root.
  xcb_window_t frame = 0;
  int x = 0;  // of the picture's corner in the window
  int y = 0;
  bool is_visible = true;
};

// The thread of the connection; x must outlive it.
class PointerWatch {
 public:
  explicit PointerWatch(const XScreen& x) : x_(x) {}

  // Tells sink what changed since the last call, in coordinates of the picture.
  void tick(bool has_new_shape, MonotonicTime at, const PointerGround& ground, const ScreenPicture& picture,
            PointerSink& sink);

 private:
  // Its index, given to sink if it is a new one.
  int current_shape(PointerSink& sink);
  std::optional<PointerSample> look(MonotonicTime at, const PointerGround& ground,
                                    const ScreenPicture& picture) const;
  bool is_over_another(const PointerGround& ground) const;
  XReply<xcb_query_pointer_reply_t> query(xcb_window_t window) const;

  const XScreen& x_;
  PointerShapes shapes_;
  std::optional<PointerSample> last_;
  int shape_ = 0;
};

}  // namespace meanwhile
