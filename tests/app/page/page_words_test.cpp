#include "app/page/page_words.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <string_view>

#include "app/languages/languages.h"
#include "app/page/page_frame.h"
#include "app/page/web_sources.h"

namespace meanwhile::test {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class FewWords final : public Catalog {
 public:
  const char* find(const char* context, const char* message) const override {
    static const std::map<std::string, const char*> words{
        {"", "Language: de"}, {"Send", "Senden"}, {"a comment|edited", "bearbeitet"}};
    const auto found = words.find(context ? std::string(context) + "|" + message : message);
    return found == words.end() ? nullptr : found->second;
  }
  const char* find_count(const char* one, const char* /*many*/, std::uint64_t n) const override {
    if (std::string_view(one) != "{} answer") return nullptr;
    return n == 1 ? "eine Antwort" : "{} Antworten";
  }
};

const std::vector<PageSentence> kFew{{.english = "Send"},
                                     {.english = "Not known"},
                                     {.english = ""},
                                     {.english = "edited", .context = "a comment"},
                                     {.english = "{} answer", .many = "{} answers"},
                                     {.english = "{} reply", .many = "{} replies"}};

long calls_in(std::string_view script) {
  static const std::regex call(R"(\btr(In|Format|Count)?\()");
  return std::distance(std::cregex_iterator(script.data(), script.data() + script.size(), call),
                       std::cregex_iterator());
}

TEST(PageWords, AreTheLiteralsOfCalls) {
  EXPECT_THAT(sentences_in_script(R"js(
    say(isGood ? tr("Checked") : tr("It's \"not\""));
    const text = `${trFormat("{} of {}", place(1), "all")} ${x}`;
    trIn("a comment", "edited"); trCount(more.length + 1, "{} answer", "{} answers", more);
    attr("other"); str("another");)js"),
              ElementsAre(PageSentence{.english = "Checked"}, PageSentence{.english = "It's \"not\""},
                          PageSentence{.english = "{} of {}"},
                          PageSentence{.english = "edited", .context = "a comment"},
                          PageSentence{.english = "{} answer", .many = "{} answers"}));
}

TEST(PageWords, OthersThanLiteralsAreNone) {
  EXPECT_THAT(sentences_in_script("tr(name); tr(`Sent`); tr('Sent'); trFormat(words[\"a\"], \"b\");"),
              IsEmpty());
}

TEST(PageWords, OfHtmlAreWhatIsMarked) {
  EXPECT_THAT(sentences_in_html("<title>Foreign</title>\n<h1 data-tr>Locked</h1><p>Ada's</p>\n"
                                "<button title=\"Send (Enter)\" class=\"a\" data-tr hidden>Send</button>\n"
                                "<input placeholder=\"Search\" aria-label=\"Search updates\" data-tr>\n"
                                "<aside aria-label=\"Comments\" data-tr>\n<p>Ben's</p></aside>\n"),
              ElementsAre(PageSentence{"Locked"}, PageSentence{"Send (Enter)"}, PageSentence{"Send"},
                          PageSentence{"Search updates"}, PageSentence{"Search"}, PageSentence{"Comments"}));
}

TEST(PageWords, AllThatThePagesSayCanBeTranslated) {
  for (const std::string_view script : {web_script(), list_script()}) {
    const auto sentences = sentences_in_script(script);
    EXPECT_EQ(std::ssize(sentences), calls_in(script)) << "one has something else than a literal";
    EXPECT_THAT(sentences, Each(Field(&PageSentence::english, Not(IsEmpty()))));
  }
  EXPECT_THAT(sentences_in_script(web_script()),
              Contains(PageSentence{.english = "{} of {} answered", .many = "{} of {} answered"}));
  EXPECT_THAT(sentences_in_script(list_script()), ElementsAre(PageSentence{"just now"}));
  const auto marked = sentences_in_html(web_page());
  EXPECT_THAT(marked, Contains(PageSentence{"Send (Ctrl+Enter)"}));
  EXPECT_THAT(marked, Contains(PageSentence{"This update is locked"}));
  EXPECT_THAT(marked, Each(Field(&PageSentence::english, Not(HasSubstr("&"))))) << "a reference";
  EXPECT_THAT(sentences_in_html(list_page()), ElementsAre(PageSentence{"Nothing found"}));
}

TEST(PageWords, ATableHasWhatACatalogHas) {
  EXPECT_EQ(translations_of(kFew, FewWords(), "de"),
            Json({{"Send", "Senden"},
                  {"a comment\x04"
                   "edited",
                   "bearbeitet"},
                  {"{} answer", {{"one", "eine Antwort"}, {"other", "{} Antworten"}}}}));
}

TEST(PageWords, ACategoryOfItsOwnIsInItOnlyWhereItIsSaidOtherwise) {
  const Json table = translations_of({{.english = "{} answer", .many = "{} answers"}}, FewWords(), "es");
  EXPECT_EQ(table["{} answer"].size(), 2U) << "no \"many\", which is for millions: " << to_text(table);
  const Json polish = translations_of({{.english = "{} answer", .many = "{} answers"}}, FewWords(), "pl");
  EXPECT_EQ(polish["{} answer"]["few"], "{} Antworten") << "\"other\" is for fractions there";
}

TEST(PageWords, WithoutCatalogsAPageHasNone) {
  // None of ours has that.
  EXPECT_EQ(script_in_markup("<p data-tr>Xyzzy</p>", "tr(\"Plugh\")"),
            "<script type=\"module\">tr(\"Plugh\")</script>");
}

TEST(PageWords, AreInAPageForEachLanguage) {
  const Json tables = page_translations(web_page(), web_script());
  for (const Language& language : languages().subspan(1)) {
    ASSERT_TRUE(tables.contains(language.code)) << language.code;
    EXPECT_TRUE(tables[language.code].contains("Send")) << language.code;
    EXPECT_LE(to_text(tables[language.code]).size(), 16'000U) << language.code;
  }
  EXPECT_THAT(script_in_markup(web_page(), web_script()), Not(HasSubstr("<!--")));
}

}  // namespace
}  // namespace meanwhile::test
