#include "media/base/cue_text.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "media/base/character_references.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

constexpr std::string_view kWhite = " \t\n\f";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "<b>", "</v>", "<00:01.000>", "<v.loud Anna>": all of it; empty: there is none.
std::string_view tag_at_front(std::string_view text) {
  if (text.size() < 3) return {};
  const bool opens = is_letter(text[1]) || text[1] == '/' || (text[1] >= '0' && text[1] <= '9');
  const std::size_t end = text.find_first_of("<>", 1);
  const bool is_whole = end != std::string_view::npos && text[end] == '>';
  return opens && is_whole ? text.substr(0, end + 1) : std::string_view{};
}

// "{\an8}", as SubRip places its captions.
std::string_view placing_at_front(std::string_view text) {
  const std::size_t end = text.starts_with("{\\") ? text.find('}') : std::string_view::npos;
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1);
}

std::string resolved(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    if (text.front() == '&') {
      take_reference(text, plain);
    } else {
      plain += kWhite.find(text.front()) == std::string_view::npos ? text.front() : ' ';
      text.remove_prefix(1);
    }
  }
  return std::string(trimmed(plain));
}

// Whom a tag has speak: "<v Anna>" and "<v.first Anna>"; empty: it is another tag.
std::string speaker_in(std::string_view tag) {
  tag = tag.substr(1, tag.size() - 2);
  const std::size_t name = tag.find_first_of(" \t\n\f.");
  if (tag.substr(0, name) != "v" || name == std::string_view::npos) return {};
  const std::size_t annotation = tag.find_first_of(kWhite);
  return annotation == std::string_view::npos ? std::string{} : resolved(tag.substr(annotation));
}

// The words that a tag is in front of may name who says them already.
bool names_already(std::string_view words, const std::string& speaker) {
  return trimmed(words).starts_with(speaker + ":");
}

// Without spaces at the ends of lines, and without lines that are empty: these would end the caption.
std::string tidied(std::string_view text) {
  std::string tidy;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    if (!tidy.empty() && !line.empty()) tidy += '\n';
    tidy += line;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return tidy;
}

class PlainText {
 public:
  explicit PlainText(std::string_view text) : rest_(text) {}

  std::string all() {
    while (!rest_.empty()) take_next();
    return tidied(plain_);
  }

 private:
  void take_next() {
    const std::string_view tag = rest_.front() == '<' ? tag_at_front(rest_) : placing_at_front(rest_);
    if (!tag.empty()) {
      rest_.remove_prefix(tag.size());
      if (tag.front() == '<') note(tag);
    } else if (rest_.front() == '&') {
      take_reference(rest_, plain_);
    } else {
      plain_ += rest_.front();
      rest_.remove_prefix(1);
    }
  }

  void note(std::string_view tag) {
    const std::string speaker = speaker_in(tag);
    if (speaker.empty() || speaker == speaker_) return;
    speaker_ = speaker;
    if (names_already(rest_, speaker)) return;
    if (!plain_.empty() && plain_.back() != '\n' && plain_.back() != ' ') plain_ += ' ';
    plain_ += speaker + ": ";
  }

  std::string_view rest_;
  std::string plain_;
  std::string speaker_;
};

}  // namespace

std::string plain_cue_text(std::string_view text) {
  return PlainText(text).all();
}

std::string escaped_cue_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace meanwhile
