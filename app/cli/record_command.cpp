#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <expected>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/record_keys.h"
#include "app/cli/recorded_reply.h"
#include "app/cli/terminal_keys.h"
#include "app/cli/usage.h"
#include "app/cli/views.h"
#include "app/cli/words.h"
#include "app/encoders.h"
#include "app/libraries/known_libraries.h"
#include "app/libraries/secrets.h"
#include "app/library/format.h"
#include "app/library/settings.h"
#include "app/platform/stop_signal.h"
#include "app/sending/take_sender.h"
#include "media/base/clock.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/capture_options.h"
#include "media/record/recorder.h"
#include "media/record/take_summary.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

constexpr std::chrono::milliseconds kProgressInterval{250};
// With a person at the keys, who expects an answer at once.
constexpr std::chrono::milliseconds kKeyInterval{80};

struct RecordOptions {
  RecordSettings devices;
  std::string duration;
  int countdown = 0;
  PublishRequest publication;
  bool publish = false;
  bool is_live = false;
  bool clean_sound = false;
  bool no_wait = false;
  WordOptions reply;  // target: a comment or a clip, with `at`; "": it is no answer
};

// false: the person gave up.
bool count_down(int seconds, StopSignal& stop) {
  for (; seconds > 0; --seconds) {
    say_line(tr_format("recording in {}", seconds));
    if (stop.wait_for(std::chrono::seconds(1))) return false;
  }
  return true;
}

// Says what ails a track each time that it begins to, and when it is well again.
class HealthTeller {
 public:
  // What there is to say now.
  std::vector<std::string> tell(const std::vector<TrackReport>& tracks) {
    std::vector<std::string> sentences;
    for (const TrackReport& track : tracks) {
      // Seen twice in a row: whoever was stopped, and goes on now, sees what is long over.
      if (std::exchange(seen_[track.kind], track.health) != track.health) continue;
      if (std::exchange(states_[track.kind], track.health) == track.health) continue;
      if (is_worth_a_warning(track.health)) {
        said_.insert(track.health_sentence);
        sentences.push_back(track.health_sentence);
      } else if (track.health == TrackHealth::Good) {
        sentences.push_back(
            // TRANSLATORS: {0} is "The camera", "The microphone" or the like, {1} the device's name.
            tr_format("{} ({}) is as it should be again.", source_words_first(track.kind), track.device));
      }
    }
    return sentences;
  }
  // It was said here, or will be at the next look.
  bool has_to_say(const std::string& sentence, const std::vector<TrackReport>& tracks) const {
    return said_.contains(sentence) ||
           std::ranges::count(tracks, sentence, &TrackReport::health_sentence) > 0;
  }

 private:
  std::map<TrackKind, TrackHealth> seen_;
  std::map<TrackKind, TrackHealth> states_;  // as told; Good at first
  std::set<std::string> said_;
};

// A terminal may be gone: that is no reason to stop.
void show(const std::string& text) {
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

const char* state_word(const RecordStatus& status) {
  if (status.state == RecordState::Paused) return tr_in("a recording", "paused");
  return status.is_muted ? tr_in("a microphone", "muted") : "";
}

void show_progress(const RecordStatus& status) {
  if (!::isatty(STDERR_FILENO)) return;
  constexpr int kBars = 20;
  const auto bars = static_cast<std::size_t>(std::clamp(status.voice_peak, 0.0F, 1.0F) * kBars);
  show(fmt::format("\r{}  {}  [{:<20}]  {:<6}  {} ", format_exact_moment(status.elapsed),
                   format_size(status.bytes), std::string(bars, '#'), state_word(status),
                   tr("Ctrl-C stops")));
}

// What the window's words call a button is another start here.
std::string for_terminal(std::string sentence) {
  const std::string_view press = tr(kLookAgain.data());
  if (const auto at = sentence.find(press); at != std::string::npos)
    // TRANSLATORS: In place of 'press "Look for devices again"', where there is no such button.
    sentence.replace(at, press.size(), tr("start the recording again"));
  return sentence;
}

// The progress keeps its line to itself.
void say_between_progress(const std::string& words) {
  if (::isatty(STDERR_FILENO)) show(fmt::format("\r{:<78}\r", ""));
  say_line(for_terminal(words));
}

bool is_over(RecordState state) {
  return state == RecordState::Finished || state == RecordState::Failed;
}

// All that was typed since the last look.
RecordWish obey_keys(TerminalKeys& keys, Recorder& recorder) {
  while (const auto key = keys.next()) {
    std::string words;
    const RecordWish wish = obey_record_key(*key, recorder, words);
    if (!words.empty()) say_between_progress(words);
    if (wish != RecordWish::GoOn) return wish;
  }
  return RecordWish::GoOn;
}

// Until the time is up, the person stops or discards it, or the recorder had to stop by itself.
RecordWish record_until_stopped(Recorder& recorder, std::optional<MediaTime> duration, StopSignal& stop) {
  TerminalKeys keys(STDIN_FILENO);
  if (keys.are_there()) say_line(tr(kRecordKeyHelp));
  std::size_t warnings_said = 0;
  HealthTeller health;
  RecordWish wish = RecordWish::GoOn;
  while (wish == RecordWish::GoOn) {
    const RecordStatus status = recorder.status();
    for (const std::string& sentence : health.tell(status.tracks)) say_between_progress(sentence);
    for (; warnings_said < status.warnings.size(); ++warnings_said) {
      if (!health.has_to_say(status.warnings[warnings_said], status.tracks))
        say_between_progress(status.warnings[warnings_said]);
    }
    show_progress(status);
    if (is_over(status.state)) break;
    auto wait = keys.are_there() ? kKeyInterval : kProgressInterval;
    if (duration) {
      if (status.elapsed >= *duration) break;
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*duration - status.elapsed);
      wait = std::min(wait, left);
    }
    if (stop.wait_for(wait)) break;
    wish = obey_keys(keys, recorder);
  }
  if (::isatty(STDERR_FILENO)) std::fputc('\n', stderr);
  return wish;
}

