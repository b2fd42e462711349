#include "app/ui/widgets/clip_card.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/fonts.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// Points; in less there is nothing to read.
constexpr float kLeastSummary = 120;

std::string byline(const ClipCard& clip) {
  // TRANSLATORS: of an update; {} says how many days it can be restored.
  if (!clip.deleted.empty()) return tr_format("Deleted · {}", clip.deleted);
  return fmt::format("{} · {}", clip.is_mine ? tr_in("the author", "You") : isolated(clip.author.name),
                     clip.age);
}

// Two lines at most, from the top of the box; what doesn't fit ends in an ellipsis. A second line that the
// title doesn't take says what the clip is about.
void draw_title(Pen& pen, Box box, const ClipCard& clip) {
  const float line = pen.text_height(TextStyle::BodyStrong) + pen.px(4);
  Box below = box;
  below.cut_top(line);
  below = below.cut_top(line);
  const auto draw_summary = [&] { pen.text(below, TextStyle::Caption, pen.theme.soft_text, clip.summary); };
  if (clip.is_new) {
    const Box dot = box.cut_left(pen.px(14));
    pen.disc({dot.left + pen.px(4), dot.top + line / 2}, pen.px(4), pen.theme.accent);
  }
  const std::string title = title_or_untitled(clip.title);
  if (needs_shaping(title)) {
    pen.text(box.cut_top(line), TextStyle::BodyStrong, pen.theme.text, title);
    return draw_summary();
  }
  const auto lines = wrapped(
      title, box.width(), [&](std::string_view part) { return pen.text_width(TextStyle::BodyStrong, part); });
  if (lines.empty()) return;
  pen.text(box.cut_top(line), TextStyle::BodyStrong, pen.theme.text, lines[0]);
  if (lines.size() < 2) return draw_summary();
  const auto second = std::size_t(lines[1].data() - title.data());
  pen.text(box.cut_top(line), TextStyle::BodyStrong, pen.theme.text, std::string_view(title).substr(second));
}

void draw_comments(Pen& pen, Box& row, const ClipCard& clip) {
  if (clip.comments == 0) return;
  const std::string count = format_badge(clip.comments);
  const ImU32 color = clip.new_comments > 0 ? pen.theme.accent : pen.theme.faint_text;
  const TextStyle style = clip.new_comments > 0 ? TextStyle::CaptionStrong : TextStyle::Caption;
  const float width = pen.text_width(style, count);
  pen.text(row.cut_right(width), style, color, count, Align::Right);
  row.cut_right(pen.px(5));
  pen.icon(row.cut_right(pen.px(16)), icons::kComment, IconSize::Small, color);
  row.cut_right(pen.px(8));
}

// What pressing the card does, where that isn't to watch it.
void draw_restore(Pen& pen, Box& row, const ClipCard& clip) {
  if (!clip.can_restore) return;
  const std::string_view word = tr("Restore");
  const float width = pen.text_width(TextStyle::CaptionStrong, word);
  pen.text(row.cut_right(width), TextStyle::CaptionStrong, pen.theme.accent, word, Align::Right);
  row.cut_right(pen.px(5));
  pen.icon(row.cut_right(pen.px(16)), icons::kRecovered, IconSize::Small, pen.theme.accent);
  row.cut_right(pen.px(8));
}

void draw_meta(Pen& pen, Box row, const ClipCard& clip) {
  draw_restore(pen, row, clip);
  draw_comments(pen, row, clip);
  const Box avatar = row.cut_left(pen.px(22));
  draw_avatar(pen, avatar.centered(pen.px(22), pen.px(22)), clip.author);
  row.cut_left(pen.px(8));
  pen.text(row, TextStyle::Caption, pen.theme.soft_text, byline(clip));
}

// Where it belongs: "# design", "Team, # design".
std::string place_words(const ClipCard& clip) {
  std::string words = clip.library;
  if (!clip.channel.empty()) words += (words.empty() ? "# " : " · # ") + clip.channel;
  return words;
}

