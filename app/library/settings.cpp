#include "app/library/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/library/text.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr int kFormat = 1;
constexpr std::uint64_t kLargestFile = 1u << 20;
constexpr std::size_t kLongestValue = 2000;  // a URL or a device's spec
constexpr std::size_t kLongestNotes = 10'000;
constexpr std::size_t kMostLibraries = 100;
constexpr double kSmallestScale = 0.5;

template <typename T>
using Names = std::array<std::pair<T, const char*>, 3>;
constexpr Names<ThemeSetting> kThemes = {
    {{ThemeSetting::System, "system"}, {ThemeSetting::Dark, "dark"}, {ThemeSetting::Light, "light"}}};
constexpr Names<ContrastSetting> kContrasts = {{{ContrastSetting::System, "system"},
                                                {ContrastSetting::Normal, "normal"},
                                                {ContrastSetting::High, "high"}}};

// Takes members over where they are as they should be, and says where they aren't.
class SettingsReader {
 public:
  SettingsReader(const Json& json, std::vector<std::string>& warnings) : json_(json), warnings_(warnings) {}

  void text(const char* name, std::string& value, std::size_t longest) {
    const auto read = string_member(json_, name);
    const bool is_good =
        read && read->size() <= longest * 4 && count_characters(*read) <= longest && is_valid_utf8(*read);
    take(name, is_good, [&] { value = *read; });
  }
  void flag(const char* name, bool& value) {
    const auto read = bool_member(json_, name);
    take(name, read.has_value(), [&] { value = *read; });
  }
  void integer(const char* name, int& value, int least, int most) {
    const auto read = integer_member(json_, name);
    take(name, read && *read >= least && *read <= most, [&] { value = static_cast<int>(*read); });
  }
  void number(const char* name, double& value, double least, double most) {
    const double read = has(name) && json_[name].is_number() ? json_[name].get<double>() : NAN;
    take(name, read >= least && read <= most, [&] { value = read; });
  }
  void texts(const char* name, std::vector<std::string>& values) {
    const Json* list = array_member(json_, name);
    bool is_good = list && list->size() <= kMostLibraries;
    std::vector<std::string> read;
    for (std::size_t i = 0; is_good && i < list->size(); ++i) {
      is_good = (*list)[i].is_string() && (*list)[i].get_ref<const std::string&>().size() <= kLongestValue;
      if (is_good) read.push_back((*list)[i].get<std::string>());
    }
    take(name, is_good, [&] { values = std::move(read); });
  }
  // parse: from the member's text to an optional value.
  template <typename T, typename Parse, typename Name>
  void named(const char* name, T& value, Parse parse, Name) {
    const auto read = parse(string_member(json_, name).value_or(""));
    take(name, read.has_value(), [&] { value = *read; });
  }

 private:
  bool has(const char* name) const { return json_.is_object() && json_.contains(name); }

  template <typename Take>
  void take(const char* name, bool is_good, Take take_over) {
    if (!has(name)) return;
    if (is_good) {
      take_over();
    } else {
      warnings_.push_back(tr_format("The setting '{}' can't be understood; its usual value is used.", name));
    }
  }

  const Json& json_;
  std::vector<std::string>& warnings_;
};

class SettingsWriter {
 public:
  explicit SettingsWriter(Json& json) : json_(json) {}

  void text(const char* name, const std::string& value, std::size_t) { json_[name] = value; }
  void flag(const char* name, bool value) { json_[name] = value; }
  void integer(const char* name, int value, int, int) { json_[name] = value; }
  void number(const char* name, double value, double, double) { json_[name] = value; }
  void texts(const char* name, const std::vector<std::string>& values) { json_[name] = values; }
  template <typename T, typename Parse, typename Name>
  void named(const char* name, const T& value, Parse, Name name_of) {
    json_[name] = name_of(value);
  }

 private:
  Json& json_;
};

template <typename T>
auto one_of(const Names<T>& names) {
  return [&names](const std::string& wanted) -> std::optional<T> {
    for (const auto& [value, name] : names)
      if (name == wanted) return value;
    return std::nullopt;
  };
}

template <typename T>
auto name_in(const Names<T>& names) {
  return [&names](T wanted) -> std::string {
    for (const auto& [value, name] : names)
      if (value == wanted) return name;
    return names.front().second;
  };
}

std::optional<std::string> parse_hours(const std::string& text) {
  return text.empty() || parse_day_hours(text) ? std::optional(text) : std::nullopt;
}

