#include "app/page/page_frame.h"

#include <fmt/format.h>

#include <cassert>
#include <cstddef>
#include <string>
#include <string_view>

#include "app/page/page_hash.h"
#include "app/page/page_words.h"
#include "media/base/escapes.h"
#include "media/base/json.h"

namespace meanwhile {
namespace {

constexpr std::string_view kBytesPlace = "<!--meanwhile:bytes-->";

// Source: W3C, "Content Security Policy Level 3". Films beside a page from file:// are of another origin than
// the page to some browsers.
std::string policy_of(const PageContent& content, const PageSources& sources) {
  std::string from = content.is_beside_files ? "'self' blob: data: file:" : "'self' blob: data:";
  if (!content.origin.empty()) from += " " + escape_markup(content.origin);
  return fmt::format(
      "default-src 'none'; script-src '{}'; style-src '{}'; connect-src {}; media-src {}; img-src {}; "
      "base-uri "
      "'none'; form-action 'none'",
      policy_hash(sources.script), policy_hash(sources.style), from, from, from);
}

// As the script asks for them, so that it gets what came. Source: HTML Standard, "Link type preload".
std::string hints_of(const PageContent& content) {
  std::string hints;
  for (const std::string& address : content.first)
    hints += fmt::format("\n<link rel=\"preload\" as=\"fetch\" crossorigin=\"anonymous\" href=\"{}\">",
                         escape_markup(address));
  return hints;
}

}  // namespace

const std::string_view kEndOfInlineObject = "</script>\n";

void fill_place(std::string& page, std::string_view place, const std::string& with) {
  const std::string mark = fmt::format("<!--meanwhile:{}-->", place);
  const std::size_t at = page.find(mark);
  assert(at != std::string::npos);
  page.replace(at, mark.size(), with);
}

std::string begin_inline_object(std::string_view name) {
  return fmt::format(R"(<script type="text/plain" class="bytes" id="bytes-{}">)", escape_markup(name));
}

std::string json_in_markup(const Json& json) {
  std::string text;
  for (const char c : to_text(json)) {
    if (c == '<')
      text += "\\u003c";
    else
      text += c;
  }
  return text;
}

std::string script_in_markup(std::string_view html, std::string_view script) {
  const Json translations = page_translations(html, script);
  std::string markup;
  if (!translations.empty())
    markup = fmt::format("<script type=\"application/json\" id=\"translations\">{}</script>\n",
                         json_in_markup(translations));
  return markup + fmt::format("<script type=\"module\">{}</script>", script);
}

PageFrame frame_page(const PageContent& content, const PageSources& sources) {
  std::string page(sources.page);
  const std::size_t bytes = page.find(kBytesPlace);
  assert(bytes != std::string::npos);
  PageFrame frame{.head = page.substr(0, bytes), .tail = page.substr(bytes + kBytesPlace.size())};
  // From the last on: nobody's text is searched for a place.
  fill_place(frame.tail, "script", script_in_markup(sources.page, sources.script));
  fill_place(frame.head, "share",
             fmt::format(R"(<script type="application/json" id="share">{}</script>)",
                         json_in_markup(content.share)));
  fill_place(frame.head, "style", fmt::format("<style>{}</style>", sources.style));
  const std::string title = content.title.empty() ? "Meanwhile" : content.title;
  fill_place(frame.head, "title", fmt::format("<title>{}</title>", escape_markup(title)));
  fill_place(frame.head, "csp",
             fmt::format(R"(<meta http-equiv="Content-Security-Policy" content="{}">)",
                         policy_of(content, sources)) +
                 hints_of(content));
  return frame;
}

}  // namespace meanwhile
