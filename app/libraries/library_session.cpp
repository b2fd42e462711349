#include "app/libraries/library_session.h"

#include <algorithm>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/known_libraries.h"
#include "app/libraries/private_words.h"
#include "app/libraries/secrets.h"
#include "app/library/text.h"
#include "media/base/text.h"
#include "upload/decorate/reopening_storage.h"
#include "upload/library_marker.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

// The person's own library, made at first use.
Result<std::string> own_library_url(const Home& home) {
  MEANWHILE_TRY(make_private_folders(home.own_library()));
  return "folder:" + home.own_library().string();
}

struct Found {
  KnownLibrary library;
  std::optional<Error> unreachable;
};

// It may be back tomorrow; anything else (another library in its place, a newer format) needs a person now.
bool is_out_of_reach(ErrorCode code) {
  return code == ErrorCode::Unavailable || code == ErrorCode::NotFound ||
         code == ErrorCode::PermissionDenied || code == ErrorCode::Io;
}

// Asks the storage which library it holds; one that was here before and can't be reached is taken at its
// word.
Result<Found> find_library(const Home& home, Storage& storage, const std::string& url,
                           const Identity& identity, const std::string& person_name) {
  const auto file = known_libraries_file(home);
  const auto known = find_known_library(file, url);
  const auto known_id = known ? std::optional(known->id) : std::nullopt;
  const Founding founding{
      .founder = identity.person_key(), .name = person_name + "'s library", .now = wall_now()};
  auto marker = open_library_marker(storage, founding, known_id, {});
  if (!marker && known && is_out_of_reach(marker.error().code)) {
    return Found{.library = *known, .unreachable = marker.error()};
  }
  if (!marker) return std::unexpected(marker.error());
  const KnownLibrary found{
      .url = url, .id = marker->id, .name = marker->name, .founder = marker->founder.base64()};
  if (known && !known->founder.empty() && known->founder != found.founder) {
    return fail(ErrorCode::PermissionDenied,
                storage.description() +
                    " says that somebody else founded the library than before: somebody may have put "
                    "another one in its place");
  }
  if (!known || known->founder.empty()) MEANWHILE_TRY(remember_library(file, found));
  return Found{.library = found, .unreachable = {}};
}

// A folder that held a library and isn't there is not mounted today: it is not made anew, but waited for.
Result<std::shared_ptr<Storage>> open_known_storage(const Home& home, const std::string& url) {
  const bool is_known = find_known_library(known_libraries_file(home), url).has_value();
  const StorageAccess access{.missing = is_known ? MissingFolder::Refuse : MissingFolder::Make,
                             .find_secret = secrets_of(home)};
  auto storage = open_storage(url, access);
  if (!storage && is_known && storage.error().may_pass())
    return std::make_shared<ReopeningStorage>(url, access.find_secret);
  if (!storage) return fail("opening the library", storage.error());
  return storage;
}

}  // namespace

Result<std::unique_ptr<LibrarySession>> LibrarySession::open(const Home& home, const std::string& url,
                                                             const std::string& person_name) {
  auto session = std::unique_ptr<LibrarySession>(new LibrarySession);
  auto chosen = url.empty() ? own_library_url(home) : Result<std::string>(url);
  if (!chosen) return std::unexpected(chosen.error());
  session->url_ = *chosen;
  auto identity = Identity::open(home.data(), person_name);
  if (!identity) return std::unexpected(identity.error());
  session->identity_ = *identity;
  auto storage = open_known_storage(home, session->url_);
  if (!storage) return std::unexpected(storage.error());
  session->storage_ = *storage;

  auto found = find_library(home, **storage, session->url_, **identity, person_name);
  if (!found) return std::unexpected(found.error());
  session->id_ = found->library.id;
  session->name_ = shorten(display_line(found->library.name), kLongestName);
  session->unreachable_ = found->unreachable;
  auto folder = home.library_folder(session->id_);
  if (!folder) return std::unexpected(folder.error());
  session->folder_ = *folder;
  auto cache = home.library_cache(session->id_);
  if (!cache) return std::unexpected(cache.error());
  session->cache_ = *cache;
  MEANWHILE_TRY(session->open_parts(*folder / "library.sqlite"));
  return session;
}

LibrarySession::~LibrarySession() = default;

