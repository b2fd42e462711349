// States of the window as they occur in life, for tests and for the gallery.
#pragma once

#include <string>
#include <vector>

#include "app/ui/state.h"

namespace meanwhile {

// Looks like a slide of text (screen) or a face in front of a wall (camera): enough to judge a page by.
PicturePtr slide_picture(int width, int height, int variant);
PicturePtr face_picture(int width, int height);

struct NamedState {
  std::string name;
  UiState state;
};

UiState plain_state();  // an Inbox with a few clips, a clip to watch, devices, and settings
UiState crowded_state();
UiState many_scripts_state();  // and emoji, and names from right to left
// One for each page and each way in which it can be: empty, loading, crowded, failed, long names.
std::vector<NamedState> all_states();

}  // namespace meanwhile
