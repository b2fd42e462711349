#include "app/platform/text_shaper.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/painter.h"
#include "media/base/text.h"

#ifdef MEANWHILE_PANGO
#include <pango/pangocairo.h>
#endif

namespace meanwhile {

#ifdef MEANWHILE_PANGO
namespace {

struct UnrefObject {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using GObjectPtr = std::unique_ptr<T, UnrefObject>;
using FontPtr = std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)>;
using SurfacePtr = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using CairoPtr = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

PangoWeight weight_of(TextStyle style) {
  switch (style) {
    case TextStyle::Caption:
    case TextStyle::Body:
      return PANGO_WEIGHT_NORMAL;
    case TextStyle::BodyStrong:
      return PANGO_WEIGHT_MEDIUM;
    default:
      return PANGO_WEIGHT_SEMIBOLD;
  }
}

FontPtr font_of(TextStyle style, double em) {
  FontPtr font(pango_font_description_new(), pango_font_description_free);
  // What Inter lacks comes from whatever the system has.
  pango_font_description_set_family(font.get(), "Inter, sans-serif");
  pango_font_description_set_weight(font.get(), weight_of(style));
  pango_font_description_set_absolute_size(font.get(), em * PANGO_SCALE);
  return font;
}

// The same softness as the glyphs of the window's own face.
GObjectPtr<PangoContext> make_context() {
  GObjectPtr<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options(context.get(), options);
  cairo_font_options_destroy(options);
  return context;
}

struct LineMetrics {
  double height = 1;
  double ascent = 1;
};

LineMetrics metrics_of(PangoContext* context, const PangoFontDescription* font) {
  PangoFontMetrics* metrics = pango_context_get_metrics(context, font, nullptr);
  const double ascent = pango_font_metrics_get_ascent(metrics);
  const double descent = pango_font_metrics_get_descent(metrics);
  pango_font_metrics_unref(metrics);
  return {(ascent + descent) / PANGO_SCALE, ascent / PANGO_SCALE};
}

}  // namespace

class TextShaper::Cache {
 public:
  const Extent& measure(std::string_view text, const Form& form) {
    const std::string key = key_of(text, form, 0);
    if (const auto found = extents_.find(key); found != extents_.end()) return found->second;
    if (extents_.size() >= kMostExtents) extents_.clear();
    return extents_.emplace(key, extent_of(layout(text, form).get(), form)).first->second;
  }

  ImVec2 caret_place(std::string_view text, const Form& form, std::size_t index) const {
    const auto made = layout(text, form);
    const int at = int(std::min(index, text.size()));
    int line = 0;
    pango_layout_index_to_line_x(made.get(), at, FALSE, &line, nullptr);
    PangoRectangle strong;
    pango_layout_get_cursor_pos(made.get(), at, &strong, nullptr);
    return {float(strong.x) / PANGO_SCALE - left_of(made.get(), form), float(line) * form.line_step};
  }

  std::size_t caret_index(std::string_view text, const Form& form, ImVec2 point) const {
    const auto made = layout(text, form);
    const int lines = pango_layout_get_line_count(made.get());
    const int line = form.line_step > 0 ? std::clamp(int(point.y / form.line_step), 0, lines - 1) : 0;
    PangoLayoutLine* pointed = pango_layout_get_line_readonly(made.get(), line);
    int index = 0;
    int trailing = 0;
    const float x = point.x + left_of(made.get(), form);
    pango_layout_line_x_to_index(pointed, int(x * PANGO_SCALE) - line_left(made.get(), line), &index,
                                 &trailing);
    std::string_view rest = text.substr(std::min(std::size_t(index), text.size()));
    for (; trailing > 0 && !rest.empty(); --trailing) take_code_point(rest);
    return text.size() - rest.size();
  }

  std::vector<ImVec4> chosen_boxes(std::string_view text, const Form& form, std::size_t from,
                                   std::size_t to) const {
    const auto made = layout(text, form);
    std::vector<ImVec4> boxes;
    const float step = form.line_step > 0 ? form.line_step : form.font_height;
    for (int line = 0; line < pango_layout_get_line_count(made.get()); ++line) {
      int* ranges = nullptr;
      int count = 0;
      pango_layout_line_get_x_ranges(pango_layout_get_line_readonly(made.get(), line), int(from), int(to),
                                     &ranges, &count);
      for (int i = 0; i < count; ++i) {
        const float base = -left_of(made.get(), form);
        boxes.emplace_back(base + float(ranges[2 * i]) / PANGO_SCALE, float(line) * step,
                           base + float(ranges[2 * i + 1]) / PANGO_SCALE, float(line + 1) * step);
      }
      g_free(ranges);
    }
    return boxes;
  }

