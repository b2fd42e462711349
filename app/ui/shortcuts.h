// The keyboard: what each key does on which page, and the sheet that tells.
#pragma once

#include <span>
#include <string_view>

#include "app/ui/actions.h"
#include "app/ui/pen.h"

namespace meanwhile {

// Main keys of a page; true: the key meant something there.
bool act_on_watch_key(const KeyPress& press, const WatchState& state, Actions& actions);
bool act_on_answer_key(const KeyPress& press, const WatchState& state, AnswerActions& actions);
bool act_on_review_key(const KeyPress& press, const PublishState& state, PublishActions& actions);
bool act_on_record_key(const KeyPress& press, const RecordPageState& state, RecordActions& actions);
// Keys that mean the same everywhere.
bool act_on_common_key(const KeyPress& press, const UiState& state, AppActions& actions);

// The next speed up or down of 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3.
double next_speed(double speed, int direction);
std::span<const double> speeds();

void draw_shortcut_sheet(Pen& pen, const Box& screen, AppActions& actions);

}  // namespace meanwhile
