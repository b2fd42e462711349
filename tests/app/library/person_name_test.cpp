#include "app/library/person_name.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace meanwhile {
namespace {

TEST(PersonName, NamesThatLookTheSameHaveOneSkeleton) {
  for (const char* name : {"Ada", "ADA", "Аda", "Ad\u0430", "A\u200Dda", "A\u00ADda", "Ada\u3164", "Ａｄａ",
                           "Ada · 2nd (k3f9)", "Ada • 1st"})
    EXPECT_EQ(name_skeleton(name), name_skeleton("Ada")) << name;
  EXPECT_EQ(name_skeleton("Ilse"), name_skeleton("llse"));
  EXPECT_EQ(name_skeleton("e\u0301"), name_skeleton("é"));
}

TEST(PersonName, NamesThatDifferToTheEyeDiffer) {
  for (const char* name : {"Adam", "Ädä", "Eda", "A da", "Ада", "愛達"})
    EXPECT_NE(name_skeleton(name), name_skeleton("Ada")) << name;
}

TEST(PersonName, WhatNobodySeesIsNoName) {
  for (const char* name :
       {"", " ", "\u3164", "\u200D", "\u200B\u2060", "\u00AD", "\uFFA0", "\u2800", "\u0301", "\u115F\u1160",
        "\u180E", "\u202E", "\U0001D159", "\uFE0F", "\U000E0041"}) {
    EXPECT_FALSE(is_visible_name(name)) << name;
    EXPECT_EQ(name_skeleton(name), "") << name;
  }
  for (const char* name : {"A", "1", "🚀", "愛", "מ", "\u0E01", "\u3164A", "?"})
    EXPECT_TRUE(is_visible_name(name)) << name;
}

TEST(PersonName, AllButTheFirstAreMarked) {
  EXPECT_EQ(shown_name("Ada", "k3f9abcd", 1), "Ada");
  EXPECT_EQ(shown_name("Ada", "k3f9abcd", 2), "Ada · 2nd (k3f9)");
  EXPECT_EQ(shown_name("Ada", "k3f9abcd", 3), "Ada · 3rd (k3f9)");
  EXPECT_EQ(shown_name("Ada", "k3f9abcd", 11), "Ada · 11th (k3f9)");
  EXPECT_EQ(shown_name("Ada", "k3f9abcd", 22), "Ada · 22nd (k3f9)");
  EXPECT_EQ(shown_name("\u3164", "k3f9abcd", 1), "Unnamed (k3f9)");
}

TEST(PersonName, SeveralThreadsAskAtOnce) {
  const std::string expected = name_skeleton("Ada");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) EXPECT_EQ(name_skeleton("Аda"), expected);
    });
  }
}

TEST(PersonName, AnAccountsNameIsNobodys) {
  for (const char* name : {"root", "Debian Live user", "ubuntu", "anna7", "anna.becker", " ", ""})
    EXPECT_FALSE(is_persons_name(name)) << name;
  for (const char* name : {"Anna Becker", "Anna", "王小明", "anna becker"})
    EXPECT_TRUE(is_persons_name(name)) << name;
}

}  // namespace
}  // namespace meanwhile
