// What a home remembers of a sealed library, in a file of its own.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "upload/seal/membership.h"
#include "upload/seal/object_seal.h"

namespace meanwhile {

struct SealMemory {
  std::map<std::string, SealSecret> secrets;  // by id
  MemberDocuments documents;                  // all that were seen, whatever they prove
  std::set<std::string> settled;              // as Membership takes it
  // Secrets, by id, of a list of members that was given up for another: what was sealed with them here may be
  // read by nobody there.
  std::set<std::string> given_up = {};

  bool operator==(const SealMemory&) const = default;

  void add(const SealMemory& other);

  // The secrets one after the other, and back again. What isn't as long as some secrets adds none.
  std::vector<unsigned char> all_secrets() const;
  void add_secrets(std::span<const unsigned char> bytes, const std::set<std::string>& proven);
};

// A file that isn't there yet remembers nothing. Errors: Corrupt, PermissionDenied, Io.
Result<SealMemory> load_seal_memory(const std::filesystem::path& file);

// What is believed of the members is forgotten, so that it can be learned anew; the secrets stay. Errors: as
// save_seal_memory().
Result<void> forget_members(const std::filesystem::path& file);

// Adds to what the file remembers: another process may have learned something else. Durable; only the owner
// may read it. Errors: NoSpace, PermissionDenied, Io; Corrupt (the file).
Result<void> save_seal_memory(const std::filesystem::path& file, const SealMemory& memory);

}  // namespace meanwhile
