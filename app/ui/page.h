// A page of the window. To add one: a class in pages/, a line in pages/pages.h, its name and state in
// state.h.
#pragma once

#include <memory>
#include <vector>

#include "app/platform/keys.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

// What a page gets to draw itself, for one frame.
struct View {
  const UiState& state;
  Actions& actions;
  Pen& pen;
  Overlays& overlays;
};

enum class Sidebar { Shown, Hidden };

class Page {
 public:
  virtual ~Page() = default;
  virtual PageId id() const = 0;
  virtual Sidebar sidebar(const UiState&) const { return Sidebar::Shown; }
  virtual void draw(View& view, const Box& area) = 0;
  // So high (in units of the window) a page of that width has to be; where there is less room it scrolls, as
  // a whole. 0: it fits itself into any. What isn't known before it is drawn may be what the last frame took.
  virtual float least_height(const View&, float /*width*/) const { return 0; }
  // A key that no text field took. true: it meant something here.
  virtual bool press(View&, const KeyPress&) { return false; }
};

std::vector<std::unique_ptr<Page>> make_pages();

}  // namespace meanwhile
