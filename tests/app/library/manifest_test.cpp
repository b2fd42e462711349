#include "app/library/manifest.h"

#include <gtest/gtest.h>

#include "app/library/playlist.h"
#include "tests/support/library_events.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

const std::string kHash(64, 'a');

ManifestTrack track(std::string name, std::string codec, int width, int height) {
  ManifestTrack made{std::move(name), std::move(codec), width, height, 100 + 2000 + 1000,
                     seconds(6),      {100, kHash},     0,     {}};
  made.segments = {{2000, kHash, 1, seconds(0), seconds(4)}, {1000, kHash, 2, seconds(4), seconds(2)}};
  return made;
}

Manifest example() {
  Manifest manifest;
  manifest.clip = id_from("c1");
  manifest.title = "A title";
  manifest.person = id_from("p1");
  manifest.device = id_from("d1");
  manifest.author_name = "Anna";
  manifest.recorded = WallTime(std::chrono::milliseconds(kStoryBegin));
  manifest.duration = seconds(6);
  manifest.tracks = {track("screen", "avc1.640028", 1920, 1080), track("camera", "avc1.64001f", 1280, 720),
                     track("voice", "mp4a.40.2", 0, 0)};
  manifest.files = {{"poster.jpg", 5000, kHash}, {"pointer.jsonl", 0, kHash}};
  return manifest;
}

TEST(Manifest, IsReadAsItWasWrittenAndKeepsUnknownMembers) {
  Json json = to_json(example()).value();
  json["mood"] = "good";
  json["tracks"][0]["hdr"] = true;
  json["signature"] = "not a member of ours";
  const auto read = parse_manifest(std::string_view(to_text(json)));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->track("camera")->segments.size(), 2u);
  EXPECT_EQ(read->file("poster.jpg")->bytes, 5000u);
  EXPECT_EQ(read->track("system"), nullptr);
  json.erase("signature");
  EXPECT_EQ(to_json(*read).value(), json);
}

TEST(Manifest, ObjectsMayHaveOtherNumbersThanTheirPlace) {
  Manifest manifest = example();
  EXPECT_FALSE(to_text(to_json(manifest).value()).contains("number"));
  manifest.tracks[0].init_number = 4;
  manifest.tracks[0].segments[1].number = 7;
  const Manifest read = parse_manifest(to_json(manifest).value()).value();
  EXPECT_EQ(read.tracks[0].init_number, 4U);
  EXPECT_EQ(read.tracks[0].segments[0].number, 1U);
  EXPECT_EQ(read.tracks[0].segments[1].number, 7U);
  const auto playlists = make_track_playlists(read);
  EXPECT_TRUE(playlists[0].text.contains("screen/init-000004.mp4"));
  EXPECT_TRUE(playlists[0].text.contains("screen/000007.m4s"));
  Json json = to_json(manifest).value();
  for (const Json& bad : {Json(0), Json(-1), Json(10'000'000), Json("7")}) {
    json["tracks"][0]["segments"][1]["number"] = bad;
    EXPECT_EQ(parse_manifest(json).error().code, ErrorCode::Corrupt) << bad.dump();
  }
}

TEST(Manifest, SaysWhatWasRemovedForGood) {
  Manifest manifest = example();
  manifest.replaces = std::string(64, 'b');
  manifest.removed = {{"screen/000002.m4s", std::string(64, 'c')}, {"added/x-1.vtt", std::string(64, 'd')}};
  manifest.files = {{"poster.jpg", 10, std::string(64, 'a'), 2}};
  const Json json = to_json(manifest).value();
  const Manifest read = parse_manifest(json).value();
  EXPECT_EQ(read.replaces, manifest.replaces);
  EXPECT_EQ(read.removed, manifest.removed);
  EXPECT_EQ(read.file("poster.jpg")->number, 2U);
  EXPECT_TRUE(read.unknown.empty());
  for (const char* bad : {"clip.json", "../clip.json", "/etc/passwd", "screen/../../x", "screen//1", "", "a/",
                          "Screen/1", "./x"}) {
    Json wrong = json;
    wrong["removed"][0]["name"] = bad;
    EXPECT_EQ(parse_manifest(wrong).error().code, ErrorCode::Corrupt) << bad;
  }
  Json wrong = json;
  wrong["replaces"] = "x";
  EXPECT_EQ(parse_manifest(wrong).error().code, ErrorCode::Corrupt);
  wrong = json;
  wrong.erase("removed");
  EXPECT_EQ(parse_manifest(wrong).error().code, ErrorCode::Corrupt);
}

