// How what ails a track is said: now, in a few words; and of a whole take, in the past.
#pragma once

#include <string>
#include <vector>

#include "media/base/media_time.h"
#include "media/record/track_report.h"

namespace meanwhile {

// Where there is little room, while it lasts: "No sound from the microphone", "The camera shows only black".
// Empty: Good.
std::string short_health_words(TrackKind kind, TrackHealth health);

// The gravest of what ails the tracks now, as short_health_words; empty: nothing does. Muted is meant, and
// doesn't count.
std::string short_trouble(const std::vector<TrackReport>& tracks);

// Of a take of that length: "Good", "Silent from 1:10", "Frozen 0:30–0:42", "Black 3 times, first at 0:05".
std::string health_of_take(const TrackReport& track, MediaTime duration);

// The same in whole sentences, one for each that was no wish of the person: "We couldn't hear anything from
// Blue Yeti from 1:10 on."
std::vector<std::string> past_health_sentences(const TrackReport& track, MediaTime duration);

}  // namespace meanwhile
