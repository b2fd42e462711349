#include "app/window/watch_desk.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/arrivals.h"
#include "app/libraries/libraries.h"
#include "app/libraries/watching.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/settings.h"
#include "app/library/time_words.h"
#include "app/ui/leap.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/play/clip_media.h"
#include "media/play/player.h"
#include "media/play/pointer_track.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kSayWatchedEvery{30};
// How often a clip that is being recorded is looked at for more.
constexpr std::chrono::milliseconds kLiveInterval{500};
// A look at the very moment could come before it.
constexpr std::chrono::milliseconds kJustAfter{5};
// A page that was looked at for less was hardly read.
constexpr std::chrono::seconds kGlance{2};
// Not worth going on at: it starts from the beginning.
constexpr MediaTime kHardlyBegun = std::chrono::seconds(5);
constexpr std::uint64_t kLargestWaveformBytes = 8u << 20;

void add_if_new(const CommentView& comment, std::vector<EventId>& read) {
  const auto id = comment.is_new ? parse_event_id(comment.id) : std::nullopt;
  if (id && read.size() < kMostRead) read.push_back(*id);
}

// Who gave it another title than its author.
std::string renamed_words(const OpenLibrary& library, const std::string& clip) {
  const auto renaming = library.session->index().renaming(clip);
  if (!renaming || !*renaming) return "";
  // TRANSLATORS: {0} is a person's name, {1} the title before.
  return tr_format("renamed by {} (was \"{}\")", display_line((*renaming)->person_name),
                   display_line((*renaming)->before));
}

}  // namespace

ClipCard WatchDesk::whole_card(const Clip& clip) const {
  ClipCard card = card_(*library_, clip);
  card.renamed = renamed_words(*library_, clip.id);
  card.description = display_text(clip.description);
  card.chapters = clip.chapters;
  card.version = clip.version;
  if (clip.edited)
    // TRANSLATORS: An update was; {} is when, such as "yesterday".
    card.edited = tr_format("edited {}", time_words(*clip.edited, wall_now(), desk_.application.time_zone()));
  return card;
}

Result<void> WatchDesk::open_clip(const std::string& id, std::optional<MediaTime> wanted) {
  return open_version(id, wanted, std::nullopt);
}

Result<void> WatchDesk::open_version(const std::string& id, std::optional<MediaTime> wanted,
                                     std::optional<int> version) {
  auto library = desk_.application.library_of(id);
  if (!library) return std::unexpected(library.error());
  auto clip = (*library)->session->index().clip(id);
  if (!clip) return std::unexpected(clip.error());
  close();
  library_ = *library;
  opened_ = desk_.clock.now();
  page() = {
      .clip = whole_card(*clip), .layout = desk_.application.settings().layout, .load = LoadState::Loading};
  page().version = version.value_or(clip->version);
  const MediaTime at = wanted.value_or(page().version == clip->version ? place_to_go_on(*clip) : MediaTime{});
  if (!wanted && at > MediaTime{}) page().tools.resumed_at = at;
  fill_watched();
  answers_.open(*library_);
  fill_watchers();
  desk_.at_place(
      {"watching", library_->clips.get()}, alive_,
      [store = library_->clips, clip = *clip, version = page().version](std::stop_token stop) {
        if (clip.is_live) return store->open_live(clip, stop);
        const auto shown = store->earlier_version(clip, version, stop);
        return shown ? store->open(*shown, stop, PointerTime::Later) : std::unexpected(shown.error());
      },
      [this, at](Result<OpenedClip> opened) { start_player(std::move(opened), at); });
  return {};
}

// 0 where it was hardly begun, or seen to its end.
MediaTime WatchDesk::place_to_go_on(const Clip& clip) const {
  const auto stopped = library_->session->index().stopped_at(clip.id);
  if (!stopped || *stopped < kHardlyBegun) return {};
  return *stopped;
}

