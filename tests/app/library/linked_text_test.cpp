#include "app/library/linked_text.h"

#include <gtest/gtest.h>

#include <string>

namespace meanwhile {
namespace {

std::string urls(std::string_view text, Markup markup = Markup::None) {
  std::string all;
  for (const TextLink& link : linked_text(text, markup).links) all += link.url + " ";
  return all;
}

TEST(LinkedText, FindsAddressesAndLeavesTheTextAsItIs) {
  const std::string text = "See https://example.org/plan?x=1#2, please.";
  const LinkedText linked = linked_text(text, Markup::None);
  EXPECT_EQ(linked.text, text);
  ASSERT_EQ(linked.links.size(), 1U);
  EXPECT_EQ(linked.links[0], (TextLink{4, 34, "https://example.org/plan?x=1#2"}));
}

TEST(LinkedText, WhatEndsASentenceIsNotPartOfAnAddress) {
  EXPECT_EQ(urls("(https://example.org/a_(b))."), "https://example.org/a_(b) ");
  EXPECT_EQ(urls("<https://example.org>!"), "https://example.org ");
  EXPECT_EQ(urls("https://example.org/é…"), "https://example.org/é… ");
}

TEST(LinkedText, OnlyWebPagesAndOurOwnAreLinks) {
  EXPECT_EQ(urls("file:///etc/passwd javascript:alert(1) ftp://x.org xhttps://y.org https://"), "");
  EXPECT_EQ(urls("meanwhile://abc/def?t=5"), "meanwhile://abc/def?t=5 ");
  EXPECT_EQ(urls("[click](javascript:alert(1))", Markup::Links), "");
}

TEST(LinkedText, MarkdownsLinksShowTheirLabelsAndListsBullets) {
  const LinkedText linked = linked_text("- [the plan](https://example.org/p)\n* second", Markup::Links);
  EXPECT_EQ(linked.text, "• the plan\n• second");
  ASSERT_EQ(linked.links.size(), 1U);
  EXPECT_EQ(linked.text.substr(linked.links[0].from, linked.links[0].to - linked.links[0].from), "the plan");
  EXPECT_EQ(linked_text("[a](https://b.org", Markup::Links).text, "[a](https://b.org");
  EXPECT_EQ(linked_text("[a](https://b.org", Markup::None).text, "[a](https://b.org");
}

}  // namespace
}  // namespace meanwhile
