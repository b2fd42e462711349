#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <expected>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/usage.h"
#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/find_clip.h"
#include "app/library/format.h"
#include "app/library/link.h"
#include "app/platform/stop_signal.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "media/export/exporter.h"
#include "media/play/arranged_track.h"
#include "media/record/take.h"

namespace meanwhile {
namespace {

constexpr std::chrono::milliseconds kPercentInterval{200};
constexpr int kLeastExportWidth = 160;
constexpr int kLargestExportWidth = 7680;

struct ExportCommandOptions {
  std::string clip;
  std::filesystem::path out;
  std::string layout;  // "": as its author arranged it, side by side where they didn't
  bool no_clicks = false;
  bool captions = false;
  int max_width = ExportOptions{}.max_width;
  int version = 0;          // 0: the last
  std::string clean_sound;  // "": as its author wants it
};

// A published clip, or a take that isn't published yet.
Result<OpenedClip> open_clip_or_take(Context& context, const std::string& reference, int version) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  auto libraries = context.libraries();
  if (!libraries) return std::unexpected(libraries.error());
  const auto link = parse_clip_reference(reference);
  if (!link) return std::unexpected(link.error());
  const ClipStore& clips = *libraries->front()->clips;
  const std::vector<Take> drafts = (*application)->unpublished_takes();
  if (std::ranges::find(drafts, link->clip, &Take::clip) != drafts.end()) return clips.open_take(link->clip);
  const auto found = find_clip(context, reference, Fresh::First);
  const bool is_draft =
      link->clip == "latest" && !drafts.empty() && (!found || drafts.back().clip > found->clip.id);
  if (is_draft) return clips.open_take(drafts.back().clip);
  if (found && version != 0) {
    const auto earlier = found->library->clips->earlier_version(found->clip, version, {});
    if (!earlier) return std::unexpected(earlier.error());
    return found->library->clips->open(*earlier, {});
  }
  if (found) return found->library->clips->open(found->clip, {});
  // Published in a library that isn't in use any more: what was recorded is here.
  auto take = clips.open_take(link->clip);
  return take ? std::move(take) : std::unexpected(found.error());
}

Result<std::vector<VttCue>> captions_of(const OpenedClip& clip, Application& application) {
  const auto library = application.library_of(clip.clip);
  if (!library) {
    auto track = read_captions(application.home().takes() / clip.clip);
    if (!track) return std::unexpected(track.error());
    return std::move(track->cues);
  }
  const auto captions = read_captions(*(*library)->clips, clip, {});
  if (!captions) return std::unexpected(captions.error());
  if (!captions->trouble.empty()) say_line(captions->trouble);
  const CaptionTrack* track = track_in(*captions, application.settings().caption_language);
  if (track == nullptr)
    return fail(ErrorCode::NotFound, tr("the clip has no captions: `meanwhile captions` adds some"));
  return track->cues;
}

// Exports on a thread of its own, so that this one can wait for Ctrl-C.
Result<void> export_while_watching(const OpenedClip& clip, const std::filesystem::path& out,
                                   ExportOptions options, StopSignal& stop) {
  if (clip.kept) {
    options.from = clip.kept->from;
    options.to = clip.kept->to;
  }
  std::atomic<double> progress = 0;
  std::atomic<bool> is_done = false;
  Result<void> result;
  NamedThread worker("export", [&](std::stop_token token) {
    result = export_clip(clip.media, out, options, [&](double done) { progress = done; }, token);
    is_done = true;
  });
  while (!is_done) {
    if (stop.wait_for(kPercentInterval)) worker.request_stop();
    if (::isatty(STDERR_FILENO)) std::fprintf(stderr, "\r%s %3.0f %% ", tr("exporting"), progress * 100);
  }
  worker.join();
  if (::isatty(STDERR_FILENO)) std::fputc('\n', stderr);
  return result;
}

Result<void> run_export(Context& context, const ExportCommandOptions& options) {
  StopSignal stop;
  const std::optional<Layout> layout =
      options.layout.empty() ? Layout::SideBySide : parse_layout(options.layout);
  if (!layout) return fail(ErrorCode::InvalidArgument, tr_format("no layout is called '{}'", options.layout));
  auto opened = open_clip_or_take(context, options.clip, options.version);
  if (!opened) return std::unexpected(opened.error());
  if (!opened->trouble.empty()) say_line(opened->trouble);
  if (!options.clean_sound.empty()) opened->media.sound.is_clean = options.clean_sound == "on";
  const bool clicks = context.opened->settings().highlight_clicks && !options.no_clicks;
  std::vector<VttCue> captions;
  if (options.captions) {
    auto read = captions_of(*opened, *context.opened);
    if (!read) return std::unexpected(read.error());
    captions = std::move(*read);
  }
  MEANWHILE_TRY(export_while_watching(*opened, options.out,
                                      {.layout = *layout,
                                       .is_layout_chosen = !options.layout.empty(),
                                       .max_width = options.max_width,
                                       .highlight_clicks = clicks,
                                       .from = {},
                                       .to = {},
                                       .chapters = opened->chapters,
                                       .captions = std::move(captions)},
                                      stop));
  const MediaTime duration = opened->kept ? opened->kept->duration() : played_duration(opened->media);
  std::error_code error;
  const auto bytes = std::filesystem::file_size(options.out, error);
  context.print({{"file", options.out.string()}, {"bytes", bytes}, {"duration_us", duration.count()}},
                fmt::format("{}  {}\n", options.out.string(), format_size(bytes)));
  return {};
}

}  // namespace

void add_export_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("export", tr("Writes a clip or draft as one ordinary MP4"));
  auto options = make_options<ExportCommandOptions>();
  command->add_option("clip", options->clip, tr("The clip or draft"))->required();
  command->add_option("out", options->out, tr("The file to write"))->required()->type_name("OUT.mp4");
  command
      ->add_option("--layout", options->layout,
                   tr("side-by-side, screen, camera or bubble; without it as its author arranged it"))
      ->type_name("LAYOUT")
      ->check(one_of({"side-by-side", "screen", "camera", "bubble"}));
  command
      ->add_option("--clean-sound", options->clean_sound,
                   tr("on or off: take hum and noise off the voice; without it as its author chose"))
      ->type_name("ON|OFF")
      ->check(one_of({"on", "off"}));
  command->add_option("--max-width", options->max_width, tr("Wider pictures are scaled down to this"))
      ->type_name("PIXELS")
      ->capture_default_str()
      ->check(whole_number(kLeastExportWidth, kLargestExportWidth));
  command->add_option("--version", options->version, tr("An earlier version of an update that was corrected"))
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command->add_flag("--captions", options->captions, tr("With the captions, which players can show"));
  command->add_flag("--no-clicks", options->no_clicks, tr("Don't show where a button is pressed"));
  run_on_parse(command, context, [options](Context& used) { return run_export(used, *options); });
}

}  // namespace meanwhile