void WatchDesk::start_player(Result<OpenedClip> opened, MediaTime at) {
  if (!opened) {
    page().load = LoadState::Failed;
    page().failure = opened.error().message;
    return;
  }
  page().load = LoadState::Ready;
  pointer_ = opened->media.pointer;
  live_ = opened->live;
  show_arrangement(*opened);
  if (page().tools.resumed_at) at = unless_nearly_over(at);
  if (at == MediaTime{}) page().tools.resumed_at.reset();
  if (!live_) {
    load_waveform(*opened);
    if (!pointer_) load_pointer(*opened);
    tools_.open(library_->clips, *opened);
  }
  play_media(opened->media, at);
}

void WatchDesk::play_media(const ClipMedia& media, MediaTime at) {
  page().has_screen = media.screen != nullptr;
  page().has_camera = media.camera != nullptr;
  sound_ = media.sound;
  page().is_sound_clean = media.sound.is_clean;
  ClipMedia begun = media;
  begun.start = at;
  if (pointer_) begun.pointer = pointer_;
  player_.reset();  // some loudspeakers take one at a time
  player_ = Player::create(std::move(begun), make_output_(), desk_.clock, wake_);
  player_->set_speed(first_speed());
  apply_volume();
  if (std::exchange(plays_on_, false)) player_->play();
}

void WatchDesk::follow_live() {
  if (!live_) return;
  const PlayerStatus status = player_->status();
  if (is_live_over_ && page().clip.is_live) return;  // said already; what there is plays to its end
  if (!page().clip.is_live) {
    // Published meanwhile: from now on it is an ordinary clip.
    plays_on_ = status.is_playing;
    (void)open_clip(page().clip.id, status.position);
  } else if (live_->is_outdated()) {
    plays_on_ = status.is_playing;
    const LiveEnd live = live_->end();
    play_media(live_->media(), std::min(status.position, live.end));
  } else if (status.is_playing) {
    player_->play();  // goes on where it had to wait
  }
}

void WatchDesk::load_waveform(const OpenedClip& opened) {
  if (!library_) return;
  desk_.at_place(
      {"watching", library_->clips.get()}, alive_,
      [store = library_->clips, clip = opened.clip,
       manifest = opened.manifest](std::stop_token stop) -> Result<std::vector<float>> {
        const auto folder = store->take_folder(clip);
        auto bytes = manifest ? store->side_file(*manifest, "waveform.json", stop)
                     : folder ? read_file(*folder / "waveform.json", kLargestWaveformBytes)
                              : fail(ErrorCode::NotFound, "no waveform");
        if (!bytes) return std::unexpected(bytes.error());
        return parse_waveform(as_text(*bytes));
      },
      [this](Result<std::vector<float>> peaks) {
        if (!peaks) return;
        peaks_ = std::make_shared<const std::vector<float>>(std::move(*peaks));
        show_waveform();
        tools_.note_peaks(peaks_);
      });
}

// Some files more to fetch, which the first picture doesn't wait for.
void WatchDesk::load_pointer(const OpenedClip& opened) {
  if (!opened.manifest || !library_) return;
  desk_.at_place(
      {"watching", library_->clips.get()}, alive_,
      [store = library_->clips, manifest = *opened.manifest](std::stop_token stop) {
        return store->pointer(manifest, stop);
      },
      [this](std::shared_ptr<const PointerTrack> pointer) {
        pointer_ = pointer;
        if (player_) player_->set_pointer(std::move(pointer));
      });
}

// A loop's end, or a pause that is passed over; that counts as watched.
void WatchDesk::leap() {
  if (!page().player.is_playing) return;
  const MediaTime position = page().player.position;
  const auto leap = leap_from(page().tools, played_.position(), position);
  if (!leap) return;
  if (leap->is_pause) played_.add({position, leap->to});
  seek(leap->to);
}

Result<Clip> WatchDesk::shown_clip() const {
  return draft_ ? Result<Clip>(*draft_) : library_->session->index().clip(page().clip.id);
}

