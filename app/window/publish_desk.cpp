#include "app/window/publish_desk.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/link.h"
#include "app/library/reach.h"
#include "app/sending/clip_corrector.h"
#include "app/sending/publisher.h"
#include "app/ui/state.h"
#include "app/ui/trim_points.h"
#include "app/window/desk.h"
#include "media/base/arrangement.h"
#include "media/base/arrangement_trim.h"
#include "media/base/byte_stream.h"
#include "media/base/clock.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/play/player.h"
#include "media/record/take.h"
#include "media/record/take_arrangement.h"
#include "media/record/track_report.h"
#include "upload/outbox_items.h"

namespace meanwhile {
namespace {

// More than anybody looks through in a menu.
constexpr int kMostOwnUpdates = 12;

constexpr std::chrono::milliseconds kHandRests{500};
constexpr std::chrono::seconds kWriteRetry{10};
constexpr std::uint64_t kLargestTakeWaveformBytes = 8u << 20;

}  // namespace

Result<void> PublishDesk::open(const std::string& clip) {
  auto take = desk_.application.take(clip);
  if (!take) return std::unexpected(take.error());
  PublishState fresh{.take = clip,
                     .title = take->title,
                     .channel = take->channel.empty() ? desk_.application.settings().channel : take->channel,
                     .duration = take->duration,
                     .tracks = take->tracks,
                     .warnings = take->warnings};
  for (const TrackReport& track : take->tracks) fresh.bytes += track.bytes;
  fresh.review.trim = take->trim;
  fresh.review.chapters = take->chapters;
  fresh.review.slides = take->slides;
  close_player();
  page() = std::move(fresh);
  fill_destination();
  note_progress();
  if (page().phase == PublishPhase::Editing && take->state != TakeState::Published) open_player(*take);
  fill_poster();
  read_arrangement(*take);
  return {};
}

void PublishDesk::read_arrangement(const Take& take) {
  auto arrangement = read_take_arrangement(take.folder);
  if (!arrangement)
    desk_.notices.show(NoticeKind::Failure, tr("This draft can't be shown as it was arranged"),
                       arrangement.error().message);
  arrangement_ = arrangement ? std::move(*arrangement) : std::nullopt;
  fill_arranged();
}

// What is left to watch of it, between its start and end.
void PublishDesk::fill_arranged() {
  review().arranged.reset();
  if (!arrangement_) return;
  const KeptRange kept = range_of(review().trim, page().duration);
  const auto within = arrangement_within(*arrangement_, page().duration, kept);
  const auto edits = within ? edits_of(*within, kept.duration()) : std::unexpected(within.error());
  review().arranged = edits ? edits->duration() : MediaTime{};
}

// Where it goes, and what is there; the first library unless another one is chosen.
void PublishDesk::fill_destination() {
  const auto libraries = desk_.application.libraries();
  if (!libraries) return;
  OpenLibrary* chosen = libraries->front();
  page().libraries.clear();
  for (OpenLibrary* library : *libraries) {
    const LibrarySession& session = *library->session;
    if (libraries->size() > 1) page().libraries.push_back({.id = session.id(), .name = session.name()});
    if (session.id() == page().library) chosen = library;
  }
  page().library = chosen->session->id();
  page().destination = chosen->session->name();
  page().destination_place = chosen->session->description();
  fill_own_updates(chosen->session->index());
  page().channels.clear();
  const auto channels = chosen->session->index().channels();
  if (!channels) return;
  for (const Channel& channel : *channels) {
    if (!channel.is_archived) page().channels.push_back(channel.name);
  }
  fill_reach();
}

// What it can take the place of; that one is in this library, or it is none of them.
void PublishDesk::fill_own_updates(Index& index) {
  page().own_updates.clear();
  const auto own =
      index.clips({.filter = ClipFilter::Mine, .order = ClipOrder::NewestFirst, .limit = kMostOwnUpdates});
  if (!own) return;
  for (const Clip& clip : *own)
    if (!clip.is_live) page().own_updates.push_back({clip.id, display_line(title_or_untitled(clip.title))});
  if (std::ranges::find(page().own_updates, page().corrects, &OwnUpdate::clip) == page().own_updates.end())
    page().corrects.clear();
}

void PublishDesk::correct(const std::string& clip) {
  page().corrects = clip;
}

void PublishDesk::fill_reach() {
  const auto library = desk_.application.find_library(page().library);
  const auto people = library ? (*library)->session->index().people() : fail(ErrorCode::NotFound, "");
  if (!people) return page().reach.clear();
  const WallTime now = wall_now();
  const Reach reach = reach_of(*people, now, page().in_the_morning ? Delivery::InTheMorning : Delivery::Now);
  page().reach = reach_words(reach, now, desk_.application.time_zone());
}

void PublishDesk::deliver_in_the_morning(bool on) {
  page().in_the_morning = on;
  fill_reach();
}

void PublishDesk::choose_destination(const std::string& id) {
  page().library = id;
  fill_destination();
}

void PublishDesk::open_player(const Take& take) {
  const OpenedClip opened = open_tracks(take.clip, take.folder, take.tracks, take.duration);
  pointer_ = opened.media.pointer;
  player_ = Player::create(opened.media, calls_.make_output(), desk_.clock, calls_.wake);
  player_->set_volume(desk_.application.settings().volume);
  player_->seek(range_of(take.trim, take.duration).from);
  review().is_open = true;
  load_waveform(take.folder);
}

void PublishDesk::close_player() {
  player_.reset();
  pointer_.reset();
  review().is_open = false;
  review().pointer.reset();
}

void PublishDesk::load_waveform(const std::filesystem::path& folder) {
  desk_.in_background(
      alive_,
      [folder](std::stop_token) -> Result<std::vector<float>> {
        const auto bytes = read_file(folder / "waveform.json", kLargestTakeWaveformBytes);
        if (!bytes) return std::unexpected(bytes.error());
        return parse_waveform(as_text(*bytes));
      },
      [this, take = page().take](Result<std::vector<float>> peaks) {
        if (!peaks || page().take != take) return;
        review().waveform = std::make_shared<const std::vector<float>>(std::move(*peaks));
      });
}

void PublishDesk::trim(const Trim& trim) {
  if (!review().is_open || trim == review().trim) return;
  review().trim = trim;
  changes_due_ = desk_.clock.now() + kHandRests;
  fill_arranged();
}

void PublishDesk::set_chapters(const Chapters& chapters) {
  if (!review().is_open || chapters == review().chapters) return;
  review().chapters = chapters;
  changes_due_ = desk_.clock.now() + kHandRests;
}

// false: it isn't on the disk, and it was said.
bool PublishDesk::write_changes() {
  if (!std::exchange(changes_due_, std::nullopt)) return true;
  auto written = desk_.application.trim(page().take, review().trim);
  if (written) written = desk_.application.set_chapters(page().take, review().chapters);
  if (!written) {
    changes_due_ = desk_.clock.now() + kWriteRetry;
    desk_.notices.show(NoticeKind::Failure, tr("Start, end and chapters could not be saved"),
                       written.error().message);
  }
  return written.has_value();
}

// Those of the player; false: it has none yet.
bool PublishDesk::show_pictures() {
  PicturePtr screen = player_ ? player_->picture(PictureTrack::Screen) : nullptr;
  PicturePtr camera = player_ ? player_->picture(PictureTrack::Camera) : nullptr;
  if (!screen && !camera) return false;
  page().screen = std::move(screen);
  page().camera = std::move(camera);
  return true;
}

void PublishDesk::play_pause() {
  if (!player_) return;
  const PlayerStatus status = player_->status();
  if (status.is_playing) return player_->pause();
  const KeptRange range = range_of(review().trim, page().duration);
  // One frame before the end there is nothing left to play.
  constexpr MediaTime kFrame = std::chrono::milliseconds(34);
  if (status.position < range.from || status.position >= range.to - kFrame) player_->seek(range.from);
  player_->play();
}

void PublishDesk::seek(MediaTime moment) {
  if (player_) player_->seek(moment);
}

void PublishDesk::step_frames(int count) {
  if (player_) player_->step_frames(count);
}

void PublishDesk::update() {
  if (changes_due_ && *changes_due_ <= desk_.clock.now()) write_changes();
  if (!player_) return;
  const PlayerStatus status = player_->status();
  const MediaTime end = range_of(review().trim, page().duration).to;
  if (status.is_playing && !status.is_seeking && status.position >= end && end < page().duration) {
    player_->pause();
    player_->seek(end - MediaTime(1));  // the last picture that is kept
  }
  review().player = player_->status();
  show_pictures();
  review().pointer = pointer_view(pointer_.get(), review().player.position, desk_.application.settings());
}

std::optional<MonotonicTime> PublishDesk::next_change() const {
  std::optional<MonotonicTime> next = player_ ? player_->next_change() : std::nullopt;
  if (changes_due_ && (!next || *changes_due_ < *next)) next = changes_due_;
  return next;
}

void PublishDesk::fill_poster() {
  if (page().take.empty() || show_pictures()) return;
  if (const auto take = desk_.application.take(page().take)) page().screen = calls_.poster(*take);
}

void PublishDesk::fail_with(const Error& error) {
  page().phase = PublishPhase::Failed;
  page().failure = tr_format("{}. The draft is safe on this machine.", error.message);
}

void PublishDesk::fail_to_hand_over(const Error& error) {
  fail_with(error);
  if (const auto take = desk_.application.take(page().take)) open_player(*take);
}

void PublishDesk::publish() {
  if (page().phase == PublishPhase::Publishing || page().phase == PublishPhase::Published) return;
  if (!write_changes()) return;  // what was to be cut away must not be published
  auto take = desk_.application.take(page().take);
  if (!take) return fail_with(take.error());
  auto library = desk_.application.find_library(page().library);
  if (!library) return fail_with(library.error());
  LibrarySession& session = *(*library)->session;
  const auto corrected =
      page().corrects.empty() ? Result<Clip>(Clip{}) : session.index().clip(page().corrects);
  if (!corrected) return fail_with(corrected.error());
  close_player();
  page().phase = PublishPhase::Publishing;
  page().progress = 0;
  const PublishDetails details{.title = page().title,
                               .channel = page().channel,
                               .author_name = desk_.application.person_name(),
                               .in_the_morning = page().in_the_morning};
  // Cutting and hashing a long take needs a while: not on the window's thread.
  desk_.in_background(
      alive_,
      [folder = take->folder, details, &session, open = *library, clip = *corrected](std::stop_token stop) {
        if (!clip.id.empty()) return prepare_correction(*open, folder, clip, stop);
        return prepare_take(folder, details, session.identity(), session.id(), session.outbox());
      },
      [this](Result<PreparedTake> prepared) { hand_over(std::move(prepared)); });
}

void PublishDesk::hand_over(Result<PreparedTake> prepared) {
  if (!prepared) return fail_to_hand_over(prepared.error());
  const PublishRequest request{.title = page().title,
                               .channel = page().channel,
                               .library = page().library,
                               .corrects = page().corrects};
  if (auto handed = desk_.application.hand_over(std::move(*prepared), request); !handed) {
    return fail_to_hand_over(handed.error());
  }
  if (const auto take = desk_.application.take(page().take)) {  // as it was cut
    page().duration = take->duration;
    page().tracks = take->tracks;
    page().bytes = 0;
    for (const TrackReport& track : take->tracks) page().bytes += track.bytes;
    page().review.trim = {};
  }
  desk_.application.settings().channel = request.channel;
  (void)desk_.application.save_settings();
  copy_link();
  note_progress();
  calls_.on_change();
}

// With the press that publishes, so that nothing takes the clipboard's place later, while somebody works on.
void PublishDesk::copy_link() {
  calls_.set_clipboard(to_text(ClipLink{
      .library = page().library, .clip = page().corrects.empty() ? page().take : page().corrects, .at = {}}));
  page().link_copied = true;
}

void PublishDesk::note_progress() {
  const auto libraries = desk_.application.libraries();
  if (!libraries || page().take.empty()) return;
  for (OpenLibrary* library : *libraries) {
    const auto status = library->session->outbox().group_status(page().take);
    if (!status || !status->had_events) continue;  // it wasn't handed over to this one
    page().library = library->session->id();
    page().late_sender = library->session->storage().capabilities().late_sender;
    show_progress(*status);
  }
}

void PublishDesk::show_progress(const GroupStatus& status) {
  page().progress =
      status.bytes == 0 ? 0 : static_cast<double>(status.bytes_stored) / static_cast<double>(status.bytes);
  page().phase = status.stored ? PublishPhase::Published : PublishPhase::Publishing;
  if (status.failure) fail_with({ErrorCode::Io, *status.failure});
}

void PublishDesk::leave() {
  keep();
  close_player();
}

void PublishDesk::keep() {
  auto take = desk_.application.take(page().take);
  if (!take || take->state == TakeState::Published || page().phase == PublishPhase::Publishing) return;
  write_changes();
  const auto written = change_take(take->folder, [this](Take& kept) -> Result<void> {
    kept.title = page().title;
    kept.channel = page().channel;
    return {};
  });
  if (!written) {
    desk_.notices.show(NoticeKind::Warning, tr("Title and channel could not be saved"),
                       written.error().message);
  }
  calls_.on_change();
}

void PublishDesk::discard() {
  close_player();
  changes_due_.reset();
  if (const auto discarded = desk_.application.discard(page().take)) {
    page() = {};
    desk_.state.page = PageId::Inbox;
  } else {
    desk_.notices.show(NoticeKind::Failure, tr("The draft could not be thrown away"),
                       discarded.error().message);
  }
  calls_.on_change();
}

}  // namespace meanwhile
