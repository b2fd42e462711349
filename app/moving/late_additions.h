// What was added to a clip while it was on its way to another library.
#pragma once

#include <stop_token>
#include <string>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "media/base/result.h"

namespace meanwhile {

// Something that its author added there is still being sent: it counts once it is stored. What can't be sent
// isn't waited for. Errors: the outbox's.
Result<bool> is_being_added_to(OpenLibrary& library, const std::string& clip);

// Hands to the outbox of `to` what the author added in `from`, and arrived, the clip as it is in `to`, lacks;
// what is damaged stays. Blocks. Errors: ClipStore::added_file's, the outbox's.
Result<void> carry_late_additions(OpenLibrary& from, OpenLibrary& to, const Clip& arrived,
                                  const std::stop_token& stop);

}  // namespace meanwhile
