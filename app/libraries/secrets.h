// Where this person's keys and passwords for libraries are kept.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/library/home.h"
#include "media/base/result.h"
#include "upload/secret.h"

namespace meanwhile {

// The environment's, else the keyring's, else that in the home's file. place: secret_place(URL).
// Errors: PermissionDenied (others may read the file: a sentence with the way out), Corrupt, Io.
Result<std::optional<Secret>> find_secret(const Home& home, const std::string& place);

// The same for whoever opens a storage; outlives home.
FindSecret secrets_of(const Home& home);

enum class KeptWhere { Keyring, File };

// In the keyring, or where there is none in the file, which nobody else may read (0600). Replaces what was
// kept for that place. Errors: NoSpace, PermissionDenied, Corrupt, Io.
Result<KeptWhere> keep_secret(const Home& home, const std::string& place, const Secret& secret);

// secrets.json of the home.
std::filesystem::path secrets_file(const Home& home);

}  // namespace meanwhile
