// The Watch page: playing, looking closer, what can be done with a clip.
#include <gtest/gtest.h>

#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

TEST(WatchPage, SpacePlaysAndArrowsSeek) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.press({.key = Key::Space});
  desk.press({.key = Key::Left});
  desk.press({.key = Key::Right});
  desk.key('l');
  EXPECT_EQ(desk.actions.calls,
            (std::vector<std::string>{"play_pause", "seek 78400000", "seek 88400000", "seek 93400000"}));
}

TEST(WatchPage, SeekingByKeysStaysInsideTheClip) {
  UiState state = on(PageId::Watch);
  state.watch.player.position = std::chrono::seconds(2);
  PageDesk desk(state, 1280, 800);
  desk.key('j');
  EXPECT_TRUE(desk.actions.has("seek 0"));
}

TEST(WatchPage, DigitsChooseLayouts) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.key('4');
  desk.click("layout/screen");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"set_layout bubble", "set_layout screen"}));
}

TEST(WatchPage, BracketsMakeALoopAndBackspaceEndsIt) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.key('[');
  EXPECT_EQ(desk.actions.calls.back(), "set_loop 83400000 -");
  desk.state.watch.tools.loop = {std::chrono::milliseconds(83'400), std::nullopt};
  desk.state.watch.player.position = seconds(90);
  desk.key(']');
  EXPECT_EQ(desk.actions.calls.back(), "set_loop 83400000 90000000");
  desk.state.watch.player.position = seconds(20);
  desk.key(']');  // before its beginning
  EXPECT_EQ(desk.actions.calls.back(), "set_loop - 20000000");
  desk.press({.key = Key::Backspace});
  EXPECT_EQ(desk.actions.calls.back(), "set_loop - -");
}

TEST(WatchPage, PausesAreSkippedByAButtonAndAKeyWhereTheyAreKnown) {
  PageDesk desk(on(PageId::Watch), 1440, 900);
  desk.click("skip-pauses");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"set_skip_pauses true"});
  desk.state.watch.tools.skips_pauses = true;
  desk.key('p');
  EXPECT_EQ(desk.actions.calls.back(), "set_skip_pauses false");
  desk.state.watch.tools.pauses = nullptr;
  desk.frames(2);
  EXPECT_FALSE(desk.ui.input().find("skip-pauses").has_value());
}

TEST(WatchPage, CaptionsAreSwitchedChosenAndSearched) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.press({.character = 'c', .shift = true});
  EXPECT_EQ(desk.actions.calls.back(), "set_caption_look true 1 1 0");
  desk.click("captions");
  desk.frames(2);
  desk.click("captions/menu/6");
  EXPECT_EQ(desk.actions.calls.back(), "set_caption_look false 2 1 0");
  desk.press({.character = 'f', .control = true});
  desk.frames(2);
  desk.window->type("importer");
  desk.frames(3);
  desk.click("captions/found/1");
  EXPECT_EQ(desk.actions.calls.back(), "seek 82000000");
}

TEST(WatchPage, CaptionsHaveAPlaceAndLanguages) {
  UiState state = on(PageId::Watch);
  state.watch.tools.caption_languages = {{"de", "German"}, {"en", "English"}, {"fr", "French"}};
  state.watch.tools.second_language = 1;
  PageDesk desk(state, 1280, 800);
  const auto chooses = [&](int item) {
    desk.click("captions");
    desk.frames(2);
    desk.click("captions/menu/" + std::to_string(item));
    desk.frames(2);
    return desk.actions.calls.back();
  };
  EXPECT_EQ(chooses(2), "choose_caption_languages 1 -") << "it isn't shown twice";
  EXPECT_EQ(chooses(3), "choose_caption_languages 2 1");
  EXPECT_EQ(chooses(4), "choose_caption_languages 0 -") << "the second one goes";
  EXPECT_EQ(chooses(5), "choose_caption_languages 0 2");
  EXPECT_EQ(chooses(8), "set_caption_look false 1 1 2");
}

TEST(WatchPage, CaptionsBelowThePictureTakeNothingOfIt) {
  UiState state = on(PageId::Watch);
  state.watch.tools.caption_look = {.is_on = true, .place = CaptionPlace::Below};
  PageDesk below(state, 1280, 800);
  state.watch.tools.caption_look.place = CaptionPlace::Bottom;
  PageDesk over(state, 1280, 800);
  // The screen's picture is higher up, and smaller: a drawing's layer is as large as it.
  for (PageDesk* desk : {&below, &over}) {
    desk->state.watch.answers.is_drawing = true;
    desk->frames(2);
  }
  EXPECT_LT(below.ui.input().find("drawing")->bottom, over.ui.input().find("drawing")->bottom);
}

