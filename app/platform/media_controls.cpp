#include "app/platform/media_controls.h"

#include <functional>
#include <memory>
#include <optional>

#ifdef MEANWHILE_TRAY
#include <fmt/format.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/bus_loop.h"
#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/play/player.h"
#endif

namespace meanwhile {
#ifdef MEANWHILE_TRAY
namespace {

constexpr const char* kMprisPath = "/org/mpris/MediaPlayer2";
constexpr const char* kMprisRoot = "org.mpris.MediaPlayer2";
constexpr const char* kMprisPlayer = "org.mpris.MediaPlayer2.Player";
// A position that is further away than this from where it would have gone was sought.
constexpr MediaTime kSought = std::chrono::milliseconds(400);

// A view, and when it was so.
struct TimedView {
  std::optional<PlayedView> view;
  std::chrono::steady_clock::time_point at{};

  [[nodiscard]] MediaTime position(std::chrono::steady_clock::time_point now) const {
    if (!view) return {};
    if (!view->is_playing) return view->position;
    const auto passed = std::chrono::duration<double>(now - at).count() * view->speed;
    return std::min(view->length, view->position + from_seconds(passed));
  }
};

bool differs_in_position_alone(const std::optional<PlayedView>& a, const std::optional<PlayedView>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  PlayedView moved = *a;
  moved.position = b->position;
  return moved == *b;
}

// Source: freedesktop.org, MPRIS D-Bus Interface Specification 2.2.
class BusMediaControls final : public MediaControls, private BusLoop::Client {
 public:
  explicit BusMediaControls(std::function<void(const MediaWish&)> on_wish)
      : on_wish_(std::move(on_wish)),
        thread_("media-keys", [this](const std::stop_token& stop) { loop_.run(*this, "media keys", stop); }) {
  }
  ~BusMediaControls() override {
    thread_.request_stop();
    loop_.wake();
  }

  void show(const std::optional<PlayedView>& view) override {
    {
      const auto now = std::chrono::steady_clock::now();
      auto wanted = wanted_.lock();
      const bool goes_on = differs_in_position_alone(wanted->view, view) &&
                           (!view || std::chrono::abs(wanted->position(now) - view->position) < kSought);
      if (goes_on) return;
      *wanted = {view, now};
    }
    loop_.wake();
  }

 private:
  bool begin(sd_bus* bus) override;
  void go_on(sd_bus* bus) override;
  void take_up_name(sd_bus* bus, bool wanted);
  int answer_root(std::string_view property, sd_bus_message* reply) const;
  int answer_player(std::string_view property, sd_bus_message* reply) const;
  int append_metadata(sd_bus_message* reply) const;
  int obey(std::string_view method, sd_bus_message* call);
  int set(std::string_view property, sd_bus_message* value);
  // An update's id is letters and digits, as an object's path wants it.
  [[nodiscard]] std::string track() const {
    return "/app/meanwhile/" + (shown_.view ? shown_.view->id : "none");
  }

  static BusMediaControls& of(void* self) { return *static_cast<BusMediaControls*>(self); }
  static int on_root_property(sd_bus*, const char*, const char*, const char* property, sd_bus_message* reply,
                              void* self, sd_bus_error*) {
    return of(self).answer_root(property, reply);
  }
  static int on_player_property(sd_bus*, const char*, const char*, const char* property,
                                sd_bus_message* reply, void* self, sd_bus_error*) {
    return of(self).answer_player(property, reply);
  }
  static int on_set(sd_bus*, const char*, const char*, const char* property, sd_bus_message* value,
                    void* self, sd_bus_error*) {
    return of(self).set(property, value);
  }
  static int on_method(sd_bus_message* call, void* self, sd_bus_error*) {
    const int done = of(self).obey(sd_bus_message_get_member(call), call);
    return done < 0 ? done : sd_bus_reply_method_return(call, "");
  }
  static const sd_bus_vtable kRootTable[];
  static const sd_bus_vtable kPlayerTable[];