// A desktop may ask the person what to record; a signal ends that too.
Result<std::unique_ptr<Recorder>> open_recorder(const Application& application, RecordSettings settings,
                                                const Clock& clock, StopSignal& stop) {
  constexpr std::chrono::milliseconds kLook{20};
  std::stop_source stopped;
  settings.capture.state_folder = application.home().capture_state();
  settings.capture.stop = stopped.get_token();
  std::packaged_task<Result<std::unique_ptr<Recorder>>()> open(
      [&settings, &clock] { return Recorder::create(settings, clock, [] {}); });
  auto opened = open.get_future();
  const NamedThread opening("open-recorder", std::move(open));
  while (opened.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    if (stop.wait_for(kLook)) stopped.request_stop();
  }
  return opened.get();
}

// Sends what is recorded while it is recorded, once the library is open: nothing waits for that.
class EarlySending {
 public:
  EarlySending(Context& context, bool is_live) : context_(context), is_live_(is_live) {}
  // After signals were taken over: threads inherit that.
  void start() {
    opening_ = NamedThread("early-sending", [this] {
      auto library = context_.library();
      if (!library) return;
      (*library)->outbox().start();
      sender_->send_to(&(*library)->outbox(), is_live_ ? (*library)->log() : nullptr);
    });
  }
  const std::shared_ptr<TakeSender>& listener() const { return sender_; }

 private:
  Context& context_;
  const bool is_live_;
  const std::shared_ptr<TakeSender> sender_ = std::make_shared<TakeSender>();
  NamedThread opening_;  // last: waited for before the rest goes, and the library is for others again
};

// Until this returns a signal ends the recording; after it, the program: what waits to be published is kept.
Result<TakeSummary> record(Context& context, Application& application, const RecordOptions& options) {
  StopSignal stop;
  std::optional<MediaTime> duration;
  if (!options.duration.empty()) {
    auto parsed = parse_duration(options.duration);
    if (!parsed) return std::unexpected(parsed.error());
    duration = *parsed;
  }
  static const SteadyClock clock;
  RecordSettings devices = options.devices;
  devices.encoder = encoder_to_use();
  std::optional<EarlySending> sending;
  const Settings& chosen = application.settings();
  if (options.publish && (chosen.upload_while_recording || options.is_live))
    devices.listener = sending.emplace(context, options.is_live || chosen.watch_while_recording).listener();
  auto recorder = open_recorder(application, devices, clock, stop);
  if (!recorder) return std::unexpected(recorder.error());
  if (!count_down(options.countdown, stop))
    return fail(ErrorCode::Aborted, tr("stopped before the recording began"));
  MEANWHILE_TRY((*recorder)->start(application.home().takes(),
                                   {.title = options.publication.title,
                                    .channel = options.publication.channel,
                                    .clean_sound = chosen.clean_sound || options.clean_sound}));
  if (sending) sending->start();
  if (record_until_stopped(**recorder, duration, stop) == RecordWish::Discard) {
    (*recorder)->cancel();
    return fail(ErrorCode::Aborted, tr("the recording was discarded"));
  }
  auto summary = (*recorder)->finish();
  while (stop.wait_for({})) {  // asked twice is asked once
  }
  return summary;
}

Result<StoredReport> publish_take(Context& context, const std::string& clip, const RecordOptions& options) {
  if (auto all = context.libraries(); !all) return std::unexpected(all.error());
  MEANWHILE_TRY((*context.application())->publish(clip, options.publication));
  if (options.no_wait) return StoredReport{.stored = false, .reason = tr("not waited for")};
  auto library = context.library();
  if (!library) return std::unexpected(library.error());
  auto report = wait_until_stored(**library, clip);
  if (report) MEANWHILE_TRY((*context.application())->note_published());
  return report;
}

// As what it is published: an update, or an answer that hangs somewhere.
Result<StoredReport> publish_recorded(Context& context, const std::string& clip, const RecordOptions& options,
                                      const std::optional<AnswerPlace>& place) {
  if (place) return publish_answer(context, *place, clip, !options.no_wait);
  return publish_take(context, clip, options);
}

