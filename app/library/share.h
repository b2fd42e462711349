// A clip that people outside the library see: by a link, as a file that was sent, or on a page beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "media/base/identifier.h"

namespace meanwhile {

// Link: an address that anybody can open. File: one that holds everything. Page: it lies in the library's
// place, for those who may read there.
enum class ShareForm { Link, File, Page };
std::string_view share_form_name(ShareForm form);
std::optional<ShareForm> parse_share_form(std::string_view name);

// What a password gave, so that any member can make the page again; the password itself is nowhere.
struct SharePassword {
  std::string salt;  // base64 of 16 bytes
  std::int64_t rounds = 0;
  std::string key;  // base64 of 32 bytes
  bool operator==(const SharePassword&) const = default;
};

struct ShareTerms {
  std::string share;  // its id: 130 bits of chance, as new_share_id() gives it
  ShareForm form = ShareForm::Link;
  std::optional<WallTime> until = {};  // nullopt: nobody has set an end
  bool takes_answers = true;
  // Base64 of the X25519 secret key (32 bytes) to which guests seal what they say; "": they don't. Only in
  // sealed libraries, where members alone read it.
  std::string answers_key = {};
  std::string secret = {};  // base64 of the 16 bytes that stand after "#k=" in the page's address; "": none
  std::optional<SharePassword> password = {};
  std::string base = {};  // the address under which a web server shows the library's folder; "": none
  bool operator==(const ShareTerms&) const = default;
};

std::string new_share_id();
bool is_share_id(std::string_view text);

struct Share {
  ShareTerms terms;
  std::string clip;
  std::string person;  // who made it
  std::string person_name;
  WallTime made{};
  bool is_off = false;

  // Neither ended by somebody nor past its end.
  bool is_open(WallTime now) const { return !is_off && (!terms.until || now < *terms.until); }
};

}  // namespace meanwhile
