#include "app/fetching/clip_captions.h"

#include <gtest/gtest.h>

#include "tests/app/fetching/stored_clips.h"
#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

class ClipCaptionsTest : public testing::Test {
 protected:
  Clip clip_with(const std::string& own) { return store_clip(*storage_, ++number_, 1, own); }
  // "en: hello", in the order in which they are offered.
  std::vector<std::string> read(const Clip& clip) {
    last_ = read_captions(store_, clip, {});
    std::vector<std::string> all;
    if (last_) {
      for (const CaptionTrack& track : last_->tracks)
        all.push_back(track.language + ": " + track.cues[0].text);
    }
    return all;
  }

  int number_ = 0;
  Result<ClipCaptions> last_;
  ScopedFolder folder_;
  std::shared_ptr<FlakyStorage> storage_ =
      std::make_shared<FlakyStorage>(std::make_shared<MemoryStorage>("library"));
  ClipStore store_{folder_.path() / "takes", storage_, folder_.path() / "cache"};
};

const std::string kOwn = "WEBVTT\n\n00:01.000 --> 00:02.000\nown\n";
const std::string kOwnInEnglish = "WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000\nown\n";

TEST_F(ClipCaptionsTest, WhatWasAddedTakesThePlaceOfThoseItWasPublishedWith) {
  Clip clip = clip_with(kOwn);
  EXPECT_EQ(read(clip), std::vector<std::string>{": own"});
  add_captions(*storage_, clip, "en", "better");
  EXPECT_EQ(read(clip), std::vector<std::string>{"en: better"});
}

TEST_F(ClipCaptionsTest, OtherLanguagesStandBesideEachOther) {
  Clip clip = clip_with(kOwnInEnglish);
  add_captions(*storage_, clip, "de", "besser");
  EXPECT_EQ(read(clip), (std::vector<std::string>{"de: besser", "en: own"}));
  EXPECT_EQ(track_in(*last_, "en-GB")->language, "en");
  EXPECT_EQ(track_in(*last_, "fr")->language, "de");
  EXPECT_EQ(track_in(ClipCaptions(), "fr"), nullptr);
}

TEST_F(ClipCaptionsTest, SuggestionsOfOthersAreNotShown) {
  Clip clip = clip_with("");
  add_captions(*storage_, clip, "en", "mischief");
  clip.additions[0].is_suggestion = true;
  EXPECT_TRUE(read(clip).empty());
}

TEST_F(ClipCaptionsTest, WhatWasDamagedIsToldAndTheOthersStay) {
  Clip clip = clip_with(kOwn);
  add_captions(*storage_, clip, "", "forged");
  clip.additions[0].object.sha256 = std::string(64, 'a');
  EXPECT_EQ(read(clip), std::vector<std::string>{": own"});
  EXPECT_FALSE(last_->trouble.empty());
  EXPECT_TRUE(last_->is_whole) << "it won't get better";
}

TEST_F(ClipCaptionsTest, WhatIsNotThereYetIsAskedForAgain) {
  Clip clip = clip_with(kOwn);
  add_captions(*storage_, clip, "", "late");
  clip.additions[0].object.name = "x.vtt";
  EXPECT_EQ(read(clip), std::vector<std::string>{": own"});
  EXPECT_FALSE(last_->is_whole);
}

}  // namespace
}  // namespace meanwhile
