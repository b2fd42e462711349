#include "app/library/clip_places.h"

#include <algorithm>
#include <expected>
#include <optional>
#include <string>

#include "app/library/index_rows.h"
#include "media/base/result.h"

namespace meanwhile {
namespace {

// 0.9: people leave before the last "thank you".
constexpr const char* kKnown = R"sql(
SELECT c.person = ?2, c.person = ?2 OR (w.clip IS NOT NULL AND w.covered >= 0.9 * c.duration AND NOT c.live),
       ch.archived IS NOT NULL, coalesce(a.archived, 0), coalesce(a.sort, 0),
       c.morning AND NOT EXISTS(SELECT 1 FROM released r WHERE r.clip = c.clip),
       EXISTS(SELECT 1 FROM comments h WHERE h.media = c.clip AND h.person = c.person)
FROM clips c
LEFT JOIN watched w ON w.clip = c.clip AND w.person = ?2 AND w.version = c.version
LEFT JOIN channels ch ON ch.channel = c.channel
LEFT JOIN archives a ON a.clip = c.clip
WHERE c.clip = ?1
)sql";

// ?3 the clip is mine, ?4 I have seen it. Read is what I said I had read, and what I answered. CASE: only
// what is fresh is looked at more closely. An ask that is only to be known (2) is done once the clip was
// seen. One to everyone is to those who were there then: who had said something. A clip may have thousands of
// comments, and this is asked again whenever some came: what I said here is looked up once for all of them
// (IN), and their rows stay untouched, but for those of asks: the rest is in comments_by_clip.
constexpr const char* kWords = R"sql(
WITH own AS MATERIALIZED (SELECT parent_device, parent_n, root_device, root_n FROM comments
                          WHERE clip = ?1 AND deleted = 0 AND person = ?2)
SELECT count(*), coalesce(sum(fresh), 0), coalesce(sum(answer), 0), coalesce(sum(asked), 0),
       coalesce(max(iif(answer, sort, 0)), 0), coalesce(max(iif(asked, sort, 0)), 0) FROM (
  SELECT x.sort, x.fresh,
         CASE WHEN NOT x.fresh THEN 0
              WHEN ?3 THEN 1
              ELSE (x.device, x.n) IN (SELECT t.device, t.n FROM own o JOIN comments t
                                       ON t.root_device = o.root_device AND t.root_n = o.root_n)
                OR EXISTS(SELECT 1 FROM addressed d WHERE d.person = ?2 AND d.how = 0 AND d.device = x.device
                          AND d.n = x.n) END AS answer,
         CASE WHEN x.ask IS NULL OR x.person = ?2 OR (x.ask = 2 AND ?4) THEN 0
              WHEN (x.device, x.n) IN (SELECT root_device, root_n FROM own) THEN 0
              ELSE EXISTS(SELECT 1 FROM comments a WHERE a.device = x.device AND a.n = x.n
                          AND a.ordinal = x.ordinal AND a.resolved IS NULL
                          AND ((a.ask_all AND EXISTS(SELECT 1 FROM devices m WHERE m.person = ?2
                                                     AND m.first <= a.sort))
                               OR EXISTS(SELECT 1 FROM addressed d WHERE d.person = ?2 AND d.how = 1
                                         AND d.device = a.device AND d.n = a.n))) END AS asked
  FROM (SELECT c.device, c.n, c.ordinal, c.person, c.sort, c.ask, c.person <> ?2
               AND NOT EXISTS(SELECT 1 FROM reads d WHERE d.device = c.device AND d.n = c.n)
               AND (c.device, c.n) NOT IN (SELECT parent_device, parent_n FROM own
                                           WHERE parent_device IS NOT NULL) AS fresh
        FROM comments c WHERE c.clip = ?1 AND c.deleted = 0) x)
)sql";

}  // namespace

Result<std::optional<ClipPlaces::Known>> ClipPlaces::known(const std::string& clip) {
  auto query = file_.query(kKnown);
  auto row = query.bind(clip).bind(me_).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  const bool is_archived = query.integer(3) != 0;
  const bool is_mine = query.integer(0) != 0;
  const bool is_seen = query.integer(1) != 0;
  return Known{.is_mine = is_mine,
               .is_seen = is_seen,
               .is_away = is_archived || query.integer(2) != 0,
               .is_held = !is_mine && !is_seen && query.integer(5) != 0,
               .is_hung = query.integer(6) != 0,
               .archived = is_archived ? query.integer(4) : 0};
}

Result<ClipPlaces::Words> ClipPlaces::words(const std::string& clip, const Known& known) {
  auto query = file_.query(kWords);
  query.bind(clip).bind(me_).bind(known.is_mine ? 1 : 0).bind(known.is_seen ? 1 : 0);
  auto row = query.step();
  if (!row) return std::unexpected(row.error());
  return Words{query.integer(0), query.integer(1), query.integer(2),
               query.integer(3), query.integer(4), query.integer(5)};
}

Result<void> ClipPlaces::place(const std::string& clip) {
  const auto found = known(clip);
  if (!found) return std::unexpected(found.error());
  if (!*found) return {};
  const Known& now = **found;
  const auto said = words(clip, now);
  if (!said) return std::unexpected(said.error());
  auto update = file_.query(
      "UPDATE clips SET mine = ?, shelf = ?, rank = ?, seen = ?, comments = ?, fresh = ?, answers = ?, asks "
      "= ?, "
      "last_answer = ?, last_ask = ? WHERE clip = ?");
  update.bind(now.is_mine ? 1 : 0)
      .bind(static_cast<int>(shelf_of(now, *said)))
      .bind(static_cast<int>(rank_of(now, *said)))
      .bind(now.is_seen ? 1 : 0)
      .bind(said->comments)
      .bind(said->fresh)
      .bind(said->answers)
      .bind(said->asks);
  return update.bind(said->last_answer).bind(said->last_ask).bind(clip).run();
}

Shelf ClipPlaces::shelf_of(const Known& known, const Words& words) {
  if (known.is_hung) return Shelf::Hung;
  if (known.is_held) return Shelf::Held;
  // Whoever is asked or answered after putting a clip away finds it in the inbox again.
  const bool is_back = known.archived > 0 && std::max(words.last_answer, words.last_ask) > known.archived;
  return known.is_away && !is_back ? Shelf::Archive : Shelf::Inbox;
}

InboxRank ClipPlaces::rank_of(const Known& known, const Words& words) {
  if (words.asks > 0) return InboxRank::Asked;
  if (words.answers > 0) return InboxRank::Answered;
  return known.is_seen ? InboxRank::Rest : InboxRank::New;
}

}  // namespace meanwhile
