#include "app/window/publish_desk.h"

#include "app/publisher.h"

namespace meanwhile {

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
  if (auto library = desk_.application.library()) {
    fresh.destination = (*library)->description();
    if (auto channels = (*library)->index().channels()) {
      for (const Channel& channel : *channels) fresh.channels.push_back(channel.name);
    }
  }
  page() = std::move(fresh);
  note_progress();
  return {};
}

void PublishDesk::show_poster(PicturePtr poster) {
  page().screen = std::move(poster);
}

void PublishDesk::fail_with(const Error& error) {
  page().phase = PublishPhase::Failed;
  page().failure = error.message + ". The take is safe on this machine.";
}

void PublishDesk::publish() {
  if (page().phase == PublishPhase::Publishing || page().phase == PublishPhase::Published) return;
  auto take = desk_.application.take(page().take);
  if (!take) return fail_with(take.error());
  auto library = desk_.application.library();
  if (!library) return fail_with(library.error());
  page().phase = PublishPhase::Publishing;
  page().progress = 0;
  const PublishDetails details{
      .title = page().title, .channel = page().channel, .author_name = desk_.application.person_name()};
  // Cutting and hashing a long take needs a while: not on the window's thread.
  desk_.in_background(
      alive_,
      [folder = take->folder, details, &identity = (*library)->identity(),
       id = (*library)->id()](std::stop_token) { return prepare_take(folder, details, identity, id); },
      [this](Result<PreparedTake> prepared) { hand_over(std::move(prepared)); });
}

void PublishDesk::hand_over(Result<PreparedTake> prepared) {
  if (!prepared) return fail_with(prepared.error());
  const PublishRequest request{.title = page().title, .channel = page().channel};
  if (auto handed = desk_.application.hand_over(std::move(*prepared), request); !handed) {
    return fail_with(handed.error());
  }
  desk_.application.settings().channel = request.channel;
  (void)desk_.application.save_settings();
  note_progress();
  on_change_();
}

void PublishDesk::note_progress() {
  auto library = desk_.application.library();
  if (!library || page().take.empty()) return;
  auto status = (*library)->outbox().group_status(page().take);
  if (!status) return;  // it was never handed over
  page().progress =
      status->bytes == 0 ? 0 : static_cast<double>(status->bytes_stored) / static_cast<double>(status->bytes);
  page().phase = status->stored ? PublishPhase::Published : PublishPhase::Publishing;
  if (status->failure) fail_with({ErrorCode::Io, *status->failure});
}

void PublishDesk::keep() {
  auto take = desk_.application.take(page().take);
  if (!take || take->state == TakeState::Published || page().phase == PublishPhase::Publishing) return;
  const auto written = change_take(take->folder, [this](Take& kept) -> Result<void> {
    kept.title = page().title;
    kept.channel = page().channel;
    return {};
  });
  if (!written) {
    desk_.notices.show(NoticeKind::Warning, "Title and channel could not be written down",
                       written.error().message);
  }
  on_change_();
}

Result<void> PublishDesk::discard() {
  auto discarded = discard_take(desk_.application.home().takes() / page().take);
  if (discarded) page() = {};
  on_change_();
  return discarded;
}

}  // namespace meanwhile
