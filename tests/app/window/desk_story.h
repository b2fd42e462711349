// A desk's surroundings with a story in them: Ben's clips in the person's own library, takes on the disk.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/record/take.h"
#include "tests/support/desk_rig.h"
#include "tests/support/desktop_services.h"
#include "tests/support/library_events.h"
#include "tests/support/library_place.h"
#include "tests/support/test_clip.h"

namespace meanwhile {

struct DeskStory : DeskRig {
  LibrarySession& library() { return **application->library(); }
  OpenLibrary& open_library() { return *application->libraries().value().front(); }

  // Of Ben's, as if it had come with a sync.
  EventId ben_says(const EventBody& body) {
    const AuthoredEvents batch = ben.batch({ben.write(body, ++now)});
    EXPECT_TRUE(library().index().apply(std::span(&batch, 1)));
    return ben.last();
  }
  std::string ben_publishes(const std::string& word, const std::string& title) {
    ben_says(published(id_from(word), title));
    return id_from(word);
  }
  std::string i_publish(const std::string& word, const std::string& title) {
    EXPECT_TRUE(library().say(published(id_from(word), title)));
    return id_from(word);
  }

  // A screen of so many seconds, not published.
  Take take(const std::string& title, int seconds = 6) {
    test::VideoSpec spec = test::constant_rate(seconds * 10, 10);
    spec.keyframe_every = 10;
    const Bytes screen = test::make_video_track(spec);
    Take take{.clip = new_clip_id(wall_now()), .state = TakeState::Finished, .title = title};
    take.folder = application->home().takes() / take.clip;
    take.started = wall_now();
    take.duration = spec.end;
    take.tracks = {{.kind = TrackKind::Screen,
                    .file = "screen.mp4",
                    .codec = "avc1.640028",
                    .device = "A screen",
                    .width = spec.width,
                    .height = spec.height,
                    .bytes = screen.size(),
                    .duration = spec.end}};
    std::filesystem::create_directories(take.folder);
    EXPECT_TRUE(write_file_durably(take.folder / "screen.mp4", screen));
    EXPECT_TRUE(write_take(take));
    return take;
  }

  // Once the library has it.
  Result<Clip> stored(const std::string& clip) {
    Outbox& outbox = library().outbox();
    outbox.start();
    EXPECT_EQ(outbox.wait_until_stored(clip, far_deadline()).value(), StoredOutcome::Stored);
    EXPECT_TRUE(application->note_published());
    return library().index().clip(clip);
  }
  std::string published_take(const std::string& title, int seconds) {
    const Take made = take(title, seconds);
    EXPECT_TRUE(application->publish(made.clip, {.title = title, .channel = ""}));
    EXPECT_TRUE(stored(made.clip));
    return made.clip;
  }

  // Of a take of this person's: so many peaks, rising evenly from silence to full.
  void write_waveform(const std::string& clip, int count) {
    Json peaks = Json::array();
    for (int i = 0; i < count; ++i) peaks.push_back(100.0 * i / count);
    const std::string text = to_text(Json{{"peaks", peaks}});
    EXPECT_TRUE(write_file_durably(application->home().takes() / clip / "waveform.json", to_bytes(text)));
  }

  // What the worker and others have to say comes in until then.
  bool comes_true(const std::function<bool()>& condition) {
    return becomes_true([&] {
      mailbox.deliver();
      return condition();
    });
  }
  // The newest that begins so; nullptr: there is none.
  const Notice* notice(const std::string& beginning) const {
    for (auto shown = state.notices.rbegin(); shown != state.notices.rend(); ++shown)
      if (shown->text.starts_with(beginning)) return &*shown;
    return nullptr;
  }

  Writer ben{"ben"};
  std::int64_t now = kStoryBegin;
};

}  // namespace meanwhile
