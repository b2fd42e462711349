#include "app/application.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/known_libraries.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/place.h"
#include "app/library/events.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/library/person_name.h"
#include "app/library/settings.h"
#include "app/library/text.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "app/moving/clip_move.h"
#include "app/sending/clip_arranger.h"
#include "app/sending/clip_corrector.h"
#include "app/sending/clip_remover.h"
#include "app/sending/live_sender.h"
#include "app/sending/manifest_replacing.h"
#include "app/sending/publisher.h"
#include "media/base/arrangement.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/record/take.h"
#include "media/record/take_arrangement.h"
#include "media/record/take_cut.h"

namespace meanwhile {
namespace {

// "Anna Becker" of the machine's list of users, else the login name.
std::string look_up_name() {
  const passwd* entry = ::getpwuid(::getuid());
  if (!entry) return "Somebody";
  std::string name = entry->pw_gecos ? entry->pw_gecos : "";
  name = name.substr(0, name.find(','));
  if (!is_visible_name(name)) name = entry->pw_name;
  return shorten(replace_invalid_utf8(name), kLongestName);
}

// Any thread, which getpwuid isn't for.
const std::string& name_on_this_machine() {
  static const std::string name = look_up_name();
  return name;
}

// nullopt: there is none.
std::optional<std::filesystem::file_time_type> time_of_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(file, error);
  return error ? std::nullopt : std::optional(time);
}

// Of a cut take beside which the whole one was found: whether it was journaled before the crash.
CutFate fate_of(const Take& cut, LibrarySession& session) {
  if (cut.state == TakeState::Published && cut.manifest_sha256.empty()) return CutFate::Wanted;
  if (cut.publishing_to != session.id()) return CutFate::NotKnown;
  if (const std::string removal = removal_group(session, cut); !removal.empty())
    return session.outbox().group_status(removal) ? CutFate::Wanted : CutFate::Unwanted;
  // Without a word it was only sent while it was recorded.
  const auto group = session.outbox().group_status(cut.clip);
  if (group) return group->had_events ? CutFate::Wanted : CutFate::Unwanted;
  return group.error().code == ErrorCode::NotFound ? CutFate::Unwanted : CutFate::NotKnown;
}

void warn_unless(const Result<void>& done, const std::string& what) {
  if (!done) log(LogLevel::Warning, what + ": " + done.error().message);
}

Result<void> introduce_in(LibrarySession& session, const ProfileEvent& profile) {
  auto people = session.index().people();
  if (!people) return std::unexpected(people.error());
  const auto me = std::ranges::find_if(*people, &Person::is_me);
  const bool is_known = me != people->end() && me->said_name == display_line(*profile.name) &&
                        me->time_zone == profile.time_zone && me->hours == profile.hours &&
                        me->days == profile.days && me->away == profile.away;
  if (is_known) return {};
  auto said = session.say(profile);
  if (!said) return std::unexpected(said.error());
  return {};
}

// What every library that is opened gets: a cache within its limit, an end to cuts, and who we are.
Result<void> welcome(OpenLibrary& library, const std::filesystem::path& takes, const ProfileEvent& profile) {
  library.clips->cache().trim();
  LibrarySession& session = *library.session;
  clean_up_cuts(takes, [&](const Take& cut) { return fate_of(cut, session); });
  // Said at the next opening, if not now: a library is there to be read first of all.
  for (const auto& said : {introduce_in(session, profile), end_lost_live(session, list_takes(takes))}) {
    if (!said && said.error().code != ErrorCode::NoSpace && said.error().code != ErrorCode::PermissionDenied)
      return said;
  }
  return {};
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

Application::Application(Home home, Settings settings, std::string library_url)
    : home_(std::move(home)),
      settings_(std::move(settings)),
      saved_settings_(settings_),
      settings_time_(time_of_file(home_.settings_file())),
      library_url_(std::move(library_url)) {}

// Takes all that it needs along.
LibraryOpener Application::opener() const {
  return [home = home_, name = person_name(), profile = profile(), limit = cache_limit_bytes(settings_)](
             const std::string& url, std::stop_token stop) -> Result<OpenLibrary> {
    auto session = LibrarySession::open(home, url, name, std::move(stop));
    if (!session) return std::unexpected(session.error());
    auto clips = std::make_shared<ClipStore>(
        home.takes(), (*session)->shared_storage(), (*session)->cache(), limit,
        [library = session->get()](const std::string& id) { return library->index().clip(id); });
    OpenLibrary library{std::move(*session), std::move(clips)};
    MEANWHILE_TRY(welcome(library, home.takes(), profile));
    return library;
  };
}

Result<OpenLibrary*> Application::take_in(const std::string& url, Result<OpenLibrary> opened) {
  return libraries_.take_in(url, std::move(opened));
}

Result<void> Application::save_settings() {
  const auto theirs = load_settings(home_.settings_file());
  if (!theirs) return std::unexpected(theirs.error());
  settings_ = merged_settings(saved_settings_, settings_, theirs->settings);
  MEANWHILE_TRY(meanwhile::save_settings(home_.settings_file(), settings_));
  note_settings_file(settings_);
  return {};
}

bool Application::take_up_settings() {
  if (settings_time_ == time_of_file(home_.settings_file())) return false;
  const auto theirs = load_settings(home_.settings_file());
  if (!theirs) return false;
  settings_ = merged_settings(saved_settings_, settings_, theirs->settings);
  note_settings_file(theirs->settings);
  return true;
}

void Application::note_settings_file(const Settings& settings) {
  saved_settings_ = settings;
  settings_time_ = time_of_file(home_.settings_file());
}

std::string name_of_person_here() {
  return is_persons_name(name_on_this_machine()) ? name_on_this_machine() : "";
}

std::string Application::person_name() const {
  return is_visible_name(settings_.name) ? settings_.name : name_on_this_machine();
}

std::string Application::time_zone() const {
  return settings_.time_zone.empty() ? local_zone() : settings_.time_zone;
}

Schedule Application::schedule() const {
  return schedule_of(time_zone(), settings_.hours, settings_.work_days, settings_.days_off);
}

std::vector<std::string> Application::library_urls() const {
  if (!library_url_.empty()) return {library_url_};
  if (settings_.libraries.empty()) return {own_library_url(home_)};
  return settings_.libraries;
}

Error Application::not_open(const std::string& url) const {
  const Error* why = libraries_.failure(url);
  return why ? *why : Error{ErrorCode::TryAgain, tr_format("{} is being opened", url)};
}

Result<LibrarySession*> Application::library() {
  const auto url = library_urls().front();
  const OpenLibrary* library = libraries_.find(url);
  if (!library) return std::unexpected(not_open(url));
  return library->session.get();
}

Result<std::vector<OpenLibrary*>> Application::open_libraries() {
  const auto file = known_libraries_file(home_);
  libraries_.open(library_urls(), opener(),
                  [&](const std::string& url) { return find_known_library(file, url).has_value(); });
  return libraries();
}

Result<std::vector<OpenLibrary*>> Application::libraries() {
  const auto urls = library_urls();
  auto open = libraries_.those_of(urls);
  if (open.empty()) return std::unexpected(not_open(urls.front()));
  return open;
}

Result<OpenLibrary*> Application::library_of(const std::string& clip) {
  auto all = libraries();
  if (!all) return std::unexpected(all.error());
  std::optional<Error> missing;
  for (OpenLibrary* library : *all) {
    const auto found = library->session->index().clip(clip);
    if (found) return library;
    missing = found.error();
  }
  return std::unexpected(*missing);
}

Result<OpenLibrary*> Application::find_library(const std::string& id_or_url) {
  auto all = libraries();
  if (!all) return std::unexpected(all.error());
  std::vector<OpenLibrary*> named;
  for (OpenLibrary* library : *all) {
    if (library->session->url() == id_or_url || library->session->id() == id_or_url) return library;
    if (library->session->name() == id_or_url) named.push_back(library);
  }
  if (named.size() == 1) return named.front();
  if (named.empty()) {
    return fail(ErrorCode::NotFound,
                tr_format("'{}' is none of your libraries: see `meanwhile library list`", id_or_url));
  }
  return fail(ErrorCode::InvalidArgument,
              tr_format("several of your libraries are called '{}': give the URL instead", id_or_url));
}

Result<OpenLibrary*> Application::open_reachable(const std::string& url, std::stop_token stop) {
  // use_library() asks what is in the person's own.
  if (settings_.libraries.empty()) (void)open_libraries();
  libraries_.forget_failures();
  // Another one may be in its place by now.
  OpenLibrary* library = libraries_.find(url);
  if (library && library->session->reach(stop)) return library;
  auto opened = open_reachable_library(home_, opener(), url, std::move(stop));
  if (!opened) return std::unexpected(opened.error());
  if (library) (void)libraries_.close(url);
  return libraries_.take_in(url, std::move(opened));
}

Result<LibrarySession*> Application::use_library(const std::string& url) {
  const OpenLibrary* library = libraries_.find(url);
  if (!library) return std::unexpected(not_open(url));
  list_own_library();
  forget_other_addresses(*library->session);
  std::erase(settings_.libraries, url);
  settings_.libraries.insert(settings_.libraries.begin(), url);
  library_url_.clear();
  MEANWHILE_TRY(save_settings());
  return library->session.get();
}

Result<LibrarySession*> Application::add_library(const std::string& url) {
  if (settings_.libraries.empty()) return use_library(url);
  const OpenLibrary* library = libraries_.find(url);
  if (!library) return std::unexpected(not_open(url));
  forget_other_addresses(*library->session);
  if (std::ranges::find(settings_.libraries, url) == settings_.libraries.end())
    settings_.libraries.push_back(url);
  library_url_.clear();
  MEANWHILE_TRY(save_settings());
  return library->session.get();
}

// One folder in another spelling, or a library that has moved: the address that was named last counts.
void Application::forget_other_addresses(const LibrarySession& library) {
  std::erase_if(settings_.libraries, [&](const std::string& url) {
    const auto known = find_known_library(known_libraries_file(home_), url);
    return url != library.url() && known && known->id == library.id();
  });
}

Result<OpenLibrary*> Application::remove_library(const std::string& url) {
  OpenLibrary* closed = libraries_.close(url);
  std::erase(settings_.libraries, url);
  MEANWHILE_TRY(save_settings());
  return closed;
}

// Without a list it is the only one; what was published in it stays in sight when there is a team's.
void Application::list_own_library() {
  if (settings_.libraries.empty() && has_own_clips()) settings_.libraries.push_back(own_library_url(home_));
}

bool Application::has_own_clips() {
  const OpenLibrary* own = libraries_.find(own_library_url(home_));
  const auto counts = own ? own->session->index().counts() : fail(ErrorCode::NotFound, "");
  return counts && counts->everything > 0;
}

ProfileEvent Application::profile() const {
  return {.name = person_name(),
          .time_zone = time_zone(),
          .hours = settings_.hours,
          .days = settings_.work_days,
          .away = settings_.days_off};
}

Result<void> Application::introduce() {
  for (OpenLibrary* library : libraries_.all()) MEANWHILE_TRY(introduce_in(*library->session, profile()));
  return {};
}

std::vector<Take> recover_takes_in(const std::filesystem::path& takes, std::vector<std::string>& warnings) {
  std::vector<Take> recovered;
  for (const Take& take : list_takes(takes)) {
    if (take.state != TakeState::Recording || take.is_being_recorded) continue;
    auto whole = recover_take(take.folder);
    if (whole) {
      recovered.push_back(std::move(*whole));
    } else if (whole.error().code == ErrorCode::NotFound) {
      warn_unless(discard_take(take.folder), "removing a draft in which nothing was recorded");
    } else {
      // TRANSLATORS: {0} is a folder, {1} why.
      warnings.push_back(tr_format("The recording in {} can't be made whole: {}", take.folder.string(),
                                   whole.error().message));
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
    return fail(ErrorCode::InvalidArgument,
                tr_format("'{}' isn't the id of a draft: see `meanwhile takes`", clip));
  auto take = read_take(home_.takes() / clip);
  if (!take && take.error().code == ErrorCode::NotFound) {
    return fail(ErrorCode::NotFound, tr_format("there is no draft {}: see `meanwhile takes`", clip));
  }
  return take;
}

Result<void> Application::discard(const std::string& clip) {
  auto found = take(clip);
  // A take.json that can't be read must not keep the rest of the take from being thrown away.
  if (!found && found.error().code != ErrorCode::Corrupt) return std::unexpected(found.error());
  // First what is in the libraries: after a crash in between it is thrown away once more.
  const bool is_ours = !found || !found->is_being_recorded;
  if (is_ours) {
    if (auto all = libraries()) {
      for (OpenLibrary* library : *all) {
        // What is sent of a clip that moves is the clip's, not this recording's.
        if (!is_moving_to(home_, clip, library->session->id()))
          MEANWHILE_TRY(library->session->outbox().discard(clip));
      }
    }
  }
  return discard_take(home_.takes() / clip);
}

Result<OpenLibrary*> Application::publishing_library(const std::string& id) {
  if (!id.empty()) return find_library(id);
  const auto url = library_urls().front();
  if (OpenLibrary* library = libraries_.find(url)) return library;
  return std::unexpected(not_open(url));
}

Result<void> Application::publish(const std::string& clip, const PublishRequest& request) {
  auto library = publishing_library(request.library);
  if (!library) return std::unexpected(library.error());
  LibrarySession& session = *(*library)->session;
  auto take = this->take(clip);
  if (!take) return std::unexpected(take.error());
  MEANWHILE_TRY(check_destination(*take, session));
  const auto corrected =
      request.corrects.empty() ? Result<Clip>(Clip{}) : session.index().clip(request.corrects);
  if (!corrected) return std::unexpected(corrected.error());
  auto prepared = corrected->id.empty() ? prepare_take(take->folder,
                                                       {.title = request.title,
                                                        .channel = request.channel,
                                                        .author_name = person_name(),
                                                        .in_the_morning = request.in_the_morning},
                                                       session.identity(), session.id(), session.outbox())
                                        : prepare_correction(**library, take->folder, *corrected, {});
  if (!prepared) return std::unexpected(prepared.error());
  return hand_over(std::move(*prepared), request);
}

// A clip is published in one library: two would have two histories under one id.
Result<void> Application::check_destination(const Take& take, const LibrarySession& target) {
  if (take.publishing_to.empty() || take.publishing_to == target.id()) return {};
  const OpenLibrary* other = libraries_.with_id(take.publishing_to);
  const auto group = other ? other->session->outbox().group_status(take.clip) : fail(ErrorCode::NotFound, "");
  if (group && !group->had_events) return {};
  if (!group && other && take.state != TakeState::Published) return {};
  return fail(
      ErrorCode::InvalidArgument,
      tr("The draft was published in another library already; an update belongs to one only. `meanwhile "
         "move` takes it to another."));
}

Result<void> Application::hand_over(PreparedTake prepared, const PublishRequest& request) {
  auto library = publishing_library(request.library);
  if (!library) return std::unexpected(library.error());
  LibrarySession& session = *(*library)->session;
  MEANWHILE_TRY(check_destination(prepared.take, session));
  Take& take = prepared.take;
  Publication& publication = prepared.publication;
  // Of two that take one update's place at once the second would be lost.
  if (!request.corrects.empty()) MEANWHILE_TRY(check_is_sent(session.outbox(), request.corrects));
  if (publication.arrangement)
    MEANWHILE_TRY(check_joined(session, publication.clip, *publication.arrangement));
  for (Json& event : publication.events)
    if (const auto body = parse_event(event)) session.name_replaced(*body, event);
  MEANWHILE_TRY(session.outbox().add(take.clip, std::move(publication.items), publication.events));
  // It is promised from here on: what goes wrong now is said, and is no failure.
  if (request.corrects.empty()) warn_unless(session.make_channel(request.channel), "naming the channel");
  warn_unless(session.outbox().withdraw(take.clip, publication.left_over), "removing what was left out");
  // What was sent while recording may be in another library than the one that was chosen then.
  for (OpenLibrary* other : libraries_.those_of(settings_.libraries)) {
    if (other != *library)
      warn_unless(other->session->outbox().discard(take.clip), "removing it from another library");
  }
  if (prepared.cut) prepared.cut->keep();
  // Those of a correction come with it.
  if (auto captions = read_captions(take.folder); captions && publication.clip == take.clip) {
    ClipCaptions read;
    read.tracks.push_back(std::move(*captions));
    make_searchable(session.index(), take.clip, read);
  }
  take.title = request.title;
  take.channel = request.channel;
  take.publishing_to = session.id();
  warn_unless(write_take(take), "noting that it is published");
  if (prepared.lock) prepared.lock->end(take.folder);
  return {};
}

// What the outbox sends must stay as it is. The mark alone is none: a crash may have come between.
bool Application::is_handed_over(const Take& take) {
  auto all = libraries();
  if (!all) return !take.publishing_to.empty();
  for (OpenLibrary* library : *all) {
    const auto group = library->session->outbox().group_status(take.clip);
    if (group && group->had_events) return true;
  }
  return !take.publishing_to.empty() && !libraries_.with_id(take.publishing_to);
}

Result<Take> Application::changeable_take(const std::string& clip) {
  auto take = this->take(clip);
  if (take && take->state != TakeState::Published && is_handed_over(*take)) {
    return fail(ErrorCode::InvalidArgument,
                tr("The draft is being published; it can't be trimmed any more, and is arranged and gets "
                   "chapters once it is published."));
  }
  return take;
}

Result<Take> Application::trim(const std::string& clip, const Trim& trim) {
  auto take = changeable_take(clip);
  return take ? trim_take(take->folder, trim) : take;
}

Result<Take> Application::set_chapters(const std::string& clip, const Chapters& chapters) {
  auto take = changeable_take(clip);
  return take ? set_take_chapters(take->folder, chapters) : take;
}

Result<void> Application::arrange(const std::string& clip, const Arrangement& arrangement) {
  const auto take = changeable_take(clip);
  return take ? set_take_arrangement(take->folder, arrangement) : std::unexpected(take.error());
}

Result<void> Application::note_published() {
  for (OpenLibrary* library : libraries_.all()) MEANWHILE_TRY(note_published_in(*library->session));
  return {};
}

Result<void> Application::note_published_in(LibrarySession& session) {
  bool any = false;
  for (Take& take : list_takes(home_.takes())) {
    if (take.state == TakeState::Published || take.is_being_recorded) continue;
    auto status = session.outbox().group_status(take.clip);
    if (!status || !status->stored || !status->had_events) continue;
    take.state = TakeState::Published;
    warn_unless(write_take(take), "noting that it is published");
    any = true;
  }
  if (any) session.index_own_events();
  return {};
}

}  // namespace meanwhile
