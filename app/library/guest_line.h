// Answers of guests as text that went through a chat or a mail: "meanwhile-answers:" and base64url.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"

namespace meanwhile {

inline constexpr std::string_view kAnswersScheme = "meanwhile-answers:";
// A pasted text; more isn't looked at.
constexpr std::size_t kLongestAnswersText = 1 << 20;
constexpr std::size_t kMostPastedDocuments = 1000;

bool has_answers(std::string_view text);

struct PastedAnswers {
  std::vector<Bytes> documents;  // sealed or not
  int damaged = 0;               // those that broke on the way
};

// All that stand in a text, whatever is around them: quoting, greetings, line ends within one. is_whole:
// tells a document from the beginning of one, or one with a word of the text behind it.
PastedAnswers read_answers_text(std::string_view text,
                                const std::function<bool(std::span<const std::byte>)>& is_whole);

}  // namespace meanwhile