TEST(ClipKeys, OfAFileThatWasMadeAnew) {
  const std::string clip = new_clip_id(WallTime(std::chrono::milliseconds(kStoryBegin)));
  const std::string key = clip_file_key(clip, "pointer-3.png", 12);
  EXPECT_EQ(key, clip_prefix(clip) + "pointer-3-000012.png");
  EXPECT_EQ(clip_file_number(key, clip, "pointer-3.png"), 12U);
  EXPECT_EQ(clip_file_number(clip_file_key(clip, "poster.jpg"), clip, "poster.jpg"), 0U);
  EXPECT_EQ(clip_file_number(key, clip, "pointer.jsonl"), std::nullopt);
  EXPECT_EQ(clip_file_number(key, clip, "poster.jpg"), std::nullopt);
}

TEST(ClipKeys, SayTheirNumber) {
  const std::string clip = new_clip_id(WallTime(std::chrono::milliseconds(kStoryBegin)));
  EXPECT_EQ(number_in_key(segment_key(clip, "screen", 12)), 12U);
  EXPECT_EQ(number_in_key(init_key(clip, "screen", 3)), 3U);
  EXPECT_EQ(number_in_key(init_key(clip, "screen")), 0U);
  EXPECT_EQ(number_in_key(clip_file_key(clip, "poster.jpg")), 0U);
  EXPECT_EQ(number_in_key(""), 0U);
  EXPECT_EQ(number_in_key("12"), 0U);
}

TEST(Manifest, NewerFormatIsRefusedPolitely) {
  Json json = to_json(example()).value();
  json["format"] = 2;
  EXPECT_EQ(parse_manifest(json).error().code, ErrorCode::Unsupported);
}

struct Damage {
  const char* name;
  void (*damage)(Json& json);
};
void PrintTo(const Damage& damage, std::ostream* out) {
  *out << damage.name;
}

class DamagedManifests : public testing::TestWithParam<Damage> {};

TEST_P(DamagedManifests, AreRefused) {
  Json json = to_json(example()).value();
  GetParam().damage(json);
  const auto read = parse_manifest(json);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::Corrupt);
}

INSTANTIATE_TEST_SUITE_P(
    Manifest, DamagedManifests,
    testing::Values(
        Damage{"NotAnObject", [](Json& json) { json = Json::array(); }},
        Damage{"NoFormat", [](Json& json) { json.erase("format"); }},
        Damage{"ClipClimbs", [](Json& json) { json["clip"] = "../../x"; }},
        Damage{"TitleIsANumber", [](Json& json) { json["title"] = 1; }},
        Damage{"MegabyteOfTitle", [](Json& json) { json["title"] = std::string(1 << 20, 'x'); }},
        Damage{"AuthorIsAText", [](Json& json) { json["author"] = "anna"; }},
        Damage{"PersonIsNoId", [](Json& json) { json["author"]["person"] = "anna"; }},
        Damage{"RecordedNever", [](Json& json) { json["recorded"] = "yesterday"; }},
        Damage{"NegativeDuration", [](Json& json) { json["duration_us"] = -1; }},
        Damage{"HugeDuration", [](Json& json) { json["duration_us"] = 9'000'000'000'000'000'000; }},
        Damage{"TracksMissing", [](Json& json) { json.erase("tracks"); }},
        Damage{"TracksAreObjects", [](Json& json) { json["tracks"] = Json::object(); }},
        Damage{"TrackIsNull", [](Json& json) { json["tracks"][0] = nullptr; }},
        Damage{"TrackNameClimbs", [](Json& json) { json["tracks"][0]["name"] = ".."; }},
        Damage{"TrackTwice", [](Json& json) { json["tracks"][1]["name"] = "screen"; }},
        Damage{"CodecBreaksOut", [](Json& json) { json["tracks"][0]["codec"] = "avc1\"\n#EXT"; }},
        Damage{"AnotherCodec", [](Json& json) { json["tracks"][0]["codec"] = "vp09.00.10.08"; }},
        Damage{"SoundInThePicturesTrack", [](Json& json) { json["tracks"][0]["codec"] = "mp4a.40.2"; }},
        Damage{"HugeWidth", [](Json& json) { json["tracks"][0]["width"] = 1 << 20; }},
        Damage{"SumOfBytesLies", [](Json& json) { json["tracks"][0]["bytes"] = 3099; }},
        Damage{"OverflowingBytes", [](Json& json) { json["tracks"][0]["segments"][0]["bytes"] = ~0ull; }},
        Damage{"SegmentTooLarge", [](Json& json) { json["tracks"][0]["segments"][0]["bytes"] = 65 << 20; }},
        Damage{"EmptySegment", [](Json& json) { json["tracks"][0]["segments"][0]["bytes"] = 0; }},
        Damage{"HashIsNone", [](Json& json) { json["tracks"][0]["segments"][0]["sha256"] = "00"; }},
        Damage{"SegmentsGoBackwards", [](Json& json) { json["tracks"][0]["segments"][1]["start_us"] = 1; }},
        Damage{"DurationLies", [](Json& json) { json["tracks"][0]["duration_us"] = 60'000'000; }},
        Damage{"InitMissing", [](Json& json) { json["tracks"][0].erase("init"); }},
        Damage{"FileClimbs", [](Json& json) { json["files"][0]["name"] = "../poster.jpg"; }},
        Damage{"FileIsTheManifest", [](Json& json) { json["files"][0]["name"] = "clip.json"; }},
        Damage{"FileIsAProgram", [](Json& json) { json["files"][0]["name"] = "poster.exe"; }},
        Damage{"FileTwice", [](Json& json) { json["files"][1]["name"] = "poster.jpg"; }}),
    [](const auto& test) { return test.param.name; });