  const std::function<void(const MediaWish&)> on_wish_;
  // Shared.
  Guarded<TimedView> wanted_;
  BusLoop loop_;
  // Only the thread's.
  TimedView shown_;
  std::string name_;
  bool has_name_ = false;
  NamedThread thread_;  // last: joined before anything above goes
};

constexpr std::uint64_t kChanges = SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE;

const sd_bus_vtable BusMediaControls::kRootTable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("CanQuit", "b", on_root_property, 0, 0),
    SD_BUS_PROPERTY("CanRaise", "b", on_root_property, 0, 0),
    SD_BUS_PROPERTY("HasTrackList", "b", on_root_property, 0, 0),
    SD_BUS_PROPERTY("Identity", "s", on_root_property, 0, 0),
    SD_BUS_PROPERTY("DesktopEntry", "s", on_root_property, 0, 0),
    SD_BUS_PROPERTY("SupportedUriSchemes", "as", on_root_property, 0, 0),
    SD_BUS_PROPERTY("SupportedMimeTypes", "as", on_root_property, 0, 0),
    SD_BUS_METHOD("Raise", "", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Quit", "", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END};

const sd_bus_vtable BusMediaControls::kPlayerTable[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("PlaybackStatus", "s", on_player_property, 0, kChanges),
    SD_BUS_WRITABLE_PROPERTY("Rate", "d", on_player_property, on_set, 0, kChanges),
    SD_BUS_PROPERTY("Metadata", "a{sv}", on_player_property, 0, kChanges),
    SD_BUS_WRITABLE_PROPERTY("Volume", "d", on_player_property, on_set, 0, kChanges),
    SD_BUS_PROPERTY("Position", "x", on_player_property, 0, 0),
    SD_BUS_PROPERTY("MinimumRate", "d", on_player_property, 0, 0),
    SD_BUS_PROPERTY("MaximumRate", "d", on_player_property, 0, 0),
    SD_BUS_PROPERTY("CanGoNext", "b", on_player_property, 0, kChanges),
    SD_BUS_PROPERTY("CanGoPrevious", "b", on_player_property, 0, 0),
    SD_BUS_PROPERTY("CanPlay", "b", on_player_property, 0, kChanges),
    SD_BUS_PROPERTY("CanPause", "b", on_player_property, 0, kChanges),
    SD_BUS_PROPERTY("CanSeek", "b", on_player_property, 0, kChanges),
    SD_BUS_PROPERTY("CanControl", "b", on_player_property, 0, 0),
    SD_BUS_METHOD("Next", "", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Previous", "", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Pause", "", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("PlayPause", "", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Stop", "", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Play", "", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Seek", "x", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("SetPosition", "ox", "", on_method, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_SIGNAL("Seeked", "x", 0),
    SD_BUS_VTABLE_END};

// The name comes with what is played: a player of nothing would take the keys from others.
bool BusMediaControls::begin(sd_bus* bus) {
  name_ = fmt::format("org.mpris.MediaPlayer2.meanwhile.instance{}", ::getpid());
  return sd_bus_add_object_vtable(bus, nullptr, kMprisPath, kMprisRoot, kRootTable, this) >= 0 &&
         sd_bus_add_object_vtable(bus, nullptr, kMprisPath, kMprisPlayer, kPlayerTable, this) >= 0;
}

void BusMediaControls::take_up_name(sd_bus* bus, bool wanted) {
  if (std::exchange(has_name_, wanted) == wanted) return;
  if (wanted)
    sd_bus_request_name_async(bus, nullptr, name_.c_str(), 0, nullptr, nullptr);
  else
    sd_bus_release_name_async(bus, nullptr, name_.c_str(), nullptr, nullptr);
}

void BusMediaControls::go_on(sd_bus* bus) {
  const TimedView before = std::exchange(shown_, wanted_.copy());
  if (before.view == shown_.view && before.at == shown_.at) return;
  if (differs_in_position_alone(before.view, shown_.view)) {
    const auto at = static_cast<std::int64_t>(shown_.position(std::chrono::steady_clock::now()).count());
    sd_bus_emit_signal(bus, kMprisPath, kMprisPlayer, "Seeked", "x", at);
    return;
  }
  // All that may have changed with it: they are few, and it happens seldom.
  sd_bus_emit_properties_changed(bus, kMprisPath, kMprisPlayer, "PlaybackStatus", "Rate", "Metadata",
                                 "Volume", "CanGoNext", "CanPlay", "CanPause", "CanSeek", nullptr);
  take_up_name(bus, shown_.view.has_value());
}

int BusMediaControls::answer_root(std::string_view property, sd_bus_message* reply) const {
  if (property == "Identity") return sd_bus_message_append(reply, "s", "Meanwhile");
  if (property == "DesktopEntry") return sd_bus_message_append(reply, "s", "meanwhile");
  if (property == "SupportedUriSchemes" || property == "SupportedMimeTypes")
    return sd_bus_message_append(reply, "as", 0);
  return sd_bus_message_append(reply, "b", property == "CanRaise" ? 1 : 0);
}

int append_entry(sd_bus_message* reply, const char* name, const char* type, const auto& append) {
  int done = sd_bus_message_open_container(reply, 'e', "sv");
  if (done >= 0) done = sd_bus_message_append(reply, "s", name);
  if (done >= 0) done = sd_bus_message_open_container(reply, 'v', type);
  if (done >= 0) done = append();
  if (done >= 0) done = sd_bus_message_close_container(reply);
  return done < 0 ? done : sd_bus_message_close_container(reply);
}

int BusMediaControls::append_metadata(sd_bus_message* reply) const {
  int done = sd_bus_message_open_container(reply, 'a', "{sv}");
  if (done >= 0 && shown_.view) {
    const PlayedView& view = *shown_.view;
    done = append_entry(reply, "mpris:trackid", "o",
                        [&] { return sd_bus_message_append(reply, "o", track().c_str()); });
    if (done >= 0)
      done = append_entry(reply, "mpris:length", "x", [&] {
        return sd_bus_message_append(reply, "x", static_cast<std::int64_t>(view.length.count()));
      });
    if (done >= 0)
      done = append_entry(reply, "xesam:title", "s",
                          [&] { return sd_bus_message_append(reply, "s", view.title.c_str()); });
    if (done >= 0)
      done = append_entry(reply, "xesam:artist", "as",
                          [&] { return sd_bus_message_append(reply, "as", 1, view.author.c_str()); });
  }
  return done < 0 ? done : sd_bus_message_close_container(reply);
}

int BusMediaControls::answer_player(std::string_view property, sd_bus_message* reply) const {
  const auto& view = shown_.view;
  if (property == "PlaybackStatus")
    return sd_bus_message_append(reply, "s", !view ? "Stopped" : view->is_playing ? "Playing" : "Paused");
  if (property == "Metadata") return append_metadata(reply);
  if (property == "Position")
    return sd_bus_message_append(
        reply, "x", static_cast<std::int64_t>(shown_.position(std::chrono::steady_clock::now()).count()));
  if (property == "Rate") return sd_bus_message_append(reply, "d", view ? view->speed : 1.0);
  if (property == "Volume") return sd_bus_message_append(reply, "d", view ? view->volume : 1.0);
  if (property == "MinimumRate") return sd_bus_message_append(reply, "d", kSlowestSpeed);
  if (property == "MaximumRate") return sd_bus_message_append(reply, "d", kFastestSpeed);
  if (property == "CanControl") return sd_bus_message_append(reply, "b", 1);
  if (property == "CanGoPrevious") return sd_bus_message_append(reply, "b", 0);
  if (property == "CanGoNext") return sd_bus_message_append(reply, "b", view && view->has_next ? 1 : 0);
  return sd_bus_message_append(reply, "b", view ? 1 : 0);  // CanPlay, CanPause, CanSeek
}

// A position of another track than the one that is open is passed over, as the specification asks.
int BusMediaControls::obey(std::string_view method, sd_bus_message* call) {
  std::int64_t us = 0;
  const char* wanted_track = nullptr;
  int done = 0;
  if (method == "Play") on_wish_({MediaWishKind::Play});
  if (method == "Pause" || method == "Stop") on_wish_({MediaWishKind::Pause});
  if (method == "PlayPause") on_wish_({MediaWishKind::PlayPause});
  if (method == "Next") on_wish_({MediaWishKind::Next});
  if (method == "Raise") on_wish_({MediaWishKind::ShowWindow});
  if (method == "Seek" && (done = sd_bus_message_read(call, "x", &us)) >= 0)
    on_wish_({MediaWishKind::SeekBy, MediaTime(us)});
  if (method == "SetPosition" && (done = sd_bus_message_read(call, "ox", &wanted_track, &us)) >= 0) {
    const bool is_within = shown_.view && us >= 0 && MediaTime(us) <= shown_.view->length;
    if (is_within && track() == wanted_track) on_wish_({MediaWishKind::SeekTo, MediaTime(us)});
  }
  return done;
}

// A rate of 0 is a pause.
int BusMediaControls::set(std::string_view property, sd_bus_message* value) {
  double number = 0;
  if (const int done = sd_bus_message_read(value, "d", &number); done < 0) return done;
  if (property == "Volume") on_wish_({MediaWishKind::SetVolume, {}, std::clamp(number, 0.0, 1.0)});
  if (property == "Rate" && number == 0) on_wish_({MediaWishKind::Pause});
  if (property == "Rate" && number > 0)
    on_wish_({MediaWishKind::SetSpeed, {}, std::clamp(number, kSlowestSpeed, kFastestSpeed)});
  return 1;
}

}  // namespace

std::unique_ptr<MediaControls> make_media_controls(std::function<void(const MediaWish&)> on_wish) {
  return std::make_unique<BusMediaControls>(std::move(on_wish));
}
#else
namespace {

class NoMediaControls final : public MediaControls {
 public:
  void show(const std::optional<PlayedView>&) override {}
};

}  // namespace

std::unique_ptr<MediaControls> make_media_controls(std::function<void(const MediaWish&)>) {
  return std::make_unique<NoMediaControls>();
}
#endif

}  // namespace meanwhile
