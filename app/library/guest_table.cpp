#include "app/library/guest_table.h"

#include <algorithm>
#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <string>

#include "app/library/events.h"
#include "app/library/guest_document.h"
#include "app/library/hash.h"
#include "app/library/index_rows.h"
#include "app/library/merge.h"
#include "app/library/person_name.h"
#include "app/library/sqlite.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

// The earlier of two that carry the same word: (sort, created), so that the order of arrival doesn't matter.
constexpr const char* kTakeWord = R"sql(
INSERT INTO guest_words VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET sort = excluded.sort, created = excluded.created
WHERE (excluded.sort, excluded.created) < (guest_words.sort, guest_words.created)
)sql";

}  // namespace

Result<void> GuestTable::take(const LoggedEvent& carrier, const GuestEvent& event,
                              std::set<std::string>& touched) {
  const GuestDocument& said = *event.said;
  touched.insert("guest:" + said.guest);
  // The guest's clock says when they wrote; that it can't have been later than this is all that we know of
  // it.
  const WallTime created = std::min(said.at, carrier.created);
  for (const GuestWord& word : said.words) {
    const std::string json = to_text(word.event);
    const std::string subject = subject_of(word.id, said.guest, word.body);
    touched.insert(subject);
    auto query = file_.query(kTakeWord);
    MEANWHILE_TRY(query.bind(said.guest)
                      .bind(word.id.n)
                      .bind(static_cast<std::int64_t>(fnv1a(said.clip + "\n" + json)))
                      .bind(said.clip)
                      .bind(carrier.order)
                      .bind(to_milliseconds(created))
                      .bind(subject)
                      .bind(json)
                      .run());
  }
  return {};
}

Result<void> GuestTable::note_member(const std::string& device, const std::string& person,
                                     std::set<std::string>& touched) {
  auto query = file_.query("SELECT guest, subject FROM guest_words WHERE guest IN (?, ?)");
  return query.bind(device).bind(person).each([&](SqliteQuery& row) {
    touched.insert("guest:" + row.text(0));
    touched.insert(row.text(1));
  });
}

Result<bool> GuestTable::is_member(const std::string& id) {
  auto query = file_.query("SELECT 1 FROM devices WHERE device = ?1 OR person = ?1");
  return query.bind(id).step();
}

Result<void> GuestTable::store(const std::string& guest, const Events& events) {
  const auto member = is_member(guest);
  if (!member) return std::unexpected(member.error());
  const auto merged = *member ? std::nullopt : merge_guest(events);
  if (!merged) {
    auto removal = file_.query("DELETE FROM people WHERE person = ? AND guest");
    return removal.bind(guest).run();
  }
  const std::string name = display_line(merged->name.value_or(merged->said_name));
  const bool is_known = !merged->known_by.empty();
  auto query = file_.query("INSERT OR REPLACE INTO people VALUES(?, ?, ?, ?, ?, '', '', '', '', 1, ?)");
  return query.bind(guest)
      .bind(guest_name(shown_name(name, guest, 1), is_known))
      .bind(name)
      .bind(name_skeleton(name))
      .bind(merged->since)
      .bind(is_known ? std::optional(merged->known_by) : std::nullopt)
      .run();
}

}  // namespace meanwhile
