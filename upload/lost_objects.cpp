// What a place that went back in time lost of clips that were stored there: it is sent again, as far as this
// machine still has it. Part of OutboxQueue and of Outbox::Workers.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <iterator>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "upload/log_writer.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/outbox_queue.h"
#include "upload/outbox_workers.h"
#include "upload/payload.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr const char* kAllDoubted = "all";
constexpr const char* kSentAgainName = "sent_again";

// The folder that all of them lie in.
std::string folder_of(const std::vector<ClaimedItem>& items) {
  std::string common = items.front().key;
  for (const ClaimedItem& item : items) {
    const auto differs = std::ranges::mismatch(common, item.key).in1;
    common.erase(differs, common.end());
  }
  return common.substr(0, common.rfind('/') + 1);
}

// Bytes that an older version forgot, a file that is gone or another one: nothing that could be sent.
bool is_here(const ClaimedItem& item) {
  if (const auto* bytes = std::get_if<Bytes>(&item.source)) return sha256_hex(*bytes) == item.sha256;
  const auto& range = std::get<FileRange>(item.source);
  const auto file = FileSource::open(range.path);
  if (!file) return false;
  const auto hash = Payload(**file, {range.offset, range.length}).sha256();
  return hash && *hash == item.sha256;
}

Result<std::vector<ClaimedItem>> missing_of(const std::vector<ClaimedItem>& items, Storage& storage,
                                            const std::stop_token& stop) {
  const auto objects = storage.list(folder_of(items), "", stop);
  if (!objects) return std::unexpected(objects.error());
  std::map<std::string, std::optional<std::uint64_t>> there;
  for (const ObjectInfo& object : *objects) there[object.key] = object.size_bytes;
  std::vector<ClaimedItem> missing;
  std::ranges::copy_if(items, std::back_inserter(missing), [&](const ClaimedItem& item) {
    const auto object = there.find(item.key);
    return object == there.end() || object->second.value_or(item.size_bytes) != item.size_bytes;
  });
  return missing;
}

}  // namespace

Result<std::vector<std::string>> OutboxQueue::stored_groups() {
  std::vector<std::string> groups;
  auto query = journal_.prepare(
      "SELECT name FROM groups WHERE last_event IS NOT NULL AND failure IS NULL "
      "AND NOT EXISTS(SELECT 1 FROM items WHERE grp = name AND done = 0) ORDER BY created_ms DESC");
  auto row = query.step();
  for (; row && *row; row = query.step()) groups.push_back(query.text(0));
  if (!row) return std::unexpected(row.error());
  return groups;
}

Result<std::vector<ClaimedItem>> OutboxQueue::stored_items(const std::string& group) {
  std::vector<ClaimedItem> items;
  auto query = journal_.prepare(
      "SELECT id, key, path, offset, size, bytes, sha256 FROM items AS item "
      "WHERE grp = ? AND action = 0 AND done = 1 "
      "AND NOT EXISTS(SELECT 1 FROM items WHERE key = item.key AND action = 1) ORDER BY id");
  auto row = query.bind(group).step();
  for (; row && *row; row = query.step()) {
    const auto size = static_cast<std::uint64_t>(query.integer(4));
    ClaimedItem item{.id = query.integer(0), .group = group, .key = query.text(1), .sha256 = query.text(6)};
    item.size_bytes = size;
    if (query.is_null(2))
      item.source = query.blob(5);
    else
      item.source = FileRange{query.text(2), static_cast<std::uint64_t>(query.integer(3)), size};
    items.push_back(std::move(item));
  }
  if (!row) return std::unexpected(row.error());
  return items;
}

Result<void> OutboxQueue::send_again(const std::vector<ClaimedItem>& items) {
  return journal_.transaction([&]() -> Result<void> {
    for (const ClaimedItem& item : items)
      MEANWHILE_TRY(
          journal_.prepare("UPDATE items SET done = 0, next_try_ms = 0 WHERE id = ?").bind(item.id).run());
    return {};
  });
}

Result<OutboxQueue::Doubted> OutboxQueue::doubted_objects() {
  const auto doubted = journal_.value(kObjectsDoubtedName);
  if (!doubted) return std::unexpected(doubted.error());
  if (*doubted == kAllDoubted) return Doubted::All;
  return doubted->value_or("").empty() ? Doubted::None : Doubted::Missing;
}

Result<void> OutboxQueue::send_everything_again(const std::string& reason) {
  return journal_.transaction([&]() -> Result<void> {
    const auto before = journal_.value(kSentAgainName);
    if (!before) return std::unexpected(before.error());
    if (*before == reason) return {};
    MEANWHILE_TRY(journal_.set_value(kSentAgainName, reason));
    MEANWHILE_TRY(journal_.set_value(kObjectsDoubtedName, kAllDoubted));
    const auto device = log_->current_device(journal_);
    if (!device) return std::unexpected(device.error());
    return journal_.prepare("UPDATE logs SET stored_seq = 0, head_seq = 0, certified = 0 WHERE device = ?")
        .bind(device->id())
        .run();
  });
}

Result<void> OutboxQueue::settle_doubts_of_objects() {
  return journal_.set_value(kObjectsDoubtedName, "");
}

void Outbox::Workers::run_look(const std::stop_token& stop) {
  const auto looked = look_for_lost_objects(stop);
  if (looked) note_success();
  if (!looked && !looked.error().is_control()) note_trouble(looked.error());
  {
    auto state = state_.lock();
    --state->in_flight;
    // Again later: what is missing isn't known yet.
    state->are_objects_doubted = state->are_objects_doubted || !looked;
  }
  tell_listener();
}

Result<void> Outbox::Workers::look_for_lost_objects(const std::stop_token& stop) {
  const auto groups = queue_.lock()->stored_groups();
  if (!groups) return std::unexpected(groups.error());
  for (const std::string& group : *groups) MEANWHILE_TRY(look_for_lost_objects_of(group, stop));
  return queue_.lock()->settle_doubts_of_objects();
}

Result<void> Outbox::Workers::look_for_lost_objects_of(const std::string& group,
                                                       const std::stop_token& stop) {
  const auto items = queue_.lock()->stored_items(group);
  if (!items) return std::unexpected(items.error());
  if (items->empty()) return {};
  const auto doubted = queue_.lock()->doubted_objects();
  if (!doubted) return std::unexpected(doubted.error());
  auto missing = *doubted == OutboxQueue::Doubted::All ? items : missing_of(*items, *storage_, stop);
  if (!missing) return std::unexpected(missing.error());
  const std::size_t lost = missing->size();
  std::erase_if(*missing, [](const ClaimedItem& item) { return !is_here(item); });
  if (missing->size() < lost)
    meanwhile::log(LogLevel::Warning,
                   fmt::format("{} of {} parts of {} were lost in {} and aren't on this machine any more: "
                               "`meanwhile verify {}` says which",
                               lost - missing->size(), items->size(), group, storage_->description(), group));
  return queue_.lock()->send_again(*missing);
}

}  // namespace meanwhile
