// A clip that goes from one library to another, and what people said about it.
#include "app/moving/clip_move.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/fetching/clip_captions.h"
#include "app/libraries/trash.h"
#include "app/library/text.h"
#include "app/library_membership.h"
#include "app/moving/moved_words.h"
#include "app/sending/addition_sender.h"
#include "media/base/files.h"
#include "media/base/text.h"
#include "tests/app/fetching/stored_clips.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr auto kLong = std::chrono::seconds(30);

std::chrono::steady_clock::time_point soon() {
  return std::chrono::steady_clock::now() + kLong;
}

class ClipMoveTest : public testing::Test {
 protected:
  void SetUp() override {
    anna_ = open("anna");
    for (const char* name : {"team", "client"})
      create_library(*anna_, {.url = place(name), .name = name}).value();
    const Clip stored = store_clip(team().session->storage(), 1, 3);
    clip_ = stored.id;
    ASSERT_TRUE(team().session->say(PublishedEvent{.clip = clip_,
                                                   .title = "Budget",
                                                   .channel = "weekly",
                                                   .duration = std::chrono::seconds(15),
                                                   .recorded = "2026-11-22T12:00:00.000Z",
                                                   .manifest_sha256 = stored.manifest_sha256,
                                                   .tracks = {{"screen", 320, 180}}}));
  }

  std::string place(const std::string& name) const { return "folder:" + (folder_.path() / name).string(); }
  std::unique_ptr<Application> open(const std::string& who) const {
    auto application = Application::open({.home = folder_.path() / who, .library = ""}).value();
    application->settings().name = who == "anna" ? "Anna Becker" : "Ben Okafor";
    (void)application->open_libraries();
    return application;
  }
  void start_again() {
    anna_.reset();
    anna_ = open("anna");
  }
  OpenLibrary& library(const std::string& name) { return *anna_->find_library(name).value(); }
  OpenLibrary& team() { return library("team"); }
  OpenLibrary& client() { return library("client"); }

  // Ben comments in the team's library, and is answered there.
  EventId ben_says(const std::string& text) {
    const auto ben = open("ben");
    LibrarySession& session = *ben->open_reachable(place("team")).value()->session;
    EXPECT_TRUE(session.sync());
    const EventId id =
        session.say(CommentEvent{.clip = clip_, .at = std::chrono::seconds(2), .to = {}, .text = text})
            .value();
    session.outbox().start();
    EXPECT_EQ(session.outbox().wait_until_stored(id, soon()), StoredOutcome::Stored);
    return id;
  }

  // Captions of one line; answers the outbox's group.
  std::string add(const std::string& language, const std::string& line) {
    const std::string captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n" + line + "\n";
    return add_to_clip(*team().session, team().session->index().clip(clip_).value(),
                       {.language = language, .bytes = to_bytes(captions)})
        .value();
  }
  void stored(const std::string& group) {
    team().session->outbox().start();
    ASSERT_EQ(team().session->outbox().wait_until_stored(group, soon()), StoredOutcome::Stored);
    team().session->index_own_events();
  }

  ClipMove begin() {
    return begin_move(anna_->home(), team().session->index().clip(clip_).value(), team(), client()).value();
  }
  void send(OpenLibrary& to) {
    to.session->outbox().start();
    EXPECT_EQ(to.session->outbox().wait_until_stored(clip_, soon()), StoredOutcome::Stored);
  }
  // All the way, as far as the libraries can be reached.
  void carry_out(const ClipMove& move) {
    auto finished = advance_move(*anna_, move, {});
    ASSERT_TRUE(finished) << finished.error().message;
    if (!*finished) {
      send(library(move.to));
      finished = advance_move(*anna_, move, {});
      ASSERT_TRUE(finished) << finished.error().message;
    }
    EXPECT_TRUE(*finished);
  }
  bool is_in(OpenLibrary& library) { return library.session->index().clip(clip_).has_value(); }
  std::vector<std::string> texts_in(OpenLibrary& library) {
    std::vector<std::string> texts;
    const auto threads = library.session->index().comments(clip_).value();
    for (const Thread& thread : threads) {
      texts.push_back(thread.comment.text);
      for (const Comment& reply : thread.replies) texts.push_back("> " + reply.text);
    }
    return texts;
  }

  ScopedFolder folder_;
  const ScopedEnvironment environment_{
      {{"HOME", folder_.path().string()},
       {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder_.path() / "no-bus").string()}}};
  std::unique_ptr<Application> anna_;
  std::string clip_;
};

