#include "app/library/index.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/index_rows.h"
#include "app/library/index_schema.h"
#include "app/library/index_tables.h"
#include "app/library/index_writer.h"
#include "app/library/merge.h"
#include "app/library/replacing.h"
#include "app/library/sqlite.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/verified_batch.h"

namespace meanwhile {
AuthoredEvents authored_events(const VerifiedBatch& batch) {
  return {batch.device, batch.person, batch.person_name, {batch.events.begin(), batch.events.end()}};
}

Index::Index(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Index::~Index() = default;

Result<std::unique_ptr<Index>> Index::open(const std::filesystem::path& file, std::string me) {
  auto opened = open_index_file(file, me, [&](SqliteFile& made, std::vector<OlderEvents> older) {
    std::vector<AuthoredEvents> events;
    for (OlderEvents& of : older)
      events.push_back(
          {std::move(of.device), std::move(of.person), std::move(of.person_name), std::move(of.events)});
    return IndexWriter(made, me).take(events);
  });
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

Result<ApplyReport> Index::apply(std::span<const AuthoredEvents> batches) {
  std::lock_guard lock(tables_->mutex);
  IndexWriter writer(*tables_->file, tables_->me);
  MEANWHILE_TRY(tables_->file->transaction([&] { return writer.take(batches); }));
  return writer.report();
}

Result<std::vector<EventId>> Index::replaced_by(const EventBody& body) {
  if (!replaces_anything(body)) return std::vector<EventId>{};
  std::lock_guard lock(tables_->mutex);
  const auto events = load_events(*tables_->file, subject_of({}, tables_->me, body));
  if (!events) return std::unexpected(events.error());
  return meanwhile::replaced_by(*events, tables_->me, body);
}

Result<void> apply_batches(Index& index, std::span<const VerifiedBatch> batches) {
  std::vector<AuthoredEvents> events;
  for (const VerifiedBatch& batch : batches) events.push_back(authored_events(batch));
  auto applied = index.apply(events);
  if (!applied) return std::unexpected(applied.error());
  return {};
}

}  // namespace meanwhile
