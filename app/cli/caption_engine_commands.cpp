// captions engine, captions model: what hears words here, and with which model.
#include <fmt/format.h>

#include <cstdint>
#include <expected>
#include <string>

#include "app/application.h"
#include "app/cli/caption_parts.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/library/format.h"
#include "app/speech/clip_transcriber.h"
#include "app/speech/speech_models.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/speech/speech_engine.h"

namespace meanwhile {
namespace {

std::string quality_words(const SpeechEngine& engine) {
  return engine.is_draft ? tr("English, draft quality")
                         : tr_format("with the model {}", engine.model.stem().string());
}

Result<void> run_engine(Context& context) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto engines = engines_of((*application)->home(), (*application)->settings());
  const auto used = choose_engine(engines, "", "");
  Json document = {{"engines", Json::array()}};
  std::string text;
  for (const SpeechEngine& engine : engines) {
    const std::string name(speech_engine_name(engine.kind));
    const bool is_used = used && used->kind == engine.kind;
    document["engines"].push_back({{"name", name},
                                   {"used", is_used},
                                   {"draft_quality", engine.is_draft},
                                   {"program", engine.program.string()},
                                   {"model", engine.model.string()},
                                   {"trouble", engine.trouble}});
    text += fmt::format("{:<4} {:<12} {}\n",
                        is_used                  ? tr_in("what hears words, a model", "used")
                        : engine.trouble.empty() ? tr_in("what hears words: it can work", "ok")
                                                 : tr_in("what hears words: it can't work", "no"),
                        name, engine.trouble.empty() ? quality_words(engine) : engine.trouble);
  }
  text +=
      used ? tr("The first that can work is used; --engine takes another.\n") : used.error().message + "\n";
  context.print(document, text);
  return {};
}

Result<void> run_model_list(Context& context) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto folder = speech_models_folder((*application)->home());
  const auto used = model_to_use(folder, (*application)->settings().speech_model);
  Json document = {{"models", Json::array()}, {"known", Json::array()}};
  std::string text;
  for (const SpeechModel& model : models_in(folder)) {
    document["models"].push_back({{"name", model.name},
                                  {"bytes", model.bytes},
                                  {"file", model.path.string()},
                                  {"used", model.path == used}});
    text +=
        fmt::format("{:<4} {}  {}\n", model.path == used ? tr_in("what hears words, a model", "used") : "",
                    model.name, format_size(model.bytes));
  }
  if (text.empty()) text = tr("There is no model here yet.\n");
  text += tr(
      "Models of whisper.cpp whose files are recognised, by the sizes of their files (.en: English only):\n");
  for (const KnownModel& model : known_models()) {
    document["known"].push_back({{"name", model.name}, {"megabytes", model.megabytes}, {"sha1", model.sha1}});
    text += fmt::format("     ggml-{}.bin  {} MB\n", model.name, model.megabytes);
  }
  text += tr(
      "whisper.cpp's page on its models says where they are; `meanwhile captions model add` takes a file or "
      "an address.\n");
  context.print(document, text);
  return {};
}

Result<void> run_model_add(Context& context, const std::string& file_or_url) {
  const EndAtSignal end(context.last_call);
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const PercentLine percent(tr("taking the model"));
  const auto added = add_model(
      speech_models_folder((*application)->home()), file_or_url,
      {.on_size = [](std::uint64_t bytes) { say_line(tr_format("The model has {}", format_size(bytes))); },
       .on_progress = [&](double done) { percent.show(done); }},
      end.token());
  if (!added) return std::unexpected(added.error());
  context.print(
      {{"name", added->model.name},
       {"bytes", added->model.bytes},
       {"sha1", added->sha1},
       {"known", added->known != nullptr}},
      added->known != nullptr
          ? tr_format("Added {}: it is whisper.cpp's model {}.\n", added->model.name, added->known->name)
          : tr_format("Added {}: an unknown model, whose bytes nobody here can vouch for.\n",
                      added->model.name));
  return {};
}

}  // namespace

void add_caption_engine_commands(CLI::App& captions, Context& context) {
  auto* engine =
      captions.add_subcommand("engine", tr("Says what hears words here, what would be used, and why"));
  run_on_parse(engine, context, run_engine);
  auto* model = captions.add_subcommand("model", tr("The models for whisper.cpp that are here"));
  model->require_subcommand(1);
  auto* list = model->add_subcommand("list", tr("Lists them, and those that are known"));
  run_on_parse(list, context, run_model_list);
  auto* add = model->add_subcommand(
      "add", tr("Takes one from a file, or from an address (goes on where it broke off)"));
  auto what = make_options<std::string>();
  add->add_option("model", *what, tr("The file, or an address that begins with https://"))
      ->required()
      ->type_name("FILE|URL");
  run_on_parse(add, context, [what](Context& used) { return run_model_add(used, *what); });
}

}  // namespace meanwhile
