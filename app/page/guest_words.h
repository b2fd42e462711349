// What guests said on the pages of shares, on its way into the library: opened, checked, and said again by a
// member. The format: app/library/FORMAT.md, "Guest words".
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/library/events.h"
#include "app/library/guest_document.h"
#include "app/library/index.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {

// A share whose page takes answers.
struct OpenShare {
  std::string id;
  std::string clip;
  std::optional<WallTime> until = {};  // nullopt: nobody has set an end
  // X25519: opens what guests sealed; nullopt: they don't seal it.
  std::optional<std::array<unsigned char, 32>> secret = {};
  bool has_place = true;  // answers may lie beside its page; else they come by chat and mail alone
};

// Why something isn't taken up.
enum class Refused {
  TooLarge,
  Forged,     // not signed by the guest, not sealed to the share, or no document at all
  Elsewhere,  // for another share or clip than it came by
  Repeated,   // all of its words are here
  Flood,      // more than a share brings in a day
  Newer,      // another version of the program reads it
  Ended,      // by a link that was turned off, or of a library that isn't here
};
constexpr std::size_t kRefusals = 7;
// In files and JSON: "large", "forged".
std::string_view refusal_name(Refused why);

// One document that came by this share, sealed or not. Errors: Corrupt (as Forged), Unsupported (Newer),
// InvalidArgument (Elsewhere).
Result<GuestEvent> guest_event_of(std::span<const std::byte> bytes, const OpenShare& share);
Refused refusal_of(const Error& error);

// What came in.
struct TakenUp {
  struct Guest {
    std::string name;
    WordCounts counts;
  };
  std::map<std::string, Guest> guests;  // by id
  std::map<Refused, int> refused;

  void add(const GuestDocument& document);
  bool is_nothing() const { return guests.empty() && refused.empty(); }
};
// "3 comments from Sam (guest)", "1 reply from Sam (guest), 2 comments from Kim (guest)"; "Nothing new".
std::string taken_up_words(const TakenUp& taken);
// "2 were here already, 1 is too long"; "": nothing was.
std::string refused_words(const std::map<Refused, int>& refused);

// {"taken": [{"guest", "name", "comments", "replies", "reactions"}], "refused": {"repeated": 2}}
Json json_of(const TakenUp& taken);

// Whether the index has all of a document's words already.
Result<bool> is_known(Index& index, const GuestDocument& document);

}  // namespace meanwhile
