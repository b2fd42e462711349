// The Watch page behind the picture: the player, and what was watched. What people say is AnswerDesk's.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/fetching/live_feed.h"
#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/ui/actions/watch_actions.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "app/window/answer_desk.h"
#include "app/window/caption_desk.h"
#include "app/window/desk.h"
#include "app/window/inline_player.h"
#include "app/window/played_ranges.h"
#include "app/window/watch_tools.h"
#include "media/base/arrangement.h"
#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/play/audio_output.h"
#include "media/play/clip_media.h"
#include "media/play/player.h"
#include "media/play/pointer_track.h"
#include "upload/event_batch.h"

namespace meanwhile {

class WatchDesk final : public WatchActions {
 public:
  // make_output: a loudspeaker for each clip. wake: any thread. card: a clip as the inbox shows it. answers:
  // is told which clip is open; outlives this.
  WatchDesk(Desk& desk, AnswerDesk& answers, std::function<std::unique_ptr<AudioOutput>()> make_output,
            std::function<void()> wake, std::function<ClipCard(const OpenLibrary&, const Clip&)> card)
      : desk_(desk),
        answers_(answers),
        make_output_(std::move(make_output)),
        wake_(std::move(wake)),
        card_(std::move(card)),
        tools_(desk),
        answer_(desk, make_output_, wake_) {}
  ~WatchDesk() override { close(); }

  // Opens a published clip, at `at`; nullopt: where this person stopped it last. Errors: NotFound.
  Result<void> open_clip(const std::string& clip, std::optional<MediaTime> at);
  // A draft, to be arranged: nobody can say anything of it, and nothing is said of watching it. library: of
  // what can be joined to it. Errors: as Application::take.
  Result<void> open_draft(const std::string& take, OpenLibrary& library, const Arrangement& arrangement);
  void show_version(int version, std::optional<MediaTime> at) override;
  // Says what was watched, lets the player go.
  void close();

  void play_pause() override;
  void seek(MediaTime moment) override;
  void step_frames(int count) override;
  void set_speed(double speed) override;
  void set_volume(double volume) override;
  void set_muted(bool muted) override;
  void set_layout(Layout layout) override;
  void set_clean_sound(bool on) override;
  void set_skip_pauses(bool on) override { tools_.set_skip_pauses(on); }
  void set_loop(const Loop& loop) override { page().tools.loop = loop; }
  void set_caption_look(const CaptionLook& look) override { tools_.set_caption_look(look); }
  void choose_caption_languages(std::size_t first, std::optional<std::size_t> second) override {
    captions().choose_languages(first, second);
  }
  void correct_caption(std::size_t cue, const std::string& text) override { captions().correct(cue, text); }
  void use_suggestion(const std::string& key) override { captions().use(key); }
  void dismiss_suggestion(const std::string& key) override { captions().dismiss(key); }
  void take_back_suggestion(const std::string& key) override { captions().take_back(key); }
  void share_watching_here(bool shared) override;
  void play();
  void pause();
  // As it would be if its author, who looks at it, arranged it so; nullopt: as everybody sees it.
  void preview(const std::optional<Arrangement>& arrangement);
  // Without cuts, where its author lets others look at that, or is this person.
  void show_uncut(bool uncut);
  // A recorded answer, within its comment.
  void play_answer(const std::string& comment, const std::string& clip);
  // nullptr: none is known (yet).
  std::shared_ptr<const PointerTrack> pointer() const { return pointer_; }
  InlinePlayer& answer() { return answer_; }
  CaptionDesk& captions() { return tools_.captions(); }

  // Words may have come: reads them anew.
  void refresh();
  // Before each frame.
  void update();
  std::optional<MonotonicTime> next_change() const;

 private:
  // Of what is open. Errors: as Index::clip.
  [[nodiscard]] Result<Clip> shown_clip() const;
  // version: of an update that was corrected; nullopt: the last.
  Result<void> open_version(const std::string& clip, std::optional<MediaTime> at, std::optional<int> version);
  void start_player(Result<OpenedClip> opened, MediaTime at);
  void show_arrangement(const OpenedClip& opened);
  void reopen(std::function<Result<OpenedClip>(const ClipStore&, std::stop_token)> open,
              std::function<void(Result<OpenedClip>)> take);
  // Its author has arranged it anew.
  void follow_arrangement(const Clip& clip);
  void rearrange(OpenedClip opened);
  [[nodiscard]] MediaTime unless_nearly_over(MediaTime at) const;
  [[nodiscard]] std::optional<PointerView> pointer_now() const;
  void play_media(const ClipMedia& media, MediaTime at);
  // While the clip is being recorded: what came, was taken back, or has ended.
  void follow_live();
  ClipCard whole_card(const Clip& clip) const;
  MediaTime place_to_go_on(const Clip& clip) const;
  void load_waveform(const OpenedClip& opened);
  void show_waveform();
  [[nodiscard]] double first_speed() const;
  void load_pointer(const OpenedClip& opened);
  void leap();
  void fill_watched();
  void fill_watchers();
  void say_watched(std::vector<EventId> read = {});
  std::vector<EventId> words_in_sight() const;
  void apply_volume();
  WatchState& page() const { return desk_.state.watch; }

  Desk& desk_;
  AnswerDesk& answers_;
  const std::function<std::unique_ptr<AudioOutput>()> make_output_;
  const std::function<void()> wake_;
  const std::function<ClipCard(const OpenLibrary&, const Clip&)> card_;
  WatchTools tools_;
  InlinePlayer answer_;
  std::unique_ptr<Player> player_;
  ClipMedia media_;                                  // that the player plays
  int reopenings_ = 0;                               // asked for so far
  std::string arranged_by_;                          // shown_version of what is shown
  std::shared_ptr<const std::vector<float>> peaks_;  // of the voice, as it was recorded
  std::shared_ptr<const PointerTrack> pointer_;
  SoundTreatment sound_;            // of what the player plays
  OpenLibrary* library_ = nullptr;  // of the clip; nullptr: none is open
  std::optional<Clip> draft_;       // what is open is one, and isn't in the library
  std::shared_ptr<LiveFeed> live_;  // while it is being recorded
  bool is_live_over_ = false;       // it was, and isn't any more
  bool is_gone_ = false;            // deleted or moved while it was watched
  bool plays_on_ = false;           // once it is open again
  PlayedRanges played_;             // since it was last said
  MonotonicTime last_said_{};
  MonotonicTime opened_{};
  MonotonicTime looked_at_{};  // by update(): when page().player was so
  std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
