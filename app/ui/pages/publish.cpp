// Publish: what was recorded, its title and channel, and where it goes.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/format.h"
#include "app/platform/icons.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pages/pages.h"
#include "app/ui/pen.h"
#include "app/ui/shortcuts.h"
#include "app/ui/state.h"
#include "app/ui/trim_points.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/chapters.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/stage.h"
#include "app/ui/widgets/text_field.h"
#include "app/ui/widgets/track_cards.h"
#include "app/ui/widgets/trim_bar.h"
#include "media/base/chapters.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr const char* kWhatStays =
    tr_later("Its link, title, channel and comments stay. The earlier version can still be opened.");
// TRANSLATORS: What a recording takes the place of.
constexpr const char* kOfItsOwn = tr_later("Nothing: an update of its own");

// Its poster may still be on the way.
bool has_picture(const std::vector<TrackReport>& tracks) {
  return std::ranges::any_of(tracks, [](const TrackReport& track) { return track.width > 0; });
}

constexpr float kFormWidth = 360;

class PublishPage final : public Page {
 public:
  PageId id() const override { return PageId::Publish; }
  bool press(View& view, const KeyPress& press) override;
  void draw(View& view, const Box& area) override;
  float least_height(const View& view, float width) const override;

 private:
  void draw_form(View& view, Box area);
  void draw_fields(View& view, Box& area);
  void draw_title_and_channel(View& view, Box& area);
  void draw_outcome(View& view, Box& area);
  void draw_buttons(View& view, Box& area);
  static void draw_what_next(View& view, Box& area, Box row);
  bool title_takes_focus_ = false;
  std::string last_take_;
  float form_height_ = 0;  // in the last frame
};

constexpr float kPublishHead = 56;
constexpr float kPublishMargin = 24;  // on each side
constexpr float kLeastStage = 160;

// Too narrow for the form beside the pictures: below them then.
bool is_form_below(const Pen& pen, float width) {
  return width < pen.px(640);
}

// Of a page of that width, between its margins.
float form_width(const Pen& pen, float inside) {
  return std::min(pen.px(kFormWidth), inside * 0.5F);
}
float pictures_width(const Pen& pen, float page) {
  const float inside = page - 2 * pen.px(kPublishMargin);
  return is_form_below(pen, page) ? inside : inside - form_width(pen, inside) - pen.px(24);
}

// What stands below the pictures, which are that wide.
float height_below(const Pen& pen, const PublishState& publish, float width) {
  const float tracks = pen.px(kTrackCardHeight + 16);
  if (!publish.review.is_open) return tracks;
  return tracks + pen.px(kTrimBarHeight + 8 + 8) + chapter_row_height(pen, width);
}

bool may_publish(const PublishState& state) {
  return state.phase == PublishPhase::Editing || state.phase == PublishPhase::Failed;
}

bool PublishPage::press(View& view, const KeyPress& press) {
  if (act_on_review_key(press, view.state.publish, view.actions.publish)) return true;
  if (!press.control && press.key == Key::Character && press.character == 'x' &&
      view.state.publish.review.is_open)
    return view.actions.arrange.begin_arranging_draft(view.state.publish.take), true;
  if (press.key != Key::Enter || !may_publish(view.state.publish)) return false;
  view.actions.publish.publish();
  return true;
}

float PublishPage::least_height(const View& view, float width) const {
  const Pen& pen = view.pen;
  const float pictures =
      pen.px(kLeastStage) + height_below(pen, view.state.publish, pictures_width(pen, width));
  const float rest = pen.px(2 * kPublishMargin + kPublishHead);
  if (is_form_below(pen, width)) return rest + pictures + pen.px(24) + form_height_;
  return rest + std::max(pictures, form_height_);
}

void draw_chapters(View& view, const Box& row) {
  const ReviewState& review = view.state.publish.review;
  draw_chapter_row(
      view, row,
      {.name = "chapter",
       .chapters = review.chapters,
       .slides = free_slides(review.slides, review.chapters),
       .position = review.player.position,
       .shortcut = "C",
       .change = [](Actions& actions, const Chapters& chapters) { actions.publish.set_chapters(chapters); }});
}

void PublishPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  const PublishState& publish = view.state.publish;
  // Keys are the review's where the title stands already.
  title_takes_focus_ = std::exchange(last_take_, publish.take) != publish.take && publish.title.empty();
  Box inside = area.inset(pen.px(kPublishMargin), pen.px(kPublishMargin));
  pen.text(inside.cut_top(pen.px(40)), TextStyle::Title, pen.theme.text, tr("Review and publish"));
  inside.cut_top(pen.px(16));
  if (is_form_below(pen, area.width())) {
    draw_form(view, inside.cut_bottom(form_height_));
    inside.cut_bottom(pen.px(24));
  } else {
    draw_form(view, inside.cut_right(form_width(pen, inside.width())));
    inside.cut_right(pen.px(24));
  }
  // As high as two pictures side by side need, not a tower of empty ground.
  const float below = height_below(pen, publish, inside.width());
  const Box stage = inside.cut_top(std::min(inside.height() - below, inside.width() * 0.62F));
  if (publish.review.is_open) {
    inside.cut_top(pen.px(8));
    draw_trim_bar(view, inside.cut_top(pen.px(kTrimBarHeight)));
    inside.cut_top(pen.px(8));
    draw_chapters(view, inside.cut_top(chapter_row_height(pen, inside.width())));
  }
  inside.cut_top(pen.px(16));
  draw_track_cards(pen, inside.cut_top(pen.px(kTrackCardHeight)), publish.tracks, publish.duration);
  pen.fill(stage, pen.theme.stage, 12);
  pen.outline(stage, pen.theme.border, 12);
  if (publish.screen || publish.camera)
    draw_stage(pen, stage.inset(pen.px(16)),
               {.slot = "publish",
                .screen = publish.screen,
                .camera = publish.camera,
                .pointer = publish.review.pointer,
                .behind = pen.theme.stage});
  else if (!has_picture(publish.tracks))
    draw_empty(pen, stage, icons::kMicrophone, tr("Voice only"), tr("This recording has no picture."));
}

// As high as it is: where the window is lower, the page scrolls, and what is said stands below the buttons,
// for it must not push them out of sight.
void PublishPage::draw_form(View& view, Box area) {
  const float top = area.top;
  area.bottom = top + 1e6F;
  draw_fields(view, area);
  area.cut_top(view.pen.px(20));
  const bool is_low =
      view.pen.px(2 * kPublishMargin + kPublishHead) + form_height_ > ImGui::GetIO().DisplaySize.y;
  if (is_low) {
    draw_buttons(view, area);
    area.cut_top(view.pen.px(12));
  }
  draw_outcome(view, area);
  if (!is_low) draw_buttons(view, area);
  if (std::exchange(form_height_, area.top - top) != area.top - top) view.pen.painter.redraw_after({});
}

void draw_label(Pen& pen, Box& area, std::string_view label) {
  pen.input.narration().set_label(label);
  pen.text(area.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text, label);
  area.cut_top(pen.px(4));
}

Menu channel_menu(const Box& anchor, const PublishState& publish) {
  Menu menu{.name = "channel/menu", .anchor = anchor};
  for (const std::string& channel : publish.channels)
    menu.items.push_back({channel, {}, icons::kChannel, channel == publish.channel});
  menu.choose = [channels = publish.channels](Actions& actions, std::size_t item) {
    actions.publish.edit_channel(channels[item]);
  };
  return menu;
}

Menu destination_menu(const Box& anchor, const PublishState& publish) {
  Menu menu{.name = "destination/menu", .anchor = anchor, .width_points = 280};
  for (const LibraryChoice& library : publish.libraries)
    menu.items.push_back({library.name, {}, icons::kFolder, library.id == publish.library});
  menu.choose = [libraries = publish.libraries](Actions& actions, std::size_t item) {
    actions.publish.choose_destination(libraries[item].id);
  };
  return menu;
}

