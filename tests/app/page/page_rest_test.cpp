#include "app/page/page_rest.h"

#include <gtest/gtest.h>

#include "app/page/share_document.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

// An update of that length: a screen, a camera and a voice in parts of 4 s, all that was said about it, all
// links.
ShareContent long_update(seconds length) {
  ShareContent content{.library = "lib", .library_name = "Team"};
  content.clip.id = "01k0000000000000000000000a";
  content.clip.author_name = "Anna";
  content.clip.duration = content.clip.recorded_duration = length;
  content.manifest_text = std::string(static_cast<std::size_t>(length.count()) * 150, 'm');
  content.captions = {{.language = "en", .cues = {}}};
  for (seconds at{}; at < length; at += seconds(4))
    content.captions.front().cues.push_back({at, at + seconds(3), std::string(60, 'c')});
  content.manifest.clip = content.clip.id;
  content.manifest.duration = length;
  for (const char* name : {"screen", "camera", "voice"}) {
    ManifestTrack track{.name = name, .codec = "avc1.640028", .duration = length};
    track.init = {.bytes = 800, .sha256 = std::string(64, 'a')};
    for (seconds at{}; at < length; at += seconds(4))
      track.segments.push_back({.bytes = 100'000,
                                .sha256 = std::string(64, 'b'),
                                .number = track.segments.size() + 1,
                                .start = at,
                                .duration = seconds(4)});
    content.manifest.tracks.push_back(std::move(track));
  }
  return content;
}

Json signed_media(const Manifest& manifest) {
  Json signatures = Json::object();
  for (const ManifestTrack& track : manifest.tracks) {
    signatures[track.name + "/init.mp4"] = std::string(64, 'd');
    for (const ManifestSegment& segment : track.segments)
      signatures[track.name + "/" + segment_name(segment.number)] = std::string(64, 'e');
  }
  return {{"kind", "objects"},
          {"base", "../../"},
          {"query", "q"},
          {"signatures", std::move(signatures)},
          {"rest", "rest.json?q"}};
}

SplitDocument split_update(seconds length) {
  const ShareContent content = long_update(length);
  return split_document(share_document(content, {.media = signed_media(content.manifest)}), content.manifest);
}

TEST(PageRest, ThePageOfAnHourIsAsSmallAsThatOfAMinute) {
  const auto size = [](seconds length) { return to_text(split_update(length).page).size(); };
  EXPECT_EQ(size(seconds(3600)), size(seconds(60)) + 2 * 4) << "but for longer numbers";
  EXPECT_LT(size(seconds(3600)), 20'000u);
}

TEST(PageRest, ThePageHasTheBeginningAndItsLinks) {
  const Json page = split_update(seconds(600)).page;
  ASSERT_EQ(page["tracks"].size(), 3u);
  const Json& screen = page["tracks"][0];
  EXPECT_EQ(screen["name"], "screen");
  EXPECT_EQ(screen["duration_us"], 600'000'000);
  ASSERT_EQ(screen["segments"].size(), 8u);
  EXPECT_EQ(screen["segments"][7]["start_us"], 28'000'000);
  EXPECT_EQ(page["media"]["signatures"].size(), 3u * 9);
  EXPECT_TRUE(page["media"]["signatures"].contains("voice/000008.m4s"));
  EXPECT_EQ(page["media"]["rest"], "rest.json?q");
}

TEST(PageRest, KnowsWhatTheBrowserMayFetchAtOnce) {
  const auto first = first_addresses(split_update(seconds(600)).page);
  ASSERT_EQ(first.size(), 6u);
  EXPECT_EQ(first[0], "../../screen/init.mp4?q&X-Amz-Signature=" + std::string(64, 'd'));
  EXPECT_EQ(first[5], "../../voice/000001.m4s?q&X-Amz-Signature=" + std::string(64, 'e'));
  Json open = split_update(seconds(60)).page;
  open["media"]["signatures"] = Json::object();
  EXPECT_EQ(first_addresses(open)[1], "../../screen/000001.m4s");
}

TEST(PageRest, TheRestHasAllThatThePageHasNot) {
  const ShareContent content = long_update(seconds(60));
  const Json whole = share_document(content, {.media = signed_media(content.manifest)});
  const SplitDocument split = split_document(whole, content.manifest);
  for (const auto& [name, value] : whole.items()) {
    const bool is_in_rest = split.rest.contains(name);
    EXPECT_TRUE(is_in_rest || split.page.contains(name)) << name;
    EXPECT_EQ(is_in_rest ? split.rest[name] : split.page[name], value) << name;
    if (name != "media") EXPECT_NE(is_in_rest, split.page.contains(name)) << name;
  }
}

}  // namespace
}  // namespace meanwhile
