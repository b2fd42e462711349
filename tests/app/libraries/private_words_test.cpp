// What stays on this machine.
#include "app/libraries/private_words.h"

#include <gtest/gtest.h>

#include "app/libraries/library_session.h"
#include "media/base/files.h"
#include "tests/support/environment.h"
#include "tests/support/founding.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

const std::string kClip = id_from("c1");

WatchedEvent watched(int seconds) {
  return {kClip, {{std::chrono::seconds(0), std::chrono::seconds(seconds)}}};
}

TEST(PrivateWords, StayInTheOrderInWhichTheyWereSaid) {
  const ScopedFolder folder;
  const auto words = PrivateWords::open(folder.path()).value();
  EXPECT_TRUE(words->all()->empty());
  const Json first = words->add(watched(5), 1'000).value();
  const Json second = PrivateWords::open(folder.path()).value()->add(watched(9), 500).value();
  EXPECT_EQ(words->all().value(), (std::vector{first, second}));
  EXPECT_EQ(second["n"], first["n"].get<int>() + 1);
  EXPECT_EQ(second["hlc"], 500);
  EXPECT_EQ(second["type"], "watched");
}

TEST(PrivateWords, OutliveTheIndexAndAreNoneOfTheLibrarys) {
  const ScopedFolder folder;
  const Home home = Home::open(folder.path() / "home").value();
  const std::string url = founded("folder:" + (folder.path() / "library").string());
  Writer ben("ben");
  const AuthoredEvents batch = ben.batch({ben.write(published(kClip, "Budget"), kStoryBegin)});
  std::filesystem::path index;
  {
    const auto library = LibrarySession::open(home, url, "Anna").value();
    ASSERT_TRUE(library->keep_private(watched(60)));
    EXPECT_EQ(library->outbox().status()->waiting_events, 0);
    index = index_file(library->folder());
  }
  ASSERT_TRUE(Index::remove(index));
  const auto library = LibrarySession::open(home, url, "Anna").value();
  ASSERT_TRUE(library->index().apply(std::span(&batch, 1)));
  EXPECT_TRUE(library->index().clip(kClip)->is_watched);
}

TEST(PrivateWords, WhatCannotBeKeptIsAnError) {
  const ScopedFolder folder;
  ASSERT_TRUE(write_file_durably(folder.path() / "private.sqlite", as_byte_span(std::string(4096, 'x'))));
  EXPECT_FALSE(PrivateWords::open(folder.path()));

  const Home home = Home::open(folder.path() / "home").value();
  const std::string url = founded("folder:" + (folder.path() / "library").string());
  std::filesystem::path file;
  {
    const auto library = LibrarySession::open(home, url, "Anna").value();
    ASSERT_TRUE(library->say(published(kClip, "Budget")));
    file = library->folder() / "private.sqlite";
  }
  ASSERT_TRUE(write_file_durably(file, as_byte_span(std::string(4096, 'x'))));
  const auto library = LibrarySession::open(home, url, "Anna");
  ASSERT_TRUE(library) << "the library itself is there";
  EXPECT_FALSE((*library)->keep_private(watched(1)));
}

}  // namespace
}  // namespace meanwhile