void WatchDesk::close() {
  alive_ = std::make_shared<int>();  // answers on their way are for nobody
  answer_.close();
  played_.cut();
  say_watched(words_in_sight());
  answers_.close();
  player_.reset();
  pointer_.reset();
  peaks_.reset();
  media_ = {};
  arranged_by_.clear();
  live_.reset();
  tools_.close();
  is_live_over_ = false;
  is_gone_ = false;
  library_ = nullptr;
  draft_.reset();
  played_ = {};
  page() = {};
}

void WatchDesk::play_pause() {
  if (!player_) return;
  const PlayerStatus status = player_->status();
  if (status.is_playing)
    player_->pause();
  else
    player_->play();
}

void WatchDesk::play() {
  if (player_) player_->play();
}

void WatchDesk::pause() {
  if (player_) player_->pause();
}

void WatchDesk::play_answer(const std::string& comment, const std::string& clip) {
  if (library_) answer_.play_pause(*library_, comment, clip);
}

void WatchDesk::seek(MediaTime moment) {
  if (!player_) return;
  played_.cut();
  const PlayerStatus status = player_->status();
  if (live_ && status.is_waiting) {
    // Its tracks wait for what isn't recorded yet.
    plays_on_ = status.is_playing;
    play_media(live_->media(), moment);
  } else {
    player_->seek(moment);
  }
}

void WatchDesk::step_frames(int count) {
  if (player_) player_->step_frames(count);
}

void WatchDesk::set_speed(double speed) {
  desk_.application.settings().speed = std::clamp(speed, kSlowestSpeed, kFastestSpeed);
  if (player_) player_->set_speed(speed);
  answer_.set_speed(desk_.application.settings().speed);
}

void WatchDesk::set_volume(double volume) {
  desk_.application.settings().volume = std::clamp(volume, 0.0, 1.0);
  page().is_muted = false;
  apply_volume();
}

void WatchDesk::set_muted(bool muted) {
  page().is_muted = muted;
  apply_volume();
}

void WatchDesk::apply_volume() {
  const double volume = page().is_muted ? 0 : desk_.application.settings().volume;
  if (player_) player_->set_volume(volume);
  answer_.set_volume(volume);
}

void WatchDesk::set_clean_sound(bool on) {
  if (!player_ || on == sound_.is_clean) return;
  page().is_sound_clean = sound_.is_clean = on;
  player_->set_sound(sound_);
}

void WatchDesk::set_layout(Layout layout) {
  page().layout = desk_.application.settings().layout = layout;
  page().is_layout_chosen = true;
}

void WatchDesk::fill_watched() {
  if (!library_) return;
  page().watched.clear();
  auto ranges = library_->session->index().watched(page().clip.id);
  if (!ranges) return;
  for (const MomentRange& range : *ranges) page().watched.push_back({range.from, range.to});
}

void WatchDesk::fill_watchers() {
  if (!library_) return;
  page().seen_by.clear();
  const auto clip = library_->session->index().clip(page().clip.id);
  if (clip)
    page().shares_watching =
        meanwhile::shares_watching(desk_.application.settings(), library_->session->id(), clip->channel);
  const auto watchers = library_->session->index().watchers(page().clip.id);
  if (!watchers) return;
  for (const Watcher& watcher : *watchers)
    page().seen_by.push_back({{.id = watcher.id, .name = watcher.name}, watcher.watched});
}

void WatchDesk::share_watching_here(bool shared) {
  if (!library_) return;
  const auto clip = library_->session->index().clip(page().clip.id);
  if (!clip) return;
  // What was seen until now was seen under the rule until now.
  played_.cut();
  say_watched();
  set_shares_watching(desk_.application.settings(), library_->session->id(), clip->channel, shared);
  if (auto saved = desk_.application.save_settings(); !saved)
    desk_.notices.show(NoticeKind::Warning, tr("The settings could not be saved"), saved.error().message);
  fill_watchers();
}

