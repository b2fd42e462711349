// A page speaks its viewer's language, which nobody knows when it is made: it brings what its sentences are
// in each. web/translation.js has the functions whose literals these are, and chooses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "media/base/json.h"
#include "media/base/translation.h"

namespace meanwhile {

struct PageSentence {
  std::string english;
  std::string context = {};  // "": none
  std::string many = {};     // of a count; else ""
  bool operator==(const PageSentence&) const = default;
};

// The literals of tr, trIn, trFormat and trCount, of each call in its order.
std::vector<PageSentence> sentences_in_script(std::string_view script);
// What HTML marks by data-tr: text, title, aria-label and placeholder, without references (&lt;) in them.
std::vector<PageSentence> sentences_in_html(std::string_view html);

// {"English": "Deutsch", "context\u0004English": "Deutsch", "{} answer": {"one": "...", "other": "..."}}:
// those that the catalog has. language: of the catalog, BCP 47.
Json translations_of(const std::vector<PageSentence>& sentences, const Catalog& catalog,
                     const std::string& language);

// {"de": {...}, ...}, of all languages that have any of them.
Json page_translations(std::string_view html, std::string_view script);

}  // namespace meanwhile
