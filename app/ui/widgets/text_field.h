// Where words are typed. The state holds the text: the field is given it every frame and says what it has
// become.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/platform/icons.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"

namespace meanwhile {

struct TextField {
  std::string_view name;
  std::string_view text;
  std::string_view hint;
  std::string_view spoken = {};  // what it is for, where neither a label says it nor the hint
  std::optional<Icon> icon = std::nullopt;
  bool is_multiline = false;
  bool is_hidden = false;    // what is typed shows as stars, and isn't copied
  int generation = 0;        // another one: the field forgets what it holds and takes text anew
  bool takes_focus = false;  // now
  bool is_framed = true;
  // Put in place of these bytes as soon as the field has the keyboard: a name that was completed. A line
  // break that the same press of Enter made goes too.
  struct Completion {
    std::size_t from = 0;
    std::size_t to = 0;
    std::string text;
  };
  std::optional<Completion> completion = std::nullopt;
  std::optional<std::size_t> hold_cursor = std::nullopt;  // it stays there, whatever the keys say
};

struct TextFieldResponse {
  std::optional<std::string> edited;
  bool is_active = false;
  bool is_completed = false;  // `completion` was put in
  std::size_t cursor = 0;     // in bytes, of what is in the field now
  bool is_submitted = false;  // Enter in a single line
};

TextFieldResponse draw_text_field(Pen& pen, const Box& box, const TextField& field);

}  // namespace meanwhile
