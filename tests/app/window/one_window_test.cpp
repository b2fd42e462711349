// What a second start asks of the window that is open.
#include "app/window/one_window.h"

#include <gtest/gtest.h>

#include "app/library/window_call.h"

namespace meanwhile {
namespace {

TEST(OneWindow, IsAskedForThePageThatWasAskedFor) {
  for (const PageId page : {PageId::Inbox, PageId::Record, PageId::Settings})
    EXPECT_EQ(place_of(call_of({.page = page})).page, page);
}

TEST(OneWindow, StaysAsItIsIfNothingWasAskedFor) {
  EXPECT_EQ(place_of(call_of({})).page, std::nullopt);
  EXPECT_EQ(place_of(WindowCall{.page = "a page of later"}).page, std::nullopt);
}

}  // namespace
}  // namespace meanwhile