void draw_meta_line(Pen& pen, Box row, const ClipCard& clip, const std::string& place) {
  draw_restore(pen, row, clip);
  draw_comments(pen, row, clip);
  const Box avatar = row.cut_left(pen.px(18));
  draw_avatar(pen, avatar.centered(pen.px(18), pen.px(18)), clip.author);
  row.cut_left(pen.px(8));
  pen.text(row, TextStyle::Caption, pen.theme.soft_text,
           place.empty() ? byline(clip) : byline(clip) + " · " + isolated(place));
}

struct Tag {
  std::string text;
  ImU32 ground;
  ImU32 words;
};

// How it stands with the person and with its upload.
std::vector<Tag> tags_of(const Theme& theme, const ClipCard& clip) {
  const ImU32 ground = IM_COL32(10, 11, 16, 205);
  std::vector<Tag> tags;
  if (clip.asks > 0 || clip.answers > 0)
    tags.push_back({clip.asks > 0 ? tr("Waiting for your answer") : tr("New replies"), theme.accent_fill,
                    theme.on_accent});
  if (!clip.upload.empty()) tags.push_back({clip.upload, ground, IM_COL32(0xF3, 0xC8, 0x78, 255)});
  if (clip.is_kept)
    tags.push_back(
        {clip.is_here ? tr("Kept offline") : tr("Being fetched"), ground, IM_COL32(255, 255, 255, 255)});
  return tags;
}

// Along the poster's lower edge, left of its length: a slide's title stands above.
void draw_tags(Pen& pen, const Box& poster, const ClipCard& clip) {
  Box row = poster.inset(pen.px(8), pen.px(8));
  row = row.cut_bottom(pen.px(20));
  if (!clip.is_new && clip.watched > 0) row = row.moved(0, -pen.px(6));
  const std::vector<Tag> tags = tags_of(pen.theme, clip);
  // A long one goes above the length, over the whole width.
  const float beside = row.width() - pen.px(64);
  if (!tags.empty() && pill_width(pen, tags.front().text) > beside)
    row = row.moved(0, -pen.px(26));
  else
    row.cut_right(pen.px(64));
  for (const Tag& tag : tags) {
    if (row.width() < pen.px(40)) return;
    row.cut_left(draw_pill(pen, row, tag.ground, tag.words, tag.text) + pen.px(6));
  }
}

std::string comments_words(const ClipCard& clip) {
  return tr_count(std::uint64_t(clip.comments), "{} comment", "{} comments", clip.comments);
}

// As a list of updates is read: what it is first, then how it stands.
std::string spoken_name(const Theme& theme, const ClipCard& clip) {
  std::string name(title_or_untitled(clip.title));
  const auto add = [&](std::string_view more) { name.append(", ").append(more); };
  add(byline(clip));
  if (clip.is_new) add(tr_in("an update", "new"));
  if (clip.is_live) add(tr_in("an update", "live"));
  for (const Tag& tag : tags_of(theme, clip)) add(tag.text);
  if (clip.duration > MediaTime{}) add(format_moment(clip.duration));
  if (clip.comments > 0) add(comments_words(clip));
  if (clip.can_restore) add(tr("can be restored"));
  return name;
}

Response begin_clip(Pen& pen, const Box& box, const ClipCard& clip, ImU32& ground) {
  const bool is_heard = pen.input.narration().is_heard();
  const std::string name = is_heard ? spoken_name(pen.theme, clip) : "";
  const std::string more = is_heard ? clip_tip(clip) : "";
  const Response response = pen.input.part("clip/" + clip.id, box,
                                           {.role = AccessibleRole::ListItem,
                                            .name = name,
                                            .description = more,
                                            .has_menu = clip.deleted.empty()});
  ground = mixed(pen.theme.surface,
                 pen.theme.is_dark ? IM_COL32(0x22, 0x24, 0x2D, 255) : IM_COL32(0xF6, 0xF6, 0xFA, 255),
                 response.glow);
  pen.fill(box, ground, 12);
  pen.outline(box, mixed(pen.theme.border, pen.theme.strong_border, response.glow), 12);
  if (response.is_focused) pen.ring(box, 12);
  return response;
}

void add_line(std::string& tip, const std::string& line) {
  if (!line.empty()) tip += (tip.empty() ? "" : "\n") + line;
}

}  // namespace

