// The queries of the index about shares.
#include <expected>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/index_rows.h"
#include "app/library/index_tables.h"
#include "app/library/share.h"
#include "app/library/sqlite.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

const std::string kShareColumns =
    "SELECT s.clip, s.person, coalesce(p.name, ''), s.made, s.off, s.terms FROM shares s LEFT JOIN people p "
    "ON "
    "p.person = s.person ";
// SqliteFile keeps a prepared statement by its text's address.
const std::string kAllShares = kShareColumns + "ORDER BY s.made DESC, s.share";
const std::string kOneShare = kShareColumns + "WHERE s.share = ?";

// nullopt: only after damage.
std::optional<Share> read_share_row(SqliteQuery& row) {
  const auto json = parse_json(row.text(5));
  const auto body = json ? parse_event(*json) : fail(ErrorCode::Corrupt, "");
  if (!body || !std::holds_alternative<ShareEvent>(*body)) return std::nullopt;
  return Share{.terms = std::get<ShareEvent>(*body).terms,
               .clip = row.text(0),
               .person = row.text(1),
               .person_name = row.text(2),
               .made = wall_time(row.integer(3)),
               .is_off = row.integer(4) != 0};
}

}  // namespace

Result<std::vector<Share>> Index::shares() {
  std::lock_guard lock(tables_->mutex);
  std::vector<Share> shares;
  auto query = tables_->file->query(kAllShares.c_str());
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) {
    if (auto share = read_share_row(row)) shares.push_back(std::move(*share));
  }));
  return shares;
}

Result<Share> Index::share(std::string_view id) {
  std::lock_guard lock(tables_->mutex);
  std::optional<Share> share;
  auto query = tables_->file->query(kOneShare.c_str());
  MEANWHILE_TRY(query.bind(id).each([&](SqliteQuery& row) { share = read_share_row(row); }));
  if (!share)
    return fail(ErrorCode::NotFound, tr("there is no such share in this library: see `meanwhile shares`"));
  return std::move(*share);
}

}  // namespace meanwhile
