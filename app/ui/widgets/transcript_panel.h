// Beside the picture, in the comments' place: what is said, as a text. The word that is being said is marked,
// a press on one goes there; words that are chosen by dragging become a comment, or are copied with their
// time. A double click corrects a caption, or suggests other words for it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/transcript.h"
#include "app/ui/widgets/caption_correction.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

class TranscriptPanel {
 public:
  // Only while there are captions.
  void draw(View& view, Box area);
  // The field of the search takes the keyboard in the next frame.
  void search() { takes_focus_ = true; }
  // Escape; false: no caption is being corrected.
  bool end_correction() { return correction_.end(); }
  // Words were chosen to be commented on: once.
  bool takes_comment() { return std::exchange(takes_comment_, false); }

 private:
  // Where a caption lies among the shown ones.
  struct Row {
    std::size_t cue = 0;
    float top = 0;
    float height = 0;
  };
  // What rows_ are made of: where something of it is another, they are made anew.
  struct Made {
    std::shared_ptr<const std::vector<VttCue>> captions;
    std::shared_ptr<const std::vector<CaptionSuggestion>> suggestions;
    std::shared_ptr<const EditList> edits;
    float width = 0;
    std::string sought;
    std::optional<std::size_t> corrected;
    float correction_height = 0;
    bool operator==(const Made&) const = default;
  };
  void forget_if_other(const View& view);
  void lay_out(const View& view, float width);
  float words_height(const Pen& pen, std::size_t cue, float width) const;
  void draw_next_suggestion(View& view, Box& area);
  void draw_list(View& view, const Box& area);
  void draw_row(View& view, const Box& box, std::size_t cue);
  void draw_caption_words(View& view, const Box& text, std::size_t cue, bool is_said,
                          const Response& response);
  void draw_words(View& view, const Box& box, std::size_t cue, bool is_said);
  void choose(View& view, std::size_t cue, const Box& box, bool is_pressed);
  void open_row_menu(View& view, std::size_t cue);
  void draw_chosen(View& view, Box bar);
  void comment_on(View& view, const ChosenWords& chosen);
  static void cut_out(View& view, const ChosenWords& chosen);

  std::string clip_;
  Made made_;
  std::string words_;  // that are sought
  CaptionCorrection correction_;
  std::optional<std::size_t> to_correct_;       // in the next frame
  std::optional<std::size_t> wanted_;           // the caption to be brought in sight
  std::optional<std::size_t> last_suggestion_;  // the caption whose suggestion was gone to last
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
