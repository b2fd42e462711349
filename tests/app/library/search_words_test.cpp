// What a search finds in the scripts of the world, and what it must not take for the same.
#include "app/library/search_words.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/library/index.h"
#include "tests/app/library/index_fixture.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

struct Pair {
  const char* text;
  const char* typed;
};

class SearchTest : public IndexTest {
 protected:
  bool finds(const Pair& pair) {
    say(ben_, published(clip_, pair.text));
    const auto hits = index_->search(pair.typed, 10);
    EXPECT_TRUE(hits) << pair.typed;
    if (!hits) return false;
    for (const SearchHit& hit : *hits) EXPECT_EQ(hit.text, pair.text) << "what is shown is what was written";
    return !hits->empty();
  }

  void expect_found(const std::vector<Pair>& pairs) {
    for (const Pair& pair : pairs) EXPECT_TRUE(finds(pair)) << pair.typed << " in " << pair.text;
  }
  void expect_not_found(const std::vector<Pair>& pairs) {
    for (const Pair& pair : pairs) EXPECT_FALSE(finds(pair)) << pair.typed << " in " << pair.text;
  }
};

TEST_F(SearchTest, AccentsAndLettersThatAKeyboardLacksMayBeLeftOut) {
  expect_found({{"Chuyến đi Đà Nẵng", "da nang"},
                {"chuyen di da nang", "Đà Nẵng"},
                {"Hauptstraße 5", "hauptstrasse"},
                {"STRASSE", "straße"},
                {"Żółć w Łodzi", "zolc lodzi"},
                {"Blåbærgrød på København", "blabaergrod kobenhavn"},
                {"Þórður Ísfjörð", "thordur isfjord"},
                {"Œuvre complète", "oeuvre complete"},
                {"Iğdır ışık", "igdir isik"},
                {"İSTANBUL", "istanbul"},
                {"DIYARBAKIR", "diyarbakır"},
                {"Əliyev", "eliyev"},
                {"Ħal Għargħur", "hal ghar"}});
}

TEST_F(SearchTest, OtherScriptsLeaveOutTheirAccentsAndPoints) {
  expect_found({{"Ёлка", "елка"},
                {"елка", "Ёлка"},
                {"за́мок", "замок"},
                {"ΑΘΉΝΑ, η πρωτεύουσα", "αθηνα πρωτευουσα"},
                {"Οδυσσεύς", "ΟΔΥΣΣΕΥΣ"},
                {"τῷ λόγῳ", "τω λογω"},
                {"مُحَمَّد", "محمد"},
                {"محمد", "مُحَمَّد"},
                {"مـــحـــمـــد", "محمد"},
                {"إدارة أحمد آل", "ادارة احمد ال"},
                {"ٱلرحمٰن", "الرحمن"},
                {"علی کریمی", "علي كريمي"},
                {"مدرسة", "مدرسه"},
                {"שָׁלוֹם", "שלום"},
                {"ܫܠܳܡܳܐ", "ܫܠܡܐ"},
                {"ज़रूरी", "जरूरी"}});
}

TEST_F(SearchTest, MarksThatMakeAnotherWordStay) {
  expect_not_found({{"काला", "केला"},
                    {"केला", "काला"},
                    {"কালা", "কেলা"},
                    {"கல்", "கால்"},
                    {"ಕಲ", "ಕಾಲ"},
                    {"గద", "గాద"},
                    {"ใกล", "ไกล"},
                    {"มา ไหม", "ม้า"},
                    {"か", "が"},
                    {"мои", "мой"},
                    {"куки", "куќи"},
                    {"іжак", "їжак"},
                    {"बडा", "बड़ा"},
                    {"ދަރި", "ދުރު"}});
}

