// The figures as tables in Markdown, to standard output.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/published_film.h"
#include "tests/bench/record_bench.h"
#include "tests/bench/seek_bench.h"

namespace meanwhile {

void print_record_heading(const RecordPlan& plan);
// The first of them is ours; a line with its ratio follows each of the others.
void print_recording(const std::string& workload, const std::vector<RecorderFigures>& all,
                     const RecordPlan& plan);

void print_play_heading();
// inside: ours, with the decoders in the player's process.
void print_playing(const std::string& files, const PlayFigures& ours, const PlayFigures& inside,
                   const PlayFigures& theirs);
// Of a clip in a library, open or sealed.
void print_playing_from(const std::string& library, const PlayFigures& figures);
// What sealing adds, from the medians of several runs of each.
void print_sealed_playing(const FilmRuns& open, const FilmRuns& sealed);
// Each run, then the medians; of seeks, percentiles of all runs' together.
void print_decoders(const std::string& files, const std::vector<PlayFigures>& apart,
                    const std::vector<PlayFigures>& inside);

}  // namespace meanwhile
