#include "media/speech/speech_engine.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/speech/pocketsphinx_engine.h"
#include "media/speech/whisper_engine.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> kNames = {"whisper", "pocketsphinx"};
constexpr const char* kUsualProgram = "whisper-cli";

bool is_program(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

// Empty: there is none.
fs::path find_program(const std::string& name) {
  if (name.contains('/')) return is_program(name) ? fs::path(name) : fs::path();
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "";
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    const fs::path program = fs::path(folder) / name;
    if (!folder.empty() && is_program(program)) return program;
    rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
  }
  return {};
}

SpeechEngine find_whisper(const SpeechTools& tools) {
  const std::string name = tools.program.empty() ? kUsualProgram : tools.program;
  const bool is_built_in = tools.program.empty() && has_whisper_library();
  SpeechEngine engine{.kind = SpeechEngineKind::Whisper,
                      .program = is_built_in ? fs::path() : find_program(name),
                      .model = tools.model};
  std::error_code error;
  if (engine.program.empty() && !is_built_in)
    engine.trouble = tr_format("There is no program {} here; it is part of whisper.cpp.", display_line(name));
  else if (engine.model.empty())
    engine.trouble = tr("It has no model yet: `meanwhile captions model add` takes one.");
  else if (!fs::is_regular_file(engine.model, error))
    engine.trouble = tr_format("Its model {} isn't there any more.", display_line(engine.model.string()));
  return engine;
}

SpeechEngine find_pocketsphinx() {
  SpeechEngine engine{
      .kind = SpeechEngineKind::Pocketsphinx, .model = pocketsphinx_model(), .is_draft = true};
  std::error_code error;
  if (engine.model.empty())
    engine.trouble = tr("This build of Meanwhile hasn't got it.");
  else if (!fs::is_directory(engine.model, error))
    engine.trouble = tr("Its model for English isn't installed: Debian's package pocketsphinx-en-us has it.");
  return engine;
}

bool knows(const SpeechEngine& engine, std::string_view language) {
  if (engine.kind != SpeechEngineKind::Pocketsphinx) return true;
  return language.empty() || language.substr(0, language.find('-')) == "en";
}

}  // namespace

std::string_view speech_engine_name(SpeechEngineKind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<SpeechEngine> speech_engines(const SpeechTools& tools) {
  return {find_whisper(tools), find_pocketsphinx()};
}

Result<SpeechEngine> choose_engine(const std::vector<SpeechEngine>& engines, std::string_view name,
                                   std::string_view language) {
  if (!name.empty() && std::ranges::find(kNames, name) == kNames.end())
    return fail(ErrorCode::InvalidArgument,
                tr_format("No speech engine is called '{}': there are whisper and pocketsphinx.",
                          display_line(name)));
  std::string trouble;
  for (const SpeechEngine& engine : engines) {
    if (!name.empty() && speech_engine_name(engine.kind) != name) continue;
    if (engine.trouble.empty() && knows(engine, language)) return engine;
    if (!trouble.empty()) trouble += " ";
    trouble += std::string(speech_engine_name(engine.kind)) + ": " +
               (engine.trouble.empty() ? tr("It knows English only.") : engine.trouble);
  }
  return fail(ErrorCode::Unsupported, tr_format("Nothing here can write down what is said. {}", trouble));
}

}  // namespace meanwhile
