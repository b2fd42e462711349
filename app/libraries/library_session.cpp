#include "app/libraries/library_session.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
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
#include "app/libraries/live_signs.h"
#include "app/libraries/place.h"
#include "app/libraries/private_words.h"
#include "app/library/events.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/library/replacing.h"
#include "app/library/text.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "upload/event_batch.h"
#include "upload/event_log.h"
#include "upload/hlc.h"
#include "upload/identity.h"
#include "upload/outbox.h"
#include "upload/seal/object_seal.h"
#include "upload/storage.h"
#include "upload/sync.h"
#include "upload/sync_options.h"
#include "upload/verified_batch.h"

namespace meanwhile {
namespace {

// A library that was opened here before is known; any other place is asked.
Result<Place> place_of(const Home& home, const std::string& url, std::shared_ptr<Identity> identity,
                       const std::string& person_name, std::stop_token stop) {
  const auto known = find_known_library(known_libraries_file(home), url);
  if (known) return known_place(home, *known, std::move(identity));
  return meet_place(home, url, std::move(identity), person_name, std::move(stop));
}

}  // namespace

Result<std::unique_ptr<LibrarySession>> LibrarySession::open(const Home& home, const std::string& url,
                                                             const std::string& person_name,
                                                             std::stop_token stop) {
  auto session = std::unique_ptr<LibrarySession>(new LibrarySession);
  auto identity = Identity::open(home.data(), person_name);
  if (!identity) return std::unexpected(identity.error());
  session->identity_ = *identity;
  auto place = place_of(home, url, *identity, person_name, std::move(stop));
  if (!place) return std::unexpected(place.error());
  session->storage_ = place->opened();
  session->place_ = std::move(place->storage);
  session->sealed_ = std::move(place->sealed);
  session->url_ = url;
  session->id_ = place->library.id;
  session->name_ = shorten(display_line(place->library.name), kLongestName);
  session->founder_ = place->library.founder;
  auto folder = home.library_folder(session->id_);
  if (!folder) return std::unexpected(folder.error());
  session->folder_ = *folder;
  auto cache = home.library_cache(session->id_);
  if (!cache) return std::unexpected(cache.error());
  session->cache_ = *cache;
  MEANWHILE_TRY(session->open_parts(journal_file(*folder)));
  return session;
}

LibrarySession::~LibrarySession() = default;

Result<void> LibrarySession::open_parts(const std::filesystem::path& database) {
  auto log = EventLog::open(
      database, identity_, [storage = storage_] { return corrected_time(*storage, wall_now()); }, id_);
  if (!log) return std::unexpected(log.error());
  log_ = *log;
  for (auto* index : {&index_, &sync_index_}) {
    auto opened = Index::open(index_file(folder_), identity_->person());
    if (!opened) return std::unexpected(opened.error());
    *index = std::move(*opened);
  }
  private_words_ = PrivateWords::open(folder_);
  SyncOptions options;
  options.speakers = sealed_;
  auto sync = Sync::open(database, storage_, log_, std::move(options));
  if (!sync) return std::unexpected(sync.error());
  sync_ = std::move(*sync);
  MEANWHILE_TRY(rebuild_if_empty());
  auto outbox = Outbox::open(database, storage_, log_);
  if (!outbox) return std::unexpected(outbox.error());
  outbox_ = std::move(*outbox);
  // Who has changed sides among admins that removed each other: the next start tries again.
  const std::string unread = sealed_ ? sealed_->secrets_of_former_members() : "";
  if (!unread.empty()) (void)outbox_->send_everything_again(unread);
  return {};
}

Result<std::array<unsigned char, 32>> LibrarySession::clip_scope(const std::string& key,
                                                                 std::stop_token stop) {
  assert(sealed_ != nullptr);
  const auto head = place_->get(key, kSealHeaderBytes, ByteRange{0, kSealHeaderBytes}, stop);
  if (!head) return std::unexpected(head.error());
  const auto header = read_seal_header(*head);
  if (!header) return fail(key, header.error());
  const auto secret = sealed_->find(header->secret_id(), std::move(stop));
  if (!secret) return std::unexpected(secret.error());
  return meanwhile::clip_scope(*secret, id_, key);
}

// An index that was thrown away (or never was) is made again from everything in the library and the journal.
// What it lacks of this device's words, because there was no room for them, is made good.
Result<void> LibrarySession::rebuild_if_empty() {
  auto is_empty = index_->is_empty();
  if (!is_empty) return std::unexpected(is_empty.error());
  if (*is_empty) {
    MEANWHILE_TRY(sync_->start_over());
    auto words = private_words_ ? (*private_words_)->all() : std::unexpected(private_words_.error());
    if (!words) return std::unexpected(words.error());
    if (!words->empty()) MEANWHILE_TRY(index_private(std::move(*words)));
  }
  index_own_events();
  return {};
}

Result<void> LibrarySession::take_over(const std::filesystem::path& journal, const std::string& library) {
  const auto before = EventLog::open(journal, identity_, wall_now, library);
  if (!before) return std::unexpected(before.error());
  MEANWHILE_TRY(log_->take_over(**before));
  MEANWHILE_TRY(outbox_->take_over(journal));
  index_own_events();
  return {};
}

void LibrarySession::index_own_events() {
  note_index(index_journal(*index_));
}

// The journal decides what was said; the index only shows it.
void LibrarySession::note_index(const Result<void>& indexed) {
  const bool was_behind = is_index_behind_.exchange(!indexed);
  if (indexed || was_behind) return;
  meanwhile::log(LogLevel::Warning, "what you said is kept, and lists show it once this works again: " +
                                        indexed.error().message);
}

Result<void> LibrarySession::index_journal(Index& index) {
  const auto last = log_->last_number();
  if (!last) return std::unexpected(last.error());
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
  auto report = index.apply(batches);
  if (!report) return std::unexpected(report.error());
  indexed_number_ = *last;
  return {};
}

bool LibrarySession::is_log_ahead() const {
  const auto last = log_->last_number();
  return last && *last != indexed_number_;
}

Result<EventId> LibrarySession::say(const EventBody& body) {
  return say(std::vector<EventBody>{body});
}

Result<EventId> LibrarySession::say(const std::vector<EventBody>& bodies) {
  std::vector<Json> said;
  for (const EventBody& body : bodies) {
    auto json = to_json(body);
    if (!json) return std::unexpected(json.error());
    name_replaced(body, *json);
    said.push_back(std::move(*json));
  }
  auto appended = log_->append(std::move(said));
  if (!appended) return std::unexpected(appended.error());
  const AuthoredEvents events{.device = appended->last.device,
                              .person = identity_->person(),
                              .person_name = identity_->device().certificate.name,
                              .events = appended->events};
  show_own(events);
  return appended->last;
}

Result<void> LibrarySession::carry(const std::vector<EventBody>& bodies) {
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
                              .events = std::move(appended->events)};
  const auto report = sync_index_->apply(std::span(&events, 1));
  note_index(report ? Result<void>() : std::unexpected(report.error()));
  return {};
}