TEST_F(SearchTest, WordsOfIndicScriptsAreFoundWhole) {
  expect_found({{"मुझे केला पसंद है", "केला"},
                {"বাংলা ভাষা", "ভাষা"},
                {"தமிழ் மொழி", "மொழி"},
                {"తెలుగు భాష", "తెలుగు"},
                {"ಕನ್ನಡ ಭಾಷೆ", "ಭಾಷೆ"},
                {"മലയാളം ഭാഷ", "മലയാളം"},
                {"ਪੰਜਾਬੀ ਬੋਲੀ", "ਬੋਲੀ"},
                {"ગુજરાતી", "ગુજ"},
                {"සිංහල භාෂාව", "භාෂාව"},
                {"አማርኛ፡ቋንቋ", "ቋንቋ"},
                {"বঙ্গ २०२६", "2026"}});
}

TEST_F(SearchTest, WordsWithoutSpacesBetweenThemAreFound) {
  expect_found({{"ผมไปโรงพยาบาลเมื่อวานนี้", "โรงพยาบาล"},
                {"ผมไปโรงพยาบาลเมื่อวานนี้", "เมื่อวาน"},
                {"ผมไปโรงพยาบาล", "โรงพยา"},
                {"ผมไปโรงพยาบาล", "พยา"},
                {"กรุงเทพมหานคร", "กรุงเทพมห"},
                {"น้ำดื่ม", "น้ำ"},
                {"ประชุมZoomพรุ่งนี้", "zoom"},
                {"ຂ້ອຍເວົ້າພາສາລາວ", "ພາສາ"},
                {"ខ្ញុំចង់ទៅផ្ទះ", "ផ្ទះ"},
                {"မြန်မာစာ", "မြန်မာ"},
                {"来週の会議について", "会議"},
                {"中华人民共和国", "人民"},
                {"東京都", "京都"},
                {"ﾃﾞｰﾀベース", "データ"},
                {"회의 자료입니다", "자료"},
                {"iPhoneを買う", "iphone 買う"}});
}

TEST_F(SearchTest, APartOfAThaiWordIsNoWord) {
  expect_not_found({{"หมาตัวใหญ่", "มา"}, {"มากมาย", "กมา"}});
}

TEST_F(SearchTest, TheSameLetterInAnotherFormIsFound) {
  expect_found({{"ＦＵＬＬ　ｗｉｄｔｈ １２", "full width 12"},
                {"ﬁnal oﬃce", "final office"},
                {"e\u0301te\u0301", "été"},
                {"été", "e\u0301te\u0301"},
                {"x² and ½", "x2"},
                {"Soft\u00ADware", "software"},
                {"ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"},
                {"ՀԱՅԱՍՏԱՆ", "հայաստան"},
                {"㍿メルカリ", "株式会社"}});
}

TEST_F(SearchTest, ApostrophesAndHyphensAreAllTheSame) {
  expect_found({{"м’ята", "м'ята"},
                {"мʼята", "м'ята"},
                {"l’été", "l'ete"},
                {"l'été", "ete"},
                {"O’Brien", "o'brien"},
                {"follow–up", "follow-up"},
                {"Acme™ suite", "acme suite"}});
}

TEST(SearchWords, SignsAndEmojiAreNoWords) {
  for (const char* text :
       {"🚀", "👩‍💻 👍🏽", "🇩🇪", "—", "…", "+ = <", "„“", "\u0301", "\u200B\u3164", "\xFF\xFE"})
    EXPECT_EQ(searchable_text(text), "") << text;
  EXPECT_EQ(match_expression("🚀 —"), std::nullopt);
}

TEST(SearchWords, PlainTextIsTakenAsAnyOther) {
  const std::string all =
      "It's 3.14: A_b\tc\nd\x01"
      "e  (F)";
  const std::string plain = searchable_text(all);
  EXPECT_EQ(plain, "it s 3 14 a b c de f");
  EXPECT_EQ(searchable_text(all + " é"), plain + " e");
}

TEST(SearchWords, SeveralThreadsBreakWordsAtOnce) {
  const std::string text = "ผมไปโรงพยาบาลเมื่อวานนี้กับเพื่อน";
  const std::string expected = searchable_text(text);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) EXPECT_EQ(searchable_text(text), expected);
    });
  }
}

}  // namespace
}  // namespace meanwhile
