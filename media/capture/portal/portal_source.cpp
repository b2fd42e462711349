#include "media/capture/portal/portal_source.h"

#include <cstdlib>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/clock.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/capture_options.h"
#include "media/capture/pipewire/cast_source.h"
#include "media/capture/pipewire/connection.h"
#include "media/capture/pipewire/formats.h"
#include "media/capture/pipewire/stream.h"
#include "media/capture/portal/restore_token.h"
#include "media/capture/portal/screen_cast.h"
#include "media/capture/source.h"

namespace meanwhile {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

// A session that was started from a console has the type "tty", so only X11's own says no.
bool is_wayland_session() {
  return !variable("WAYLAND_DISPLAY").empty() && variable("XDG_SESSION_TYPE") != "x11";
}

Result<void> check_portal() {
  auto cast = ScreenCast::connect();
  if (!cast) return std::unexpected(cast.error());
  return {};
}

Result<std::unique_ptr<FrameSource>> open_portal_screen(const std::string& spec, int frames_per_second,
                                                        const Clock& clock, const CaptureOptions& options) {
  if (spec != kPortalSpec && spec != kPortalAskSpec) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("“{}” isn't a screen: {} or {}", spec, kPortalSpec, kPortalAskSpec));
  }
  auto cast = ScreenCast::connect();
  if (!cast) return std::unexpected(cast.error());
  const auto file = restore_token_file(options.state_folder);
  const auto grant = (*cast)->ask(spec == kPortalAskSpec ? "" : read_restore_token(file), options.stop);
  if (!grant) return std::unexpected(grant.error());
  // A token is good for one time only: the next one takes its place, and without one there is none.
  if (auto kept = write_restore_token(file, grant->restore_token); !kept)
    log(LogLevel::Warning, kept.error().message);
  const auto remote = (*cast)->open_remote();
  if (!remote) return std::unexpected(remote.error());
  auto connection = PipeWireConnection::open(*remote);
  if (!connection) return std::unexpected(connection.error());
  auto stream = PipeWireStream::connect(
      std::move(*connection),
      {.node = grant->node, .serial = "", .use = StreamUse::Screen, .frames_per_second = frames_per_second});
  if (!stream) return std::unexpected(stream.error());
  return open_cast(tr("Shared screen"), std::move(*stream), std::move(*cast), frames_per_second,
                   options.most_width, clock, options.stop);
}

}  // namespace meanwhile