// Only where there is a choice.
void draw_destination(View& view, Box& area) {
  const PublishState& publish = view.state.publish;
  const auto chosen = std::ranges::find(publish.libraries, publish.library, &LibraryChoice::id);
  if (chosen == publish.libraries.end()) return;
  draw_label(view.pen, area, tr("Library"));
  const Box box = area.cut_top(view.pen.px(40));
  if (draw_picker(view.pen, box, "destination", icons::kFolder, chosen->name, {}) && may_publish(publish))
    view.overlays.open(destination_menu(box, publish));
  area.cut_top(view.pen.px(16));
}

Menu corrected_menu(const Box& anchor, const PublishState& publish) {
  Menu menu{.name = "corrects/menu", .anchor = anchor, .width_points = 320};
  menu.items.push_back({tr(kOfItsOwn), {}, std::nullopt, publish.corrects.empty()});
  for (const OwnUpdate& own : publish.own_updates)
    menu.items.push_back({own.title, {}, icons::kPlay, own.clip == publish.corrects});
  menu.choose = [own = publish.own_updates](Actions& actions, std::size_t item) {
    actions.publish.correct(item == 0 ? std::string() : own[item - 1].clip);
  };
  return menu;
}

// A recording that corrects an earlier one keeps that one's link, title and comments.
void draw_corrected(View& view, Box& area) {
  const PublishState& publish = view.state.publish;
  if (publish.own_updates.empty()) return;
  const auto chosen = std::ranges::find(publish.own_updates, publish.corrects, &OwnUpdate::clip);
  const bool corrects = chosen != publish.own_updates.end();
  // TRANSLATORS: A label; the title of an earlier update stands below it.
  draw_label(view.pen, area, tr("Takes the place of"));
  const Box box = area.cut_top(view.pen.px(40));
  if (draw_picker(view.pen, box, "corrects", icons::kPlay,
                  corrects ? chosen->title : std::string(tr(kOfItsOwn)), tr(kWhatStays)))
    view.overlays.open(corrected_menu(box, publish));
  if (!corrects) return;
  area.cut_top(view.pen.px(12));
  area.cut_top(view.pen.paragraph(area, TextStyle::Caption, view.pen.theme.soft_text, tr(kWhatStays)));
}

// "4:22 · 28.7 MB", or "1:10 of 4:22 · 28.7 MB".
std::string length_words(const PublishState& publish) {
  const std::string all = format_moment(publish.duration);
  const MediaTime kept = range_of(publish.review.trim, publish.duration).duration();
  const std::string length =
      // TRANSLATORS: Two lengths: 1:10 of 4:22.
      publish.review.trim.is_set() ? tr_format("{} of {}", format_moment(kept), all) : all;
  return fmt::format("{} · {}", length, format_size(publish.bytes));
}

// Who sees it when, and whether it waits for their mornings. Nothing where nobody else is.
void draw_delivery(View& view, Box& area) {
  Pen& pen = view.pen;
  const PublishState& publish = view.state.publish;
  if (publish.reach.empty() || !may_publish(publish) || !publish.corrects.empty()) return;
  area.cut_top(pen.px(12));
  pen.input.narration().set_label(tr("When others get it"));
  const auto chosen =
      draw_segments(pen, area.cut_top(pen.px(kControlHeight)), "delivery",
                    {tr("Now"), tr("At the start of everyone's day")}, publish.in_the_morning ? 1 : 0);
  if (chosen) view.actions.publish.deliver_in_the_morning(*chosen == 1);
  area.cut_top(pen.px(8));
  area.cut_top(pen.paragraph(area, TextStyle::Caption, pen.theme.soft_text, publish.reach));
}

// What is handed over is changed on its own page.
void draw_names(Pen& pen, Box& area, const PublishState& publish) {
  const auto corrected = std::ranges::find(publish.own_updates, publish.corrects, &OwnUpdate::clip);
  if (corrected != publish.own_updates.end()) {
    pen.text(area.cut_top(pen.px(26)), TextStyle::Heading, pen.theme.text, corrected->title);
    return;
  }
  pen.text(area.cut_top(pen.px(26)), TextStyle::Heading, pen.theme.text, title_or_untitled(publish.title));
  if (!publish.channel.empty())
    pen.text(area.cut_top(pen.px(20)), TextStyle::Body, pen.theme.soft_text, "# " + publish.channel);
}

