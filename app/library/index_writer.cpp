#include "app/library/index_writer.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <expected>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/library/addition.h"
#include "app/library/caption_table.h"
#include "app/library/clip_places.h"
#include "app/library/comment_table.h"
#include "app/library/events.h"
#include "app/library/guest_table.h"
#include "app/library/hash.h"
#include "app/library/index.h"
#include "app/library/index_rows.h"
#include "app/library/merge.h"
#include "app/library/person_name.h"
#include "app/library/ranges.h"
#include "app/library/replacing.h"
#include "app/library/sqlite.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "upload/event_batch.h"
#include "upload/hlc.h"

namespace meanwhile {
namespace {

// A hundred hours.
constexpr MediaTime kLongestTimeline{360'000'000'000};

// What the writer's own clock said, unless that is far from the clock which everybody's events corrected.
WallTime created_of(const Json& event, Hlc order) {
  const WallTime logical = wall_time(order);
  const auto at = parse_rfc3339(string_member(event, "at").value_or(""));
  if (!at || *at > logical + kLargestClockLead || *at < logical - kLargestClockLead) return logical;
  return *at;
}

// nullopt: an event without the members that every event has.
std::optional<LoggedEvent> logged(const AuthoredEvents& batch, const Json& event, const std::string& text) {
  const auto n = integer_member(event, "n");
  const auto hlc = integer_member(event, "hlc");
  if (!n || *n < 1 || !hlc) return std::nullopt;
  LoggedEvent logged;
  logged.id = {batch.device, *n};
  logged.variant = static_cast<std::int64_t>(fnv1a(text));
  logged.person = batch.person;
  logged.order = order_of(*hlc);
  logged.created = created_of(event, logged.order);
  return logged;
}

// Of those that log() takes.
Hlc first_order(const AuthoredEvents& batch) {
  Hlc first = std::numeric_limits<Hlc>::max();
  for (const Json& event : batch.events) {
    if (integer_member(event, "n").value_or(0) < 1) continue;
    if (const auto hlc = integer_member(event, "hlc")) first = std::min(first, order_of(*hlc));
  }
  return first;
}

// When a person had a name first that looks like the one they have now: who says theirs again stays the
// first.
Hlc since_when(const std::string& skeleton, const Events& events, const std::string& certified, Hlc first) {
  Hlc since = std::numeric_limits<Hlc>::max();
  if (name_skeleton(certified) == skeleton) since = first;
  for (const LoggedEvent& event : events) {
    const auto* profile = std::get_if<ProfileEvent>(&event.body);
    if (profile != nullptr && profile->name && name_skeleton(display_line(*profile->name)) == skeleton)
      since = std::min(since, event.order);
  }
  return since;
}

// What there is to watch.
MediaTime shown_length(const MergedClip& clip) {
  const Addition* arrangement = arrangement_in(clip.additions);
  const MediaTime recorded = clip.published.duration;
  return arrangement != nullptr ? arrangement->duration.value_or(recorded) : recorded;
}

// How far its moments may go: what is joined lies behind the recording's end; an earlier version may have
// been longer; a live one has no end yet.
MediaTime timeline_end(const MergedClip& clip) {
  const bool is_open =
      clip.is_live || arrangement_in(clip.additions) != nullptr || version_in(clip.additions) > 1;
  return is_open ? kLongestTimeline : clip.published.duration;
}

}  // namespace

Result<void> IndexWriter::take(std::span<const AuthoredEvents> batches) {
  for (const AuthoredEvents& batch : batches) MEANWHILE_TRY(log(batch));
  return merge();
}

Result<void> IndexWriter::log(const AuthoredEvents& batch) {
  MEANWHILE_TRY(log_device(batch));
  for (const Json& event : batch.events) MEANWHILE_TRY(log_event(batch, event));
  return {};
}

Result<void> IndexWriter::log_device(const AuthoredEvents& batch) {
  const Hlc first = first_order(batch);
  auto known =
      file_.query("SELECT 1 FROM devices WHERE device = ? AND person = ? AND name = ? AND first <= ?");
  auto row = known.bind(batch.device).bind(batch.person).bind(batch.person_name).bind(first).step();
  if (!row) return std::unexpected(row.error());
  if (*row) return {};
  touched_.try_emplace("person:" + batch.person);
  if (batch.person == me_) MEANWHILE_TRY(note_asked_clips());
  std::set<std::string> guests_words;
  MEANWHILE_TRY(GuestTable(file_).note_member(batch.device, batch.person, guests_words));
  touch(guests_words);
  auto query = file_.query(
      "INSERT INTO devices VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET person = excluded.person, "
      "name = excluded.name, first = min(first, excluded.first)");
  return query.bind(batch.device).bind(batch.person).bind(batch.person_name).bind(first).run();
}

void IndexWriter::touch(const std::set<std::string>& subjects) {
  for (const std::string& subject : subjects) touched_.try_emplace(subject);
}

// Since when this person is here decides which questions to everyone are theirs.
Result<void> IndexWriter::note_asked_clips() {
  auto query = file_.query(
      "SELECT DISTINCT clip FROM comments WHERE ask IS NOT NULL AND ask_all AND clip IS NOT NULL");
  return query.each([&](SqliteQuery& row) { moved_.insert(row.text(0)); });
}

Result<void> IndexWriter::log_event(const AuthoredEvents& batch, const Json& event) {
  const std::string text = to_text(event);
  auto logged_event = logged(batch, event, text);
  if (!logged_event) {
    ++report_.unknown;
    return {};
  }
  auto known = is_known(*logged_event);
  if (!known) return std::unexpected(known.error());
  if (*known) {
    ++report_.known;
    return {};
  }
  ++report_.applied;
  auto body = parse_event(event);
  if (!body) {
    ++report_.unknown;
    return insert_event(*logged_event, std::nullopt, text);
  }
  const std::string subject = subject_of(logged_event->id, batch.person, *body);
  MEANWHILE_TRY(insert_event(*logged_event, subject, text));
  logged_event->body = std::move(*body);
  logged_event->replaces = read_replaced(event);
  if (const auto* guest = std::get_if<GuestEvent>(&logged_event->body)) {
    std::set<std::string> words;
    MEANWHILE_TRY(GuestTable(file_).take(*logged_event, *guest, words));
    touch(words);
  }
  touched_[subject].push_back(std::move(*logged_event));
  return {};
}

Result<bool> IndexWriter::is_known(const LoggedEvent& event) {
  auto query = file_.query("SELECT variant FROM events WHERE device = ? AND n = ?");
  bool is_known = false;
  bool is_other = false;
  MEANWHILE_TRY(query.bind(event.id.device).bind(event.id.n).each([&](SqliteQuery& row) {
    (row.integer(0) == event.variant ? is_known : is_other) = true;
  }));
  report_.forked = report_.forked || (is_other && !is_known);
  return is_known;
}

Result<void> IndexWriter::insert_event(const LoggedEvent& event, const std::optional<std::string>& subject,
                                       const std::string& text) {
  auto query = file_.query("INSERT INTO events VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
  return query.bind(event.id.device)
      .bind(event.id.n)
      .bind(event.variant)
      .bind(event.person)
      .bind(event.order)
      .bind(to_milliseconds(event.created))
      .bind(subject)
      .bind(text)
      .run();
}

Result<void> IndexWriter::merge() {
  for (auto& [subject, fresh] : touched_) MEANWHILE_TRY(merge_subject(subject, std::move(fresh)));
  MEANWHILE_TRY(show_names());
  MEANWHILE_TRY(texts_.write());
  ClipPlaces places(file_, me_);
  for (const std::string& clip : moved_) MEANWHILE_TRY(places.place(clip));
  if (touched_.empty() && report_.applied == 0) return {};
  return file_.execute("UPDATE state SET revision = revision + 1");
}

// Of most subjects there is nothing but what just came, a comment for one: counting costs less than reading.
Result<Events> IndexWriter::events_about(const std::string& subject, Events fresh) {
  auto query = file_.query(
      "SELECT (SELECT count(*) FROM events WHERE subject = ?1) + "
      "(SELECT count(*) FROM guest_words WHERE subject = ?1)");
  const auto row = query.bind(subject).step();
  if (!row) return std::unexpected(row.error());
  if (query.integer(0) != std::ssize(fresh)) return load_events(file_, subject);
  std::ranges::sort(fresh, [](const LoggedEvent& a, const LoggedEvent& b) { return compare(a, b) < 0; });
  return fresh;
}

Result<void> IndexWriter::merge_subject(const std::string& subject, Events fresh) {
  auto events = events_about(subject, std::move(fresh));
  if (!events) return std::unexpected(events.error());
  const auto colon = subject.find(':');
  const std::string kind = subject.substr(0, colon);
  const std::string rest = subject.substr(colon + 1);
  if (kind == "clip") return store_clip(rest, *events);
  if (kind == "comment") return store_comment(parse_event_id(rest).value_or(EventId{}), *events);
  if (kind == "channel") return store_channel(rest, *events);
  if (kind == "guest") return store_guest(rest, *events);
  if (kind == "person") return store_person(rest, *events);
  if (kind == "share") return store_share(rest, *events);
  const auto second = rest.find(':');
  const std::string clip = rest.substr(0, second);
  const std::string person = rest.substr(second + 1);
  if (kind == "archive") return store_archive(clip, person, *events);
  if (kind == "fetched") return store_fetched(clip, person, *events);
  return kind == "react" ? store_reactions(clip, person, *events) : store_watching(clip, person, *events);
}

Result<void> IndexWriter::store_clip(const std::string& clip, const Events& events) {
  for (const char* removal : {"DELETE FROM clips WHERE clip = ?", "DELETE FROM trash WHERE clip = ?"}) {
    auto query = file_.query(removal);
    MEANWHILE_TRY(query.bind(clip).run());
  }
  auto merged = merge_clip(events);
  if (merged && merged->deleted) {
    MEANWHILE_TRY(store_deleted_clip(clip, *merged));
    merged.reset();
  }
  texts_.set({TextKind::Title, clip, 0}, merged ? merged->published_order : 0,
             merged ? merged->published.title : "");
  if (merged) MEANWHILE_TRY(store_visible_clip(clip, *merged));
  if (merged && manifest_in(merged->additions)) MEANWHILE_TRY(forget_old_captions(clip));
  return cover_again(clip, merged ? timeline_end(*merged) : MediaTime{});
}

// Those of a recording that isn't shown any more: nobody finds what was removed for good.
Result<void> IndexWriter::forget_old_captions(const std::string& clip) {
  auto old = file_.query(
      "SELECT 1 FROM captions_told t JOIN clips c ON c.clip = t.clip WHERE t.clip = ? AND t.version <> "
      "c.spoken");
  const auto are_old = old.bind(clip).step();
  if (!are_old) return std::unexpected(are_old.error());
  return *are_old ? remove_captions(file_, clip) : Result<void>();
}

Result<void> IndexWriter::store_visible_clip(const std::string& clip, const MergedClip& merged) {
  moved_.insert(clip);
  const PublishedEvent& published = merged.published;
  const auto recorded = parse_rfc3339(published.recorded);
  auto query = file_.query(
      "INSERT INTO clips VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 3, "
      "1, "
      "0, 0, "
      "0, 0, 0, 0)");
  return query.bind(clip)
      .bind(merged.person)
      .bind(merged.device)
      .bind(published.title)
      .bind(published.channel)
      .bind(shown_length(merged).count())
      .bind(to_milliseconds(recorded.value_or(merged.published_at)))
      .bind(to_milliseconds(merged.published_at))
      .bind(merged.published_order)
      .bind(published.manifest_sha256)
      .bind(tracks_text(published.tracks))
      .bind(merged.is_live ? 1 : 0)
      .bind(published.in_the_morning ? 1 : 0)
      .bind(published.pauses.count())
      .bind(published.description)
      .bind(published.chapters.empty() ? std::string() : to_text(json_of(published.chapters)))
      .bind(merged.edited ? std::optional(to_milliseconds(*merged.edited)) : std::nullopt)
      .bind(additions_text(merged.additions))
      .bind(caption_version(merged.additions))
      .bind(published.duration.count())
      .bind(timeline_end(merged).count())
      .bind(version_in(merged.additions))
      .run();
}

Result<void> IndexWriter::store_deleted_clip(const std::string& clip, const MergedClip& merged) {
  MEANWHILE_TRY(remove_captions(file_, clip));
  auto query = file_.query("INSERT INTO trash VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
  return query.bind(clip)
      .bind(merged.person)
      .bind(merged.published.title)
      .bind(merged.published.channel)
      .bind(merged.published.duration.count())
      .bind(to_milliseconds(merged.published_at))
      .bind(to_milliseconds(wall_time(*merged.deleted)))
      .bind(merged.published.manifest_sha256)
      .run();
}

Result<void> IndexWriter::store_comment(const EventId& id, const Events& events) {
  const auto comments = merge_comment(id, events);
  if (comments.empty()) {
    texts_.set({TextKind::Comment, id.device, id.n}, 0, "");
    return CommentTable(file_).remove(id, moved_);
  }
  std::string text;
  for (const MergedComment& comment : comments) {
    if (!comment.is_deleted) text += comment.versions.back() + "\n";
  }
  texts_.set({TextKind::Comment, id.device, id.n}, comments.front().order, text);
  return CommentTable(file_).store(id, comments, moved_);
}

Result<void> IndexWriter::store_channel(const std::string& channel, const Events& events) {
  const MergedChannel merged = merge_channel(events);
  MEANWHILE_TRY(note_archived(channel, !merged.archived_by.empty()));
  auto query = file_.query("INSERT OR REPLACE INTO channels VALUES(?, ?, ?)");
  return query.bind(channel)
      .bind(merged.name.value_or(channel))
      .bind(merged.archived_by.empty() ? std::nullopt : std::optional(merged.archived_by))
      .run();
}

// An archived channel takes its clips along.
Result<void> IndexWriter::note_archived(const std::string& channel, bool is_archived) {
  auto before = file_.query("SELECT 1 FROM channels WHERE channel = ? AND archived IS NOT NULL");
  auto was_archived = before.bind(channel).step();
  if (!was_archived) return std::unexpected(was_archived.error());
  if (*was_archived == is_archived) return {};
  auto query = file_.query("SELECT clip FROM clips WHERE channel = ?");
  return query.bind(channel).each([&](SqliteQuery& row) { moved_.insert(row.text(0)); });
}

Result<IndexWriter::Certified> IndexWriter::certified(const std::string& person) {
  Certified certified;
  auto name = file_.query("SELECT name FROM devices WHERE person = ? AND name <> '' ORDER BY device LIMIT 1");
  MEANWHILE_TRY(
      name.bind(person).each([&](SqliteQuery& row) { certified.name = display_line(row.text(0)); }));
  auto first = file_.query("SELECT min(first) FROM devices WHERE person = ?");
  MEANWHILE_TRY(first.bind(person).each([&](SqliteQuery& row) { certified.first = row.integer(0); }));
  return certified;
}

Result<void> IndexWriter::store_person(const std::string& person, const Events& events) {
  const ProfileEvent profile = merge_profile(events);
  const auto by_device = certified(person);
  if (!by_device) return std::unexpected(by_device.error());
  std::string name = display_line(profile.name.value_or(""));
  if (!is_visible_name(name)) name = by_device->name;
  const std::string skeleton = name_skeleton(name);
  texts_.set({TextKind::Person, person, 0}, 0, skeleton.empty() ? "" : name);
  MEANWHILE_TRY(note_skeleton(person));
  auto query = file_.query("INSERT OR REPLACE INTO people VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL)");
  query.bind(person).bind(shown_name(name, person, 1)).bind(name).bind(skeleton);
  query.bind(since_when(skeleton, events, by_device->name, by_device->first));
  MEANWHILE_TRY(query.bind(profile.time_zone.value_or(""))
                    .bind(profile.hours.value_or(""))
                    .bind(profile.days.value_or(""))
                    .bind(profile.away.value_or(""))
                    .run());
  return note_skeleton(person);
}

Result<void> IndexWriter::store_guest(const std::string& guest, const Events& events) {
  MEANWHILE_TRY(note_skeleton(guest));
  MEANWHILE_TRY(GuestTable(file_).store(guest, events));
  return note_skeleton(guest);
}

// Before and after a person's name is stored: those who share the one or the other may be shown otherwise.
Result<void> IndexWriter::note_skeleton(const std::string& person) {
  auto query = file_.query("SELECT skeleton FROM people WHERE person = ? AND skeleton <> ''");
  return query.bind(person).each([&](SqliteQuery& row) { renamed_.insert(row.text(0)); });
}

Result<void> IndexWriter::show_names() {
  for (const std::string& skeleton : renamed_) MEANWHILE_TRY(show_names_like(skeleton));
  return {};
}

Result<void> IndexWriter::show_names_like(const std::string& skeleton) {
  // No guest takes a member's name away, whoever had it first.
  std::vector<std::pair<std::string, std::string>> names;
  int place = 0;
  auto query = file_.query(
      "SELECT person, said, guest, known IS NOT NULL FROM people WHERE skeleton = ? "
      "ORDER BY guest, since, person");
  MEANWHILE_TRY(query.bind(skeleton).each([&](SqliteQuery& row) {
    const std::string name = shown_name(row.text(1), row.text(0), ++place);
    names.emplace_back(row.text(0), row.integer(2) != 0 ? guest_name(name, row.integer(3) != 0) : name);
  }));
  for (const auto& [person, name] : names) {
    auto update = file_.query("UPDATE people SET name = ? WHERE person = ?");
    MEANWHILE_TRY(update.bind(name).bind(person).run());
  }
  return {};
}

Result<void> IndexWriter::store_reactions(const std::string& clip, const std::string& person,
                                          const Events& events) {
  auto removal = file_.query("DELETE FROM reactions WHERE clip = ? AND person = ?");
  MEANWHILE_TRY(removal.bind(clip).bind(person).run());
  for (const auto& [at, name] : merge_reactions(events)) {
    auto query = file_.query("INSERT INTO reactions VALUES(?, ?, ?, ?)");
    MEANWHILE_TRY(query.bind(clip).bind(person).bind(at.count()).bind(name).run());
  }
  return {};
}

// What others put away is none of ours.
Result<void> IndexWriter::store_archive(const std::string& clip, const std::string& person,
                                        const Events& events) {
  if (person != me_) return {};
  moved_.insert(clip);
  const MergedArchive merged = merge_archive(events);
  auto query = file_.query("INSERT OR REPLACE INTO archives VALUES(?, ?, ?)");
  return query.bind(clip).bind(merged.is_archived ? 1 : 0).bind(merged.last).run();
}

Result<void> IndexWriter::store_watching(const std::string& clip, const std::string& person,
                                         const Events& events) {
  const MergedWatching merged = merge_watching(events);
  if (person == me_) {
    moved_.insert(clip);
    MEANWHILE_TRY(store_read(merged.read));
  }
  auto timeline = timeline_of(clip);
  if (!timeline) return std::unexpected(timeline.error());
  auto query = file_.query("INSERT OR REPLACE INTO watched VALUES(?, ?, ?, ?, ?, ?)");
  return query.bind(clip)
      .bind(person)
      .bind(ranges_text(merged.ranges))
      .bind(length_of(clip_to(merged.ranges, *timeline)).count())
      .bind(merged.stopped_at.value_or(MediaTime{}).count())
      .bind(merged.version)
      .run();
}

// Only one's own: what others have read is nobody's business.
Result<void> IndexWriter::store_read(const std::vector<EventId>& comments) {
  for (const EventId& id : comments) {
    auto query = file_.query("INSERT OR IGNORE INTO reads VALUES(?, ?)");
    MEANWHILE_TRY(query.bind(id.device).bind(id.n).run());
    auto clips = file_.query("SELECT clip FROM comments WHERE device = ? AND n = ? AND clip IS NOT NULL");
    MEANWHILE_TRY(
        clips.bind(id.device).bind(id.n).each([&](SqliteQuery& row) { moved_.insert(row.text(0)); }));
  }
  return {};
}

// Once is enough: the first counts.
Result<void> IndexWriter::store_fetched(const std::string& clip, const std::string& person,
                                        const Events& events) {
  if (events.empty()) return {};
  auto query = file_.query("INSERT OR REPLACE INTO fetched VALUES(?, ?, ?)");
  return query.bind(clip).bind(person).bind(to_milliseconds(events.front().created)).run();
}

Result<void> IndexWriter::store_share(const std::string& share, const Events& events) {
  const auto merged = merge_share(events);
  if (!merged) return {};
  const auto terms = to_json(ShareEvent{.clip = merged->clip, .terms = merged->terms});
  if (!terms) return std::unexpected(terms.error());
  auto query = file_.query("INSERT OR REPLACE INTO shares VALUES(?, ?, ?, ?, ?, ?)");
  return query.bind(share)
      .bind(merged->clip)
      .bind(merged->person)
      .bind(to_milliseconds(merged->made))
      .bind(merged->is_off ? 1 : 0)
      .bind(to_text(*terms))
      .run();
}

// 0 while the clip isn't there: cover_again() makes it good when it comes.
Result<MediaTime> IndexWriter::timeline_of(const std::string& clip) {
  auto query = file_.query("SELECT timeline FROM clips WHERE clip = ?");
  auto row = query.bind(clip).step();
  if (!row) return std::unexpected(row.error());
  return MediaTime(*row ? query.integer(0) : 0);
}

Result<void> IndexWriter::cover_again(const std::string& clip, MediaTime timeline) {
  std::vector<std::pair<std::string, MediaTime>> covered;
  auto query = file_.query("SELECT person, ranges FROM watched WHERE clip = ?");
  MEANWHILE_TRY(query.bind(clip).each([&](SqliteQuery& row) {
    covered.emplace_back(row.text(0), length_of(clip_to(ranges_from_text(row.text(1)), timeline)));
  }));
  for (const auto& [person, length] : covered) {
    auto update = file_.query("UPDATE watched SET covered = ? WHERE clip = ? AND person = ?");
    MEANWHILE_TRY(update.bind(length.count()).bind(clip).bind(person).run());
  }
  return {};
}

}  // namespace meanwhile
