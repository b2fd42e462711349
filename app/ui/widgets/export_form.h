// What to export of an update, and where to; in the place of its comments.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

class ExportFormWidget {
 public:
  // state.watch.export_form is there.
  void draw(View& view, Box area);

 private:
  std::string begun_for_;  // the clip whose file's name has had the keyboard
};

}  // namespace meanwhile
