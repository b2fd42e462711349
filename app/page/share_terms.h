// What is said of a share in the library, and what locks its page: the same in two forms.
#pragma once

#include <string>

#include "app/library/share.h"
#include "app/page/page_lock.h"

namespace meanwhile {

// Says in the terms what locks the page.
void write_lock(const PageLock& lock, ShareTerms& terms);
// What the terms say of it. Of what a reader of events has let through.
PageLock lock_of(const ShareTerms& terms);
bool is_locked(const ShareTerms& terms);

// A key of its own, to which guests seal what they say; only where members alone read the library.
void add_answers_key(ShareTerms& terms);
// Base64 of the public half; "": they don't seal it.
std::string answers_seal_key(const ShareTerms& terms);

}  // namespace meanwhile
