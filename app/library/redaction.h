// Takes out of a text what it says about people: for a report that somebody gives to strangers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meanwhile {

struct PrivateWord {
  std::string text;  // as it may stand anywhere, in any case of letters
  std::string word;  // what stands instead: "a name"; in the text as <a name>
};

// Also without being told: what stands behind a scheme's colon, whether or not it is an address (URLs, links,
// invitations), mail addresses, numbers of machines (IP), ids, keys and hashes, and the folder of a person
// under /home or /Users. The longest of what overlaps is taken. A text of one letter, or of none, is no
// secret.
std::string without_private(std::string_view text, const std::vector<PrivateWord>& known);

}  // namespace meanwhile