std::optional<std::string> parse_zone(const std::string& zone) {
  return zone.empty() || is_known_zone(zone) ? std::optional(zone) : std::nullopt;
}

std::optional<std::string> work_days_or_none(const std::string& text) {
  return parse_work_days(text) ? std::optional(text) : std::nullopt;
}

std::optional<std::string> days_off_or_none(const std::string& text) {
  return parse_days_off(text) ? std::optional(text) : std::nullopt;
}

std::string as_it_is(const std::string& text) {
  return text;
}

// Every member of the file, once: for what reads it and for what writes it.
template <typename Passer, typename OfSettings>
void pass_fields(Passer& pass, OfSettings& settings) {
  pass.text("name", settings.name, kLongestName);
  pass.named("time_zone", settings.time_zone, parse_zone, as_it_is);
  pass.named("hours", settings.hours, parse_hours, as_it_is);
  pass.named("work_days", settings.work_days, work_days_or_none, as_it_is);
  pass.named("days_off", settings.days_off, days_off_or_none, as_it_is);
  pass.flag("share_watching", settings.share_watching);
  pass.texts("share_watching_in", settings.share_watching_in);
  pass.texts("keep_watching_in", settings.keep_watching_in);
  pass.flag("notify", settings.notify);
  pass.text("last_here", settings.last_here, kLongestValue);
  pass.flag("greeted", settings.greeted);
  pass.texts("libraries", settings.libraries);
  pass.text("channel", settings.channel, kLongestName);
  pass.text("language", settings.language, kLongestName);
  pass.named("theme", settings.theme, one_of(kThemes), name_in(kThemes));
  pass.named("contrast", settings.contrast, one_of(kContrasts), name_in(kContrasts));
  pass.number("scale", settings.scale, 0, 4);
  pass.integer("window_width", settings.window_width, 0, 32'768);
  pass.integer("window_height", settings.window_height, 0, 32'768);
  pass.integer("window_x", settings.window_x, -65'536, 65'536);
  pass.integer("window_y", settings.window_y, -65'536, 65'536);
  pass.flag("inbox_as_list", settings.inbox_as_list);
  pass.number("volume", settings.volume, 0, 1);
  pass.number("speed", settings.speed, 0.5, 3);
  pass.named("layout", settings.layout, parse_layout, layout_name);
  pass.number("camera_share", settings.camera_share, 0, 0.7);
  pass.flag("skip_pauses", settings.skip_pauses);
  pass.flag("captions", settings.captions);
  pass.text("caption_language", settings.caption_language, kLongestName);
  pass.text("caption_second", settings.caption_second, kLongestName);
  pass.flag("transcript_beside", settings.transcript_beside);
  pass.text("speech_program", settings.speech_program, kLongestValue);
  pass.text("speech_model", settings.speech_model, kLongestName);
  pass.flag("write_down", settings.write_down);
  pass.integer("caption_size", settings.caption_size, 0, 2);
  pass.integer("caption_ground", settings.caption_ground, 0, 2);
  pass.integer("caption_place", settings.caption_place, 0, 2);
  pass.number("cache_limit_gb", settings.cache_limit_gb, 0.1, 1000);
  pass.integer("prefetch_mb", settings.prefetch_mb, 0, 1'000'000);
  pass.flag("countdown", settings.countdown);
  pass.flag("clean_sound", settings.clean_sound);
  pass.flag("upload_while_recording", settings.upload_while_recording);
  pass.flag("watch_while_recording", settings.watch_while_recording);
  pass.text("screen", settings.screen, kLongestValue);
  pass.text("camera", settings.camera, kLongestValue);
  pass.text("microphone", settings.microphone, kLongestValue);
  pass.flag("system_audio", settings.system_audio);
  pass.integer("frames_per_second", settings.frames_per_second, 1, 60);
  pass.flag("stand_aside", settings.stand_aside);
  pass.text("speaker_notes", settings.speaker_notes, kLongestNotes);
  pass.integer("max_width", settings.max_width, 320, 16'384);
  pass.flag("warning_sound", settings.warning_sound);
  pass.flag("start_with_desktop", settings.start_with_desktop);
  pass.flag("highlight_clicks", settings.highlight_clicks);
  pass.flag("motion", settings.motion);
  pass.flag("pause_when_writing", settings.pause_when_writing);
  pass.flag("follow_comments", settings.follow_comments);
}

// The old file stays beside the new one, for whoever wants to mend it.
LoadedSettings set_aside(const std::filesystem::path& file, const std::string& why) {
  std::filesystem::path kept = file;
  kept += ".bad";
  std::error_code error;
  std::filesystem::rename(file, kept, error);
  // TRANSLATORS: {0} is a file, {1} says why.
  if (error)
    return {
        {},
        {tr_format(
            "The settings in {} can't be read ({}); it could not be set aside, and the usual ones are used.",
            file.string(), why)}};
  // TRANSLATORS: {0} is a file, {1} says why, {2} is another file.
  return {{},
          {tr_format("The settings in {} can't be read ({}); it was kept as {}, and the usual ones are used.",
                     file.string(), why, kept.string())}};
}

}  // namespace

Settings settings_from_json(const Json& json, std::vector<std::string>& warnings) {
  Settings settings;
  SettingsReader reader(json, warnings);
  pass_fields(reader, settings);
  if (settings.scale > 0) settings.scale = std::max(settings.scale, kSmallestScale);
  // Who has said who they are, or uses a library, is no newcomer.
  settings.greeted = settings.greeted || !settings.name.empty() || !settings.libraries.empty();
  if (json.is_object()) settings.json = json;
  return settings;
}

Json to_json(const Settings& settings) {
  Json json = settings.json.is_object() ? settings.json : Json::object();
  json["format"] = kFormat;
  SettingsWriter writer(json);
  pass_fields(writer, settings);
  return json;
}

Result<LoadedSettings> load_settings(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kLargestFile);
  if (!bytes && bytes.error().code == ErrorCode::NotFound) return LoadedSettings{};
  if (!bytes && bytes.error().code == ErrorCode::Corrupt) return set_aside(file, bytes.error().message);
  if (!bytes) return fail(tr("reading the settings"), bytes.error());
  const auto json = parse_json(as_text(*bytes));
  if (!json) return set_aside(file, json.error().message);
  if (!json->is_object()) return set_aside(file, tr("not an object"));
  if (integer_member(*json, "format").value_or(kFormat) > kFormat) {
    return fail(
        ErrorCode::Unsupported,
        tr_format("the settings in {} were written by a newer version of Meanwhile; please update this one",
                  file.string()));
  }
  LoadedSettings loaded;
  loaded.settings = settings_from_json(*json, loaded.warnings);
  return loaded;
}

std::string language_in_settings(const std::filesystem::path& file) {
  const auto bytes = read_file(file, kLargestFile);
  if (!bytes) return {};
  const auto json = parse_json(as_text(*bytes));
  return json && json->is_object() ? string_member(*json, "language").value_or("") : "";
}

Result<void> save_settings(const std::filesystem::path& file, const Settings& settings) {
  const std::string text = to_text(to_json(settings), 2) + "\n";
  auto written = write_file_durably(file, as_byte_span(text));
  if (!written) return fail(tr("saving the settings"), std::move(written).error());
  return {};
}

double window_scale(const Settings& settings) {
  return settings.scale <= 0 ? 0 : std::clamp(settings.scale, 1.0, 2.0);
}

namespace {

std::string channel_key(std::string_view library, std::string_view channel) {
  return fmt::format("{}/{}", library, channel);
}

}  // namespace

bool shares_watching(const Settings& settings, std::string_view library, std::string_view channel) {
  const std::string key = channel_key(library, channel);
  const auto has = [&](const std::vector<std::string>& chosen) {
    return std::ranges::find(chosen, key) != chosen.end();
  };
  return !has(settings.keep_watching_in) && (settings.share_watching || has(settings.share_watching_in));
}

void set_shares_watching(Settings& settings, std::string_view library, std::string_view channel,
                         bool shared) {
  const std::string key = channel_key(library, channel);
  std::erase(settings.share_watching_in, key);
  std::erase(settings.keep_watching_in, key);
  (shared ? settings.share_watching_in : settings.keep_watching_in).push_back(key);
}

Settings merged_settings(const Settings& base, const Settings& ours, const Settings& theirs) {
  const Json before = to_json(base);
  const Json now = to_json(ours);
  Json merged = to_json(theirs);
  for (const auto& [name, value] : now.items()) {
    const auto old = before.find(name);
    if (old == before.end() || *old != value) merged[name] = value;
  }
  std::vector<std::string> warnings;  // none: each was read once already
  return settings_from_json(merged, warnings);
}

}  // namespace meanwhile