  const Image& image(std::string_view text, const Form& form, ImU32 color) {
    const std::string key = key_of(text, form, color);
    if (const auto found = images_.find(key); found != images_.end()) return found->second;
    if (image_bytes_ >= kMostImageBytes) {
      images_.clear();
      image_bytes_ = 0;
    }
    Image made = draw(layout(text, form).get(), form, measure(text, form), color);
    image_bytes_ += made.rgba.size();
    return images_.emplace(key, std::move(made)).first->second;
  }

 private:
  static constexpr std::size_t kMostExtents = 4096;
  static constexpr std::size_t kMostImageBytes = 16 << 20;

  static std::string key_of(std::string_view text, const Form& form, ImU32 color) {
    const std::array<std::int64_t, 6> numbers{
        std::int64_t(form.style), std::lround(form.font_height * 16), std::lround(form.width),
        std::int64_t(form.fit),   std::lround(form.line_step * 16),   std::int64_t(color)};
    std::string key(reinterpret_cast<const char*>(numbers.data()), sizeof numbers);
    return key.append(text);
  }

  // The size at which the window's own face takes font_height, and where its letters stand in that.
  struct Face {
    FontPtr font;
    double ascent;
  };
  Face face_of(const Form& form) const {
    const LineMetrics tried = metrics_of(context_.get(), font_of(form.style, form.font_height).get());
    FontPtr font = font_of(form.style, form.font_height * form.font_height / std::max(tried.height, 1.0));
    const LineMetrics metrics = metrics_of(context_.get(), font.get());
    return {std::move(font), metrics.ascent};
  }

  GObjectPtr<PangoLayout> layout(std::string_view text, const Form& form) const {
    GObjectPtr<PangoLayout> made(pango_layout_new(context_.get()));
    pango_layout_set_font_description(made.get(), face_of(form).font.get());
    if (form.fit == TextFit::Line) pango_layout_set_single_paragraph_mode(made.get(), TRUE);
    // A line of ours around somebody's words runs from left to right, whatever comes first (isolated()).
    if (text.find("\u2068") != std::string_view::npos) pango_layout_set_auto_dir(made.get(), FALSE);
    if (form.width > 0) {
      pango_layout_set_width(made.get(), int(form.width) * PANGO_SCALE);
      form.fit == TextFit::Line ? pango_layout_set_ellipsize(made.get(), PANGO_ELLIPSIZE_END)
                                : pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
    }
    if (form.line_step > 0) {
      // Fonts that stand in have other heights; lines keep their distance.
      PangoAttrList* attributes = pango_attr_list_new();
      pango_attr_list_insert(attributes,
                             pango_attr_line_height_new_absolute(int(form.line_step * PANGO_SCALE)));
      pango_layout_set_attributes(made.get(), attributes);
      pango_attr_list_unref(attributes);
    }
    const std::string valid = replace_invalid_utf8(text);
    pango_layout_set_text(made.get(), valid.data(), int(valid.size()));
    return made;
  }

  // A line that was given a width may stand at its right end: only what is written counts.
  static PangoRectangle written(PangoLayout* layout) {
    PangoRectangle logical;
    pango_layout_get_pixel_extents(layout, nullptr, &logical);
    return logical;
  }

  // What lies left of the first letter that is drawn, in pixels.
  static float left_of(PangoLayout* layout, const Form& form) {
    return form.fit == TextFit::Line ? float(written(layout).x) : 0;
  }

  // Where a line begins, in Pango's units: a paragraph's may stand at the right.
  static int line_left(PangoLayout* layout, int line) {
    PangoLayoutIter* iterator = pango_layout_get_iter(layout);
    for (int i = 0; i < line; ++i) pango_layout_iter_next_line(iterator);
    PangoRectangle place;
    pango_layout_iter_get_line_extents(iterator, nullptr, &place);
    pango_layout_iter_free(iterator);
    return place.x;
  }

  static Extent extent_of(PangoLayout* layout, const Form& form) {
    const PangoRectangle logical = written(layout);
    if (form.fit == TextFit::Line)
      return {logical.width, int(std::ceil(form.font_height)), pango_layout_is_ellipsized(layout) != 0};
    const int lines = pango_layout_get_line_count(layout);
    const int height = int(std::ceil(float(lines - 1) * form.line_step + form.font_height));
    return {form.width > 0 ? int(form.width) : logical.width, height, false};
  }

