// One list of the clips of several libraries, a page at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "media/base/result.h"

namespace meanwhile {

struct ListedClip {
  OpenLibrary* library = nullptr;
  Clip clip;
};

// As one library would give them: wanted's order, limit and offset are those of the whole list. From several
// libraries a page costs in proportion to where it begins. Errors: Index::clips.
Result<std::vector<ListedClip>> page_of_clips(const std::vector<OpenLibrary*>& libraries,
                                              const ClipQuery& wanted);

// Added up over the libraries. Errors: Index::counts.
Result<ClipCounts> count_clips(const std::vector<OpenLibrary*>& libraries,
                               const std::optional<std::string>& channel = {});

}  // namespace meanwhile
