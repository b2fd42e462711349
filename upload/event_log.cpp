#include "upload/event_log.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/hlc.h"
#include "upload/identity.h"
#include "upload/journal.h"

namespace meanwhile {
namespace {

constexpr const char* kDeviceValue = "device";
constexpr const char* kHlcValue = "hlc";

Result<void> check_event(const Json& event) {
  if (!event.is_object() || !string_member(event, "type")) {
    return fail(ErrorCode::InvalidArgument, "an event needs a type");
  }
  if (event.contains("n") || event.contains("hlc") || event.contains("at")) {
    return fail(ErrorCode::InvalidArgument, "an event's number and time are given by the log");
  }
  return {};
}

Json numbered(const Json& event, std::int64_t n, Hlc hlc, WallTime now) {
  Json whole;
  whole["n"] = n;
  whole["hlc"] = hlc;
  whole["at"] = format_rfc3339(now);
  for (const auto& [name, value] : event.items()) whole[name] = value;
  return whole;
}

Result<std::int64_t> next_number(Journal& journal, const std::string& device) {
  auto query = journal.prepare("SELECT coalesce(max(n), 0) + 1 FROM events WHERE device = ?");
  MEANWHILE_TRY(query.bind(device).step());
  return query.integer(0);
}

Result<Hlc> last_hlc(Journal& journal) {
  const auto value = journal.value(kHlcValue);
  if (!value) return std::unexpected(value.error());
  return *value ? std::stoll(**value) : 0;
}

std::string id_text(const std::string& device, std::int64_t n) {
  return fmt::format("{}.{}", device, n);
}

// Wherever in an event they stand.
void rename_ids(Json& value, const std::map<std::string, std::string>& renamed) {
  if (value.is_string()) {
    const auto found = renamed.find(value.get_ref<const std::string&>());
    if (found != renamed.end()) value = found->second;
  } else if (value.is_structured()) {
    for (Json& part : value) rename_ids(part, renamed);
  }
}

}  // namespace

EventLog::EventLog(Journal journal, std::shared_ptr<Identity> identity, std::function<WallTime()> now,
                   std::string library)
    : identity_(std::move(identity)),
      now_(std::move(now)),
      library_(std::move(library)),
      journal_(std::move(journal)) {}

Result<std::shared_ptr<EventLog>> EventLog::open(const std::filesystem::path& database,
                                                 std::shared_ptr<Identity> identity,
                                                 std::function<WallTime()> now, std::string library) {
  auto journal = Journal::open(database);
  if (!journal) return std::unexpected(journal.error());
  return std::shared_ptr<EventLog>(
      new EventLog(std::move(*journal), std::move(identity), std::move(now), std::move(library)));
}

Result<Appended> EventLog::append(std::vector<Json> events) {
  Appended appended;
  {
    auto journal = journal_.lock();
    MEANWHILE_TRY(journal->transaction([&] { return append_all(*journal, std::move(events), appended); }));
  }
  tell_listener();
  return appended;
}

Result<Appended> EventLog::append_within(Journal& journal, std::vector<Json> events) {
  Appended appended;
  MEANWHILE_TRY(append_all(journal, std::move(events), appended));
  return appended;
}

Result<void> EventLog::take_over(EventLog& from) {
  std::vector<std::string> ids;
  std::vector<Json> events;
  MEANWHILE_TRY(from.for_each([&](const std::string& device, const Json& event) -> Result<void> {
    ids.push_back(id_text(device, *integer_member(event, "n")));
    events.push_back(event);
    for (const char* given : {"n", "hlc", "at"}) events.back().erase(given);
    return {};
  }));
  {
    auto journal = journal_.lock();
    const auto work = [&] {
      return append_once(*journal, "took over " + from.library(), ids, std::move(events));
    };
    MEANWHILE_TRY(journal->transaction(work));
  }
  tell_listener();
  return {};
}

// ids: the events' own, where they were said first.
Result<void> EventLog::append_once(Journal& journal, const std::string& name,
                                   const std::vector<std::string>& ids, std::vector<Json> events) {
  const auto before = journal.value(name);
  if (!before || *before) return before ? Result<void>() : std::unexpected(before.error());
  const auto device = current_device(journal);
  if (!device) return std::unexpected(device.error());
  const auto first = next_number(journal, device->id());
  if (!first) return std::unexpected(first.error());
  std::map<std::string, std::string> renamed;
  for (std::size_t i = 0; i < ids.size(); ++i)
    renamed[ids[i]] = id_text(device->id(), *first + static_cast<std::int64_t>(i));
  for (Json& event : events) rename_ids(event, renamed);
  Appended appended;
  MEANWHILE_TRY(append_all(journal, std::move(events), appended));
  return journal.set_value(name, "1");
}

Result<void> EventLog::append_all(Journal& journal, std::vector<Json> events, Appended& appended) {
  const auto device = current_device(journal);
  if (!device) return std::unexpected(device.error());
  auto n = next_number(journal, device->id());
  if (!n) return std::unexpected(n.error());
  auto hlc = last_hlc(journal);
  if (!hlc) return std::unexpected(hlc.error());
  for (const Json& event : events) {
    MEANWHILE_TRY(check_event(event));
    const WallTime now = now_();
    *hlc = next_hlc(*hlc, now);
    Json whole = numbered(event, *n, *hlc, now);
    const std::string text = to_text(whole);
    if (text.size() > kLargestEventBytes)
      return fail(ErrorCode::InvalidArgument, tr("this is too long to be shared"));
    MEANWHILE_TRY(journal.prepare("INSERT INTO events(device, n, hlc, json) VALUES(?, ?, ?, ?)")
                      .bind(device->id())
                      .bind(*n)
                      .bind(*hlc)
                      .bind(text)
                      .run());
    appended.last = {device->id(), (*n)++};
    appended.events.push_back(std::move(whole));
  }
  return journal.set_value(kHlcValue, std::to_string(*hlc));
}

// Another process, or another library, may have found a fork and made a new key: its log is the one to write
// on.
Result<Identity::Device> EventLog::current_device(Journal& journal) {
  const auto written = journal.value(kDeviceValue);
  if (!written) return std::unexpected(written.error());
  Identity::Device device = identity_->device();
  if (*written == device.id()) return device;
  auto reloaded = identity_->reload_device();
  if (!reloaded) return reloaded;
  MEANWHILE_TRY(journal.set_value(kDeviceValue, reloaded->id()));
  MEANWHILE_TRY(journal
                    .prepare("INSERT OR IGNORE INTO logs(device, first_used) VALUES(?, "
                             "(SELECT count(*) FROM logs))")
                    .bind(reloaded->id())
                    .run());
  return reloaded;
}

Result<void> EventLog::for_each(const std::function<Result<void>(const std::string&, const Json&)>& visit) {
  std::vector<std::pair<std::string, std::string>> events;
  {
    auto journal = journal_.lock();
    auto query = journal->prepare(
        "SELECT events.device, json FROM events JOIN logs USING(device) ORDER BY first_used, n");
    auto row = query.step();
    for (; row && *row; row = query.step()) events.emplace_back(query.text(0), query.text(1));
    if (!row) return std::unexpected(row.error());
  }
  for (const auto& [device, text] : events) {
    const auto event = parse_json(text);
    if (!event) return fail(tr("reading the journal"), event.error());
    MEANWHILE_TRY(visit(device, *event));
  }
  return {};
}

Result<void> EventLog::observe(Hlc hlc) {
  if (is_wrong_hlc(hlc, now_())) return {};
  auto journal = journal_.lock();
  return journal->transaction([&]() -> Result<void> {
    const auto last = last_hlc(*journal);
    if (!last) return std::unexpected(last.error());
    if (hlc <= *last) return {};
    return journal->set_value(kHlcValue, std::to_string(hlc));
  });
}

Result<bool> EventLog::is_stored(const EventId& event) {
  const auto present = present_id(event);
  if (!present) return std::unexpected(present.error());
  auto journal = journal_.lock();
  auto query = journal->prepare(
      "SELECT seq IS NOT NULL AND seq <= head_seq FROM events JOIN logs USING(device) "
      "WHERE device = ? AND n = ?");
  const auto row = query.bind(present->device).bind(present->n).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) {
    return fail(ErrorCode::NotFound,
                tr_format("there is no event {}.{} in the journal", event.device, event.n));
  }
  return query.integer(0) != 0;
}

Result<EventId> EventLog::present_id(EventId event) {
  auto journal = journal_.lock();
  while (true) {
    auto query = journal->prepare("SELECT to_device, to_n FROM moved WHERE device = ? AND n = ?");
    const auto row = query.bind(event.device).bind(event.n).step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return event;
    event = {query.text(0), query.integer(1)};
  }
}

Result<std::int64_t> EventLog::last_number() {
  auto journal = journal_.lock();
  auto query = journal->prepare("SELECT coalesce(max(n), 0) FROM events WHERE device = ?");
  const auto row = query.bind(identity_->device().id()).step();
  if (!row) return std::unexpected(row.error());
  return query.integer(0);
}

Result<std::int64_t> EventLog::waiting() {
  auto journal = journal_.lock();
  auto query = journal->prepare(
      "SELECT count(*) FROM events JOIN logs USING(device) WHERE seq IS NULL OR seq > head_seq");
  MEANWHILE_TRY(query.step());
  return query.integer(0);
}

void EventLog::set_listener(std::function<void()> listener) {
  *listener_.lock() = std::move(listener);
}

void EventLog::tell_listener() {
  const std::function<void()> listener = listener_.copy();
  if (listener) listener();
}

}  // namespace meanwhile