  Image draw(PangoLayout* layout, const Form& form, const Extent& extent, ImU32 color) {
    Image image{.id = ++last_id_, .width = extent.width + 2 * kMargin, .height = extent.height + 2 * kMargin};
    SurfacePtr surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, image.width, image.height),
                       cairo_surface_destroy);
    const CairoPtr cairo(cairo_create(surface.get()), cairo_destroy);
    const auto part = [color](int shift) { return double((color >> shift) & 0xFF) / 255; };
    cairo_set_source_rgba(cairo.get(), part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT), part(IM_COL32_B_SHIFT),
                          part(IM_COL32_A_SHIFT));
    const double baseline = double(pango_layout_get_baseline(layout)) / PANGO_SCALE;
    const float left = left_of(layout, form);
    cairo_move_to(cairo.get(), kMargin - left, kMargin + std::round(face_of(form).ascent) - baseline);
    pango_cairo_show_layout(cairo.get(), layout);
    cairo_surface_flush(surface.get());
    image.rgba = straight_rgba(surface.get(), image.width, image.height);
    return image;
  }

  // Cairo's pixels: premultiplied, 0xAARRGGBB in the machine's order.
  static std::vector<std::uint8_t> straight_rgba(cairo_surface_t* surface, int width, int height) {
    std::vector<std::uint8_t> rgba(std::size_t(width) * height * 4);
    const unsigned char* data = cairo_image_surface_get_data(surface);
    if (data == nullptr) return rgba;  // out of memory: nothing is drawn
    const int stride = cairo_image_surface_get_stride(surface);
    auto* to = rgba.data();
    for (int y = 0; y < height; ++y) {
      const auto* row = reinterpret_cast<const std::uint32_t*>(data + std::ptrdiff_t(y) * stride);
      for (int x = 0; x < width; ++x, to += 4) {
        const std::uint32_t alpha = row[x] >> 24;
        const auto straight = [&](int shift) {
          return alpha == 0 ? std::uint8_t(0) : std::uint8_t(((row[x] >> shift) & 0xFF) * 255 / alpha);
        };
        to[0] = straight(16);
        to[1] = straight(8);
        to[2] = straight(0);
        to[3] = std::uint8_t(alpha);
      }
    }
    return rgba;
  }

  const GObjectPtr<PangoContext> context_ = make_context();
  std::map<std::string, Extent, std::less<>> extents_;
  std::map<std::string, Image, std::less<>> images_;
  std::size_t image_bytes_ = 0;
  std::uint64_t last_id_ = 0;
};

#else

// Never asked: needs_shaping() says that nothing does.
class TextShaper::Cache {
 public:
  const Extent& measure(std::string_view, const Form&) { return extent_; }
  ImVec2 caret_place(std::string_view, const Form&, std::size_t) const { return {}; }
  std::size_t caret_index(std::string_view, const Form&, ImVec2) const { return 0; }
  std::vector<ImVec4> chosen_boxes(std::string_view, const Form&, std::size_t, std::size_t) const {
    return {};
  }
  const Image& image(std::string_view, const Form&, ImU32) { return image_; }

 private:
  const Extent extent_;
  const Image image_;
};

#endif

TextShaper::TextShaper() = default;
TextShaper::~TextShaper() = default;

TextShaper::Cache& TextShaper::cache() {
  one_thread_.check();
  // Only who meets such a text waits for the system's fonts to be listed.
  if (!cache_) cache_ = std::make_unique<Cache>();
  return *cache_;
}

const TextShaper::Extent& TextShaper::measure(std::string_view text, const Form& form) {
  return cache().measure(text, form);
}

const TextShaper::Image& TextShaper::image(std::string_view text, const Form& form, ImU32 color) {
  return cache().image(text, form, color);
}

ImVec2 TextShaper::caret_place(std::string_view text, const Form& form, std::size_t index) {
  return cache().caret_place(text, form, index);
}

std::size_t TextShaper::caret_index(std::string_view text, const Form& form, ImVec2 point) {
  return cache().caret_index(text, form, point);
}

std::vector<ImVec4> TextShaper::chosen_boxes(std::string_view text, const Form& form, std::size_t from,
                                             std::size_t to) {
  return cache().chosen_boxes(text, form, from, to);
}

}  // namespace meanwhile
