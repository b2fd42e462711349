// What is damaged, hostile or nonsense is refused politely, and hurts nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>

#include "app/library/events.h"
#include "app/library/manifest.h"
#include "media/base/files.h"
#include "tests/e2e/stage.h"
#include "tests/support/library_place.h"
#include "upload/folder/folder_storage.h"
#include "upload/signed_document.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;

void write_text(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

// A refusal: one line that says why; not a crash (128 and up), and nothing that looks like a result.
void expect_refused(const Answer& answer) {
  EXPECT_TRUE(answer.status == 1 || answer.status == 2) << answer.status << " " << answer.out << answer.err;
  EXPECT_NE(answer.err, "");
  EXPECT_EQ(answer.out, "");
}

// Anna has published a clip of two seconds.
class BadInput : public testing::Test {
 protected:
  void SetUp() override {
    const Answer answer = anna_.ask({"record", "--for", "2s", "--title", "Good", "--publish"});
    ASSERT_EQ(answer.status, 0) << answer.err;
    clip_ = answer.json["clip"];
    ASSERT_EQ(ben_.ask({"list"}).json["clips"].size(), 1U);
  }

  // Whatever was done before: the good clip is there, and can be talked about.
  void expect_all_well() {
    const Answer listed = ben_.ask({"list"});
    EXPECT_EQ(listed.status, 0) << listed.err;
    const auto& clips = listed.json["clips"];
    EXPECT_TRUE(std::ranges::any_of(clips, [&](const Json& clip) { return clip["clip"] == clip_; }))
        << listed.out;
    const Answer said = ben_.ask({"comment", clip_, "--at", "1", "All is well"});
    EXPECT_EQ(said.status, 0) << said.err;
    EXPECT_EQ(said.json.value("stored", false), true) << said.err;
    EXPECT_EQ(ben_.ask({"show", clip_}).status, 0);
  }
  fs::path stored(const std::string& key) const { return stage_.library() / key; }

  Stage stage_;
  const Person anna_ = stage_.person("anna");
  const Person ben_ = stage_.person("ben");
  std::string clip_;
};

TEST_F(BadInput, WordsThatMakeNoSenseAreRefused) {
  const std::string megabyte(1'000'000, 'a');
  const fs::path long_text = stage_.folder() / "long";
  // One argument of a program is at most 128 KB on Linux: the longest that can be typed is refused, too.
  expect_refused(ben_.run({"comment", clip_, "--at", "1", megabyte.substr(0, 120'000)}));
  expect_refused(ben_.run({"comment", clip_, "--at", "1", "\xff\xfe is no text \xc3"}));
  expect_refused(ben_.run({"comment", clip_, "--at", "1", ""}));
  expect_refused(ben_.run({"comment", clip_, "--at", "2:00", "past the end"}));
  expect_refused(ben_.run({"comment", clip_, "--at", "-1", "before the start"}));
  expect_refused(ben_.run({"comment", clip_, "--at", "99999999999999999999", "far past the end"}));
  expect_refused(ben_.run({"comment", clip_, "--at", "nan", "never"}));
  expect_refused(ben_.run({"comment", clip_, "--at", "1.5", "--to", "1", "backwards"}));
  expect_refused(ben_.run({"comment", "../../" + clip_, "--at", "1", "elsewhere"}));
  expect_refused(ben_.run({"react", clip_, "--at", "1", std::string(100, 'x')}));
  expect_refused(ben_.run({"react", clip_, "--at", "90", "thumbs-up"}));
  expect_refused(ben_.run({"me", "--name", std::string(10'000, 'n')}));
  for (const char* unseen : {"", "  ", "\u3164", "\u200D"})
    expect_refused(ben_.run({"me", "--name", unseen}));
  expect_refused(anna_.run({"publish", clip_, "--title", std::string(10'000, 't')}));
  expect_refused(anna_.run({"publish", clip_, "--title", "\xff"}));
  EXPECT_EQ(ben_.ask({"show", clip_}).json["comments"].size(), 0U);
  expect_all_well();
}

TEST_F(BadInput, NothingIsRecordedForALibraryThatNobodyCouldOpen) {
  const std::size_t before = anna_.ask({"takes"}).json["takes"].size();
  Person lost = anna_;
  lost.change_library("no/whole/path");
  const Answer recorded = lost.run({"record", "--publish", "--for", "2s", "--screen", "none", "--camera",
                                    "lavfi:testsrc", "--mic", "none"});
  EXPECT_NE(recorded.status, 0);
  EXPECT_NE(recorded.err.find("nothing was recorded"), std::string::npos) << recorded.err;
  EXPECT_EQ(anna_.ask({"takes"}).json["takes"].size(), before);
}

TEST_F(BadInput, SettingsThatAreGarbageAreKeptAsideAndSaid) {
  for (const char* garbage : {"{", "", "[1,2]", "\"text\"", "\x00\xff\xfe",
                              "{\"format\":1,\"libraries\":42,\"name\":[]}", "{\"format\":\"one\"}"}) {
    SCOPED_TRACE(garbage);
    write_text(ben_.home() / "config" / "settings.json", garbage);
    const Answer answer = ben_.ask({"list"});
    EXPECT_EQ(answer.status, 0) << answer.err;
    EXPECT_EQ(answer.json["clips"].size(), 1U);
  }
  write_text(ben_.home() / "config" / "settings.json", "{\"format\":99}");
  expect_refused(ben_.run({"list"}));
  fs::remove(ben_.home() / "config" / "settings.json");
  expect_all_well();
}

TEST_F(BadInput, TracksThatAreTruncatedOrGarbageStillGiveTheRest) {
  const auto damaged = [&](const std::string& name, const std::function<void(const fs::path&)>& damage) {
    SCOPED_TRACE(name);
    const Answer answer = anna_.ask({"record", "--for", "2s"});
    ASSERT_EQ(answer.status, 0) << answer.err;
    const std::string clip = answer.json["clip"];
    damage(anna_.takes() / clip);
    const fs::path film = stage_.folder() / (name + ".mp4");
    const Answer exported = anna_.run({"export", clip, film.string()});
    EXPECT_EQ(exported.status, 0) << exported.err;
    EXPECT_TRUE(look_at(film).decodes);
    const Answer published = anna_.ask({"publish", clip});
    EXPECT_EQ(published.status, 0) << published.err;
    EXPECT_EQ(ben_.ask({"verify", clip}).json["whole"], true);
  };
  damaged("truncated", [](const fs::path& take) {
    fs::resize_file(take / "screen.mp4", fs::file_size(take / "screen.mp4") * 2 / 3);
  });
  damaged("garbage", [](const fs::path& take) { write_text(take / "camera.mp4", std::string(50'000, 'G')); });
  damaged("empty", [](const fs::path& take) { fs::resize_file(take / "voice.mp4", 0); });
  damaged("missing", [](const fs::path& take) { fs::remove(take / "camera.mp4"); });
  damaged("pointer",
          [](const fs::path& take) { write_text(take / "pointer.jsonl", "{\"t\":\"x\"}\n[[[[\n\xff"); });
  expect_all_well();
}

TEST_F(BadInput, TakeOfWhichNothingIsLeftIsRefused) {
  const Answer answer = anna_.ask({"record", "--for", "1s"});
  const std::string clip = answer.json["clip"];
  for (const char* track : {"screen.mp4", "camera.mp4", "voice.mp4"}) {
    write_text(anna_.takes() / clip / track, "not a film");
  }
  expect_refused(anna_.run({"export", clip, (stage_.folder() / "none.mp4").string()}));
  EXPECT_FALSE(fs::exists(stage_.folder() / "none.mp4"));
  expect_refused(anna_.run({"publish", clip}));
  write_text(anna_.takes() / clip / "take.json", "{{{{");
  expect_refused(anna_.run({"export", clip, (stage_.folder() / "none.mp4").string()}));
  EXPECT_EQ(anna_.run({"takes"}).status, 0);
  EXPECT_EQ(anna_.run({"discard", clip}).status, 0);
  expect_all_well();
}

TEST_F(BadInput, ChangedOrMissingBytesInTheLibraryAreNoticed) {
  const fs::path segment = stored(segment_key(clip_, "screen", 1));
  const std::string good = text_of_file(segment);
  ASSERT_GT(good.size(), 100U);
  std::string bad = good;
  bad[bad.size() / 2] ^= 1;
  write_text(segment, bad);
  const Answer verified = ben_.ask({"verify", clip_});
  EXPECT_EQ(verified.status, 1);
  EXPECT_EQ(verified.json["damaged"].size(), 1U);
  EXPECT_EQ(ben_.run({"fetch", clip_}).status, 1);
  write_text(segment, good.substr(0, good.size() / 2));
  EXPECT_EQ(ben_.run({"verify", clip_}).status, 1);
  fs::remove(segment);
  EXPECT_EQ(ben_.run({"verify", clip_}).status, 1);
  write_text(segment, good);
  EXPECT_EQ(ben_.run({"verify", clip_}).status, 0);

  // Whoever has the good one doesn't need it again; who never saw the clip gets nothing.
  const Person carla = stage_.person("carla");
  const fs::path manifest = stored(manifest_key(clip_));
  const std::string whole = text_of_file(manifest);
  for (const std::string& other :
       {whole.substr(0, whole.size() / 2), std::string("{}"), std::string(3 << 20, 'x')}) {
    write_text(manifest, other);
    EXPECT_EQ(ben_.run({"verify", clip_}).status, 1);
    EXPECT_EQ(ben_.run({"fetch", clip_}).status, 0);
    expect_refused(carla.run({"fetch", clip_}));
    expect_refused(carla.run({"export", clip_, (stage_.folder() / "f.mp4").string()}));
    EXPECT_EQ(carla.run({"show", clip_}).status, 0) << "its comments can be read all the same";
  }
  write_text(manifest, whole);
  EXPECT_EQ(carla.run({"fetch", clip_}).status, 0);
  expect_all_well();
}

TEST_F(BadInput, ForeignFilesInTheLibraryAreLeftAlone) {
  write_text(stored("heads/.nextcloudsync.log"), "x");
  write_text(stored("heads/zzz"), "");
  write_text(stored("heads/00000000000000000000000000.99999999999999999999"), "");
  write_text(stored("heads/01234567890123456789012345.5"), "");
  write_text(stored("devices/evil.json"), std::string(100'000, '{'));
  write_text(stored("events/notes.txt"), "hello");
  write_text(stored("clips/2026-11/holiday.jpg"), "x");
  write_text(stored("bell"), std::string(100'000, 'b'));
  fs::create_symlink("/etc/passwd", stored("heads/link"));
  fs::create_directory(stored("heads/folder"));
  expect_all_well();
}

TEST_F(BadInput, LibraryOfANewerFormatIsRefusedPolitely) {
  const fs::path marker = stored("meanwhile.json");
  const std::string whole = text_of_file(marker);
  for (const char* text : {"", "{", "{\"format\":2,\"id\":\"x\"}", "[]"}) {
    SCOPED_TRACE(text);
    write_text(marker, text);
    const Answer answer = stage_.person("stranger").run({"list"});
    expect_refused(answer);
  }
  write_text(marker, whole);
  expect_all_well();
}

// Somebody who has keys of their own and signs whatever they like.
class Mallory {
 public:
  Mallory(const fs::path& home, const fs::path& library)
      : place_(LibraryPlace::open(home, *FolderStorage::open(library, MissingFolder::Refuse), "Mallory")) {
    place_.outbox->start();
  }

  void say(const Json& event) {
    const auto id = place_.log->append({event});
    ASSERT_TRUE(id) << id.error().message;
    const auto outcome = place_.outbox->wait_until_stored(id->last, far_deadline());
    ASSERT_TRUE(outcome && *outcome == StoredOutcome::Stored);
  }
  // Stores clip.json as it is, signed or not, and publishes it.
  void publish(const std::string& clip, const Bytes& manifest) {
    ASSERT_TRUE(place_.outbox->add(
        clip, {{.key = manifest_key(clip), .source = manifest}},
        {{{"type", "published"},
          {"clip", clip},
          {"title", "Bait"},
          {"duration_us", 5'000'000},
          {"recorded", "2026-11-22T12:00:00.000Z"},
          {"manifest_sha256", sha256_hex(manifest)},
          {"tracks", Json::array({{{"name", "screen"}, {"width", 640}, {"height", 360}}})}}}));
    const auto outcome = place_.outbox->wait_until_stored(clip, far_deadline());
    ASSERT_TRUE(outcome && *outcome == StoredOutcome::Stored);
  }
  Bytes sign(const Json& document) const { return sign_document(document, place_.identity->device().key); }
  const Identity& identity() const { return *place_.identity; }

 private:
  LibraryPlace place_;
};

Json good_manifest(const std::string& clip, const Identity& who) {
  const std::string hash(64, 'a');
  return {{"format", 1},
          {"clip", clip},
          {"title", "Bait"},
          {"author", {{"person", who.person()}, {"device", who.device().id()}, {"name", "Mallory"}}},
          {"recorded", "2026-11-22T12:00:00.000Z"},
          {"duration_us", 5'000'000},
          {"tracks",
           Json::array(
               {{{"name", "screen"},
                 {"codec", "avc1.640028"},
                 {"width", 640},
                 {"height", 360},
                 {"bytes", 30},
                 {"duration_us", 5'000'000},
                 {"init", {{"bytes", 10}, {"sha256", hash}}},
                 {"segments",
                  Json::array(
                      {{{"bytes", 20}, {"sha256", hash}, {"start_us", 0}, {"duration_us", 5'000'000}}})}}})},
          {"files", Json::array()}};
}

TEST_F(BadInput, HostileClipsAreRefusedAndHurtNothingElse) {
  Mallory mallory(stage_.folder() / "mallory", stage_.library());
  const auto big = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::pair<std::string, std::function<void(Json&)>>> changes{
      {"wrong type", [](Json& json) { json["tracks"] = "many"; }},
      {"number as title", [](Json& json) { json["title"] = 42; }},
      {"huge length", [big](Json& json) { json["duration_us"] = big; }},
      {"huge picture", [](Json& json) { json["tracks"][0]["width"] = 2'000'000'000; }},
      {"huge track", [big](Json& json) { json["tracks"][0]["segments"][0]["bytes"] = big; }},
      {"negative bytes", [](Json& json) { json["tracks"][0]["init"]["bytes"] = -1; }},
      {"float bytes", [](Json& json) { json["tracks"][0]["init"]["bytes"] = 1e300; }},
      {"newer format", [](Json& json) { json["format"] = 2; }},
      {"no format", [](Json& json) { json.erase("format"); }},
      {"key with dots", [](Json& json) { json["tracks"][0]["name"] = "../../../etc"; }},
      {"file with dots",
       [](Json& json) {
         json["files"] =
             Json::array({{{"name", "../../x.json"}, {"bytes", 1}, {"sha256", std::string(64, 'a')}}});
       }},
      {"bytes that aren't there", [](Json&) {}},
  };
  std::vector<std::string> clips;
  for (const auto& [what, change] : changes) {
    clips.push_back(new_clip_id(wall_now()));
    Json manifest = good_manifest(clips.back(), mallory.identity());
    change(manifest);
    mallory.publish(clips.back(), mallory.sign(manifest));
  }
  Json deep = Json::array();
  for (int i = 0; i < 5000; ++i) deep = Json::array({std::move(deep)});
  clips.push_back(new_clip_id(wall_now()));
  mallory.publish(clips.back(), mallory.sign({{"format", 1}, {"deep", deep}}));
  ASSERT_EQ(ben_.run({"sync"}).status, 0);

  for (std::size_t i = 0; i < clips.size(); ++i) {
    SCOPED_TRACE(i < changes.size() ? changes[i].first : "deep");
    expect_refused(ben_.run({"fetch", clips[i]}));
    expect_refused(ben_.run({"export", clips[i], (stage_.folder() / "bait.mp4").string()}));
    EXPECT_EQ(ben_.run({"show", clips[i]}).status, 0);
  }
  EXPECT_FALSE(fs::exists(stage_.folder() / "bait.mp4"));
  expect_all_well();
}

TEST_F(BadInput, HostileEventsArePassedOver) {
  Mallory mallory(stage_.folder() / "mallory", stage_.library());
  const std::string hash(64, 'a');
  const auto published = [&](const std::string& clip) {
    return Json{{"type", "published"},     {"clip", clip},
                {"title", "Bait"},         {"duration_us", 1},
                {"recorded", "yesterday"}, {"manifest_sha256", hash},
                {"tracks", Json::array()}};
  };
  mallory.say(published("../../../../etc/passwd"));
  mallory.say(published(""));
  mallory.say({{"type", "comment"}, {"clip", "../.."}, {"at_us", 0}, {"text", "x"}});
  mallory.say({{"type", "comment"}, {"clip", clip_}, {"at_us", -5}, {"text", "before"}});
  mallory.say({{"type", "comment"}, {"clip", clip_}, {"at_us", "soon"}, {"text", "x"}});
  mallory.say({{"type", "comment"}, {"clip", clip_}, {"at_us", 1e18}, {"text", "x"}});
  mallory.say({{"type", "comment"}, {"clip", clip_}, {"at_us", 0}, {"text", std::string(50'000, 'L')}});
  mallory.say({{"type", "comment"}, {"clip", clip_}, {"at_us", 0}, {"text", Json::array({1})}});
  mallory.say({{"type", "delete"}, {"clip", clip_}});
  mallory.say({{"type", "title"}, {"clip", clip_}, {"title", std::string(20'000, 'T')}});
  mallory.say({{"type", "profile"}, {"name", std::string(20'000, 'P')}});
  mallory.say({{"type", "../../etc"}, {"clip", clip_}});
  mallory.say({{"type", "channel"}, {"channel", "../x"}, {"name", "y"}});
  mallory.say({{"type", "reply"}, {"to", {{"device", "../.."}, {"n", -1}}}, {"text", "x"}});
  // A comment of theirs that is in order counts, with its escape sequences told by no terminal.
  mallory.say({{"type", "comment"},
               {"clip", clip_},
               {"at_us", 4'000'000},
               {"text", "\x1b[2J\x1b]0;pwned\x07 hello"}});

  EXPECT_EQ(ben_.run({"sync"}).status, 0);
  const Answer shown = ben_.ask({"show", clip_});
  ASSERT_EQ(shown.status, 0) << shown.err;
  EXPECT_EQ(shown.json["title"], "Good");
  EXPECT_EQ(shown.json["comments"].size(), 1U) << shown.json["comments"].dump(1);
  EXPECT_EQ(ben_.run({"show", clip_}).out.find('\x1b'), std::string::npos);
  EXPECT_EQ(ben_.ask({"list"}).json["clips"].size(), 1U);
  expect_all_well();
}

}  // namespace
}  // namespace meanwhile::e2e
