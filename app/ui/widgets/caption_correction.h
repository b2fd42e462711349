// A caption being corrected in its place, and what others suggest for it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"

namespace meanwhile {

// Enter keeps what was typed, Escape doesn't.
class CaptionCorrection {
 public:
  void begin(const View& view, std::size_t cue);
  // false: nothing was being corrected.
  bool end();
  // The captions aren't those any more that were there when it began.
  void end_if_other(const View& view);
  [[nodiscard]] bool is_at(std::size_t cue) const { return cue_ == cue; }
  [[nodiscard]] const std::optional<std::size_t>& cue() const { return cue_; }
  float height(const Pen& pen, float width) const;
  // In the place of the caption's words.
  void draw(View& view, Box area);

 private:
  void keep(View& view);

  std::optional<std::size_t> cue_;  // of PlayTools::captions
  std::string before_;              // what it says
  std::string text_;
  int generation_ = 0;
  bool takes_focus_ = false;
  bool is_new_ = false;  // the field hasn't got the keyboard yet: then it begins at the end
};

// Those for one caption; suggestions: by caption.
std::vector<const CaptionSuggestion*> suggestions_of(const PlayTools& tools, std::size_t cue);

float suggestion_height(const Pen& pen, float width, const CaptionSuggestion& suggestion);
// With what can be done about it.
void draw_suggestion(View& view, Box area, const CaptionSuggestion& suggestion);

}  // namespace meanwhile
