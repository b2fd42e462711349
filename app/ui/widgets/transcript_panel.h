// Beside the picture, in the comments' place: what is said, as a text. The word that is being said is marked,
// a press on one goes there; words that are chosen by dragging become a comment, or are copied with their
// time.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/transcript.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

class TranscriptPanel {
 public:
  // Only while there are captions.
  void draw(View& view, Box area);
  // The field of the search takes the keyboard in the next frame.
  void search() { takes_focus_ = true; }
  // Words were chosen to be commented on: once.
  bool takes_comment() { return std::exchange(takes_comment_, false); }

 private:
  // Where a caption lies among the shown ones; made anew when the width, the captions or the search are
  // others.
  struct Row {
    std::size_t cue = 0;
    float top = 0;
    float height = 0;
  };
  void forget_if_other(const View& view);
  void lay_out(const Pen& pen, float width);
  float row_height(const Pen& pen, const VttCue& cue, float width) const;
  void draw_list(View& view, const Box& area);
  void draw_row(View& view, const Box& box, std::size_t cue);
  void draw_words(View& view, const Box& box, std::size_t cue, bool is_said);
  void choose(View& view, std::size_t cue, const Box& box, bool is_pressed);
  void open_row_menu(View& view, std::size_t cue);
  void draw_chosen(View& view, Box bar);
  void comment_on(View& view, const ChosenWords& chosen);

  std::string clip_;
  std::shared_ptr<const std::vector<VttCue>> captions_;  // that rows_ are of
  float width_ = 0;
  std::string words_;   // that are sought
  std::string sought_;  // that rows_ are of
  bool takes_focus_ = false;
  bool takes_comment_ = false;
  std::vector<Row> rows_;
  float height_ = 0;
  std::optional<WordSpot> pressed_;  // where the button went down
  std::optional<WordSpot> pointed_;  // what the pointer is at, in this frame
  std::optional<ChosenWords> chosen_;
  std::optional<std::size_t> followed_;  // the caption to which the list moved last
};

}  // namespace meanwhile
