#include "tests/bench/other_recorders.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/recordings.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Words ffmpeg_inputs(const RecordStage& stage) {
  Words words{"-f",          "x11grab",
              "-framerate",  "30",
              "-video_size", fmt::format("{}x{}", kScreenSize.width, kScreenSize.height),
              "-i",          stage.screen->display()};
  if (!stage.sound) return words;
  const Words company{
      "-re",
      "-stream_loop",
      "-1",
      "-i",
      stage.camera.string(),
      "-f",
      "pulse",
      "-i",
      PulseServer::kMicrophone,
      "-filter_complex",
      fmt::format("[1:v]pad=iw:{}:0:(oh-ih)/2[camera];[0:v][camera]hstack[picture]", kScreenSize.height),
      "-map",
      "[picture]",
      "-map",
      "2:a",
      "-c:a",
      "aac"};
  words.insert(words.end(), company.begin(), company.end());
  return words;
}

// The last value of each name in what -progress wrote. Source: ffmpeg(1), "-progress".
std::map<std::string, std::string> read_progress(const fs::path& file) {
  std::map<std::string, std::string> values;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) values[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return values;
}

void write_text(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

// Source: what SimpleScreenRecorder 0.4.4 writes into such a file itself; preset 2 is veryfast.
std::string simplescreenrecorder_settings(const fs::path& video) {
  return fmt::format(
      "[welcome]\nskip_page=true\n"
      "[input]\naudio_enabled=false\nvideo_area=screen\nvideo_area_screen=0\nvideo_frame_rate=30\n"
      "video_record_cursor=true\nvideo_scale=false\nvideo_x=0\nvideo_y=0\nvideo_w={}\nvideo_h={}\n"
      "[output]\nfile={}\nseparate_files=false\nadd_timestamp=false\ncontainer=mp4\nvideo_codec=h264\n"
      "video_h264_crf=23\nvideo_h264_preset=2\nvideo_allow_frame_skipping=true\n"
      "[record]\nhotkey_enable=false\n",
      kScreenSize.width, kScreenSize.height, video.string());
}

constexpr const char* kObsVideos = "obs-videos";  // in its folder

constexpr const char* kObsGlobal =
    "[General]\nFirstRun=true\nLastVersion=486539266\nConfirmOnExit=false\n"
    "[BasicWindow]\nSysTrayEnabled=false\nPreviewEnabled=false\n"
    "[Basic]\nProfile=bench\nProfileDir=bench\nSceneCollection=bench\nSceneCollectionFile=bench\n";

std::string obs_profile(const fs::path& videos) {
  return fmt::format(
      "[General]\nName=bench\n[Output]\nMode=Simple\n"
      "[SimpleOutput]\nFilePath={}\nRecFormat=mkv\nRecQuality=Small\nRecEncoder=x264\n"
      "[Video]\nBaseCX={}\nBaseCY={}\nOutputCX={}\nOutputCY={}\nFPSType=0\nFPSCommon=30\n",
      videos.string(), kScreenSize.width, kScreenSize.height, kScreenSize.width, kScreenSize.height);
}

constexpr const char* kObsScene = R"({"name":"bench","current_scene":"Scene","current_program_scene":"Scene",
"scene_order":[{"name":"Scene"}],"sources":[
{"id":"scene","name":"Scene","settings":{"items":[{"name":"Screen","id":1,"visible":true,
"pos":{"x":0.0,"y":0.0},"scale":{"x":1.0,"y":1.0}}]}},
)";
constexpr const char* kObsXScreen =
    R"({"id":"xshm_input","name":"Screen","settings":{"screen":0,"show_cursor":true}}]})";
constexpr const char* kObsPortal =
    R"({"id":"pipewire-desktop-capture-source","name":"Screen","settings":{"ShowCursor":true}}]})";

void write_obs_settings(const fs::path& folder, const std::string& source) {
  const fs::path settings = folder / "obs-studio";
  fs::create_directories(folder / kObsVideos);
  write_text(settings / "global.ini", kObsGlobal);
  write_text(settings / "basic/profiles/bench/basic.ini", obs_profile(folder / kObsVideos));
  write_text(settings / "basic/scenes/bench.json", kObsScene + source);
}

// meanwhile: what is done in its first two seconds. SIGINT ends it as its own menu does.
std::vector<std::string> obs_command(const std::string& meanwhile, const RecordPlan& plan) {
  return {"bash", "-c",
          fmt::format("obs --startrecording --multi --disable-missing-files-check & obs=$!; sleep 2; {} "
                      "sleep {}; kill -INT $obs; wait $obs",
                      meanwhile, plan.length.count() - 2)};
}

Result<fs::path> find_video(const fs::path& videos) {
  for (const auto& entry : fs::directory_iterator(videos))
    if (entry.path().extension() == ".mkv") return entry.path();
  return fail(ErrorCode::NotFound, "finding the recording in " + videos.string());
}

Result<Recording> read_obs(Result<RecordFigures> figures, const RecordPlan& plan, const fs::path& folder) {
  if (!figures) return std::unexpected(figures.error());
  const auto video = find_video(folder / kObsVideos);
  if (!video) return std::unexpected(video.error());
  return read_video(std::move(figures), *video, plan, folder);
}

}  // namespace