Result<void> LibrarySession::open_parts(const std::filesystem::path& database) {
  auto log = EventLog::open(database, identity_,
                            [storage = storage_] { return corrected_time(*storage, wall_now()); });
  if (!log) return std::unexpected(log.error());
  log_ = *log;
  for (auto* index : {&index_, &sync_index_}) {
    auto opened = Index::open(index_file(folder_), identity_->person());
    if (!opened) return std::unexpected(opened.error());
    *index = std::move(*opened);
  }
  auto sync = Sync::open(database, storage_, log_);
  if (!sync) return std::unexpected(sync.error());
  sync_ = std::move(*sync);
  MEANWHILE_TRY(rebuild_if_empty());
  auto outbox = Outbox::open(database, storage_, log_);
  if (!outbox) return std::unexpected(outbox.error());
  outbox_ = std::move(*outbox);
  return {};
}

// An index that was thrown away (or never was) is made again from everything in the library and the journal.
Result<void> LibrarySession::rebuild_if_empty() {
  auto is_empty = index_->is_empty();
  if (!is_empty) return std::unexpected(is_empty.error());
  if (*is_empty) {
    MEANWHILE_TRY(sync_->start_over());
    auto words = PrivateWords(folder_).all();
    if (!words) return std::unexpected(words.error());
    if (!words->empty()) MEANWHILE_TRY(index_private(std::move(*words)));
  }
  return index_own_events();
}

Result<void> LibrarySession::index_own_events() {
  std::map<std::string, AuthoredEvents> by_device;
  const Identity::Device device = identity_->device();
  MEANWHILE_TRY(log_->for_each([&](const std::string& author, const Json& event) -> Result<void> {
    AuthoredEvents& events = by_device[author];
    events.device = author;
    events.person = identity_->person();
    events.person_name = device.certificate.name;
    events.events.push_back(event);
    return {};
  }));
  std::vector<AuthoredEvents> batches;
  for (auto& [author, events] : by_device) batches.push_back(std::move(events));
  auto report = index_->apply(batches, log_->now());
  if (!report) return std::unexpected(report.error());
  return {};
}

Result<EventId> LibrarySession::say(const EventBody& body) {
  return say(std::vector<EventBody>{body});
}

Result<EventId> LibrarySession::say(const std::vector<EventBody>& bodies) {
  std::vector<Json> said;
  for (const EventBody& body : bodies) {
    auto json = to_json(body);
    if (!json) return std::unexpected(json.error());
    said.push_back(std::move(*json));
  }
  auto appended = log_->append(std::move(said));
  if (!appended) return std::unexpected(appended.error());
  const AuthoredEvents events{.device = appended->last.device,
                              .person = identity_->person(),
                              .person_name = identity_->device().certificate.name,
                              .events = appended->events};
  auto report = index_->apply(std::span(&events, 1), log_->now());
  if (!report) return std::unexpected(report.error());
  return appended->last;
}

Result<void> LibrarySession::keep_private(const EventBody& body) {
  auto event = PrivateWords(folder_).add(body, hlc_of(log_->now()));
  if (!event) return std::unexpected(event.error());
  return index_private({std::move(*event)});
}

Result<void> LibrarySession::index_private(std::vector<Json> events) {
  const AuthoredEvents words{.device = kPrivateDevice,
                             .person = identity_->person(),
                             .person_name = identity_->device().certificate.name,
                             .events = std::move(events)};
  auto report = index_->apply(std::span(&words, 1), log_->now());
  if (!report) return std::unexpected(report.error());
  return {};
}

Result<void> LibrarySession::make_channel(const std::string& name) {
  if (name.empty()) return {};
  const auto channels = index_->channels();
  if (!channels) return std::unexpected(channels.error());
  const auto id = channel_id_for(name);
  if (std::ranges::find(*channels, id, &Channel::id) != channels->end()) return {};
  const auto said = say(ChannelEvent{.channel = id, .name = name, .archived = {}});
  if (!said) return std::unexpected(said.error());
  return {};
}

Result<SyncReport> LibrarySession::sync(std::stop_token stop) {
  auto report = sync_->poll(
      [this](std::span<const VerifiedBatch> batches) {
        return apply_batches(*sync_index_, batches, log_->now());
      },
      stop);
  if (!report) return report;
  if (report->own_head_ahead) outbox_->suspect_fork();
  // What another command of this home read, or said, came without this one's poll.
  const auto revision = sync_index_->revision();
  if (!revision) return std::unexpected(revision.error());
  report->changed |= std::exchange(seen_revision_, *revision) != *revision;
  return report;
}

}  // namespace meanwhile
