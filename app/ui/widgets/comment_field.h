// Where a comment, a reply or an ask is written; and where an answer is recorded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/box.h"
#include "app/ui/draft.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/media_time.h"

namespace meanwhile {

class CommentField {
 public:
  void draw(View& view, Box area);
  float height(const Pen& pen, const UiState& state) const;
  void focus() { takes_focus_ = true; }

 private:
  void draw_head(View& view, Box row);
  void draw_field(View& view, const Box& box);
  void draw_bottom(View& view, Box row);
  void draw_completions(View& view, const Box& field, const std::vector<const PersonView*>& people);
  std::vector<const PersonView*> completions(const View& view) const;
  void complete(const View& view, const std::string& name);
  bool has_let_go_of_range(const Draft& draft);
  void read_completion_keys(View& view, const std::vector<const PersonView*>& people);

  bool takes_focus_ = false;
  int generation_ = 0;
  std::optional<MediaTime> range_end_;
  bool is_range_in_hand_ = false;
  bool types_time_ = false;  // a deadline, instead of choosing one
  // The "@" completion.
  std::size_t cursor_ = 0;  // in the draft's text
  bool is_active_ = false;  // the field has the keyboard
  std::string dismissed_;   // what was typed when Escape closed the list
  int chosen_ = 0;
  std::optional<TextField::Completion> completed_;  // to be put in
};

}  // namespace meanwhile