void PublishPage::draw_title_and_channel(View& view, Box& area) {
  Pen& pen = view.pen;
  const PublishState& publish = view.state.publish;
  if (!publish.corrects.empty()) return draw_corrected(view, area);
  draw_label(pen, area, tr("Title"));
  const Box title = area.cut_top(pen.px(40));
  const auto typed = draw_text_field(pen, title,
                                     {.name = "title",
                                      .text = publish.title,
                                      .hint = tr("What is it about?"),
                                      .takes_focus = title_takes_focus_});
  if (typed.edited) view.actions.publish.edit_title(*typed.edited);
  area.cut_top(pen.px(16));
  draw_destination(view, area);
  draw_label(pen, area, tr("Channel"));
  Box channel = area.cut_top(pen.px(40));
  if (!publish.channels.empty()) {
    const Box button = channel.cut_right(pen.px(40));
    channel.cut_right(pen.px(4));
    if (draw_icon_button(pen, button,
                         {.name = "channels", .icon = icons::kDown, .tip = tr("Channels in use")}))
      view.overlays.open(channel_menu(button, publish));
  }
  const auto named = draw_text_field(pen, channel,
                                     {.name = "channel",
                                      .text = publish.channel,
                                      .hint = tr_in("a channel's name, as an example", "general"),
                                      .icon = icons::kChannel});
  if (named.edited) view.actions.publish.edit_channel(*named.edited);
  area.cut_top(pen.px(16));
  draw_corrected(view, area);
  if (typed.is_submitted || named.is_submitted) view.actions.publish.publish();
}

// Cutting out its middle, joining others, covering: in the editor that updates have.
void draw_arranging(View& view, Box& area) {
  Pen& pen = view.pen;
  const PublishState& publish = view.state.publish;
  if (!may_publish(publish) || !publish.review.is_open) return;
  Box row = area.cut_top(pen.px(kControlHeight));
  const Button arrange{.name = "arrange",
                       .label = tr("Cut and arrange…"),
                       .icon = icons::kCut,
                       .tip = tr("Cut parts out, cover something, zoom in, join other updates"),
                       .shortcut = "X"};
  if (draw_button(pen, row.cut_left(button_width(pen, arrange)), arrange))
    view.actions.arrange.begin_arranging_draft(publish.take);
  row.cut_left(pen.px(12));
  if (publish.review.arranged) {
    // TRANSLATORS: {} is a length such as 4:22: what is left to be watched.
    const std::string words = tr_format("Arranged: {} to watch", format_moment(*publish.review.arranged));
    const bool has_room = pen.text_width(TextStyle::Caption, words) <= row.width();
    pen.text(has_room ? row : area.cut_top(pen.px(22)), TextStyle::Caption, pen.theme.soft_text, words);
  }
  area.cut_top(pen.px(12));
}

void PublishPage::draw_fields(View& view, Box& area) {
  Pen& pen = view.pen;
  const PublishState& publish = view.state.publish;
  may_publish(publish) ? draw_title_and_channel(view, area) : draw_names(pen, area, publish);
  area.cut_top(pen.px(16));
  draw_arranging(view, area);
  pen.text(area.cut_top(pen.px(20)), TextStyle::Body, pen.theme.soft_text, length_words(publish));
  if (!publish.destination.empty()) {
    const Box place = area.cut_top(pen.px(22));
    pen.text(place, TextStyle::Caption, pen.theme.faint_text,
             // TRANSLATORS: {} is a library's name.
             may_publish(publish) ? tr_format("Publishes to \"{}\"", publish.destination)
                                  : tr_format("In \"{}\"", publish.destination));
    pen.tooltip("destination/place", place, publish.destination_place, "");
  }
  draw_delivery(view, area);
}

std::string published_words(const PublishState& publish) {
  std::string words =
      publish.late_sender.empty()
          ? tr("Published. Everyone in the library sees it.")
          // TRANSLATORS: {} is a program that copies folders, such as "rclone".
          : tr_format("Published. {} has it and sends it on: the others see it then.", publish.late_sender);
  if (publish.link_copied) words.append(" ").append(tr("Its link is in the clipboard."));
  return words;
}

