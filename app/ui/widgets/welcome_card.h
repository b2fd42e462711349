// What a newcomer is asked: who they are, where, and how they begin. It stands in the Inbox, above everything
// else, until it is answered or put away; all the rest of the window works meanwhile.
#pragma once

#include <optional>
#include <string>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/widgets/library_settings.h"
#include "app/ui/widgets/section.h"

namespace meanwhile {

class WelcomeCard {
 public:
  // From the area's top on. Gives its height.
  float draw(View& view, const Box& area);
  // Its second question is being answered: it stays, though the first was.
  [[nodiscard]] bool is_begun() const { return is_begun_; }

 private:
  enum class Step { Who, Join, Start };

  void draw_who(View& view, Box& area);
  void draw_library(View& view, Box& area);
  void draw_choices(View& view, Box& area);
  void draw_close(View& view, const Box& card);
  // What was typed is kept; nobody is asked again.
  void keep(View& view);
  void close(View& view);

  Step step_ = Step::Who;
  bool is_begun_ = false;
  std::optional<std::string> name_;  // as typed; nullopt: as the system knows it
  int added_before_ = 0;             // libraries, when the second step began
  LibrarySettings libraries_;
  float height_ = 0;  // of the last frame
};

}  // namespace meanwhile