TEST_F(ClipMoveTest, BringsAlongWhatWasAddedLater) {
  stored(add("en", "Why this much?"));
  carry_out(begin());
  const Clip moved = client().session->index().clip(clip_).value();
  const auto read = read_captions(*client().clips, moved, {}).value();
  ASSERT_EQ(read.tracks.size(), 1u);
  EXPECT_EQ(read.tracks[0].language, "en");
  EXPECT_EQ(read.tracks[0].cues[0].text, "Why this much?");
}

TEST_F(ClipMoveTest, BringsAlongWhatIsAddedWhileItIsOnItsWay) {
  const ClipMove move = begin();
  ASSERT_TRUE(advance_move(*anna_, move, {}));
  const std::string late = add("de", "Warum so viel?");
  send(client());
  const auto waiting = advance_move(*anna_, move, {});
  ASSERT_TRUE(waiting) << waiting.error().message;
  EXPECT_FALSE(*waiting) << "what was added is still being sent";
  EXPECT_TRUE(is_in(team()));
  stored(late);
  carry_out(move);
  EXPECT_FALSE(is_in(team()));
  ASSERT_EQ(client().session->outbox().wait_until_stored(late, soon()), StoredOutcome::Stored);
  client().session->index_own_events();
  const auto read = read_captions(*client().clips, client().session->index().clip(clip_).value(), {}).value();
  ASSERT_EQ(read.tracks.size(), 1u);
  EXPECT_EQ(read.tracks[0].language, "de");
  EXPECT_EQ(read.tracks[0].cues[0].text, "Warum so viel?");
}

TEST_F(ClipMoveTest, WhatWasAddedIsSealedWhereTheLibraryIs) {
  stored(add("en", "Why this much?"));
  create_library(*anna_, {.url = place("vault"), .name = "vault", .kind = LibraryKind::Sealed}).value();
  OpenLibrary& vault = library("vault");
  carry_out(begin_move(anna_->home(), team().session->index().clip(clip_).value(), team(), vault).value());
  const Clip moved = vault.session->index().clip(clip_).value();
  EXPECT_EQ(read_captions(*vault.clips, moved, {}).value().tracks.at(0).cues[0].text, "Why this much?");
  const Addition& addition = moved.additions.at(0);
  EXPECT_TRUE(vault.clips->added_file(clip_, addition, {}));
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / "vault")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const auto bytes = read_file(entry.path(), 1u << 24).value();
    EXPECT_EQ(as_text(bytes).find("Why this much?"), std::string_view::npos) << entry.path();
  }
  EXPECT_GT(files, 3u);
}

TEST_F(ClipMoveTest, BringsBytesAndWordsAlong) {
  const EventId said = ben_says("Why this much?");
  ASSERT_TRUE(team().session->sync());
  ASSERT_TRUE(team().session->say(ReplyEvent{.to = said, .text = "It is for two years"}));
  ASSERT_TRUE(team().session->say(ResolveEvent{.comment = said}));
  const auto objects = team().session->storage().list(clip_prefix(clip_), "", {}).value();

  carry_out(begin());

  EXPECT_FALSE(is_in(team()));
  ASSERT_TRUE(is_in(client()));
  const Clip moved = client().session->index().clip(clip_).value();
  EXPECT_EQ(moved.title, "Budget");
  EXPECT_EQ(moved.channel, "weekly");
  EXPECT_TRUE(moved.is_mine);
  EXPECT_EQ(client().session->storage().list(clip_prefix(clip_), "", {})->size(), objects.size());
  EXPECT_TRUE(client().clips->open_published(moved, {}));

  const auto threads = client().session->index().comments(clip_).value();
  ASSERT_EQ(threads.size(), 1U);
  const Comment& comment = threads[0].comment;
  EXPECT_TRUE(comment.text.starts_with("Ben Okafor, ")) << comment.text;
  EXPECT_TRUE(comment.text.ends_with(" UTC:\nWhy this much?")) << comment.text;
  EXPECT_EQ(comment.at, std::chrono::seconds(2));
  EXPECT_EQ(comment.copy_of, to_text(said));
  EXPECT_TRUE(comment.is_resolved);
  ASSERT_EQ(threads[0].replies.size(), 1U);
  EXPECT_EQ(threads[0].replies[0].text, "It is for two years") << "her own words as they are";

  EXPECT_EQ(trash_of(*team().session)->size(), 1U);
  EXPECT_TRUE(moves_under_way(anna_->home()).empty());
  EXPECT_FALSE(fs::exists(cargo_folder(anna_->home(), clip_)));
}

