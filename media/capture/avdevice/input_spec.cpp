#include "media/capture/avdevice/input_spec.h"

extern "C" {
#include <libavdevice/avdevice.h>
#include <libavformat/avformat.h>
#include <libavutil/log.h>
}

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::string_view kFile = "file:";
constexpr std::string_view kGraph = "lavfi:";
constexpr std::string_view kFormat = "ffmpeg:";

bool is_device(const AVInputFormat& format) {
  return format.priv_class && AV_IS_INPUT_DEVICE(format.priv_class->category) &&
         std::string_view(format.name) != "lavfi";
}

bool is_from_network(std::string_view url) {
  return url.find("://") != std::string_view::npos && !url.starts_with(kFile);
}

Result<InputSpec> parse_file(std::string_view path) {
  std::error_code error;
  if (path.empty()) return fail(ErrorCode::InvalidArgument, tr("“file:” names no file"));
  if (!std::filesystem::exists(path, error)) {
    return fail(ErrorCode::NotFound, tr_format("opening {}: there is no such file", path));
  }
  if (std::filesystem::is_directory(path, error)) {
    return fail(ErrorCode::InvalidArgument, tr_format("opening {}: it is a folder", path));
  }
  const std::string name = std::filesystem::path(path).filename().string();
  return InputSpec{
      .name = name, .format = "", .url = fmt::format("file:{}", path), .options = {}, .is_looped = true};
}

Result<InputSpec> parse_graph(std::string_view graph) {
  if (graph.empty()) return fail(ErrorCode::InvalidArgument, tr("“lavfi:” has no filter graph"));
  return InputSpec{.name = std::string(graph), .format = "lavfi", .url = std::string(graph), .options = {}};
}

Result<InputSpec> parse_format(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) {
    return fail(ErrorCode::InvalidArgument, tr_format("“ffmpeg:{}” isn't ffmpeg:FORMAT:INPUT", text));
  }
  const std::string format(text.substr(0, colon));
  const std::string_view url = text.substr(colon + 1);
  const AVInputFormat* found = av_find_input_format(format.c_str());
  if (!found) return fail(ErrorCode::InvalidArgument, tr_format("FFmpeg knows no input format “{}”", format));
  return InputSpec{.name = fmt::format("{} ({})", url, format),
                   .format = format,
                   .url = std::string(url),
                   .options = {},
                   .is_looped = false,
                   .is_live = is_device(*found) || is_from_network(url),
                   .is_device = is_device(*found)};
}

}  // namespace

bool is_input_spec(std::string_view spec) {
  return spec.starts_with(kFile) || spec.starts_with(kGraph) || spec.starts_with(kFormat);
}

Result<InputSpec> parse_input_spec(std::string_view spec) {
  avdevice_register_all();
  if (spec.starts_with(kFile)) return parse_file(spec.substr(kFile.size()));
  if (spec.starts_with(kGraph)) return parse_graph(spec.substr(kGraph.size()));
  if (spec.starts_with(kFormat)) return parse_format(spec.substr(kFormat.size()));
  return fail(ErrorCode::InvalidArgument,
              tr_format("“{}” is none of file:PATH, lavfi:GRAPH, ffmpeg:FORMAT:INPUT", spec));
}

}  // namespace meanwhile