// An index that can't be asked keeps nobody from speaking: clocks decide then.
void LibrarySession::name_replaced(const EventBody& body, Json& event) {
  if (const auto replaced = index_->replaced_by(body)) write_replaced(event, *replaced);
}

void LibrarySession::show_own(const AuthoredEvents& events) {
  if (is_index_behind_) return index_own_events();
  const auto report = index_->apply(std::span(&events, 1));
  note_index(report ? Result<void>() : std::unexpected(report.error()));
  if (!report || events.events.empty()) return;
  // Where the outbox said something in between, sync() finds that the log is ahead.
  std::int64_t before = integer_member(events.events.front(), "n").value_or(0) - 1;
  indexed_number_.compare_exchange_strong(before, before + static_cast<std::int64_t>(events.events.size()));
}

Result<void> LibrarySession::keep_private(const EventBody& body) {
  if (!private_words_) return std::unexpected(private_words_.error());
  auto event = (*private_words_)->add(body, hlc_of(log_->now()));
  if (!event) return std::unexpected(event.error());
  note_index(index_private({std::move(*event)}));
  return {};
}

Result<void> LibrarySession::keep_private(std::span<const EventBody> bodies) {
  if (!private_words_) return std::unexpected(private_words_.error());
  auto events = (*private_words_)->add_all(bodies, hlc_of(log_->now()));
  if (!events) return std::unexpected(events.error());
  note_index(index_private(std::move(*events)));
  return {};
}

Result<void> LibrarySession::index_private(std::vector<Json> events) {
  const AuthoredEvents words{.device = kPrivateDevice,
                             .person = identity_->person(),
                             .person_name = identity_->device().certificate.name,
                             .events = std::move(events)};
  auto report = index_->apply(std::span(&words, 1));
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

Result<void> LibrarySession::reach(std::stop_token stop) {
  return place_->reach(std::move(stop));
}

Result<SyncReport> LibrarySession::sync(std::stop_token stop) {
  auto report = sync_->poll(
      [this](std::span<const VerifiedBatch> batches) { return apply_batches(*sync_index_, batches); }, stop);
  if (!report) return report;
  if (report->own_head_differs) outbox_->doubt_own_head();
  // What changed may be the library itself.
  if (report->changed) place_->look_again();
  if (is_index_behind_ || is_log_ahead()) note_index(index_journal(*sync_index_));
  const auto looked =
      look_for_signs(*sync_index_, *storage_, identity_->device().id(),
                     report->changed ? BrokenOff::LookAtToo : BrokenOff::LeaveAlone, log_->now(), stop);
  if (!looked && looked.error().is_control()) return std::unexpected(looked.error());
  // What another command of this home read, or said, came without this one's poll.
  const auto revision = sync_index_->revision();
  if (!revision) return std::unexpected(revision.error());
  report->changed |= std::exchange(seen_revision_, *revision) != *revision;
  return report;
}

}  // namespace meanwhile
