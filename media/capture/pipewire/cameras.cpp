#include "media/capture/pipewire/cameras.h"

#include <algorithm>
#include <expected>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/pipewire/camera_source.h"
#include "media/capture/pipewire/connection.h"
#include "media/capture/pipewire/formats.h"
#include "media/capture/pipewire/stream.h"
#include "media/capture/source.h"

namespace meanwhile {
namespace {

bool is_camera(const PipeWireNode& node) {
  return node.media_class == "Video/Source";
}

std::string name_of(const PipeWireNode& node) {
  return node.description.empty() ? node.name : node.description;
}

}  // namespace

std::vector<PipeWireCamera> list_pipewire_cameras() {
  const auto connection = PipeWireConnection::open(PipeWireConnection::kOfSession);
  if (!connection) return {};
  std::vector<PipeWireCamera> cameras;
  for (const auto& [id, node] : (*connection)->nodes()) {
    if (is_camera(node)) cameras.push_back({node.name, name_of(node), node.device_path});
  }
  return cameras;
}

Result<std::unique_ptr<FrameSource>> open_pipewire_camera(const std::string& spec, int frames_per_second,
                                                          const Clock& clock) {
  const std::string wanted = spec.substr(std::min(kPipeWirePrefix.size(), spec.size()));
  if (!spec.starts_with(kPipeWirePrefix) || wanted.empty())
    return fail(ErrorCode::InvalidArgument, tr_format("“{}” isn't a camera: pipewire:NODE", spec));
  auto connection = PipeWireConnection::open(PipeWireConnection::kOfSession);
  if (!connection) return std::unexpected(connection.error());
  const auto& nodes = (*connection)->nodes();
  const auto found = std::ranges::find_if(nodes, [&wanted](const auto& entry) {
    return is_camera(entry.second) && (entry.second.name == wanted || entry.second.serial == wanted);
  });
  if (found == nodes.end()) {
    return fail(ErrorCode::NotFound,
                tr_format("PipeWire has no camera {}; `meanwhile devices` lists those that it has", wanted));
  }
  const std::string name = name_of(found->second);
  const StreamRequest request{.node = found->first,
                              .serial = found->second.serial,
                              .use = StreamUse::Camera,
                              .frames_per_second = frames_per_second};
  auto stream = PipeWireStream::connect(std::move(*connection), request);
  if (!stream) return std::unexpected(stream.error());
  return open_camera_stream(name, std::move(*stream), clock);
}

}  // namespace meanwhile
