// Small pieces that many pages show.
#pragma once

#include <string_view>

#include "app/platform/icons.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"

namespace meanwhile {

// A round in the person's colour with their initials; as large as box.
void draw_avatar(Pen& pen, const Box& box, const PersonView& person);

// A small rounded label; gives its width. It begins at box's left and is as high as box.
float draw_pill(Pen& pen, const Box& box, ImU32 ground, ImU32 words, std::string_view text);
float pill_width(const Pen& pen, std::string_view text);

// A picture with rounded corners and the clip's length in its corner; a plain ground with an icon where there
// is none.
struct Poster {
  std::string_view slot;
  const PicturePtr& picture;
  MediaTime duration{};
  double watched = 0;    // a bar below, if there is any
  bool is_live = false;  // says so: its length isn't known yet
};
void draw_poster(Pen& pen, const Box& box, const Poster& poster, ImU32 behind);

// Says that there is nothing, why, and what to do: icon, title, text, in the middle of box. Gives where a
// button goes.
constexpr float kEmptyButtonHeight = 36;
Box draw_empty(Pen& pen, const Box& box, Icon icon, std::string_view title, std::string_view text);

// A tinted box with an icon and text over its whole width; gives its height.
enum class BannerKind { Info, Warning, Failure, Success };
float draw_banner(Pen& pen, const Box& box, BannerKind kind, std::string_view text);
float banner_height(const Pen& pen, float width, std::string_view text);

// How loud it is: bars that light up from left to right. level: 0 to 1, linear; shown on a scale of decibels.
void draw_level_meter(Pen& pen, const Box& box, float level);

void draw_progress(Pen& pen, const Box& box, double fraction);

// "1:23 / 5:00", from left to right everywhere. Gives its width.
float draw_time_of(Pen& pen, const Box& row, std::string_view now, std::string_view whole);

}  // namespace meanwhile
