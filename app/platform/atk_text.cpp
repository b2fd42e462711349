#ifdef MEANWHILE_ATSPI
#include <atk/atk.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "app/platform/accessible.h"
#include "app/platform/atk_object.h"
#include "app/platform/atk_part.h"
#include "app/platform/text_places.h"

namespace meanwhile {
namespace {

const AccessibleText no_text;

// Empty where there is none, so that every question has an answer.
const AccessibleText& text_of(gpointer object) {
  const AtkPart* const part = part_of_object(object);
  return part && part->now().text ? *part->now().text : no_text;
}

char* get_text(AtkText* object, int from, int to) {
  const std::string& text = text_of(object).text;
  const std::size_t begin = byte_of_character(text, std::max(from, 0));
  const std::size_t end = std::max(begin, byte_of_character(text, to));
  return g_strndup(text.c_str() + begin, end - begin);
}

int character_count(AtkText* object) {
  const std::string& text = text_of(object).text;
  return characters_before(text, text.size());
}

gunichar character_at(AtkText* object, int at) {
  const std::string& text = text_of(object).text;
  const std::size_t byte = byte_of_character(text, at);
  return byte < text.size() ? g_utf8_get_char(text.c_str() + byte) : 0;
}

struct Span {
  std::size_t from = 0;
  std::size_t to = 0;
};

bool is_blank(char byte) {
  return std::isspace(static_cast<unsigned char>(byte)) != 0;
}

// From behind the last byte before `at` that divides to behind the next one that does.
Span between(std::string_view text, std::size_t at, const std::function<bool(std::size_t)>& divides) {
  Span span{at, at};
  while (span.from > 0 && !divides(span.from - 1)) --span.from;
  while (span.to < text.size() && !divides(span.to)) ++span.to;
  span.to = std::min(span.to + 1, text.size());
  return span;
}

Span character_span(std::string_view text, std::size_t at) {
  Span span{at, std::min(at + 1, text.size())};
  while (span.to < text.size() && !begins_character(text[span.to])) ++span.to;
  return span;
}

// A word has the blanks behind it: it ends where a blank is before a letter.
Span word_span(std::string_view text, std::size_t at) {
  return between(text, at, [&](std::size_t byte) {
    return is_blank(text[byte]) && (byte + 1 == text.size() || !is_blank(text[byte + 1]));
  });
}

Span sentence_span(std::string_view text, std::size_t at) {
  return between(text, at, [&](std::size_t byte) {
    return text[byte] == '\n' ||
           (is_blank(text[byte]) && byte > 0 && std::string_view(".!?").contains(text[byte - 1]));
  });
}

// Lines as they were broken by hand.
Span line_span(std::string_view text, std::size_t at) {
  return between(text, at, [&](std::size_t byte) { return text[byte] == '\n'; });
}

Span span_at(std::string_view text, int character, AtkTextGranularity granularity) {
  const std::size_t at = byte_of_character(text, character);
  switch (granularity) {
    case ATK_TEXT_GRANULARITY_CHAR:
      return character_span(text, at);
    case ATK_TEXT_GRANULARITY_WORD:
      return word_span(text, at);
    case ATK_TEXT_GRANULARITY_SENTENCE:
      return sentence_span(text, at);
    case ATK_TEXT_GRANULARITY_LINE:
    case ATK_TEXT_GRANULARITY_PARAGRAPH:
      return line_span(text, at);
  }
  return {at, at};
}

char* string_at(AtkText* object, int at, AtkTextGranularity granularity, int* from, int* to) {
  const std::string& text = text_of(object).text;
  const Span span = span_at(text, at, granularity);
  if (from) *from = characters_before(text, span.from);
  if (to) *to = characters_before(text, span.to);
  return g_strndup(text.c_str() + span.from, span.to - span.from);
}

// The older question for the same.
char* text_at(AtkText* object, int at, AtkTextBoundary boundary, int* from, int* to) {
  switch (boundary) {
    case ATK_TEXT_BOUNDARY_CHAR:
      return string_at(object, at, ATK_TEXT_GRANULARITY_CHAR, from, to);
    case ATK_TEXT_BOUNDARY_WORD_START:
    case ATK_TEXT_BOUNDARY_WORD_END:
      return string_at(object, at, ATK_TEXT_GRANULARITY_WORD, from, to);
    case ATK_TEXT_BOUNDARY_SENTENCE_START:
    case ATK_TEXT_BOUNDARY_SENTENCE_END:
      return string_at(object, at, ATK_TEXT_GRANULARITY_SENTENCE, from, to);
    case ATK_TEXT_BOUNDARY_LINE_START:
    case ATK_TEXT_BOUNDARY_LINE_END:
      return string_at(object, at, ATK_TEXT_GRANULARITY_LINE, from, to);
  }
  return nullptr;
}

int caret_offset(AtkText* object) {
  const AccessibleText& text = text_of(object);
  return characters_before(text.text, text.caret);
}

gboolean ask_for_caret(AtkText* object, int from, int to) {
  const std::string& text = text_of(object).text;
  return ask_for(object, {.kind = AccessibleWish::Kind::Caret,
                          .caret = byte_of_character(text, to),
                          .chosen_from = byte_of_character(text, from)});
}

gboolean set_caret(AtkText* object, int at) {
  return ask_for_caret(object, at, at);
}

int selection_count(AtkText* object) {
  const AccessibleText& text = text_of(object);
  return text.chosen_from == text.chosen_to ? 0 : 1;
}

char* get_selection(AtkText* object, int number, int* from, int* to) {
  const AccessibleText& text = text_of(object);
  if (number != 0 || text.chosen_from == text.chosen_to) return nullptr;
  const auto [first, last] = std::minmax(text.chosen_from, text.chosen_to);
  if (from) *from = characters_before(text.text, first);
  if (to) *to = characters_before(text.text, last);
  return g_strndup(text.text.c_str() + first, last - first);
}

gboolean add_selection(AtkText* object, int from, int to) {
  return ask_for_caret(object, from, to);
}

gboolean set_selection(AtkText* object, int number, int from, int to) {
  return number == 0 ? ask_for_caret(object, from, to) : FALSE;
}

gboolean remove_selection(AtkText* object, int number) {
  return number == 0 ? set_caret(object, caret_offset(object)) : FALSE;
}

void set_contents(AtkEditableText* object, const char* contents) {
  (void)ask_for(object, {.kind = AccessibleWish::Kind::Text, .text = contents ? contents : ""});
}

// Characters from..to make way for `piece`. What is hidden is known to nobody here: only all of it can be
// set.
void replace(AtkEditableText* object, int from, int to, std::string_view piece) {
  std::string text = text_of(object).text;
  if (text_of(object).is_hidden && !text.empty()) return;
  const std::size_t begin = byte_of_character(text, std::max(from, 0));
  const std::size_t end = std::max(begin, byte_of_character(text, to));
  text.replace(begin, end - begin, piece);
  set_contents(object, text.c_str());
}

void insert_text(AtkEditableText* object, const char* piece, int length, int* at) {
  const std::string_view inserted =
      length < 0 ? std::string_view(piece) : std::string_view(piece, std::size_t(length));
  replace(object, *at, *at, inserted);
  *at += characters_before(inserted, inserted.size());
}

void delete_text(AtkEditableText* object, int from, int to) {
  replace(object, from, to, {});
}

}  // namespace

void fill_text_interface(gpointer interface, gpointer) {
  auto* const text = static_cast<AtkTextIface*>(interface);
  text->get_text = get_text;
  text->get_character_count = character_count;
  text->get_character_at_offset = character_at;
  text->get_string_at_offset = string_at;
  text->get_text_at_offset = text_at;
  text->get_caret_offset = caret_offset;
  text->set_caret_offset = set_caret;
  text->get_n_selections = selection_count;
  text->get_selection = get_selection;
  text->add_selection = add_selection;
  text->set_selection = set_selection;
  text->remove_selection = remove_selection;
}

void fill_editable_text_interface(gpointer interface, gpointer) {
  auto* const text = static_cast<AtkEditableTextIface*>(interface);
  text->set_text_contents = set_contents;
  text->insert_text = insert_text;
  text->delete_text = delete_text;
}

}  // namespace meanwhile
#endif