TEST(WatchPage, AWheelTurnLooksCloserAndDraggingThenDoesNotPlay) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  const Box picture = desk.ui.input().find("picture").value();
  const ImVec2 place{picture.left + picture.width() * 0.3F, picture.middle().y};
  desk.window->move_mouse(place.x, place.y);
  desk.frames(2);
  desk.window->turn_wheel(3);
  desk.frames(2);
  desk.window->set_mouse_down(true);
  desk.frames(2);
  desk.window->move_mouse(place.x + 40, place.y + 10);
  desk.frames(2);
  desk.window->set_mouse_down(false);
  desk.frames(2);
  EXPECT_FALSE(desk.actions.has("play_pause"));
  desk.window->click(place.x, place.y, desk.draw());
  EXPECT_TRUE(desk.actions.has("play_pause"));
}

TEST(WatchPage, TheSmallWindowHasThePictureAndAWayBack) {
  UiState state = on(PageId::Watch);
  state.watch.tools.is_mini = true;
  PageDesk desk(state, 460, 200);
  desk.click("mini/back");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"set_mini false"});
  desk.click("play");
  EXPECT_EQ(desk.actions.calls.back(), "play_pause");
  EXPECT_FALSE(desk.ui.input().find("timeline").has_value());
}

TEST(WatchPage, AClickOnTheTimelineSeeksThere) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("timeline");
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_TRUE(desk.actions.calls.front().starts_with("seek 126")) << desk.actions.calls.front();
}

TEST(WatchPage, TheSpeedMenuSetsTheSpeedAndOpensNothingBehindIt) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("speed");
  desk.click("speed/menu/6");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"set_speed 2"}));
}

TEST(WatchPage, AClipIsKeptOffline) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("more");
  desk.click("more/menu/4");
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_TRUE(desk.actions.calls.back().starts_with("keep_clip ")) << desk.actions.calls.back();
  EXPECT_TRUE(desk.actions.calls.back().ends_with(" true"));
}

TEST(WatchPage, AClipOfMineIsMovedAfterAQuestion) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = true;
  state.watch.clip.library_id = "lib1";
  state.inbox.libraries = {{"lib1", "The team"}, {"lib2", "The client"}};
  PageDesk desk(state, 1280, 800);
  desk.click("more");
  desk.click("more/menu/8");
  desk.click("move/menu/0");
  EXPECT_FALSE(desk.actions.has("move_clip " + state.watch.clip.id + " lib2"));
  desk.click("question/yes");
  EXPECT_TRUE(desk.actions.has("move_clip " + state.watch.clip.id + " lib2"));
}

TEST(WatchPage, NGoesToTheNextOfAQueueAndTheCardOffersToStay) {
  UiState state = on(PageId::Watch);
  state.watch.queue = {.is_on = true, .left = 2, .next_title = "Another", .countdown = 3};
  PageDesk desk(state, 1280, 800);
  desk.key('n');
  desk.click("queue/next");
  desk.click("next-up/now");
  EXPECT_EQ(std::ranges::count(desk.actions.calls, "play_next"), 3);
  desk.click("next-up/stay");
  EXPECT_TRUE(desk.actions.has("leave_queue"));
}

TEST(WatchPage, SaysWhoHasSeenItAndSwitchesWhatOthersSeeHere) {
  UiState state = on(PageId::Watch);
  state.watch.seen_by = {{{"p", "Ada"}, 1}, {{"q", "Ben"}, 0.4}};
  PageDesk desk(state, 1280, 800);
  desk.click("seen");
  desk.frames(2);
  desk.click("seen/menu/2");
  EXPECT_TRUE(desk.actions.has("share_watching_here false"));
}

TEST(WatchPage, TitleChannelAndDescriptionOfOnesOwnAreChanged) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = true;
  PageDesk desk(state, 1280, 800);
  desk.click("more");
  desk.frames(2);
  desk.click("more/menu/3");
  EXPECT_TRUE(desk.actions.has("begin_clip_edit"));
  desk.state.watch.clip_edit = ClipEdit{.clip = "c", .title = "Old", .channel = "weekly", .description = ""};
  desk.frames(3);
  desk.click("clip-edit/description");
  desk.window->type("See the plan");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("change_clip_edit Old|weekly|See the plan"));
  desk.click("clip-edit/save");
  desk.click("clip-edit/cancel");
  EXPECT_TRUE(desk.actions.has("save_clip_edit"));
  EXPECT_TRUE(desk.actions.has("drop_clip_edit"));
}

TEST(WatchPage, ChaptersAreJumpedByFromTheirListAndByKeys) {
  UiState state = on(PageId::Watch);
  state.watch.clip.chapters = {{std::chrono::seconds(0), "Why"}, {std::chrono::seconds(60), "How"}};
  state.watch.player.position = std::chrono::seconds(61);
  PageDesk desk(state, 1280, 800);
  desk.press({.key = Key::Left, .control = true});
  EXPECT_TRUE(desk.actions.has("seek 0")) << "just begun: to the one before";
  desk.press({.key = Key::Right, .control = true});
  EXPECT_TRUE(desk.actions.has(fmt::format("seek {}", state.watch.player.duration.count())));
  desk.click("chapters");
  desk.frames(2);
  desk.click("chapters/menu/1");
  EXPECT_TRUE(desk.actions.has("seek 60000000"));
}

