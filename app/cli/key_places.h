// Which key was pressed, whatever script it writes.
#pragma once

namespace meanwhile {

// A terminal tells what a key writes and not where it lies. The Latin letter on the same key for a letter of
// another script, by that script's usual layout, in the same case; everything else as it is, or 0 where it is
// no ASCII.
char key_at_place(char32_t letter);

}  // namespace meanwhile
