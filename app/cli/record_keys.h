// What the keys of the Record page do, at the command line.
#pragma once

#include <string>

#include "media/base/translation.h"
#include "media/record/recorder.h"

namespace meanwhile {

// For tr().
constexpr const char* kRecordKeyHelp = tr_later(
    "Keys: Space pauses, M mutes, B redoes the last sentence, C begins a chapter, S stops; Shift+R "
    "starts over, Shift+X discards.");

enum class RecordWish { GoOn, Stop, Discard };

// Does what the key means, if anything (what drops a take wants Shift: no slip of a finger may do it); words:
// what to tell the person, or "".
RecordWish obey_record_key(char key, Recorder& recorder, std::string& words);

}  // namespace meanwhile