TEST(WatchPage, ChaptersOfOnesOwnAreChangedInTheForm) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = true;
  state.watch.clip_edit = ClipEdit{.clip = "c", .title = "Old", .channel = "weekly", .description = ""};
  state.watch.player.position = std::chrono::seconds(83);
  PageDesk desk(state, 1280, 800);
  desk.click("clip-edit/chapter/add");
  EXPECT_TRUE(desk.actions.has("change_clip_edit Old|weekly||1:23"));
}

TEST(WatchPage, WhatIsExportedAndWhereToIsChosen) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("more");
  desk.click("more/menu/3");
  EXPECT_TRUE(desk.actions.has("begin_export"));
  desk.state.watch.export_form = ExportForm{
      .clip = "c", .layout = Layout::Screen, .has_captions = true, .captions = true, .file = "/v/a"};
  desk.frames(3);
  desk.click("export/width");
  desk.frames(2);
  desk.click("export/width/menu/1");
  desk.click("export/captions");
  desk.click("export/clean");
  desk.window->type("x");
  desk.click("export/browse");
  desk.click("export/start");
  desk.click("export/cancel");
  for (const char* call :
       {"change_export screen 1920 captions /v/a", "change_export screen 2560 /v/a",
        "change_export screen 2560 captions clean /v/a", "choose_export_file", "start_export", "drop_export"})
    EXPECT_TRUE(desk.actions.has(call)) << call;
}

TEST(WatchPage, AnEarlierVersionIsOpenedByTheMenuAndByACommentOnIt) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = false;
  state.watch.clip.version = state.watch.version = 2;
  CommentView& comment = state.watch.comments.front();
  comment.is_on_earlier = true;
  comment.at = std::chrono::seconds(7);
  PageDesk desk(state, 1280, 800);
  EXPECT_FALSE(desk.is_there("marker/" + comment.id)) << "its moment is on another recording";
  desk.click("comment/" + comment.id + "/moment");
  EXPECT_TRUE(desk.actions.has("show_version 1 7000000"));
  desk.click("more");
  desk.click("more/menu/4");
  EXPECT_TRUE(desk.actions.has("show_version 1 -1")) << desk.actions.calls.back();
}

TEST(WatchPage, WhatPeopleOutsideGetIsChosen) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("more");
  desk.click("more/menu/2");
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_EQ(desk.actions.calls.back(), "begin_share " + desk.state.watch.clip.id);
  desk.state.watch.share =
      SharePanel{.clip = "c",
                 .file = "/v/a.html",
                 .doing = {},
                 .shared = {{.share = "s1", .label = "Link", .detail = "Ends Thu 16:00", .link = "https://x"},
                            {.share = "s2", .label = "File", .detail = "No end", .link = ""}}};
  desk.frames(3);
  desk.click("share/time");
  desk.frames(2);
  desk.click("share/time/menu/3");
  desk.click("share/answers");
  desk.click("share/copy/s1");
  desk.click("share/make");
  desk.click("share/stop/s2");
  EXPECT_FALSE(desk.actions.has("end_share s2"));
  desk.click("question/yes");
  desk.state.watch.share->as_file = true;
  desk.frames(3);
  desk.click("share/file");
  desk.window->type("x");
  desk.frames(2);
  desk.click("share/browse");
  desk.click("share/size");
  desk.frames(2);
  desk.click("share/size/menu/2");
  desk.click("share/password");
  desk.window->type("y");
  desk.frames(2);
  desk.click("share/see");
  desk.click("share/close");
  for (const char* call :
       {"change_share link 3 answers |/v/a.html 0 MB", "change_share link 1 |/v/a.html 0 MB", "copy_share s1",
        "make_share", "end_share s2", "choose_share_file", "change_share file 1 answers |/v/a.html 20 MB",
        "change_share file 1 answers y|/v/a.html 0 MB", "change_share file 1 answers shown |/v/a.html 0 MB",
        "drop_share"})
    EXPECT_TRUE(desk.actions.has(call)) << call;
}

TEST(WatchPage, WhatIsBeingMadeIsNotMadeTwice) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.state.watch.share = SharePanel{.clip = "c", .doing = "Making the page…", .shared = {}};
  desk.frames(3);
  EXPECT_FALSE(desk.ui.input().find("share/make"));
  desk.press({.key = Key::Escape});
  EXPECT_TRUE(desk.actions.has("drop_share"));
}

TEST(WatchPage, OthersUpdatesAreNotTheirsToEdit) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = false;
  PageDesk desk(state, 1280, 800);
  desk.click("more");
  desk.frames(2);
  desk.click("more/menu/3");
  EXPECT_FALSE(desk.actions.has("begin_clip_edit"));
}

}  // namespace
}  // namespace meanwhile
