// What a person has chosen: settings.json of a home.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/json.h"
#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

enum class ThemeSetting { System, Dark, Light };
enum class ContrastSetting { System, Normal, High };

struct Settings {
  std::string name;                    // "": not said yet
  std::string time_zone;               // "": the machine's
  std::string hours;                   // "09:00-17:00"; "": not said
  std::string work_days;               // "mon,tue,wed"; "": Monday to Friday
  std::string days_off;                // "2026-12-24..2027-01-02"
  std::vector<std::string> libraries;  // URLs, the first is the one that is published to
  std::string channel;                 // the last one published to

  bool share_watching = true;  // others see what this person has watched
  // Where that was chosen for a channel, whatever holds elsewhere: "<library's id>/<channel's id>".
  std::vector<std::string> share_watching_in;
  std::vector<std::string> keep_watching_in;
  bool notify = true;               // on the desktop and in the title, within the hours
  bool start_with_desktop = false;  // the window, minimised
  std::string last_here;            // RFC 3339: when something was done in the window last
  bool greeted = false;             // what a newcomer is asked was answered, or put away

  std::string language;  // BCP 47; "": as the desktop says
  ThemeSetting theme = ThemeSetting::System;
  ContrastSetting contrast = ContrastSetting::System;
  bool motion = true;    // of the window's parts
  double scale = 0;      // of the window's text and pictures, 0.5 to 4; 0: as the desktop says
  int window_width = 0;  // as it was left, in the desktop's coordinates; 0: not known yet
  int window_height = 0;
  int window_x = 0;
  int window_y = 0;
  bool inbox_as_list = false;  // instead of cards

  double volume = 1;  // 0 to 1
  double speed = 1;   // 0.5 to 3
  Layout layout = Layout::SideBySide;
  double camera_share = 0;  // side by side, the face's part of the width: 0.1 to 0.7; 0: as it fits best
  bool skip_pauses = false;
  bool captions = false;
  std::string caption_language;    // BCP 47; "": whichever there is
  std::string caption_second;      // shown with it, where there is one; "": none
  bool transcript_beside = false;  // the picture, where there is one, instead of the comments
  std::string speech_program;      // of whisper.cpp: a name in $PATH or a path; "": whisper-cli
  std::string speech_model;        // for it, as `captions model list` calls it; "": the largest
  bool write_down = false;         // what is said in one's own updates, by itself once nothing is recorded
  int caption_size = 1;            // 0 to 2: small, medium, large
  int caption_ground = 1;          // 0 to 2: none, shaded, solid
  int caption_place = 0;           // 0 to 2: at the bottom of the picture, at its top, below it

  double cache_limit_gb = 4;  // of what was fetched from a library, 0.1 to 1000; what is kept comes on top
  int prefetch_mb = 300;      // of new clips, fetched before they are asked for; 0: none

  bool countdown = true;
  bool upload_while_recording = true;
  bool watch_while_recording = false;  // others may; only with the one above
  std::string screen = "default";      // specs as in RecordSettings
  std::string camera = "default";
  std::string microphone = "default";
  bool system_audio = false;
  bool clean_sound = false;      // hum and noise are taken off where one's updates are played
  int frames_per_second = 30;    // 1 to 60
  bool stand_aside = true;       // while a screen is recorded, our window leaves the picture
  std::string speaker_notes;     // shown to the speaker only
  int max_width = 2560;          // of a recorded screen, 320 to 16384
  bool warning_sound = false;    // in the headphones, when something is wrong with a running recording
  bool highlight_clicks = true;  // when watching and in exports
  bool pause_when_writing = true;
  bool follow_comments = true;  // the list shows what is said where it plays

  // The file as it was read; what we don't know in it is written back.
  Json json = Json::object();
};

inline std::uint64_t cache_limit_bytes(const Settings& settings) {
  return static_cast<std::uint64_t>(settings.cache_limit_gb * 1e9);
}

// Of the window's text and pictures, 1 to 2; 0: as the desktop says.
double window_scale(const Settings& settings);

bool shares_watching(const Settings& settings, std::string_view library, std::string_view channel);
void set_shares_watching(Settings& settings, std::string_view library, std::string_view channel, bool shared);

struct LoadedSettings {
  Settings settings;
  std::vector<std::string> warnings;  // whole sentences for the person
};

// No file: the defaults. A file that is no JSON is kept as settings.json.bad, and the defaults are used; a
// field of a wrong type or out of range gets its default; each with a warning. Errors: Unsupported (a newer
// format: not touched), PermissionDenied, Io (it is there but can't be read).
Result<LoadedSettings> load_settings(const std::filesystem::path& file);

// Settings::language alone, before there is anybody to be told of anything: whatever is wrong with the file
// is "".
std::string language_in_settings(const std::filesystem::path& file);

// Durable; the folder must be there. Errors: NoSpace, PermissionDenied, NotFound, Io.
Result<void> save_settings(const std::filesystem::path& file, const Settings& settings);

// What is to be written where somebody else may have written, too: of `ours`, what changed since `base`, and
// `theirs` in the rest.
Settings merged_settings(const Settings& base, const Settings& ours, const Settings& theirs);

// The parts of the two that don't touch the disk. json: any; what isn't as it should be gets its default.
Settings settings_from_json(const Json& json, std::vector<std::string>& warnings);
Json to_json(const Settings& settings);

}  // namespace meanwhile
