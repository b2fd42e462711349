// A paragraph with links that can be pressed.
#pragma once

#include <imgui.h>

#include <string_view>

#include "app/library/linked_text.h"
#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

// As Pen::paragraph in the body's size, and as high. name: of its parts: "<name>/link/0".
float draw_linked_text(View& view, const Box& box, std::string_view name, ImU32 color,
                       const LinkedText& linked);

}  // namespace meanwhile
