// Models for whisper.cpp that this person has: files in one folder of the home.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/result.h"

namespace meanwhile {

// As whisper.cpp's models/README.md lists them, with the SHA-1 that stands there.
struct KnownModel {
  std::string_view name;  // "base.en"
  std::string_view sha1;
  int megabytes = 0;
};
std::span<const KnownModel> known_models();
// nullptr: whoever knows what it is.
const KnownModel* known_model(std::string_view sha1);

struct SpeechModel {
  std::string name;  // of the file, without ".bin"
  std::filesystem::path path;
  std::uint64_t bytes = 0;
};
// By name.
std::vector<SpeechModel> models_in(const std::filesystem::path& folder);
// The one of that name; of several that don't say which, the largest: it hears best. Empty: there is none.
std::filesystem::path model_to_use(const std::filesystem::path& folder, std::string_view name);

struct TakenModel {
  SpeechModel model;
  std::string sha1;
  const KnownModel* known = nullptr;  // nullptr: it is none of those above
};

struct ModelCalls {
  // Before the first byte is taken.
  std::function<void(std::uint64_t bytes)> on_size = [](std::uint64_t) {};
  // From 0 to 1.
  std::function<void(double)> on_progress = [](double) {};
};

// Copies a file there, or fetches one, going on where an earlier try was cut off. What calls itself one of
// the known models and isn't is refused. Blocks. Errors: InvalidArgument (no model of whisper.cpp; its name),
// Corrupt (damaged), NotFound, NoSpace, Io, Unavailable, Unsupported (its server can't send parts), Aborted.
Result<TakenModel> add_model(const std::filesystem::path& folder, const std::string& file_or_url,
                             const ModelCalls& calls, const std::stop_token& stop);

}  // namespace meanwhile