void PublishPage::draw_outcome(View& view, Box& area) {
  Pen& pen = view.pen;
  const PublishState& publish = view.state.publish;
  const auto banner = [&](BannerKind kind, std::string_view text) {
    area.cut_top(draw_banner(pen, area, kind, text));
    area.cut_top(pen.px(12));
  };
  if (publish.phase == PublishPhase::Failed) banner(BannerKind::Failure, publish.failure);
  for (const std::string& warning : publish.warnings) banner(BannerKind::Warning, warning);
  if (publish.phase == PublishPhase::Published) banner(BannerKind::Success, published_words(publish));
  if (publish.phase != PublishPhase::Publishing) return;
  pen.text(area.cut_top(pen.px(24)), TextStyle::Body, pen.theme.text,
           tr_format("Uploading {:.0f} %", publish.progress * 100));
  draw_progress(pen, area.cut_top(pen.px(6)), publish.progress);
  area.cut_top(pen.px(8));
  pen.text(area.cut_top(pen.px(20)), TextStyle::Caption, pen.theme.faint_text,
           publish.link_copied ? tr("Its link is in the clipboard. You may leave this page.")
                               : tr("You may leave this page: it goes on by itself."));
  area.cut_top(pen.px(12));
}

// Handed over: nothing is left to be decided. It can be watched as soon as it is stored.
void PublishPage::draw_what_next(View& view, Box& area, Box row) {
  Pen& pen = view.pen;
  const PublishState& publish = view.state.publish;
  const std::string clip = publish.corrects.empty() ? publish.take : publish.corrects;
  if (publish.phase == PublishPhase::Published) {
    if (draw_button(pen, row,
                    {.name = "watch",
                     .label = tr_in("button", "Watch"),
                     .icon = icons::kPlay,
                     .kind = ButtonKind::Primary}))
      view.actions.app.open_clip(clip);
    area.cut_top(pen.px(8));
    row = area.cut_top(pen.px(kControlHeight));
  }
  Box left = row.cut_left((row.width() - pen.px(8)) / 2);
  row.cut_left(pen.px(8));
  if (draw_button(pen, left, {.name = "copy-link", .label = tr("Copy link"), .icon = icons::kLink}))
    view.actions.clips.copy_link(clip);
  if (draw_button(pen, row, {.name = "keep", .label = tr("Back to the Inbox")}))
    view.actions.app.show_page(PageId::Inbox);
}

void PublishPage::draw_buttons(View& view, Box& area) {
  Pen& pen = view.pen;
  const PublishState& publish = view.state.publish;
  const bool is_open = may_publish(publish);
  Box row = area.cut_top(pen.px(40));
  if (!is_open) return draw_what_next(view, area, row);
  if (draw_button(pen, row,
                  {.name = "publish",
                   .label = publish.phase == PublishPhase::Failed ? tr("Try again") : tr("Publish"),
                   .icon = icons::kUpload,
                   .kind = ButtonKind::Primary,
                   .tip = tr("Share it with the library"),
                   .shortcut = tr("Enter")}))
    view.actions.publish.publish();
  area.cut_top(pen.px(8));
  row = area.cut_top(pen.px(kControlHeight));
  Box left = row.cut_left((row.width() - pen.px(8)) / 2);
  row.cut_left(pen.px(8));
  if (draw_button(pen, left,
                  {.name = "keep", .label = tr("Keep for later"), .tip = tr("It waits in your Inbox")}))
    view.actions.app.show_page(PageId::Inbox);
  if (draw_button(pen, row, {.name = "discard", .label = tr("Discard"), .icon = icons::kDelete}))
    view.overlays.ask({tr("Discard this draft?"), tr("This draft isn't published and can't be restored."),
                       tr("Discard"), [](Actions& actions) { actions.publish.discard(); }});
}

}  // namespace

std::unique_ptr<Page> make_publish_page() {
  return std::make_unique<PublishPage>();
}

}  // namespace meanwhile
