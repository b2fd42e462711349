#include "app/library/index_schema.h"

#include <fmt/format.h>
#include <unicode/uvernum.h>

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/library/sqlite.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// Raised with every change of the tables, of the merge rules, of what a search folds, and of the event types
// that are understood: the index is then built again from the events.
constexpr int kSchemaVersion = 22;
// Another ICU may break and fold words otherwise than the one that filled the index.
constexpr int kFileVersion = kSchemaVersion * 1000 + U_ICU_VERSION_MAJOR_NUM;

// events is everything that ever came, unknown types too; all other tables but captions*, released and signs
// follow from it (merge.h) and from devices. Times: wall clock in ms, moments in us, sort: see
// LoggedEvent::order. subject: NULL for what isn't understood. comments.clip: NULL while a reply waits for
// its parent; a reply's root is the comment that its thread starts with. devices.first: its first event's
// LoggedEvent::order. people.name: as everybody is shown it, no two the same (person_name.h); said: as they
// said it; since: the order of the first event by which they had a name that looks so. people.guest: they
// only have a share's link; known: the member who said whose words a guest's are. comments.guest_clip: of a
// guest's, the only clip that it may be about. guest_words: what stands in the documents of `guest` events,
// a row a word, with sort and created of the earliest event that carries it. comments.media stays
// when a comment is deleted: what it names is still no update of its own. ask, ask_by, ask_all: of an ask.
// resolved, channels.archived: by whom; NULL: it isn't.
// addressed: who is mentioned or asked (AddressedAs). reads: comments that the person of this file has read.
// clips from `mine` on: how the clip stands in the inbox of the person of this file (clip_places.h). tallies
// counts clips by what lists are made of; its triggers keep it true. shares.terms: the event that holds.
// clips.duration: what there is to watch, as its author arranged it; recorded_length: as it was recorded;
// timeline: how far moments may go, as what was joined lies behind that.
// clips.additions: additions_text (index_rows.h); spoken: caption_version of it. captions_told: the version
// whose lines are in captions.
constexpr const char* kTables = R"sql(
CREATE TABLE events(device TEXT, n INTEGER, variant INTEGER, person TEXT, sort INTEGER, created INTEGER, subject TEXT,
                    json TEXT, PRIMARY KEY(device, n, variant)) WITHOUT ROWID;
CREATE INDEX events_by_subject ON events(subject) WHERE subject IS NOT NULL;
CREATE TABLE devices(device TEXT PRIMARY KEY, person TEXT, name TEXT, first INTEGER) WITHOUT ROWID;
CREATE INDEX devices_by_person ON devices(person);
CREATE TABLE people(person TEXT PRIMARY KEY, name TEXT, said TEXT, skeleton TEXT, since INTEGER, time_zone TEXT,
                    hours TEXT, days TEXT, away TEXT, guest INTEGER, known TEXT) WITHOUT ROWID;
CREATE INDEX people_by_skeleton ON people(skeleton, guest, since, person);
CREATE TABLE guest_words(guest TEXT, n INTEGER, variant INTEGER, clip TEXT, sort INTEGER, created INTEGER, subject TEXT,
                         json TEXT, PRIMARY KEY(guest, n, variant)) WITHOUT ROWID;
CREATE INDEX guest_words_by_subject ON guest_words(subject);
CREATE TABLE channels(channel TEXT PRIMARY KEY, name TEXT, archived TEXT) WITHOUT ROWID;
CREATE TABLE clips(clip TEXT PRIMARY KEY, person TEXT, device TEXT, title TEXT, channel TEXT, duration INTEGER,
                   recorded INTEGER, published INTEGER, sort INTEGER, manifest TEXT, tracks TEXT, live INTEGER,
                   morning INTEGER, pauses INTEGER, description TEXT, chapters TEXT, edited INTEGER, additions TEXT, spoken TEXT,
                   recorded_length INTEGER, timeline INTEGER, version INTEGER,
                   mine INTEGER, shelf INTEGER, rank INTEGER, seen INTEGER,
                   comments INTEGER, fresh INTEGER, answers INTEGER, asks INTEGER, last_answer INTEGER,
                   last_ask INTEGER) WITHOUT ROWID;
