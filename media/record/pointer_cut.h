// A part of the pointer's track. Format: FORMAT.md.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/time_range.h"
#include "media/base/trim.h"

namespace meanwhile {

struct CutPointer {
  std::string lines;     // pointer.jsonl
  std::set<int> shapes;  // that these lines use and define
};

// text: pointer.jsonl. Where the pointer was at range.from is the first line, at 0; lines that can't be
// understood, and shapes that nothing in the range uses, are left out.
CutPointer cut_pointer(std::string_view text, const KeptRange& range);

// The same without what lies in these ranges (by time, apart); all else keeps its time.
CutPointer pointer_without(std::string_view text, const std::vector<TimeRange>& blank);

}  // namespace meanwhile
