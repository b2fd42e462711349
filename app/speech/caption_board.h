// A clip's captions as one person has them before them: those that count, what others suggest, and what this
// person corrected.
#pragma once

#include <cstddef>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/speech/caption_edits.h"
#include "media/base/result.h"

namespace meanwhile {

struct BoardReader {
  std::string person;
  bool is_author = false;
};

// The author has what others suggest before them, everybody else what they themselves do.
struct SuggestedTrack {
  std::string person;
  CaptionTrack track;
};

struct CaptionBoard {
  BoardReader reader;
  ClipCaptions captions;  // the author's: with what they corrected here
  std::vector<SuggestedTrack> suggested;
  std::vector<CaptionEdit> edits;  // of the reader, as they lie on the disk
  std::set<std::string> dismissed;
};

// Blocks. What others suggest and can't be read is left out. Errors: read_captions's.
Result<CaptionBoard> read_caption_board(const ClipStore& store, const OpenedClip& opened,
                                        const BoardReader& reader, const CaptionEdits& edits,
                                        const std::stop_token& stop);

// Other words for one caption.
struct CueSuggestion {
  std::size_t cue = 0;  // of the track that it is for
  std::string person;
  std::string text;  // on one line
  std::string key;   // the same for the same words, whoever reads them
};

// For a track of the board, by caption, without those that were dismissed. What is for another time than that
// of any caption is left out.
std::vector<CueSuggestion> suggestions_for(const CaptionBoard& board, const CaptionTrack& track);

// track with those captions of `corrections` that are for one of its own.
CaptionTrack corrected_track(CaptionTrack track, const CaptionTrack& corrections);

// What is to be given to the library once the reader has changed that caption of a track of the board: the
// author's track, else their corrections. text: as it was before: nothing of theirs is left of it.
CaptionTrack with_edit(const CaptionBoard& board, const CaptionTrack& track, std::size_t cue,
                       const std::string& text);

// The board, once that was given.
void put_edit(CaptionBoard& board, const CaptionTrack& edit);

}  // namespace meanwhile