CREATE INDEX clips_by_person ON clips(person, sort);
CREATE INDEX clips_spoken ON clips(sort DESC) WHERE spoken <> '';
CREATE INDEX clips_live ON clips(sort DESC) WHERE live = 1;
CREATE TABLE trash(clip TEXT PRIMARY KEY, person TEXT, title TEXT, channel TEXT, duration INTEGER, published INTEGER,
                   deleted INTEGER, manifest TEXT) WITHOUT ROWID;
CREATE TABLE comments(device TEXT, n INTEGER, ordinal INTEGER, person TEXT, clip TEXT, root_device TEXT,
                      root_n INTEGER, parent_device TEXT, parent_n INTEGER, at INTEGER, until INTEGER, text TEXT,
                      created INTEGER, sort INTEGER, edited INTEGER, resolved TEXT, deleted INTEGER,
                      drawing TEXT, media TEXT, ask INTEGER, ask_by INTEGER, ask_all INTEGER, copy_of TEXT, guest_clip TEXT, made_on INTEGER,
                      PRIMARY KEY(device, n, ordinal)) WITHOUT ROWID;
CREATE INDEX comments_by_clip ON comments(clip, deleted, person, sort, ask) WHERE clip IS NOT NULL;
CREATE INDEX comments_by_parent ON comments(parent_device, parent_n) WHERE parent_device IS NOT NULL;
CREATE INDEX comments_by_root ON comments(root_device, root_n, person);
CREATE INDEX comments_by_media ON comments(media, person) WHERE media IS NOT NULL;
CREATE INDEX comments_by_ask ON comments(ask, person) WHERE ask IS NOT NULL;
CREATE TABLE addressed(person TEXT, how INTEGER, device TEXT, n INTEGER,
                       PRIMARY KEY(person, how, device, n)) WITHOUT ROWID;
CREATE INDEX addressed_by_comment ON addressed(device, n, how);
CREATE TABLE reactions(clip TEXT, person TEXT, at INTEGER, name TEXT, PRIMARY KEY(clip, person, at)) WITHOUT ROWID;
CREATE TABLE watched(clip TEXT, person TEXT, ranges TEXT, covered INTEGER, stopped INTEGER, version INTEGER,
                     PRIMARY KEY(clip, person)) WITHOUT ROWID;
CREATE TABLE reads(device TEXT, n INTEGER, PRIMARY KEY(device, n)) WITHOUT ROWID;
CREATE TABLE archives(clip TEXT PRIMARY KEY, archived INTEGER, sort INTEGER) WITHOUT ROWID;
CREATE TABLE shares(share TEXT PRIMARY KEY, clip TEXT, person TEXT, made INTEGER, off INTEGER, terms TEXT) WITHOUT ROWID;
CREATE TABLE signs(clip TEXT PRIMARY KEY, part INTEGER, alive INTEGER, looked INTEGER) WITHOUT ROWID;
CREATE TABLE released(clip TEXT PRIMARY KEY, at INTEGER) WITHOUT ROWID;
CREATE TABLE captions(id INTEGER PRIMARY KEY, clip TEXT, at INTEGER, until INTEGER, text TEXT);
CREATE INDEX captions_by_clip ON captions(clip);
CREATE TABLE captions_told(clip TEXT PRIMARY KEY, version TEXT) WITHOUT ROWID;
CREATE TABLE fetched(clip TEXT, person TEXT, at INTEGER, PRIMARY KEY(clip, person)) WITHOUT ROWID;
CREATE TABLE texts(id INTEGER PRIMARY KEY, kind INTEGER, owner TEXT, n INTEGER, UNIQUE(kind, owner, n));
CREATE VIRTUAL TABLE title_words USING fts5(body, tokenize="ascii", prefix='1 2 3 4');
CREATE VIRTUAL TABLE person_words USING fts5(body, tokenize="ascii", prefix='1 2 3 4');
CREATE VIRTUAL TABLE comment_words USING fts5(body, tokenize="ascii", prefix='1 2 3 4');
CREATE VIRTUAL TABLE caption_words USING fts5(body, tokenize="ascii", prefix='1 2 3 4');
CREATE TABLE state(revision INTEGER, me TEXT);
INSERT INTO state VALUES(0, '');
)sql";

