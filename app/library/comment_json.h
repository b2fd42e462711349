// Comments as JSON documents, the same wherever they leave the program.
#pragma once

#include <vector>

#include "app/library/index.h"
#include "media/base/json.h"

namespace meanwhile {

Json json_of(const Comment& comment);
// As its comment, with "clip", "asked" [{"person", "name", "answered"?}], "answered" (how many), "for_me".
Json json_of(const Ask& ask);
// Comments and replies, one after the other: a reply names its parent.
Json json_of(const std::vector<Thread>& threads);

}  // namespace meanwhile
