// The figures as tables in Markdown, to standard output.
#pragma once

#include <string>

#include "tests/bench/record_bench.h"
#include "tests/bench/seek_bench.h"

namespace meanwhile {

void print_record_heading(const RecordPlan& plan);
void print_recording(const std::string& workload, const RecordComparison& figures, const RecordPlan& plan);

void print_play_heading();
void print_playing(const std::string& files, const PlayFigures& ours, const PlayFigures& theirs);

}  // namespace meanwhile
