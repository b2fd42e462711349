// Another update of the fixture's person, part of which is joined to theirs.
#pragma once

#include <gtest/gtest.h>

#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "media/base/arrangement.h"
#include "tests/app/fetching/stored_clips.h"

namespace meanwhile::test {

inline AddedObject store_added(Storage& storage, const std::string& clip, AdditionKind kind,
                               const std::string& text) {
  const std::string hash = sha256_hex(as_byte_span(text));
  AddedObject object{added_name(kind, std::string(26, 'a'), hash), text.size(), hash};
  (void)storage.put(added_key(clip, object.name), as_byte_span(text), {});
  return object;
}

inline void arrange(LibrarySession& session, const std::string& clip, const Arrangement& arrangement) {
  ASSERT_TRUE(session.say(AdditionEvent{
      .clip = clip,
      .kind = AdditionKind::Arrangement,
      .language = "",
      .object = store_added(session.storage(), clip, AdditionKind::Arrangement, to_text(arrangement)),
      .duration = std::chrono::seconds(18)}));
}

// Of 30 s in six segments; its seconds 7 to 12 are shown between the first ten of the fixture's update and a
// card. "": it failed.
inline std::string join_another(LibrarySession& session, const std::string& clip) {
  using std::chrono::seconds;
  const Clip other = store_clip(session.storage(), 2, 6);
  EXPECT_TRUE(session.say(PublishedEvent{.clip = other.id,
                                         .title = "Last week",
                                         .channel = "weekly",
                                         .duration = seconds(30),
                                         .recorded = "2026-11-21T12:00:00.000Z",
                                         .manifest_sha256 = other.manifest_sha256,
                                         .tracks = {{"screen", 320, 180}}}));
  arrange(session, clip,
          {.parts = {{seconds(0), seconds(10)}, {seconds(23), seconds(28)}, {seconds(50), seconds(53)}},
           .joined = {{other.id, {seconds(16), seconds(46)}}},
           .cards = {{{seconds(50), seconds(53)}, "The end", ""}}});
  return other.id;
}

}  // namespace meanwhile::test
