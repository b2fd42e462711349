#include "app/page/page_words.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/languages/languages.h"
#include "app/languages/mo_catalog.h"
#include "media/base/json.h"
#include "media/base/plural_samples.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// Its beginning, its first literal and the one behind that.
const std::regex& call_form() {
  static const std::regex form(
      R"re(\btr(\(|In\(|Format\(|Count\([^"(),]*, )("(?:[^"\\]|\\.)*")(?:, ("(?:[^"\\]|\\.)*"))?)re",
      std::regex::ECMAScript | std::regex::optimize);
  return form;
}

// Of a literal, which is written as JSON's are.
std::string text_of(const std::csub_match& literal) {
  const auto text = literal.matched ? parse_json(literal.str()) : Result<Json>(Json(""));
  return text && text->is_string() ? text->get<std::string>() : std::string();
}

PageSentence sentence_of(const std::cmatch& call) {
  const std::string begin = call[1];
  const std::string first = text_of(call[2]);
  if (begin.starts_with("In")) return {.english = text_of(call[3]), .context = first};
  if (begin.starts_with("Count")) return {.english = first, .many = text_of(call[3])};
  return {.english = first};
}

void add_attributes(std::string_view tag, std::vector<PageSentence>& sentences) {
  for (const std::string_view name : {" title=\"", " aria-label=\"", " placeholder=\""}) {
    const std::size_t at = tag.find(name);
    if (at == std::string_view::npos) continue;
    const std::string_view value = tag.substr(at + name.size());
    sentences.push_back({.english = std::string(value.substr(0, value.find('"')))});
  }
}

std::string key_of(const PageSentence& sentence) {
  return sentence.context.empty() ? sentence.english : sentence.context + '\x04' + sentence.english;
}

// Of a sentence about a number.
Json forms_of(const PageSentence& sentence, const Catalog& catalog,
              const std::map<std::string, std::uint64_t>& samples) {
  Json forms = Json::object();
  for (const auto& [category, number] : samples) {
    const char* const said = catalog.find_count(sentence.english.c_str(), sentence.many.c_str(), number);
    if (said) forms[category] = said;
  }
  // What has no form of its own is said as the others are.
  for (const auto& [category, number] : samples) {
    if (category != "other" && forms.contains("other") &&
        forms.value(category, "") == forms.value("other", ""))
      forms.erase(category);
  }
  return forms;
}

struct SpokenLanguage {
  std::string code;
  std::unique_ptr<const Catalog> catalog;
};

// All but the page's own. Read once: pages are made often.
const std::vector<SpokenLanguage>& spoken_languages() {
  static const std::vector<SpokenLanguage> all = [] {
    std::vector<SpokenLanguage> spoken;
    for (const Language& language : languages()) {
      if (language.catalog.empty()) continue;
      if (auto catalog = make_catalog(language.code, language.catalog))
        spoken.push_back({language.code, std::move(catalog)});
    }
    return spoken;
  }();
  return all;
}

}  // namespace

std::vector<PageSentence> sentences_in_script(std::string_view script) {
  std::vector<PageSentence> sentences;
  for (std::cregex_iterator call(script.data(), script.data() + script.size(), call_form()), end; call != end;
       ++call)
    sentences.push_back(sentence_of(*call));
  return sentences;
}

std::vector<PageSentence> sentences_in_html(std::string_view html) {
  constexpr std::string_view kMark = " data-tr";
  std::vector<PageSentence> sentences;
  for (std::size_t at = html.find(kMark); at != html.npos; at = html.find(kMark, at + kMark.size())) {
    const std::size_t end = html.find('>', at);
    const std::size_t begin = html.rfind('<', at);
    if (begin == html.npos || end == html.npos) break;
    add_attributes(html.substr(begin, end - begin), sentences);
    const std::string_view behind = html.substr(end + 1);
    const std::size_t next = behind.find('<');
    // Of what has children only the attributes are meant.
    if (next > 0 && next != behind.npos && behind.substr(next).starts_with("</"))
      sentences.push_back({.english = std::string(behind.substr(0, next))});
  }
  return sentences;
}

Json translations_of(const std::vector<PageSentence>& sentences, const Catalog& catalog,
                     const std::string& language) {
  const auto samples = plural_samples(language);
  Json table = Json::object();
  for (const PageSentence& sentence : sentences) {
    if (sentence.english.empty()) continue;  // that one is a catalog's header
    const char* const context = sentence.context.empty() ? nullptr : sentence.context.c_str();
    Json said;
    if (!sentence.many.empty())
      said = forms_of(sentence, catalog, samples);
    else if (const char* const found = catalog.find(context, sentence.english.c_str()))
      said = found;
    if (!said.empty()) table[key_of(sentence)] = std::move(said);
  }
  return table;
}

Json page_translations(std::string_view html, std::string_view script) {
  if (spoken_languages().empty()) return Json::object();
  std::vector<PageSentence> sentences = sentences_in_script(script);
  std::ranges::copy(sentences_in_html(html), std::back_inserter(sentences));
  Json tables = Json::object();
  for (const SpokenLanguage& language : spoken_languages()) {
    Json table = translations_of(sentences, *language.catalog, language.code);
    if (!table.empty()) tables[language.code] = std::move(table);
  }
  return tables;
}

}  // namespace meanwhile