Result<Recording> record_by_ffmpeg(const RecordStage& stage, const RecordPlan& plan, const fs::path& folder) {
  const fs::path progress = folder / "progress";
  const fs::path video = folder / "ffmpeg.mp4";
  Words words{"ffmpeg", "-hide_banner", "-nostdin", "-y", "-progress", progress.string()};
  std::ranges::copy(ffmpeg_inputs(stage), std::back_inserter(words));
  const Words output{"-t",          std::to_string(plan.length.count()),
                     "-c:v",        "libx264",
                     "-preset",     "veryfast",
                     "-crf",        "23",
                     "-pix_fmt",    "yuv420p",
                     video.string()};
  words.insert(words.end(), output.begin(), output.end());
  auto figures = run_recorder(words, stage, folder, plan);
  if (!figures) return std::unexpected(figures.error());
  auto values = read_progress(progress);
  const auto number = [&](const char* name) { return std::atoll(values[name].c_str()); };
  figures->screen = {.captured = std::nullopt, .encoded = number("frame"), .dropped = number("drop_frames")};
  figures->megabytes_per_minute = megabytes_per_minute(fs::file_size(video), plan);
  return Recording{*figures, video};
}

Result<Recording> record_by_simplescreenrecorder(const RecordStage& stage, const RecordPlan& plan,
                                                 const fs::path& folder) {
  const fs::path video = folder / "ssr.mp4";
  const fs::path settings = folder / "ssr.conf";
  write_text(settings, simplescreenrecorder_settings(video));
  // It takes commands from its standard input.
  const std::string commands = fmt::format(
      "(sleep {}; echo record-save; echo quit) | simplescreenrecorder --settingsfile='{}' --start-recording "
      "--start-hidden --no-systray",
      plan.length.count(), settings.string());
  return read_video(run_recorder({"bash", "-c", commands}, stage, folder, plan, {{"HOME", folder.string()}}),
                    video, plan, folder);
}

Result<Recording> record_by_obs(const RecordStage& stage, const RecordPlan& plan, const fs::path& folder) {
  write_obs_settings(folder, kObsXScreen);
  // Its window would be in the picture.
  auto figures = run_recorder(obs_command("xdotool search --onlyvisible --pid $obs windowunmap %@;", plan),
                              stage, folder, plan,
                              {{"HOME", folder.string()},
                               {"XDG_CONFIG_HOME", folder.string()},
                               {"XDG_RUNTIME_DIR", folder.string()}});
  return read_obs(std::move(figures), plan, folder);
}

Result<Recording> record_by_obs_from_portal(const Environment& desktop, const RecordPlan& plan,
                                            const fs::path& folder) {
  write_obs_settings(folder, kObsPortal);
  const auto window = XServer::start(kScreenSize);
  if (!window) return std::unexpected(window.error());
  Environment surroundings = desktop;
  std::ranges::copy((*window)->environment(), std::back_inserter(surroundings));
  const Environment own{{"WAYLAND_DISPLAY", ""},    {"XDG_SESSION_TYPE", "x11"},
                        {"QT_QPA_PLATFORM", "xcb"}, {"LIBGL_ALWAYS_SOFTWARE", "1"},
                        {"HOME", folder.string()},  {"XDG_CONFIG_HOME", folder.string()}};
  surroundings.insert(surroundings.end(), own.begin(), own.end());
  auto figures = run_recorder(obs_command("", plan), surroundings, folder, plan);
  if (read_text(folder / "log").contains("Failed to create source"))
    return fail(ErrorCode::NotFound, "OBS has no PipeWire (obs-plugins isn't installed)");
  return read_obs(std::move(figures), plan, folder);
}

}  // namespace meanwhile
