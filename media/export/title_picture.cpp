#include "media/export/title_picture.h"

extern "C" {
#include <libavutil/pixfmt.h>
}

#include <libyuv/convert.h>
#ifdef MEANWHILE_PANGO
#include <pango/pangocairo.h>
#endif

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/export/pixels.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"

namespace meanwhile {
namespace {

constexpr std::uint32_t kDark = 0xFF121216;  // blue first in memory

struct Pixels {
  Size size;
  std::vector<std::uint32_t> argb;
};

#ifdef MEANWHILE_PANGO
constexpr double kTitleShare = 0.075;  // of the height: the letters'
constexpr double kTextShare = 0.04;
constexpr double kWidthShare = 0.8;
constexpr double kFaint = 0.75;

struct CairoDeleter {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, CairoDeleter>;

struct Words {
  const std::string& text;
  double share = 0;
  PangoWeight weight = PANGO_WEIGHT_NORMAL;
};

LayoutPtr lay_out_words(cairo_t& context, const Words& words, Size size) {
  LayoutPtr layout(pango_cairo_create_layout(&context));
  const std::unique_ptr<PangoFontDescription, CairoDeleter> font(pango_font_description_from_string("Inter"));
  pango_font_description_set_weight(font.get(), words.weight);
  pango_font_description_set_absolute_size(font.get(), words.share * size.height * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(), static_cast<int>(kWidthShare * size.width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
  pango_layout_set_text(layout.get(), words.text.data(), static_cast<int>(words.text.size()));
  return layout;
}

int height_of(PangoLayout& layout) {
  int height = 0;
  pango_layout_get_pixel_size(&layout, nullptr, &height);
  return height;
}

void write_words(Pixels& pixels, const TitleCard& card) {
  const Size size = pixels.size;
  const std::unique_ptr<cairo_surface_t, CairoDeleter> surface(cairo_image_surface_create_for_data(
      reinterpret_cast<unsigned char*>(pixels.argb.data()), CAIRO_FORMAT_ARGB32, size.width, size.height,
      size.width * static_cast<int>(sizeof(std::uint32_t))));
  const std::unique_ptr<cairo_t, CairoDeleter> context(cairo_create(surface.get()));
  const LayoutPtr title = lay_out_words(*context, {card.title, kTitleShare, PANGO_WEIGHT_SEMIBOLD}, size);
  const LayoutPtr text = lay_out_words(*context, {card.text, kTextShare}, size);
  const double gap = card.text.empty() ? 0 : kTextShare * size.height;
  const double text_height = card.text.empty() ? 0 : height_of(*text);
  const double left = (1 - kWidthShare) / 2 * size.width;
  const double top = (size.height - height_of(*title) - gap - text_height) / 2;
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_move_to(context.get(), left, top);
  pango_cairo_show_layout(context.get(), title.get());
  cairo_set_source_rgba(context.get(), 1, 1, 1, kFaint);
  cairo_move_to(context.get(), left, top + height_of(*title) + gap);
  pango_cairo_show_layout(context.get(), text.get());
  cairo_surface_flush(surface.get());
}
#else
void write_words(Pixels&, const TitleCard&) {}
#endif

}  // namespace

PicturePtr title_picture(const TitleCard& card, Size size) {
  Pixels pixels{size, std::vector<std::uint32_t>(static_cast<std::size_t>(size.width * size.height), kDark)};
  write_words(pixels, card);
  FramePtr frame = make_picture_frame(size);
  libyuv::ARGBToI420(reinterpret_cast<const std::uint8_t*>(pixels.argb.data()),
                     size.width * static_cast<int>(sizeof(std::uint32_t)), frame->data[0], frame->linesize[0],
                     frame->data[1], frame->linesize[1], frame->data[2], frame->linesize[2], size.width,
                     size.height);
  frame->colorspace = AVCOL_SPC_SMPTE170M;
  frame->color_range = AVCOL_RANGE_MPEG;
  return to_picture(std::move(frame), MediaTime{});
}

}  // namespace meanwhile
