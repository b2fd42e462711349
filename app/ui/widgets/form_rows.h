// The rows of a form: a label above what is chosen, typed or switched. Each row is cut off the top of `area`.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "media/base/translation.h"

namespace meanwhile {

void draw_form_label(View& view, Box& area, std::string_view label);

struct FormChoice {
  std::string_view name;
  std::string_view label;
  std::vector<std::string> choices;
  std::size_t chosen = 0;
};
// A field that opens a menu of the choices.
void draw_form_choice(View& view, Box& area, const FormChoice& row,
                      std::function<void(Actions& actions, std::size_t chosen)> choose);

struct FormSwitch {
  std::string_view name;
  std::string_view label;
  std::string_view tip;
  bool is_on = false;
};
// true: pressed.
bool draw_form_switch(View& view, Box& area, const FormSwitch& row);

struct FileRow {
  std::string_view name;    // of the field
  std::string_view browse;  // of the button beside it
  std::string_view text;
  std::string_view hint;
  bool takes_focus = false;
};
struct FileRowAnswer {
  std::optional<std::string> edited;
  bool is_submitted = false;
  bool browses = false;
};
// Where a file goes: typed, or chosen in the desktop's dialog.
FileRowAnswer draw_file_row(View& view, Box& area, const FileRow& row);

// Of a form's values and their names (tr_later): which place has that value, and the names as they are shown.
template <typename Value, std::size_t kCount>
FormChoice form_choice(std::string_view name, std::string_view label,
                       const std::array<std::pair<Value, const char*>, kCount>& choices, Value chosen) {
  FormChoice row{.name = name, .label = label, .choices = {}};
  for (std::size_t i = 0; i < kCount; ++i) {
    row.choices.emplace_back(tr(choices[i].second));
    if (choices[i].first == chosen) row.chosen = i;
  }
  return row;
}

}  // namespace meanwhile
