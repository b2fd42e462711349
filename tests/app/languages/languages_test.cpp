#include "app/languages/languages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/languages/mo_catalog.h"
#include "media/base/format_locale.h"
#include "media/base/translation.h"

namespace meanwhile::test {
namespace {

using testing::IsSupersetOf;

using Variables = std::map<std::string, std::string>;

VariableReader reader(const Variables& variables) {
  return [variables](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

std::string chosen(const std::string& setting, const Variables& variables) {
  return choose_language(setting, reader(variables)).code;
}

std::string formats(const std::string& setting, const Variables& variables) {
  return choose_formats(choose_language(setting, reader(variables)), reader(variables));
}

TEST(Languages, EnglishGermanAndSpanishAreThere) {
  std::vector<std::string> codes;
  for (const Language& language : languages()) codes.emplace_back(language.code);
  EXPECT_THAT(codes, IsSupersetOf({"en", "de", "es"}));
  EXPECT_EQ(codes.front(), "en");
}

TEST(Languages, AsTheDesktopSays) {
  EXPECT_EQ(chosen("", {}), "en");
  EXPECT_EQ(chosen("", {{"LANG", "de_AT.UTF-8"}}), "de");
  EXPECT_EQ(chosen("", {{"LANG", "de_DE.UTF-8"}, {"LC_MESSAGES", "es_MX.UTF-8"}}), "es");
  EXPECT_EQ(chosen("", {{"LANG", "de_DE.UTF-8"}, {"LC_ALL", "C.UTF-8"}}), "en");
  EXPECT_EQ(chosen("", {{"LANG", "xx_YY"}}), "en");
}

TEST(Languages, TheFirstOfAListThatWeSpeak) {
  EXPECT_EQ(chosen("", {{"LANG", "en_US.UTF-8"}, {"LANGUAGE", "sv:es_ES:de"}}), "es");
  EXPECT_EQ(chosen("", {{"LANG", "de_DE.UTF-8"}, {"LANGUAGE", "en"}}), "en");
  EXPECT_EQ(chosen("", {{"LANG", "C"}, {"LANGUAGE", "de"}}), "en");
}

TEST(Languages, TheSettingComesFirst) {
  EXPECT_EQ(chosen("de", {{"LANG", "es_ES.UTF-8"}}), "de");
  EXPECT_EQ(chosen("en", {{"LANG", "es_ES.UTF-8"}}), "en");
  EXPECT_EQ(chosen("tlh", {{"LANG", "es_ES.UTF-8"}}), "es");
}

TEST(Languages, FormatsAreOfTheLanguageInItsReadersCountry) {
  EXPECT_EQ(formats("", {}), "");
  EXPECT_EQ(formats("", {{"LANG", "C.UTF-8"}}), "");
  EXPECT_EQ(formats("", {{"LANG", "de_AT.UTF-8"}}), "de_AT");
  EXPECT_EQ(formats("", {{"LANG", "en_US.UTF-8"}, {"LC_TIME", "de_DE.UTF-8"}}), "en_DE");
  EXPECT_EQ(formats("de", {}), "de");
}

TEST(Languages, OneThatIsUsedIsSpoken) {
  use_language(choose_language("de", reader({})), reader({}));
  EXPECT_STREQ(tr("just now"), "gerade eben");
  EXPECT_EQ(decimal_words(1.5, 1), "1,5");
  use_language(choose_language("en", reader({})), reader({}));
  EXPECT_STREQ(tr("just now"), "just now");
  EXPECT_EQ(decimal_words(1.5, 1), "1.5");
}

TEST(Languages, WhatIsNoCatalogIsNone) {
  EXPECT_EQ(make_catalog("de", "no such thing"), nullptr);
  EXPECT_EQ(make_catalog("de", ""), nullptr);
}

}  // namespace
}  // namespace meanwhile::test
