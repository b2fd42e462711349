#include "app/speech/caption_board.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/library/addition.h"
#include "app/speech/caption_edits.h"
#include "media/base/byte_stream.h"
#include "media/base/cue_correction.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

// Files have milliseconds.
std::int64_t begin_of_cue(const VttCue& cue) {
  return std::chrono::floor<std::chrono::milliseconds>(cue.from).count();
}

std::optional<std::size_t> cue_beginning_at(const std::vector<VttCue>& cues, const VttCue& other) {
  const auto found = std::ranges::lower_bound(cues, begin_of_cue(other), {}, begin_of_cue);
  if (found == cues.end() || begin_of_cue(*found) != begin_of_cue(other)) return std::nullopt;
  return static_cast<std::size_t>(found - cues.begin());
}

std::string key_of(std::string_view person, std::string_view language, const VttCue& cue) {
  std::string words(person);
  words.append("\n").append(language).append("\n").append(cue_time(cue.from)).append("\n");
  words += line_of(cue);
  return sha256_hex(std::as_bytes(std::span(words)));
}

void put_track(std::vector<CaptionTrack>& tracks, const CaptionTrack& track) {
  const auto same = std::ranges::find(tracks, track.language, &CaptionTrack::language);
  if (same == tracks.end())
    tracks.push_back(track);
  else
    *same = track;
}

SuggestedTrack* suggested_in(std::vector<SuggestedTrack>& suggested, const std::string& language) {
  const auto found =
      std::ranges::find(suggested, language, [](const SuggestedTrack& each) { return each.track.language; });
  return found == suggested.end() ? nullptr : &*found;
}

bool is_before_them(const Addition& addition, const BoardReader& reader) {
  return addition.kind == AdditionKind::Captions && addition.is_suggestion &&
         (reader.is_author || addition.person == reader.person);
}

Result<std::vector<SuggestedTrack>> read_suggested(const ClipStore& store, const OpenedClip& opened,
                                                   const BoardReader& reader, const std::stop_token& stop) {
  std::vector<SuggestedTrack> suggested;
  for (const Addition& addition : opened.additions) {
    if (!is_before_them(addition, reader)) continue;
    const auto bytes = store.added_file(opened.clip, addition, stop);
    if (!bytes && bytes.error().is_control()) return std::unexpected(bytes.error());
    auto track = bytes ? parse_caption_track(as_text(*bytes)) : std::unexpected(bytes.error());
    if (!track) continue;
    track->language = addition.language;
    suggested.push_back({addition.person, std::move(*track)});
  }
  return suggested;
}

}  // namespace

Result<CaptionBoard> read_caption_board(const ClipStore& store, const OpenedClip& opened,
                                        const BoardReader& reader, const CaptionEdits& edits,
                                        const std::stop_token& stop) {
  auto captions = read_captions(store, opened, stop);
  if (!captions) return std::unexpected(captions.error());
  auto suggested = read_suggested(store, opened, reader, stop);
  if (!suggested) return std::unexpected(suggested.error());
  CaptionBoard board{.reader = reader,
                     .captions = std::move(*captions),
                     .suggested = std::move(*suggested),
                     .edits = edits.of_clip(opened.clip),
                     .dismissed = edits.dismissed(opened.clip)};
  for (const CaptionEdit& edit : board.edits) put_edit(board, edit.track);
  return board;
}

std::vector<CueSuggestion> suggestions_for(const CaptionBoard& board, const CaptionTrack& track) {
  std::vector<CueSuggestion> suggestions;
  for (const auto& [person, suggested] : board.suggested) {
    if (suggested.language != track.language) continue;
    for (const VttCue& cue : suggested.cues) {
      const auto at = cue_beginning_at(track.cues, cue);
      if (!at || line_of(track.cues[*at]) == line_of(cue)) continue;
      std::string key = key_of(person, track.language, cue);
      if (!board.dismissed.contains(key)) suggestions.push_back({*at, person, line_of(cue), std::move(key)});
    }
  }
  std::ranges::stable_sort(suggestions, {}, &CueSuggestion::cue);
  return suggestions;
}

CaptionTrack corrected_track(CaptionTrack track, const CaptionTrack& corrections) {
  for (const VttCue& correction : corrections.cues) {
    if (const auto at = cue_beginning_at(track.cues, correction))
      track.cues[*at] = corrected_cue(track.cues[*at], correction.text);
  }
  return track;
}

CaptionTrack with_edit(const CaptionBoard& board, const CaptionTrack& track, std::size_t cue,
                       const std::string& text) {
  VttCue edited = corrected_cue(track.cues[cue], text);
  if (board.reader.is_author) {
    CaptionTrack whole = track;
    whole.cues[cue] = std::move(edited);
    if (whole.cues[cue].text.empty()) whole.cues.erase(whole.cues.begin() + static_cast<std::ptrdiff_t>(cue));
    return whole;
  }
  CaptionTrack corrections{.language = track.language, .cues = {}, .are_corrections = true};
  for (const CueSuggestion& other : suggestions_for(board, track)) {
    if (other.cue != cue) corrections.cues.push_back(corrected_cue(track.cues[other.cue], other.text));
  }
  if (!edited.text.empty() && edited.text != line_of(track.cues[cue]))
    corrections.cues.push_back(std::move(edited));
  std::ranges::stable_sort(corrections.cues, {}, &VttCue::from);
  return corrections;
}

void put_edit(CaptionBoard& board, const CaptionTrack& edit) {
  if (board.reader.is_author) return put_track(board.captions.tracks, edit);
  SuggestedTrack* own = suggested_in(board.suggested, edit.language);
  if (own != nullptr)
    own->track = edit;
  else
    board.suggested.push_back({board.reader.person, edit});
}

}  // namespace meanwhile
