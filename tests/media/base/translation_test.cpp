#include "media/base/translation.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace meanwhile::test {
namespace {

// A language of a few words.
class FewWords final : public Catalog {
 public:
  const char* find(const char* context, const char* message) const override {
    static const std::map<std::string, const char*> words{{"Record", "Aufnehmen"},
                                                          {"a noun|Comment", "Kommentar"},
                                                          {"{} asks {}", "{1} wird von {0} gefragt"},
                                                          {"Wrong {}", "Falsch {} {}"}};
    const auto found = words.find(context ? std::string(context) + "|" + message : message);
    return found == words.end() ? nullptr : found->second;
  }
  const char* find_count(const char* one, const char* /*many*/, std::uint64_t n) const override {
    if (std::string_view(one) != "{} update") return nullptr;
    return n == 0 ? "keine Updates" : n == 1 ? "ein Update" : "{} Updates";
  }
};

class Translation : public testing::Test {
 protected:
  ~Translation() override { set_catalog(nullptr); }
};

TEST_F(Translation, WithoutACatalogItIsEnglish) {
  EXPECT_STREQ(tr("Record"), "Record");
  EXPECT_STREQ(tr_in("a noun", "Comment"), "Comment");
  EXPECT_EQ(tr_format("{} asks {}", "Ada", "Ben"), "Ada asks Ben");
  EXPECT_EQ(tr_count(1, "{} update", "{} updates", 1), "1 update");
  EXPECT_EQ(tr_count(0, "{} update", "{} updates", 0), "0 updates");
}

TEST_F(Translation, WithOneItIsThatLanguage) {
  set_catalog(std::make_unique<FewWords>());
  EXPECT_STREQ(tr("Record"), "Aufnehmen");
  EXPECT_STREQ(tr_in("a noun", "Comment"), "Kommentar");
  EXPECT_EQ(tr_format("{} asks {}", "Ada", "Ben"), "Ben wird von Ada gefragt");
  EXPECT_EQ(tr_count(0, "{} update", "{} updates", 0), "keine Updates");
  EXPECT_EQ(tr_count(1, "{} update", "{} updates", 1), "ein Update");
  EXPECT_EQ(tr_count(7, "{} update", "{} updates", 7), "7 Updates");
}

TEST_F(Translation, WhatTheCatalogLacksIsEnglish) {
  set_catalog(std::make_unique<FewWords>());
  EXPECT_STREQ(tr("Stop"), "Stop");
  EXPECT_STREQ(tr("Comment"), "Comment");
  EXPECT_EQ(tr_count(2, "{} reply", "{} replies", 2), "2 replies");
}

TEST_F(Translation, APlaceholderTooManyIsNoCrash) {
  set_catalog(std::make_unique<FewWords>());
  EXPECT_EQ(tr_format("Wrong {}", 1), "Wrong 1");
}

TEST_F(Translation, WhatWasHeldOfAnEarlierLanguageIsStillThere) {
  set_catalog(std::make_unique<FewWords>());
  const char* held = tr("Record");
  set_catalog(nullptr);
  EXPECT_STREQ(held, "Aufnehmen");
  EXPECT_STREQ(tr("Record"), "Record");
}

}  // namespace
}  // namespace meanwhile::test
