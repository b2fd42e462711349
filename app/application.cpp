#include "app/application.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>

#include "app/library/text.h"
#include "app/library/time_words.h"
#include "app/live_sender.h"

namespace meanwhile {
namespace {

// "Anna Becker" of the machine's list of users, else the login name.
std::string name_on_this_machine() {
  const passwd* entry = ::getpwuid(::getuid());
  if (!entry) return "Somebody";
  std::string name = entry->pw_gecos ? entry->pw_gecos : "";
  name = name.substr(0, name.find(','));
  if (name.empty()) name = entry->pw_name;
  return shorten(replace_invalid_utf8(name), kLongestName);
}

}  // namespace

Result<std::unique_ptr<Application>> Application::open(const ApplicationOptions& options) {
  auto home = Home::open(options.home);
  if (!home) return std::unexpected(home.error());
  auto loaded = load_settings(home->settings_file());
  if (!loaded) return std::unexpected(loaded.error());
  auto application =
      std::unique_ptr<Application>(new Application(*home, std::move(loaded->settings), options.library));
  application->warnings_ = std::move(loaded->warnings);
  MEANWHILE_TRY(make_private_folders(home->takes()));
  clean_up_cuts(home->takes(), [](const Take&) { return CutFate::NotKnown; });
  return application;
}

Result<void> Application::save_settings() {
  return meanwhile::save_settings(home_.settings_file(), settings_);
}

std::string Application::person_name() const {
  return settings_.name.empty() ? name_on_this_machine() : settings_.name;
}

std::string Application::time_zone() const {
  return settings_.time_zone.empty() ? local_zone() : settings_.time_zone;
}

std::string Application::library_url() const {
  if (!library_url_.empty()) return library_url_;
  return settings_.libraries.empty() ? "" : settings_.libraries.front();
}

Result<LibrarySession*> Application::library() {
  if (!session_) {
    auto session = LibrarySession::open(home_, library_url(), person_name());
    if (!session) return std::unexpected(session.error());
    session_ = std::move(*session);
    store_ = std::make_unique<ClipStore>(home_.takes(), session_->shared_storage(), session_->cache(),
                                         cache_limit_bytes(settings_));
    store_->cache().trim();
    clean_up_cuts(home_.takes(), [this](const Take& cut) { return fate_of(cut); });
    MEANWHILE_TRY(introduce());
    MEANWHILE_TRY(end_lost_live(*session_, list_takes(home_.takes())));
  }
  return session_.get();
}

Result<ClipStore*> Application::clips() {
  auto session = library();
  if (!session) return std::unexpected(session.error());
  return store_.get();
}

Result<LibrarySession*> Application::use_library(const std::string& url) {
  auto session = LibrarySession::open(home_, url, person_name());
  if (!session) return std::unexpected(session.error());
  if ((*session)->unreachable()) return std::unexpected(*(*session)->unreachable());
  std::erase(settings_.libraries, (*session)->url());
  settings_.libraries.insert(settings_.libraries.begin(), (*session)->url());
  MEANWHILE_TRY(save_settings());
  library_url_.clear();
  session_.reset();
  store_.reset();
  session->reset();  // one session a library: the next call opens it for good
  return library();
}

Result<void> Application::introduce() {
  auto people = session_->index().people();
  if (!people) return std::unexpected(people.error());
  const auto me = std::ranges::find_if(*people, &Person::is_me);
  const ProfileEvent profile{.name = person_name(), .time_zone = time_zone(), .hours = settings_.hours};
  const bool is_known = me != people->end() && me->name == display_line(*profile.name) &&
                        me->time_zone == profile.time_zone && me->hours == profile.hours;
  if (is_known) return {};
  auto said = session_->say(profile);
  if (!said) return std::unexpected(said.error());
  return {};
}

std::vector<Take> Application::recover_takes(std::vector<std::string>& warnings) {
  std::vector<Take> recovered;
  for (const Take& take : list_takes(home_.takes())) {
    if (take.state != TakeState::Recording || take.is_being_recorded) continue;
    auto whole = recover_take(take.folder);
    if (whole) {
      recovered.push_back(std::move(*whole));
    } else {
      warnings.push_back("The take in " + take.folder.string() +
                         " can't be made whole: " + whole.error().message);
    }
  }
  return recovered;
}

std::vector<Take> Application::unpublished_takes() const {
  std::vector<Take> takes = list_takes(home_.takes());
  std::erase_if(takes, [](const Take& take) {
    return take.is_being_recorded || take.state == TakeState::Published || take.state == TakeState::Recording;
  });
  return takes;
}

Result<Take> Application::take(const std::string& clip) const {
  if (!is_clip_id(clip))
    return fail(ErrorCode::InvalidArgument, "'" + clip + "' is not a take's id: see `meanwhile takes`");
  auto take = read_take(home_.takes() / clip);
  if (!take && take.error().code == ErrorCode::NotFound) {
    return fail(ErrorCode::NotFound, "there is no take " + clip + ": see `meanwhile takes`");
  }
  return take;
}

Result<void> Application::discard(const std::string& clip) {
  auto found = take(clip);
  // A take.json that can't be read must not keep the rest of the take from being thrown away.
  if (!found && found.error().code != ErrorCode::Corrupt) return std::unexpected(found.error());
  // First what is in the library: after a crash in between it is thrown away once more.
  const bool is_ours = !found || !found->is_being_recorded;
  if (is_ours) {
    if (auto session = library()) MEANWHILE_TRY((*session)->outbox().discard(clip));
  }
  return discard_take(home_.takes() / clip);
}

Result<void> Application::publish(const std::string& clip, const PublishRequest& request) {
  auto session = library();
  if (!session) return std::unexpected(session.error());
  auto take = this->take(clip);
  if (!take) return std::unexpected(take.error());
  auto prepared = prepare_take(
      take->folder, {.title = request.title, .channel = request.channel, .author_name = person_name()},
      (*session)->identity(), (*session)->id(), (*session)->outbox());
  if (!prepared) return std::unexpected(prepared.error());
  return hand_over(std::move(*prepared), request);
}

Result<void> Application::hand_over(PreparedTake prepared, const PublishRequest& request) {
  MEANWHILE_TRY(make_channel(request.channel));
  Take& take = prepared.take;
  Publication& publication = prepared.publication;
  MEANWHILE_TRY(session_->outbox().add(take.clip, std::move(publication.items), {publication.published}));
  MEANWHILE_TRY(session_->outbox().withdraw(take.clip, publication.left_over));
  if (prepared.cut) prepared.cut->keep();
  take.title = request.title;
  take.channel = request.channel;
  take.publishing_to = session_->id();
  auto written = write_take(take);
  if (prepared.lock) prepared.lock->end(take.folder);
  return written;
}

// Of a cut take beside which the whole one was found: whether it was journaled before the crash.
CutFate Application::fate_of(const Take& cut) {
  if (cut.state == TakeState::Published) return CutFate::Wanted;
  if (cut.publishing_to != session_->id()) return CutFate::NotKnown;
  // Without a word it was only sent while it was recorded.
  const auto group = session_->outbox().group_status(cut.clip);
  if (group) return group->had_events ? CutFate::Wanted : CutFate::Unwanted;
  return group.error().code == ErrorCode::NotFound ? CutFate::Unwanted : CutFate::NotKnown;
}

// What the outbox sends must stay as it is. The mark alone is none: a crash may have come between.
bool Application::is_handed_over(const Take& take) {
  auto session = library();
  if (!session) return !take.publishing_to.empty();
  if (const auto group = (*session)->outbox().group_status(take.clip); group && group->had_events)
    return true;
  return !take.publishing_to.empty() && take.publishing_to != (*session)->id();
}

Result<Take> Application::trim(const std::string& clip, const Trim& trim) {
  auto take = this->take(clip);
  if (!take) return take;
  if (take->state != TakeState::Published && is_handed_over(*take)) {
    return fail(ErrorCode::InvalidArgument,
                "The take was handed over for publishing; it can't be trimmed any more.");
  }
  return trim_take(take->folder, trim);
}

// A channel shows its name as it was typed first; later ones find it by its id.
Result<void> Application::make_channel(const std::string& name) {
  if (name.empty()) return {};
  auto channels = session_->index().channels();
  if (!channels) return std::unexpected(channels.error());
  const auto id = channel_id_for(name);
  if (std::ranges::find(*channels, id, &Channel::id) != channels->end()) return {};
  auto said = session_->say(ChannelEvent{.channel = id, .name = name, .archived = {}});
  if (!said) return std::unexpected(said.error());
  return {};
}

Result<void> Application::note_published() {
  if (!session_) return {};
  bool any = false;
  for (Take& take : list_takes(home_.takes())) {
    if (take.state == TakeState::Published || take.is_being_recorded) continue;
    auto status = session_->outbox().group_status(take.clip);
    if (!status || !status->stored || !status->had_events) continue;
    take.state = TakeState::Published;
    MEANWHILE_TRY(write_take(take));
    any = true;
  }
  return any ? session_->index_own_events() : Result<void>{};
}

}  // namespace meanwhile