void WatchDesk::refresh() {
  if (!library_ || draft_) return;
  fill_watchers();
  const auto clip = library_->session->index().clip(page().clip.id);
  if (clip) {
    is_gone_ = false;
    if (clip->version > page().clip.version)
      desk_.notices.show(NoticeKind::Info, tr("Another recording takes this one's place now"),
                         tr_format("Version {} is in the update's menu.", clip->version));
    const Chapters shown = page().clip.chapters;
    page().clip = whole_card(*clip);
    if (page().arrangement && page().arrangement->chapters)
      page().clip.chapters = *page().arrangement->chapters;
    else if (page().version != clip->version)
      page().clip.chapters = shown;
    follow_arrangement(*clip);
  } else if (live_ && !is_live_over_) {
    is_live_over_ = true;
    desk_.notices.show(NoticeKind::Info, tr("The recording has ended"),
                       tr("It can be watched again once it is published."));
  } else if (!live_ && clip.error().code == ErrorCode::NotFound && !std::exchange(is_gone_, true)) {
    desk_.notices.show(NoticeKind::Info, tr("This update isn't in the library any more"),
                       tr("Its author deleted or moved it. What is here of it plays until you leave."));
  }
  fill_watched();
  answers_.refresh();
  captions().refresh();
}

// New ones, on a page that was looked at for a moment: they count as read, whether it was played or not.
std::vector<EventId> WatchDesk::words_in_sight() const {
  std::vector<EventId> read;
  if (!library_ || desk_.clock.now() - opened_ < kGlance) return read;
  for (const CommentView& comment : page().comments) {
    add_if_new(comment, read);
    for (const CommentView& reply : comment.replies) add_if_new(reply, read);
  }
  return read;
}

void WatchDesk::say_watched(std::vector<EventId> read) {
  last_said_ = desk_.clock.now();
  if (!library_ || draft_) return;
  const Settings& settings = desk_.application.settings();
  if (played_.empty() && read.empty()) {
    // It came here all the same.
    if (player_) (void)say_arrivals(*library_->session, {page().clip.id}, settings);
    return;
  }
  WatchedEvent watched{
      .clip = page().clip.id, .ranges = played_.all(), .read = std::move(read), .version = page().version};
  if (!played_.empty()) watched.stopped_at = played_.position();
  // Not worth a message if it fails: it is said again when more was watched.
  if (say_watching(*library_->session, watched, settings, page().shares_watching)) played_.clear();
}

void WatchDesk::update() {
  const MonotonicTime now = desk_.clock.now();
  answer_.update(player_ && player_->status().is_playing);
  if (player_) follow_live();
  if (!player_) return;
  looked_at_ = now;
  page().player = player_->status();
  page().player.volume = desk_.application.settings().volume;
  page().screen = player_->picture(PictureTrack::Screen);
  page().camera = player_->picture(PictureTrack::Camera);
  page().pointer = pointer_now();
  tools_.update(now);
  leap();
  if (played_.follow(page().player.position, page().player.is_playing)) {
    say_watched();
    refresh();
  } else if (played_.is_playing() && now - last_said_ > kSayWatchedEvery) {
    played_.cut();
    say_watched();
  }
}

std::optional<MonotonicTime> WatchDesk::next_change() const {
  std::optional<MonotonicTime> next = player_ ? player_->next_change() : std::nullopt;
  for (const auto& other : {answer_.next_change(), tools_.next_change()})
    if (other) next = std::min(next.value_or(*other), *other);
  const MonotonicTime now = desk_.clock.now();
  if (live_) next = std::min(next.value_or(now + kLiveInterval), now + kLiveInterval);
  const PlayerStatus& player = page().player;
  const auto leap = player.is_playing ? next_leap(page().tools, player.position) : std::nullopt;
  if (!leap) return next;
  const MonotonicTime due = looked_at_ + real_time(*leap - player.position, player.speed) + kJustAfter;
  return std::min(next.value_or(due), due);
}

}  // namespace meanwhile
