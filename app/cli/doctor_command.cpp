#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <expected>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/tried_device.h"
#include "app/encoders.h"
#include "app/libraries/library_session.h"
#include "app/library/format.h"
#include "app/library/home.h"
#include "app/library/settings.h"
#include "app/speech/clip_transcriber.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/devices.h"
#include "media/play/decoding_place.h"
#include "media/speech/speech_engine.h"
#include "media/speech/speech_trial.h"
#include "upload/probe.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kComfortableFreeBytes = 2'000'000'000;

// One thing that was looked at. advice: what to do, when it isn't well.
struct Finding {
  const char* what = "";  // tr_later
  bool is_well = true;
  std::string found;
  std::string advice;
  bool loses = false;  // what is said or recorded, on its way to others
};

Finding look_at_devices(const std::vector<Device>& devices, DeviceKind kind, const char* what,
                        const char* advice) {
  const auto count = std::ranges::count(devices, kind, &Device::kind);
  Finding finding{.what = what, .is_well = count > 0, .found = tr_in("devices", "none"), .advice = advice};
  if (count == 0) return finding;
  const auto first = std::ranges::find_if(
      devices, [&](const Device& device) { return device.kind == kind && device.is_default; });
  const auto any = std::ranges::find(devices, kind, &Device::kind);
  const Device& used = *(first != devices.end() ? first : any);
  const auto others = static_cast<std::uint64_t>(count - 1);
  finding.found = used.name;
  if (others > 0) {
    // TRANSLATORS: {0} is a device's name, {1} how many others there are.
    finding.found = tr_count(others, "{0} and {1} more", "{0} and {1} more", used.name, others);
  }
  if (const auto tried = try_device(used); !tried) {
    finding.is_well = false;
    finding.found += "; " + tried.error().message;
    finding.advice = tr("close other programs that use it, check its cable, or choose another one");
  }
  return finding;
}

// Never a fault: the processor can always do it.
Finding look_at_encoders() {
  std::string working;
  for (const EncoderFinding& encoder : look_for_encoders()) {
    if (encoder.works) working += (working.empty() ? "" : ", ") + encoder.words;
  }
  const bool is_used = !encoder_to_use().empty();
  Finding finding{.what = tr_later("encoder")};
  if (working.empty()) {
    finding.found = tr("the processor (libx264); no graphics hardware that encodes H.264");
  } else if (is_used) {
    // TRANSLATORS: {} is a list of encoders, such as "VAAPI, NVENC".
    finding.found = tr_format("{}; MEANWHILE_ENCODER=software leaves it to the processor", working);
  } else {
    // TRANSLATORS: {} is a list of encoders, such as "VAAPI, NVENC".
    finding.found = tr_format("the processor, as MEANWHILE_ENCODER says; {} would work", working);
  }
  return finding;
}

// Where others' updates are decoded: what they hold is anybody's.
Finding look_at_decoders() {
  const DecodingPlace place = look_at_decoding();
  Finding finding{.what = tr_later("decoding"),
                  .advice = tr("update the system's kernel; play only updates of people you trust")};
  if (!place.is_apart) {
    finding.is_well = false;
    finding.found = tr("in this program, not in a process of its own");
    finding.advice = tr("unset MEANWHILE_DECODER; systems other than Linux can't do better yet");
  } else if (!place.trouble.empty()) {
    finding.is_well = false;
    finding.found = place.trouble;
    finding.advice = tr("updates can't be played until a decoder can be started");
  } else if (!place.has_seccomp) {
    finding.is_well = false;
    finding.found = place.has_landlock
                        ? tr("in a process of its own, without files (landlock), but this kernel has no "
                             "seccomp to keep it from networks")
                        : tr("in a process of its own, but this kernel has neither seccomp nor landlock");
  } else {
    finding.found = place.has_landlock
                        ? tr("in a process of its own, without files and networks (seccomp, landlock)")
                        : tr("in a process of its own, without files and networks (seccomp; this kernel has "
                             "no landlock)");
  }
  return finding;
}

std::string trial_words(const SpeechEngine& engine, const SpeechTrial& trial) {
  const std::string_view name = speech_engine_name(engine.kind);
  if (!trial.had_voice) return tr_format("{} starts; no espeak-ng is here to try it with a voice", name);
  // TRANSLATORS: {0} is a program's name, such as whisper, {1} a number.
  return engine.is_draft ? tr_format("{0} heard {1} of 5 words (English, draft quality)", name, trial.words)
                         : tr_format("{0} heard {1} of 5 words", name, trial.words);
}

