// A draft that was arranged before it is published: the arrangement goes along as the clip's first.
#pragma once

#include "app/library/manifest.h"
#include "app/sending/publisher.h"
#include "media/base/result.h"
#include "media/record/take.h"

namespace meanwhile {

// Before the take's files are described: its poster is of what is shown, too. Blocks while a picture is
// decoded.
void set_arranged_poster(const Take& take);

// Adds its object and what says it to the publication of a take, whose clip the manifest describes; nothing
// where it isn't arranged. Errors: as read_take_arrangement and arrangement_within: what its author cut must
// not be published uncut.
Result<void> add_arrangement(const Take& take, const Manifest& manifest, Publication& publication);

}  // namespace meanwhile