// Each order of a list, of all clips and of a channel's. What lists are filtered by stands at the end, so
// that none has to look at the clips that it leaves out.
constexpr const char* kListIndexes = R"sql(
CREATE INDEX clips_inbox ON clips(shelf, rank, sort DESC, clip DESC, seen, mine);
CREATE INDEX clips_answered ON clips(channel, shelf, rank, answers)
  WHERE shelf = 0 AND rank < 2 AND answers > 0;
CREATE INDEX clips_newest ON clips(shelf, sort DESC, clip DESC, seen, mine, duration);
CREATE INDEX clips_longest ON clips(shelf, duration DESC, sort DESC, clip DESC, seen, mine);
CREATE INDEX clips_discussed ON clips(shelf, comments DESC, sort DESC, clip DESC, seen, mine);
CREATE INDEX channel_inbox ON clips(channel, shelf, rank, sort DESC, clip DESC, seen, mine);
CREATE INDEX channel_newest ON clips(channel, shelf, sort DESC, clip DESC, seen, mine);
CREATE INDEX channel_longest ON clips(channel, shelf, duration DESC, sort DESC, clip DESC, seen, mine);
CREATE INDEX channel_discussed ON clips(channel, shelf, comments DESC, sort DESC, clip DESC, seen, mine);
)sql";

constexpr const char* kTallies = R"sql(
CREATE TABLE tallies(channel TEXT, shelf INTEGER, rank INTEGER, seen INTEGER, mine INTEGER, clips INTEGER,
                     length INTEGER, pauses INTEGER, PRIMARY KEY(channel, shelf, rank, seen, mine)) WITHOUT ROWID;
CREATE TRIGGER clip_comes AFTER INSERT ON clips BEGIN
  INSERT INTO tallies VALUES(new.channel, new.shelf, new.rank, new.seen, new.mine, 1, new.duration,
                             new.pauses)
    ON CONFLICT DO UPDATE SET clips = clips + 1, length = length + excluded.length, pauses = pauses + excluded.pauses;
END;
CREATE TRIGGER clip_goes AFTER DELETE ON clips BEGIN
  UPDATE tallies SET clips = clips - 1, length = length - old.duration, pauses = pauses - old.pauses WHERE channel = old.channel
    AND shelf = old.shelf AND rank = old.rank AND seen = old.seen AND mine = old.mine;
  DELETE FROM tallies WHERE clips = 0 AND channel = old.channel AND shelf = old.shelf AND rank = old.rank
    AND seen = old.seen AND mine = old.mine;
END;
CREATE TRIGGER clip_moves AFTER UPDATE OF shelf, rank, seen, mine ON clips BEGIN
  INSERT INTO tallies VALUES(new.channel, new.shelf, new.rank, new.seen, new.mine, 1, new.duration,
                             new.pauses)
    ON CONFLICT DO UPDATE SET clips = clips + 1, length = length + excluded.length, pauses = pauses + excluded.pauses;
  UPDATE tallies SET clips = clips - 1, length = length - old.duration, pauses = pauses - old.pauses WHERE channel = old.channel
    AND shelf = old.shelf AND rank = old.rank AND seen = old.seen AND mine = old.mine;
  DELETE FROM tallies WHERE clips = 0 AND channel = old.channel AND shelf = old.shelf AND rank = old.rank
    AND seen = old.seen AND mine = old.mine;
END;
)sql";

Result<std::vector<std::string>> table_names(SqliteFile& file) {
  std::vector<std::string> names;
  auto query = file.query(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
      "AND name NOT LIKE 'words\\_%' ESCAPE '\\' AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\'");
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) { names.push_back(row.text(0)); }));
  return names;
}