std::string clip_tip(const ClipCard& clip) {
  std::string tip(title_or_untitled(clip.title));
  add_line(tip, clip.summary);
  add_line(tip, byline(clip));
  add_line(tip, clip.sent_at);
  add_line(tip, place_words(clip));
  std::string figures = clip.duration > MediaTime{} ? format_moment(clip.duration) : "";
  const auto add = [&](const std::string& more) { figures += (figures.empty() ? "" : " · ") + more; };
  if (clip.comments > 0)
    add(clip.new_comments == 0 ? comments_words(clip)
                               // TRANSLATORS: {1} is how many of the comments are new.
                               : tr_count(std::uint64_t(clip.comments), "{} comment, {} new",
                                          "{} comments, {} new", clip.comments, clip.new_comments));
  if (clip.watched > 0 && !clip.is_mine) add(tr_format("{:.0f} % watched", clip.watched * 100));
  add_line(tip, figures);
  add_line(tip, clip.arrivals);
  return tip;
}

Response draw_clip_card(Pen& pen, const Box& box, const ClipCard& clip) {
  ImU32 ground = 0;
  const Response response = begin_clip(pen, box, clip, ground);
  const std::string part = "clip/" + clip.id;
  Box inside = box.inset(pen.px(8));
  const Box poster = inside.cut_top(std::round(inside.width() * 9 / 16));
  draw_poster(pen, poster, {part, clip.poster, clip.duration, clip.is_new ? 0 : clip.watched, clip.is_live},
              ground);
  draw_tags(pen, poster, clip);
  inside = inside.inset(pen.px(6), 0);
  inside.cut_top(pen.px(7));
  Box title = inside.cut_top(pen.px(40));
  if (clip.deleted.empty()) title.cut_right(pen.px(28));  // the archive's button
  draw_title(pen, title, clip);
  draw_meta(pen, inside.cut_top(pen.px(22)), clip);
  pen.text(inside.cut_top(pen.px(18)), TextStyle::Caption, pen.theme.faint_text, place_words(clip));
  if (response.is_hovered || response.is_focused) pen.tooltip(part, poster, clip_tip(clip));
  return response;
}

Response draw_clip_row(Pen& pen, const Box& box, const ClipCard& clip) {
  ImU32 ground = 0;
  const Response response = begin_clip(pen, box, clip, ground);
  const std::string part = "clip/" + clip.id;
  Box row = box.inset(pen.px(6));
  const Box poster = row.cut_left(std::round(row.height() * 16 / 9));
  draw_poster(pen, poster, {part, clip.poster, clip.duration, clip.is_new ? 0 : clip.watched, clip.is_live},
              ground);
  row.cut_left(pen.px(12));
  if (clip.deleted.empty()) row.cut_right(pen.px(40));  // the archive's button
  Box words = row.centered(row.width(), pen.px(44));
  Box title = words.cut_top(pen.px(22));
  // What there is to say of it stands at the right, as far as the title leaves room.
  for (const Tag& tag : tags_of(pen.theme, clip)) {
    const float width = pill_width(pen, tag.text);
    if (title.width() < width + pen.px(160)) break;
    draw_pill(pen, title.cut_right(width).centered(width, pen.px(20)), tag.ground, tag.words, tag.text);
    title.cut_right(pen.px(6));
  }
  if (clip.is_new) {
    const Box dot = title.cut_left(pen.px(14));
    pen.disc({dot.left + pen.px(4), dot.middle().y}, pen.px(4), pen.theme.accent);
  }
  title.cut_left(pen.text(title, TextStyle::BodyStrong, pen.theme.text, title_or_untitled(clip.title)) +
                 pen.px(12));
  if (title.width() >= pen.px(kLeastSummary))
    pen.text(title, TextStyle::Caption, pen.theme.faint_text, clip.summary);
  const std::string place = place_words(clip);
  draw_meta_line(pen, words, clip, place);
  if (response.is_hovered || response.is_focused) pen.tooltip(part, poster, clip_tip(clip));
  return response;
}

}  // namespace meanwhile
