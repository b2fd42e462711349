// Dispatch: everything else is in cli/ and application.h.

#include <chrono>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/context.h"
#include "app/cli/readers_language.h"
#include "app/cli/usage.h"
#include "app/logging.h"
#include "app/platform/last_call.h"
#include "app/platform/standard_streams.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/logging.h"
#include "media/play/decoding_place.h"
#include "media/speech/speech_process.h"

namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

// 0 done, 1 failed (one line why, and what to do), 2 wrong usage.
int exit_status(const meanwhile::Result<void>& result) {
  if (result) return 0;
  std::fprintf(stderr, "meanwhile: %s\n", result.error().message.c_str());
  return result.error().code == meanwhile::ErrorCode::InvalidArgument ? kWrongUsage : kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  if (const auto status = meanwhile::run_if_decoder(argc, argv)) return *status;
  if (const auto status = meanwhile::run_if_speech(argc, argv)) return *status;
  // The processes above say what they say in English; who started them translates it.
  meanwhile::speak_readers_language(argc, argv);
  meanwhile::keep_standard_streams();
  meanwhile::decode_apart("/proc/self/exe");
  meanwhile::log_to_spdlog();
  meanwhile::route_libav_messages();
  meanwhile::LastCall last_call;  // first: it watches the rest go
  meanwhile::Context context(last_call);
  CLI::App cli(meanwhile::tr("Meanwhile: updates with screen and face, for people who work apart in time."),
               "meanwhile");
  meanwhile::add_command_line(cli, context);
  meanwhile::translate_cli_words(cli);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return cli.exit(help);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "meanwhile: %s\n", meanwhile::usage_sentence(cli, error).c_str());
    return kWrongUsage;
  }
  const int status = exit_status(context.action(context));
  // Nobody waits any more; a thread that is known to hang won't be waited for either.
  last_call.begin(context.is_hung() ? std::chrono::milliseconds(0) : meanwhile::kLongestEnd, status);
  return status;
}