TEST(Manifest, GarbageAndTooMuchTextAreRefused) {
  EXPECT_EQ(parse_manifest(std::string_view("not JSON")).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(parse_manifest(std::string_view(std::string(2 << 20, ' '))).error().code, ErrorCode::Corrupt);
  EXPECT_EQ(parse_manifest(std::string_view(std::string(100, '['))).error().code, ErrorCode::Corrupt);
}

TEST(Manifest, WhatTheReaderRefusesIsNeverWritten) {
  Manifest manifest = example();
  manifest.title = "\xff";
  EXPECT_EQ(to_json(manifest).error().code, ErrorCode::InvalidArgument);
  manifest = example();
  manifest.tracks[0].bytes = 1;
  EXPECT_EQ(to_json(manifest).error().code, ErrorCode::InvalidArgument);
}

TEST(ClipKeys, LieBelowTheClipsMonthAndAreValid) {
  const std::string clip = new_clip_id(WallTime(std::chrono::milliseconds(kStoryBegin)));
  EXPECT_EQ(segment_key(clip, "screen", 12), "clips/2026-11/" + clip + "/screen/000012.m4s");
  for (const std::string& key : {manifest_key(clip), init_key(clip, "voice"), segment_key(clip, "camera", 1),
                                 part_key(clip, 3), clip_file_key(clip, "poster.jpg")}) {
    EXPECT_TRUE(key.starts_with(clip_prefix(clip)));
    EXPECT_TRUE(is_valid_key(key)) << key;
  }
}

TEST(Playlists, NameEverySegmentAndTheSounds) {
  const auto playlists = make_track_playlists(example());
  ASSERT_EQ(playlists.size(), 3u);
  const Playlist all = make_clip_playlist(example()).value();
  EXPECT_EQ(all.name, "clip.m3u8");
  EXPECT_NE(all.text.find("CODECS=\"avc1.640028,mp4a.40.2\",RESOLUTION=1920x1080"), std::string::npos);
  EXPECT_NE(all.text.find("TYPE=AUDIO,GROUP-ID=\"sounds\",NAME=\"Voice\",DEFAULT=YES"), std::string::npos);
  EXPECT_EQ(playlists[0].text,
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:1\n"
            "#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"screen/init.mp4\"\n"
            "#EXTINF:4.000000,\nscreen/000001.m4s\n#EXTINF:2.000000,\nscreen/000002.m4s\n#EXT-X-ENDLIST\n");
}

// VLC and mpv play a picture that is offered as a rendition instead of the screen.
TEST(Playlists, TheScreenIsTheOnlyPictureOfAClip) {
  const Playlist all = make_clip_playlist(example()).value();
  EXPECT_EQ(all.text.find("TYPE=VIDEO"), std::string::npos);
  EXPECT_EQ(all.text.find("camera"), std::string::npos);
  EXPECT_TRUE(all.text.ends_with("\nscreen.m3u8\n"));
  EXPECT_EQ(make_track_playlists(example())[1].name, "camera.m3u8");
}

TEST(Playlists, VoiceAloneIsItsOwnVariant) {
  Manifest manifest = example();
  manifest.tracks = {track("voice", "mp4a.40.2", 0, 0)};
  EXPECT_EQ(make_track_playlists(manifest).size(), 1u);
  EXPECT_TRUE(make_clip_playlist(manifest)->text.ends_with("CODECS=\"mp4a.40.2\"\nvoice.m3u8\n"));
  manifest.tracks.clear();
  EXPECT_TRUE(make_track_playlists(manifest).empty());
  EXPECT_FALSE(make_clip_playlist(manifest));
}

TEST(Playlists, NameThoseThatWereMadeAnew) {
  Manifest manifest = example();
  manifest.files.push_back({"screen.m3u8", 10, std::string(64, 'a'), 3});
  EXPECT_TRUE(make_clip_playlist(manifest)->text.ends_with("\nscreen-000003.m3u8\n"));
}

}  // namespace
}  // namespace meanwhile