// At each moment the clip is in one of them, and what was said is never doubled.
TEST_F(ClipMoveTest, BringsDrawingsAndAsksAlongAndSaysWhichAnswerStays) {
  const Drawing drawing{{ShapeKind::Arrow, ShapeColor::Blue, 5, {{1, 2}, {9999, 7}}}};
  ASSERT_TRUE(team().session->say(CommentEvent{
      .clip = clip_, .at = std::chrono::seconds(1), .to = {}, .text = "", .with = {.drawing = drawing}}));
  const auto asked = team().session->say(AskEvent{
      .clip = clip_, .at = std::chrono::seconds(3), .kind = AskKind::Decision, .text = "Do we ship?"});
  ASSERT_TRUE(team().session->say(ReplyEvent{.to = *asked, .text = "", .with = {.media = id_from("reply")}}));

  carry_out(begin());

  const auto threads = client().session->index().comments(clip_).value();
  ASSERT_EQ(threads.size(), 2U);
  EXPECT_EQ(threads[0].comment.drawing, drawing);
  ASSERT_TRUE(threads[1].comment.ask.has_value());
  EXPECT_EQ(threads[1].comment.ask->kind, AskKind::Decision);
  EXPECT_EQ(threads[1].comment.copy_of, to_text(*asked));
  ASSERT_EQ(threads[1].replies.size(), 1U);
  EXPECT_EQ(threads[1].replies[0].text, "(The recorded answer stayed in the other library.)");
}

TEST_F(ClipMoveTest, GoesOnAfterACrashAnywhere) {
  ben_says("One");
  ben_says("Two");
  ASSERT_TRUE(team().session->sync());
  const ClipMove move = begin();
  const auto crash = [&] {
    start_again();
    EXPECT_TRUE(is_in(team()) || is_in(client()));
    EXPECT_EQ(moves_under_way(anna_->home()).size(), 1U);
  };
  crash();
  ASSERT_EQ(next_step(*anna_, move), MoveStep::Gather);
  const auto gather = [&] {
    return gather_cargo(cargo_folder(anna_->home(), clip_), clip_to_gather(*anna_, move).value(),
                        *team().clips, team().session->storage(), {});
  };
  ASSERT_TRUE(gather());
  crash();
  ASSERT_EQ(next_step(*anna_, move), MoveStep::Gather);
  ASSERT_TRUE(send_cargo(*anna_, move, gather().value()));
  crash();
  ASSERT_EQ(next_step(*anna_, move), MoveStep::Wait);
  send(client());
  crash();
  ASSERT_EQ(next_step(*anna_, move), MoveStep::Finish);
  ASSERT_TRUE(carry_words(clip_, *team().session, *client().session));
  crash();
  ASSERT_EQ(next_step(*anna_, move), MoveStep::Finish);
  ASSERT_TRUE(team().session->say(DeleteClipEvent{.clip = clip_}));
  crash();
  carry_out(move);
  EXPECT_TRUE(is_in(client()));
  EXPECT_FALSE(is_in(team()));
  EXPECT_EQ(texts_in(client()).size(), 2U);
}

TEST_F(ClipMoveTest, WaitsForALibraryThatIsAway) {
  ASSERT_TRUE(client().session->index().clips({}));
  anna_.reset();
  fs::rename(folder_.path() / "client", folder_.path() / "elsewhere");
  start_again();
  ASSERT_FALSE(client().session->reach({}));
  const ClipMove move = begin();
  const auto first = advance_move(*anna_, move, {});
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_FALSE(*first);
  EXPECT_TRUE(is_in(team()));
  start_again();
  fs::rename(folder_.path() / "elsewhere", folder_.path() / "client");
  carry_out(move);
  EXPECT_TRUE(is_in(client()));
  EXPECT_FALSE(is_in(team()));
}

