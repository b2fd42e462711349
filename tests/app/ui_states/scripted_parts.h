// People, comments and what hangs on them, of which scripted states are made.
#pragma once

#include <string>
#include <vector>

#include "app/ui/state.h"

namespace meanwhile {

const std::vector<PersonView>& people();
// author: of people(). at: seconds.
CommentView comment(std::string id, int author, int at, std::string text, std::string age);
Drawing some_drawing();
// Drawings, a recorded answer, an ask that waits, reactions: all that hangs on a clip beside words.
void add_answers(WatchState& watch);
std::vector<FoundView> some_hits();

}  // namespace meanwhile