Result<std::optional<AnswerPlace>> answer_place(Context& context, const RecordOptions& options) {
  if (options.reply.target.empty()) return std::nullopt;
  auto place = find_answer_place(context, options.reply);
  if (!place) return std::unexpected(place.error());
  return std::move(*place);
}

// A library that can't be reached now is no reason not to record; one that never can is. One that is known
// was reached before.
Result<void> check_destination(const Application& application) {
  const std::string url = application.library_urls().front();
  if (find_known_library(known_libraries_file(application.home()), url)) return {};
  const auto storage =
      open_storage(url, {.missing = MissingFolder::Refuse, .find_secret = secrets_of(application.home())});
  if (storage || storage.error().code != ErrorCode::InvalidArgument) return {};
  return fail(tr("nothing was recorded, for it could not be published"), storage.error());
}

Result<void> run_record(Context& context, const RecordOptions& options) {
  auto application = context.application();
  if (!application) return std::unexpected(application.error());
  // Before a word is recorded for nobody.
  if (options.publish) MEANWHILE_TRY(check_destination(**application));
  const auto place = answer_place(context, options);
  if (!place) return std::unexpected(place.error());
  auto summary = record(context, **application, options);
  if (!summary) return std::unexpected(summary.error());
  Json document = json_of(*summary);
  std::string text = text_of(*summary);
  if (options.publish || *place) {
    auto report = publish_recorded(context, summary->clip, options, *place);
    // The take is safe on the disk, whatever became of the publishing.
    if (!report) {
      context.print(document, text);
      return fail(
          tr_format("the recording is kept as a draft, but publishing it failed; try `meanwhile publish {}`",
                    summary->clip),
          report.error());
    }
    document["published"] = report->stored;
    if (!report->stored) document["waiting"] = report->reason;
    text += report->stored ? tr("Published.") : tr_format("Not published yet: {}", report->reason);
    text += "\n";
    if (const auto library = context.library(); library && report->stored) {
      text += late_words(**library);
      add_late_sender(document, **library);
    }
  }
  context.print(document, text);
  return {};
}

}  // namespace

void add_record_command(CLI::App& cli, Context& context) {
  auto* command = cli.add_subcommand("record", tr("Records screen, camera and microphone; Ctrl-C stops"));
  auto options = make_options<RecordOptions>();
  const char* spec = "default | none | SPEC";
  command->add_option("--screen", options->devices.screen, tr("The screen, as `meanwhile devices` names it"))
      ->type_name(spec)
      ->check(such_as({"default", "none"}));
  command
      ->add_option("--camera", options->devices.camera,
                   tr("The camera; also file:PATH, lavfi:GRAPH, ffmpeg:FORMAT:INPUT"))
      ->type_name(spec)
      ->check(such_as({"default", "none"}));
  command->add_option("--mic", options->devices.microphone, tr("The microphone; also file:, lavfi:, ffmpeg:"))
      ->type_name(spec)
      ->check(such_as({"default", "none"}));
  command->add_flag("--system-audio", options->devices.system_audio, tr("Also what the loudspeaker plays"));
  command->add_flag("--clean-sound", options->clean_sound,
                    tr("Hum and noise are taken off the voice when it is played"));
  command->add_option("--fps", options->devices.frames_per_second, tr("Pictures a second"))
      ->type_name("NUMBER")
      ->check(whole_number(1, 60));
  command
      ->add_option("--max-width", options->devices.capture.most_width,
                   tr("Wider screens and windows are scaled down to this"))
      ->type_name("PIXELS")
      ->capture_default_str()
      ->check(whole_number(kLeastMostWidth, kLargestMostWidth));
  command->add_option("--for", options->duration, tr("Stop after this long: 8s, 2m, 90"))
      ->type_name("DURATION");
  command->add_option("--countdown", options->countdown, tr("Count down before recording"))
      ->type_name("SECONDS")
      ->check(whole_number(0, 60));
  command->add_option("--title", options->publication.title, tr("The clip's title"));
  command->add_option("--channel", options->publication.channel, tr("The channel to publish in"));
  auto* publish = command->add_flag("--publish", options->publish, tr("Publish it when it is recorded"));
  auto* live =
      command->add_flag("--live", options->is_live,
                        tr("With --publish: others may watch while it is recorded, some seconds behind"));
  command
      ->add_flag(
          "--in-the-morning", options->publication.in_the_morning,
          tr("With --publish: deliver it to each person when their next working day begins, not at once"))
      ->needs(publish)
      ->excludes(live);
  auto* target =
      command->add_option("--reply-to", options->reply.target,
                          tr("Publishes it as an answer to this comment, or to a clip, with --at"));
  target->type_name("ID")->excludes("--publish");
  command->add_option("--at", options->reply.at, tr("With --reply-to and a clip: the moment"))
      ->type_name("T")
      ->needs(target);
  command->add_flag("--no-wait", options->no_wait,
                    tr("With --publish or --reply-to: don't wait until it is stored"));
  run_on_parse(command, context, [options](Context& used) { return run_record(used, *options); });
}

}  // namespace meanwhile
