#include "app/library/redaction.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <functional>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meanwhile {
namespace {

constexpr std::size_t kShortestPrivate = 2;

bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

bool is_same_letter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

// A name within a word is another word: "Ann" isn't in "cannot".
bool stands_alone(std::string_view line, std::size_t at, std::size_t length) {
  const bool begins = at == 0 || !is_letter_or_digit(line[at - 1]);
  const bool ends = at + length == line.size() || !is_letter_or_digit(line[at + length]);
  return begins && ends;
}

std::string replaced(std::string line, const PrivateWord& secret) {
  std::string::size_type from = 0;
  for (;;) {
    const auto found = std::search(line.begin() + static_cast<std::ptrdiff_t>(from), line.end(),
                                   secret.text.begin(), secret.text.end(), is_same_letter);
    if (found == line.end()) return line;
    const auto at = static_cast<std::size_t>(found - line.begin());
    if (!stands_alone(line, at, secret.text.size())) {
      from = at + 1;
      continue;
    }
    const std::string mark = "<" + secret.word + ">";
    line.replace(at, secret.text.size(), mark);
    from = at + mark.size();
  }
}

struct PrivatePattern {
  std::regex form;
  const char* instead;
};

// In the order in which they are looked for. Lines are short: std::regex is slow, and deep in long ones.
const std::vector<PrivatePattern>& patterns() {
  static const std::vector<PrivatePattern> all = [] {
    const auto flags = std::regex::ECMAScript | std::regex::icase | std::regex::optimize;
    return std::vector<PrivatePattern>{
        {std::regex(
             R"(\b(folder|s3|webdavs?|https?|file|smb|sftp|davs?|meanwhile(-invitation)?):[^\s"'<>,;)]+)",
             flags),
         "$1:<address>"},
        {std::regex(R"([\w.+-]+@[\w-]+(\.[\w-]+)+)", flags), "<mail address>"},
        {std::regex(R"(/(home|Users)/[^/\s"']+)", flags), "~"},
        {std::regex(R"(\b\d{1,3}(\.\d{1,3}){3}\b)", flags), "<machine>"},
        {std::regex(R"(\b[0-9a-f]{1,4}(:[0-9a-f]{0,4}){3,7}\b)", flags), "<machine>"},
        {std::regex(R"([A-Za-z0-9+_-]{26,}={0,2})", flags), "<id>"},
    };
  }();
  return all;
}

std::string without_private_line(std::string line, const std::vector<PrivateWord>& known) {
  constexpr std::size_t kLongestLine = 2000;
  if (line.size() > kLongestLine) line.resize(kLongestLine);
  for (const PrivateWord& secret : known) line = replaced(std::move(line), secret);
  for (const PrivatePattern& pattern : patterns())
    line = std::regex_replace(line, pattern.form, pattern.instead);
  return line;
}

}  // namespace

std::string without_private(std::string_view text, const std::vector<PrivateWord>& known) {
  std::vector<PrivateWord> longest_first = known;
  std::erase_if(longest_first,
                [](const PrivateWord& secret) { return secret.text.size() < kShortestPrivate; });
  std::ranges::stable_sort(longest_first, std::ranges::greater{},
                           [](const PrivateWord& secret) { return secret.text.size(); });
  std::string clean;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    clean += without_private_line(std::string(text.substr(0, end)), longest_first);
    if (end == std::string_view::npos) break;
    clean += '\n';
    text.remove_prefix(end + 1);
  }
  return clean;
}

}  // namespace meanwhile
