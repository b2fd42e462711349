#include "app/library/index.h"

#include <array>

#include "app/library/index_schema.h"
#include "app/library/index_tables.h"
#include "app/library/index_writer.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

// Everything that queries answer from, in an order that doesn't depend on that of arrival.
constexpr std::array<const char*, 16> kState = {
    "SELECT device, n, variant, person, sort, created, subject, json FROM events ORDER BY 1, 2, 3",
    "SELECT * FROM devices ORDER BY 1",
    "SELECT * FROM people ORDER BY 1",
    "SELECT * FROM channels ORDER BY 1",
    "SELECT * FROM clips ORDER BY 1",
    "SELECT * FROM trash ORDER BY 1",
    "SELECT * FROM comments ORDER BY 1, 2, 3",
    "SELECT * FROM addressed ORDER BY 1, 2, 3, 4",
    "SELECT * FROM reactions ORDER BY 1, 2, 3",
    "SELECT * FROM watched ORDER BY 1, 2",
    "SELECT * FROM fetched ORDER BY 1, 2",
    "SELECT * FROM archives ORDER BY 1",
    "SELECT * FROM tallies ORDER BY 1, 2, 3, 4, 5",
    "SELECT owner, body FROM texts JOIN title_words w ON w.rowid = texts.id WHERE kind = 0 ORDER BY 1",
    "SELECT owner, body FROM texts JOIN person_words w ON w.rowid = texts.id WHERE kind = 1 ORDER BY 1",
    "SELECT owner, n, body FROM texts JOIN comment_words w ON w.rowid = texts.id WHERE kind = 2 ORDER BY 1, "
    "2"};

// Values with their lengths, so that no two different rows look alike.
void append_row(std::string& all, const SqliteQuery& row) {
  for (int column = 0; column < row.columns(); ++column) {
    const std::string value = row.text(column);
    all += row.is_null(column) ? "-" : std::to_string(value.size()) + ":" + value;
  }
  all += '\n';
}

}  // namespace

AuthoredEvents authored_events(const VerifiedBatch& batch) {
  return {batch.device, batch.person, batch.person_name, {batch.events.begin(), batch.events.end()}};
}

Index::Index(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Index::~Index() = default;

Result<std::unique_ptr<Index>> Index::open(const std::filesystem::path& file, std::string me) {
  auto opened = open_index_file(file, me);
  if (!opened) return std::unexpected(std::move(opened).error());
  return std::unique_ptr<Index>(new Index(std::make_unique<Tables>(std::move(*opened), std::move(me))));
}

Result<void> Index::remove(const std::filesystem::path& file) {
  return remove_index_file(file);
}

Result<bool> Index::is_empty() {
  std::lock_guard lock(tables_->mutex);
  auto any = tables_->file->integer("SELECT EXISTS(SELECT 1 FROM events)");
  if (!any) return std::unexpected(std::move(any).error());
  return *any == 0;
}

Result<std::int64_t> Index::revision() {
  std::lock_guard lock(tables_->mutex);
  return tables_->file->integer("SELECT revision FROM state");
}

Result<ApplyReport> Index::apply(std::span<const AuthoredEvents> batches, WallTime seen) {
  std::lock_guard lock(tables_->mutex);
  IndexWriter writer(*tables_->file, tables_->me, seen);
  const auto write = [&]() -> Result<void> {
    for (const AuthoredEvents& batch : batches) MEANWHILE_TRY(writer.log(batch));
    return writer.merge();
  };
  MEANWHILE_TRY(tables_->file->transaction(write));
  return writer.report();
}

Result<std::string> Index::state_hash() {
  std::lock_guard lock(tables_->mutex);
  std::string hashes;
  for (const char* sql : kState) {
    std::string rows;
    auto query = tables_->file->query(sql);
    MEANWHILE_TRY(query.each([&](SqliteQuery& row) { append_row(rows, row); }));
    hashes += sha256_hex(as_byte_span(rows));
  }
  return sha256_hex(as_byte_span(hashes));
}

Result<void> apply_batches(Index& index, std::span<const VerifiedBatch> batches, WallTime seen) {
  std::vector<AuthoredEvents> events;
  for (const VerifiedBatch& batch : batches) events.push_back(authored_events(batch));
  auto applied = index.apply(events, seen);
  if (!applied) return std::unexpected(applied.error());
  return {};
}

}  // namespace meanwhile
