#include "app/cli/readers_language.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "app/languages/languages.h"
#include "app/library/home.h"
#include "app/library/settings.h"

namespace meanwhile {
namespace {

constexpr const char* kVariable = "MEANWHILE_LANGUAGE";

// What --help says is in a language already, so this is looked for before the command line is understood.
std::optional<std::filesystem::path> home_named_in(std::span<const char* const> arguments) {
  constexpr std::string_view kOption = "--home";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == kOption && i + 1 < arguments.size()) return arguments[i + 1];
    if (argument.starts_with("--home=")) return argument.substr(kOption.size() + 1);
  }
  return std::nullopt;
}

std::string language_set(int argc, const char* const* argv) {
  if (const auto named = read_environment(kVariable); named && !named->empty()) return *named;
  const auto file = Home::settings_file_of(home_named_in({argv, std::size_t(argc)}));
  // What is wrong with the settings is said by whoever uses them.
  std::error_code error;
  if (!file || !std::filesystem::exists(*file, error)) return {};
  return language_in_settings(*file);
}

}  // namespace

void speak_readers_language(int argc, const char* const* argv) {
  use_language(choose_language(language_set(argc, argv), read_environment), read_environment);
}

}  // namespace meanwhile
