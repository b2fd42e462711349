// One comment or reply: who, when, the words (or the field that changes them), and what is attached.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

// Points from an entry's left to its words.
constexpr float kWordsLeft = 38;

enum class EntryKind { Comment, Reply };  // a reply carries its own tools

float entry_height(const Pen& pen, float width, const CommentView& comment, const AnswerState& answers);
void draw_entry(View& view, Box area, const CommentView& comment, EntryKind kind);

// "This is really Sam", or the opposite.
MenuItem know_guest_item(const PersonView& guest);

// After a question.
void ask_to_delete_comment(Overlays& overlays, const std::string& comment);

}  // namespace meanwhile