// Without an engine nothing is wrong: captions can be taken from files.
Finding look_at_speech(const Application& application, const Settings& settings) {
  Finding finding{.what = tr_later("captions"),
                  .advice = tr("see `meanwhile captions engine`, or take another with --engine")};
  const auto engine = choose_engine(engines_of(application.home(), settings), "", "");
  if (!engine) {
    finding.found = tr("nothing here can hear words; captions come from files");
    return finding;
  }
  const auto trial = try_speech_engine(*engine, application.home().cache() / "speech", {});
  finding.is_well = trial && (trial->words > 0 || !trial->had_voice);
  finding.found = trial ? trial_words(*engine, *trial) : trial.error().message;
  return finding;
}

Finding look_at_disk(const Home& home) {
  auto free = free_space(home.takes());
  if (!free)
    return {.what = tr_later("disk"),
            .is_well = false,
            .found = free.error().message,
            .advice = tr("check the home folder")};
  return {.what = tr_later("disk"),
          .is_well = *free > kComfortableFreeBytes,
          // TRANSLATORS: {0} is a size such as 12 GB, {1} a folder.
          .found = tr_format("{0} free for recordings in {1}", format_size(*free), home.takes().string()),
          .advice = tr("make room: a recording needs 5 to 60 MB a minute")};
}

Finding look_at_library(LibrarySession& library) {
  Finding finding{.what = tr_later("library"), .is_well = false};
  const auto probed = probe_storage(library.storage(), {});
  if (!probed) {
    finding.found = probed.error().message;
    return finding;
  }
  for (const std::string& trouble : probed->troubles)
    finding.found += (finding.found.empty() ? "" : "; ") + trouble;
  finding.is_well = probed->troubles.empty();
  if (finding.is_well) finding.found = library.description() + " " + describe_steps(probed->done);
  finding.loses = !probed->losses.empty();
  if (finding.loses)
    finding.advice =
        tr("use another place, or ask whoever runs this one; what you record stays here as well");
  else
    finding.advice = probed->may_store
                         ? tr("what you record and say gets there all the same")
                         : tr("what you record and say is kept here until the library takes it");
  return finding;
}

// Each of them, in their order; one that can't be opened too.
std::vector<Finding> look_at_libraries(Application& application) {
  (void)application.open_libraries();
  std::vector<Finding> findings;
  for (const std::string& url : application.library_urls()) {
    if (const Error* why = application.library_failure(url)) {
      findings.push_back({.what = tr_later("library"),
                          .is_well = false,
                          .found = url + ": " + why->message,
                          .advice = tr("see `meanwhile library --help`")});
    } else if (auto library = application.find_library(url)) {
      findings.push_back(look_at_library(*(*library)->session));
    }
  }
  return findings;
}

Result<void> run_doctor(Context& context) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  const auto devices = list_devices();
  std::vector<Finding> findings{
      look_at_devices(devices, DeviceKind::Screen, tr_later("screen"),
                      tr("log in to a desktop; under Wayland install xdg-desktop-portal and the desktop's "
                         "back end for it")),
      look_at_devices(devices, DeviceKind::Camera, tr_later("camera"),
                      tr("plug one in; a user must be in the group \"video\"")),
      look_at_devices(devices, DeviceKind::Microphone, tr_later("microphone"),
                      tr("plug one in, and check that PulseAudio or PipeWire runs")),
      look_at_encoders(),
      look_at_decoders(),
      look_at_speech(**application, (*application)->settings()),
      look_at_disk((*application)->home())};
  std::ranges::move(look_at_libraries(**application), std::back_inserter(findings));
  Json array = Json::array();
  std::string text;
  for (const Finding& finding : findings) {
    array.push_back({{"what", finding.what},
                     {"well", finding.is_well},
                     {"found", finding.found},
                     {"advice", finding.is_well ? "" : finding.advice}});
    text += fmt::format(
        "{:<4} {:<11} {}\n",
        finding.is_well ? tr_in("doctor: this is well", "ok") : tr_in("doctor: look at this", "look"),
        tr(finding.what), finding.found);
    if (!finding.is_well) text += fmt::format("                 {}\n", finding.advice);
  }
  context.print({{"findings", array}}, text);
  const auto losing = std::ranges::find_if(findings, &Finding::loses);
  if (losing == findings.end()) return {};
  return fail(ErrorCode::Unavailable, losing->found);
}

}  // namespace

void add_doctor_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand(
      "doctor", tr("Looks at devices, encoders, decoding, captions, disk and library, says what to do"));
  auto name = make_options<std::string>();
  command->add_option("--try-encoder", *name,
                      tr("Only tries this one (h264_vaapi, …): exit status 0 if it works"));
  run_on_parse(command, context, [name](Context& given) -> Result<void> {
    if (name->empty()) return run_doctor(given);
    return try_encoder(*name);
  });
}

}  // namespace meanwhile
