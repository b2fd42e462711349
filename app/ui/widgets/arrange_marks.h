// On the timeline of an update that is being arranged: what is cut out of it, with handles, and the marked
// part.
#pragma once

#include <cstddef>
#include <optional>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "media/base/media_time.h"

namespace meanwhile {

class ArrangeMarks {
 public:
  // view.state.watch.arrange is set; box: all of the recording.
  void draw(View& view, const Box& box);
  // A hand holds one of the handles.
  [[nodiscard]] bool is_dragging() const { return held_.has_value(); }

 private:
  struct Held {
    std::size_t cut = 0;
    bool is_end = false;
    MediaTime at{};
  };
  void draw_handle(View& view, const Box& box, std::size_t cut, bool is_end, MediaTime at);
  void let_go(View& view);

  std::optional<Held> held_;
};

}  // namespace meanwhile
