// A person with a library that has an update in it, to be shared.
#pragma once

#include <gtest/gtest.h>

#include "app/application.h"
#include "app/library_membership.h"
#include "app/page/page_frame.h"
#include "media/base/files.h"
#include "tests/app/fetching/stored_clips.h"
#include "tests/support/environment.h"

namespace meanwhile::test {

// What stands between `before` and the next `after`; "": nothing does.
inline std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const auto at = text.find(before);
  if (at == text.npos) return "";
  const auto from = at + before.size();
  return text.substr(from, text.find(after, from) - from);
}

inline Json outer_of(const std::string& page) {
  auto json = parse_json(between(page, R"(id="share">)", "</script>"));
  EXPECT_TRUE(json) << page.substr(0, 1000);
  return json.value_or(Json());
}

// A page's inner document with what lies beside it, as the script joins the two.
inline Json joined_document(Json page, const std::string& rest) {
  auto json = parse_json(rest);
  EXPECT_TRUE(json) << rest.substr(0, 1000);
  if (!json) return page;
  page.update((*json)["open"]);
  return page;
}

class PageTest : public testing::Test {
 protected:
  // url: "": a folder
  void begin(LibraryKind kind, std::string url = "") {
    if (url.empty()) url = "folder:" + (folder_.path() / "library").string();
    anna_ = Application::open({.home = folder_.path() / "anna", .library = ""}).value();
    anna_->settings().name = "Anna Becker";
    const auto made = create_library(*anna_, {.url = url, .name = "Team", .kind = kind});
    ASSERT_TRUE(made) << made.error().message;
    const Clip stored = store_clip(session().storage(), 1, 3, "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n");
    ASSERT_TRUE(session().say(PublishedEvent{.clip = stored.id,
                                             .title = "Budget <3",
                                             .channel = "weekly",
                                             .duration = std::chrono::seconds(15),
                                             .recorded = "2026-11-22T12:00:00.000Z",
                                             .manifest_sha256 = stored.manifest_sha256,
                                             .tracks = {{"screen", 320, 180}}}));
    ASSERT_TRUE(session().say(
        CommentEvent{.clip = stored.id, .at = std::chrono::seconds(2), .to = {}, .text = "Why?"}));
    clip_ = session().index().clip(stored.id).value();
  }
  OpenLibrary& library() { return *anna_->open_libraries().value().front(); }
  LibrarySession& session() { return *library().session; }
  std::string text_of(const std::filesystem::path& path) const {
    const auto bytes = read_file(path, 1u << 30);
    return bytes ? std::string(as_text(*bytes)) : "";
  }
  std::string object(const std::string& key) {
    const auto bytes = session().storage().get(key, 1u << 20, {}, {});
    return bytes ? std::string(as_text(*bytes)) : "";
  }
  std::string screen() const {
    std::string text;
    for (const std::string& key : {init_key(clip_.id, "screen"), segment_key(clip_.id, "screen", 1),
                                   segment_key(clip_.id, "screen", 2), segment_key(clip_.id, "screen", 3)})
      text += as_text(part_bytes(key));
    return text;
  }

  ScopedFolder folder_;
  std::unique_ptr<Application> anna_;
  Clip clip_;
};

}  // namespace meanwhile::test