TEST_F(ClipMoveTest, UsesTheRecordingThatIsHere) {
  const Manifest manifest = team().clips->manifest(team().session->index().clip(clip_).value(), {}).value();
  const fs::path take = anna_->home().takes() / clip_;
  fs::create_directories(take);
  std::ofstream(take / "take.json") << "{}";
  {
    std::ofstream track(take / "screen.mp4", std::ios::binary);
    std::vector<std::string> keys{init_key(clip_, "screen")};
    for (std::size_t i = 1; i <= 3; ++i) keys.push_back(segment_key(clip_, "screen", i));
    for (const std::string& key : keys) {
      track << as_text(part_bytes(key));
      ASSERT_TRUE(team().session->storage().remove(key, {}));
    }
  }
  const ClipMove move = begin();
  const auto advanced = advance_move(*anna_, move, {});
  ASSERT_TRUE(advanced) << advanced.error().message;
  // Thrown away while it is sent.
  fs::remove_all(take);
  carry_out(move);
  EXPECT_TRUE(client().clips->open_published(client().session->index().clip(clip_).value(), {}));
}

TEST_F(ClipMoveTest, DamagedBytesGoNowhere) {
  ASSERT_TRUE(team().session->storage().put(segment_key(clip_, "screen", 2), Bytes(kStoredPartBytes), {}));
  const ClipMove move = begin();
  const auto advanced = advance_move(*anna_, move, {});
  ASSERT_FALSE(advanced);
  EXPECT_EQ(advanced.error().code, ErrorCode::Corrupt);
  EXPECT_TRUE(is_in(team()));
  EXPECT_FALSE(is_in(client()));
}

TEST_F(ClipMoveTest, ComesBackWithoutSayingAnythingTwice) {
  ben_says("One");
  ASSERT_TRUE(team().session->sync());
  carry_out(begin());
  ASSERT_TRUE(client().session->say(CommentEvent{.clip = clip_, .at = {}, .to = {}, .text = "Over there"}));

  const auto back =
      begin_move(anna_->home(), client().session->index().clip(clip_).value(), client(), team());
  ASSERT_TRUE(back) << back.error().message;
  carry_out(*back);
  EXPECT_TRUE(is_in(team()));
  EXPECT_FALSE(is_in(client()));
  EXPECT_EQ(texts_in(team()), (std::vector<std::string>{"Over there", "One"}));
}

TEST_F(ClipMoveTest, IsRefusedInWords) {
  const Clip clip = team().session->index().clip(clip_).value();
  const auto code = [&](const Clip& wish, OpenLibrary& to) {
    const auto refused = begin_move(anna_->home(), wish, team(), to);
    EXPECT_FALSE(refused);
    return refused ? ErrorCode::Internal : refused.error().code;
  };
  EXPECT_EQ(code(clip, team()), ErrorCode::InvalidArgument) << "it is there";
  Clip other = clip;
  other.is_mine = false;
  other.author_name = "Ben";
  EXPECT_EQ(code(other, client()), ErrorCode::PermissionDenied);
  Clip live = clip;
  live.is_live = true;
  EXPECT_EQ(code(live, client()), ErrorCode::InvalidArgument);

  create_library(*anna_, {.url = place("third"), .name = "third"}).value();
  ASSERT_TRUE(begin_move(anna_->home(), clip, team(), library("third")));
  EXPECT_EQ(code(clip, client()), ErrorCode::InvalidArgument) << "it is on its way elsewhere";
  EXPECT_TRUE(begin_move(anna_->home(), clip, team(), library("third"))) << "asked for once more";
}

TEST_F(ClipMoveTest, DiscardingItsTakeDoesntStopIt) {
  const ClipMove move = begin();
  ASSERT_TRUE(advance_move(*anna_, move, {}));
  const fs::path take = anna_->home().takes() / clip_;
  fs::create_directories(take);
  std::ofstream(take / "take.json") << "no take";
  (void)anna_->discard(clip_);
  carry_out(move);
  EXPECT_TRUE(is_in(client()));
}

TEST(CarriedText, NamesWhoSaidItAndWhen) {
  Comment comment;
  comment.author_name = "Ben\u202E Okafor";
  comment.text = "Why?";
  comment.created = parse_rfc3339("2026-11-21T14:03:00Z").value();
  EXPECT_EQ(carried_text(comment), "Ben Okafor, 21 Nov 2026 14:03 UTC:\nWhy?");
  comment.text.assign(kLongestText, 'x');
  EXPECT_LE(count_characters(carried_text(comment)), kLongestText);
  comment.is_mine = true;
  EXPECT_EQ(carried_text(comment), comment.text);
}

}  // namespace
}  // namespace meanwhile