Result<void> drop_tables(SqliteFile& file) {
  auto names = table_names(file);
  if (!names) return std::unexpected(names.error());
  for (const std::string& name : *names) {
    MEANWHILE_TRY(file.execute(fmt::format("DROP TABLE \"{}\"", name).c_str()));
  }
  return {};
}

Result<bool> is_usable(SqliteFile& file, const std::string& me) {
  auto version = file.integer("PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  if (*version != kFileVersion) return false;
  auto query = file.query("SELECT me FROM state");
  auto row = query.step();
  if (!row) return row;
  return *row && query.text(0) == me;
}

// The same events make the same picture, by whatever rules: so one that was made by others needs no network
// to be made anew. Tables that aren't as they are now give none: it comes from the library then.
std::vector<OlderEvents> events_of_older(SqliteFile& file, const std::string& me) {
  std::vector<OlderEvents> all;
  const auto whose = file.query("SELECT me FROM state WHERE me = ?").bind(me).step();
  if (!whose || !*whose) return all;
  auto query = file.query(
      "SELECT events.device, events.person, coalesce(devices.name, ''), json FROM events "
      "LEFT JOIN devices USING(device) ORDER BY events.device, n, variant");
  const auto read = query.each([&](SqliteQuery& row) {
    auto event = parse_json(row.text(3));
    if (!event) return;
    if (all.empty() || all.back().device != row.text(0))
      all.push_back({row.text(0), row.text(1), row.text(2), {}});
    all.back().events.push_back(std::move(*event));
  });
  if (!read) all.clear();
  return all;
}

Result<void> make_tables(SqliteFile& file, const std::string& me, const RefillIndex& refill) {
  auto usable = is_usable(file, me);
  if (!usable) return std::unexpected(usable.error());
  if (*usable) return {};  // another process was faster
  auto older = events_of_older(file, me);
  MEANWHILE_TRY(drop_tables(file));
  for (const char* sql : {kTables, kListIndexes, kTallies}) MEANWHILE_TRY(file.execute(sql));
  MEANWHILE_TRY(file.query("UPDATE state SET me = ?").bind(me).run());
  MEANWHILE_TRY(file.execute(fmt::format("PRAGMA user_version = {}", kFileVersion).c_str()));
  return older.empty() ? Result<void>() : refill(file, std::move(older));
}

Result<std::unique_ptr<SqliteFile>> try_open(const std::filesystem::path& path, const std::string& me,
                                             const RefillIndex& refill) {
  auto opened = SqliteFile::open(path);
  if (!opened) return opened;
  // synchronous=FULL, as SqliteFile has it: what apply() took over counts as read from then on, so it must
  // survive a power cut.
  SqliteFile& file = **opened;
  MEANWHILE_TRY(file.execute("PRAGMA cache_size = -16000"));
  // A round of sync writes more than SQLite's 1,000 pages, and would copy all of them at once each time.
  MEANWHILE_TRY(file.execute("PRAGMA wal_autocheckpoint = 4000"));
  auto usable = is_usable(file, me);
  if (!usable) return std::unexpected(usable.error());
  if (!*usable) MEANWHILE_TRY(file.transaction([&] { return make_tables(file, me, refill); }));
  return opened;
}

}  // namespace

Result<std::unique_ptr<SqliteFile>> open_index_file(const std::filesystem::path& path, const std::string& me,
                                                    const RefillIndex& refill) {
  auto file = try_open(path, me, refill);
  if (file || file.error().code != ErrorCode::Corrupt) return file;
  MEANWHILE_TRY(remove_index_file(path));
  return try_open(path, me, refill);
}

Result<void> remove_index_file(const std::filesystem::path& file) {
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::error_code error;
    std::filesystem::remove(file.string() + ending, error);
    if (error)
      return std::unexpected(
          error_from_errno(error.value(), tr_format("removing the index {}", file.string())));
  }
  return {};
}

}  // namespace meanwhile
