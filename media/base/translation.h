// What the program says, in the reader's language. The sentences in the source are English; a catalog has
// them in another language (app/languages makes them of GNU gettext's files). Without one, and where it lacks
// a sentence, English it is.
//
//   tr("Record")                                 a sentence or a word
//   tr_in("a verb", "Comment")                   the same English has another meaning elsewhere
//   tr_format("Publishes to {}", name)           as fmt::format; translators may change the order: {1} {0}
//   tr_format_in("a person", "from {}", name)    both
//   tr_count(n, "{} update", "{} updates", n)    one, or several: each language has its own plurals
//   tr_later("Small")                            in a table; tr() where it is shown
//
// Logs, what is stored, and what programs read stay English.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace meanwhile {

// Any thread may ask it at any time.
class Catalog {
 public:
  virtual ~Catalog() = default;
  // The sentence, which lives as long as the catalog; nullptr: it isn't there. context: nullptr for none.
  virtual const char* find(const char* context, const char* message) const = 0;
  // Of a sentence about n things; `one` names it.
  virtual const char* find_count(const char* one, const char* many, std::uint64_t n) const = 0;
  virtual bool is_right_to_left() const { return false; }
};

// From here on, in all threads; nullptr: English. What was in use before lives on, for sentences of it may
// still be held: a language is chosen a few times in a program's life.
void set_catalog(std::unique_ptr<const Catalog> catalog);

// The language that is spoken is written so.
bool reads_right_to_left();

// message must be a literal. What they return lives as long as the program.
const char* tr(const char* message);
const char* tr_in(const char* context, const char* message);
constexpr const char* tr_later(const char* message) {
  return message;
}

namespace translation_detail {
const char* count(const char* one, const char* many, std::uint64_t n);
// One that was translated wrongly (a placeholder too many) is said in English.
std::string filled(const char* translated, const char* message, fmt::format_args arguments);
}  // namespace translation_detail

template <typename... Arguments>
std::string tr_format(fmt::format_string<Arguments...> message, Arguments&&... arguments) {
  // Of a literal, so a zero ends it.
  const char* const english = fmt::string_view(message).data();
  return translation_detail::filled(tr(english), english, fmt::make_format_args(arguments...));
}

// As tr_in.
template <typename... Arguments>
std::string tr_format_in(const char* context, fmt::format_string<Arguments...> message,
                         Arguments&&... arguments) {
  const char* const english = fmt::string_view(message).data();
  return translation_detail::filled(tr_in(context, english), english, fmt::make_format_args(arguments...));
}

template <typename... Arguments>
std::string tr_count(std::uint64_t n, fmt::format_string<Arguments...> one,
                     fmt::format_string<Arguments...> many, Arguments&&... arguments) {
  const char* const english_one = fmt::string_view(one).data();
  const char* const english_many = fmt::string_view(many).data();
  return translation_detail::filled(translation_detail::count(english_one, english_many, n),
                                    n == 1 ? english_one : english_many, fmt::make_format_args(arguments...));
}

}  // namespace meanwhile
