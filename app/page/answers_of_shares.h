// The answers of a library's shares: taken up with each sync, and when somebody pastes them.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/page/guest_intake.h"
#include "app/page/guest_words.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// Those that weren't turned off, and whose pages take answers. Errors: Index's.
Result<std::vector<OpenShare>> shares_with_answers(Index& index);

// For the thread that may sync(), after it; within a minute after the last time it does nothing. Errors: as
// GuestIntake::look.
Result<TakenUp> take_up_answers(LibrarySession& library, GuestIntake& intake, WallTime now,
                                const std::stop_token& stop);

// What lies beside a share's page, as text for paste_answers(); "": nothing. Blocks. Errors: the place's.
Result<std::string> waiting_answers(Storage& place, const std::string& share, const std::stop_token& stop);
// They go; whoever calls it has taken them up. Blocks. Errors: the place's.
Result<void> remove_answers(Storage& place, const std::string& share, const std::stop_token& stop);

// For the thread that may say(). Errors: as take_pasted_answers.
Result<TakenUp> paste_answers(std::string_view text, const std::vector<OpenLibrary*>& libraries);

}  // namespace meanwhile
