// What an author says of a clip, changed after it was published.
#include "app/libraries/clip_change.h"

#include <gtest/gtest.h>

#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

TEST(ClipChange, OnlyWhatIsNamedIsOther) {
  DeskStory rig;
  const std::string id = rig.i_publish("mine", "Where we stand");
  LibrarySession& library = rig.library();
  ASSERT_TRUE(
      library.say(changed_clip(library, *library.index().clip(id), {.title = "Better words"}).value()));
  ASSERT_TRUE(library.say(
      changed_clip(library, *library.index().clip(id), {.channel = "Weekly", .description = "Read on"})
          .value()));
  const Clip clip = library.index().clip(id).value();
  EXPECT_EQ(clip.title, "Better words");
  EXPECT_EQ(clip.channel_name, "Weekly");
  EXPECT_EQ(clip.description, "Read on");
  ASSERT_TRUE(library.say(changed_clip(library, clip, {.channel = "", .description = ""}).value()));
  EXPECT_EQ(library.index().clip(id)->channel, "");
  EXPECT_EQ(library.index().clip(id)->description, "");
}

TEST(ClipChange, ChaptersAreKeptTidyAndByOtherChanges) {
  DeskStory rig;
  const std::string id = rig.i_publish("mine", "Where we stand");
  LibrarySession& library = rig.library();
  const Chapters typed{{std::chrono::milliseconds(100), " Why  now "}};
  ASSERT_TRUE(library.say(changed_clip(library, *library.index().clip(id), {.chapters = typed}).value()));
  EXPECT_EQ(library.index().clip(id)->chapters.at(0).name, "Why now");
  ASSERT_TRUE(library.say(changed_clip(library, *library.index().clip(id), {.title = "Other"}).value()));
  EXPECT_EQ(library.index().clip(id)->chapters.size(), 1U);
}

TEST(ClipChange, NobodyChangesWhatIsSomebodyElses) {
  DeskStory rig;
  const std::string id = rig.ben_publishes("bens", "Plan");
  const auto changed = changed_clip(rig.library(), *rig.library().index().clip(id), {.title = "Mine"});
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::PermissionDenied);
}

}  // namespace
}  // namespace meanwhile
