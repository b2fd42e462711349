// Record: what the take will show, side by side and live; which devices; and the buttons that start and stop
// it.
#include <imgui.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/narration.h"
#include "app/ui/page.h"
#include "app/ui/pages/pages.h"
#include "app/ui/pen.h"
#include "app/ui/shortcuts.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/device_picker.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/record_bar.h"
#include "app/ui/widgets/record_strip.h"
#include "app/ui/widgets/speaker_notes.h"
#include "app/ui/widgets/stage.h"
#include "media/base/translation.h"
#include "media/record/recorder.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr float kPanelWidth = 300;

// Devices can be chosen.
bool is_preparing(RecordPhase phase) {
  return phase == RecordPhase::Opening || phase == RecordPhase::Armed || phase == RecordPhase::Failed;
}

class RecordPage final : public Page {
 public:
  PageId id() const override { return PageId::Record; }
  // While a take runs there is nowhere to go by a slip of the hand.
  Sidebar sidebar(const UiState& state) const override {
    return is_preparing(state.record.phase) ? Sidebar::Shown : Sidebar::Hidden;
  }
  bool press(View& view, const KeyPress& press) override {
    return act_on_record_key(press, view.state.record, view.actions.record);
  }
  void draw(View& view, const Box& area) override;
  float least_height(const View& view, float width) const override;

 private:
  void draw_panel(View& view, Box panel);
  void draw_preview(View& view, const Box& box);
  void draw_countdown(View& view, const Box& box);

  float panel_height_ = 0;  // of the devices, in the last frame
};

constexpr float kHead = 56;
constexpr float kMargins = 48;  // of both sides
constexpr float kLeastPreview = 180;
constexpr float kLeastNotes = 124;

// Too narrow for a panel beside the preview: below each other then.
bool is_stacked(const Pen& pen, float width) {
  return width < pen.px(kPanelWidth * 2 + 24);
}

// What ails a track now comes first, then what was said in the course of the take.
std::vector<std::string> troubles(const RecordStatus& status) {
  std::vector<std::string> all;
  for (const TrackReport& track : status.tracks) {
    if (track.health != TrackHealth::Good) all.push_back(track.health_sentence);
  }
  for (const std::string& warning : status.warnings)
    if (std::ranges::find(all, warning) == all.end()) all.push_back(warning);
  return all;
}

// The panel beside may be higher than the window: where to start needn't be looked for below it.
float in_sight(const Pen& pen, const Box& column, float page_top, RecordPhase phase) {
  const float least = pen.px(kLeastPreview + 16) + record_bar_height(pen, column.width(), phase);
  const float shown = page_top + ImGui::GetIO().DisplaySize.y - pen.px(kMargins / 2);
  return std::min(column.bottom, std::max(column.top + least, shown));
}

void draw_troubles(Pen& pen, Box& inside, const RecordStatus& status) {
  for (const std::string& trouble : troubles(status)) {
    if (inside.height() < pen.px(240)) return;
    draw_banner(pen, inside.cut_bottom(banner_height(pen, inside.width(), trouble)), BannerKind::Warning,
                trouble);
    inside.cut_bottom(pen.px(8));
  }
}

}  // namespace

float RecordPage::least_height(const View& view, float width) const {
  const RecordPageState& record = view.state.record;
  const Pen& pen = view.pen;
  if (record.is_strip) return 0;
  const float preview =
      pen.px(kLeastPreview + 16) + record_bar_height(pen, width - pen.px(kMargins), record.phase);
  if (!is_preparing(record.phase)) return pen.px(kMargins) + preview;
  const float panel = panel_height_ + pen.px(kLeastNotes);
  return pen.px(kMargins + kHead) + (is_stacked(pen, width) ? preview + panel : std::max(preview, panel));
}

// What is recorded, and the notes in what room is left.
void RecordPage::draw_panel(View& view, Box panel) {
  const float top = panel.top;
  draw_device_panel(view, panel);
  if (std::exchange(panel_height_, panel.top - top) != panel.top - top) view.pen.painter.redraw_after({});
  draw_speaker_notes(view, panel);
}

void RecordPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  if (record.is_strip) return draw_record_strip(view, area);
  Box inside = area.inset(pen.px(24), pen.px(24));
  if (!is_running(record.phase)) {
    pen.text(inside.cut_top(pen.px(40)), TextStyle::Title, pen.theme.text, tr("New update"));
    inside.cut_top(pen.px(16));
  }
  if (is_preparing(record.phase) && is_stacked(pen, area.width())) {
    draw_panel(view, inside.cut_bottom(panel_height_ + pen.px(kLeastNotes)));
  } else if (is_preparing(record.phase)) {
    draw_panel(view, inside.cut_right(pen.px(kPanelWidth)));
    inside.cut_right(pen.px(24));
    inside.bottom = in_sight(pen, inside, area.top, record.phase);
  }
  draw_record_bar(view, inside.cut_bottom(record_bar_height(pen, inside.width(), record.phase)));
  inside.cut_bottom(pen.px(16));
  if (is_running(record.phase) && !record.notes.empty() && !is_stacked(pen, area.width())) {
    Box panel = inside.cut_right(pen.px(kPanelWidth));
    inside.cut_right(pen.px(24));
    draw_speaker_notes(view, panel);
  }
  if (record.phase != RecordPhase::Rehearsed) draw_troubles(pen, inside, record.status);
  draw_preview(view, inside);
}

void RecordPage::draw_preview(View& view, const Box& box) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  pen.fill(box, pen.theme.stage, 12);
  pen.outline(box, pen.theme.border, 12);
  if (record.phase == RecordPhase::Failed) {
    const Box place = draw_empty(pen, box, icons::kFailure, tr("Recording can't go on"), record.failure);
    const Button retry{.name = "retry", .label = tr("Look for devices again"), .icon = icons::kSync};
    if (draw_button(pen, place.centered(button_width(pen, retry), place.height()), retry))
      view.actions.record.refresh_devices();
    return;
  }
  if (!record.screen_preview && !record.camera_preview) {
    const bool has_no_picture = record.screen.chosen == "none" && record.camera.chosen == "none";
    draw_empty(pen, box, has_no_picture ? icons::kMicrophone : icons::kCamera,
               has_no_picture ? tr("Only your voice is recorded") : tr("Opening the devices…"),
               has_no_picture ? tr("Choose a screen or a camera to show something as well.")
                              : tr("The picture shows here as soon as there is one."));
  } else {
    pen.input.narration().add_part({.key = "preview", .box = box},
                                   {.role = AccessibleRole::Picture, .name = tr("What is recorded")});
    draw_stage(pen, box.inset(pen.px(16)),
               {.slot = "preview",
                .screen = record.screen_preview,
                .camera = record.camera_preview,
                .pointer = record.preview_pointer,
                .behind = pen.theme.stage});
  }
  if (record.phase == RecordPhase::Countdown) draw_countdown(view, box);
}

void RecordPage::draw_countdown(View& view, const Box& box) {
  Pen& pen = view.pen;
  pen.fill(box, pen.theme.shade, 12);
  const Box round = box.centered(pen.px(184), pen.px(184));
  pen.disc(round.middle(), pen.px(92), pen.theme.accent_fill);
  const int left = view.state.record.countdown_left;
  pen.text(round, TextStyle::Huge, pen.theme.on_accent, left > 0 ? std::to_string(left) : "", Align::Center);
}

std::unique_ptr<Page> make_record_page() {
  return std::make_unique<RecordPage>();
}

}  // namespace meanwhile
