// What was said in a recording, word by word, as an engine heard it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "media/base/cue_words.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

struct Transcript {
  std::string language;  // ISO 639-1: "en"; "": not said
  CueWords words;
};

// The JSON of whisper.cpp's whisper-cli (-oj, -ojf), which our own engine process writes too: an entry of
// "transcription" is a word if it was asked for words (-ml 1 -sow), else a phrase that then counts as one.
// Source: whisper.cpp, examples/cli/cli.cpp, output_json(). Signs for what is no speech ("[MUSIC]") and
// entries that make no sense are passed over; what overlaps is put in order. Errors: Corrupt (no such JSON,
// more than 64 MB, more than 500,000 entries).
Result<Transcript> parse_transcript(std::string_view json);
std::string transcript_json(const Transcript& transcript);

// Captions that can be read: a sentence or a breath each, at most two lines long and seven seconds.
std::vector<VttCue> cues_of(const CueWords& words);

}  // namespace meanwhile
