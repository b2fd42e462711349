// A desk with a screen, a camera and a microphone, all make-believe, for the real program to record.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "media/base/media_time.h"
#include "tests/e2e/person.h"
#include "tests/support/environment.h"
#include "tests/support/fake_camera.h"
#include "tests/support/pulse_server.h"
#include "tests/support/x_server.h"

namespace meanwhile::e2e {

constexpr Size kScreenSize{1280, 720};

class Stage {
 public:
  // Throws if a part of it can't be had.
  Stage();
  // Those of the three that a program is to see; the others are hidden from it.
  struct Devices {
    bool camera = true;
    bool microphone = true;
  };
  Environment environment(Devices devices = {true, true}) const;

  XServer& screen() { return *screen_; }
  XHands& hands() { return *hands_; }
  PulseServer& sound() { return *sound_; }
  FakeCamera& camera() { return camera_; }
  // Goes with the stage.
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path library() const { return folder() / "library"; }

  // folder()/name is theirs; they see the devices.
  Person person(const std::string& name, Devices devices = {true, true}) const;

 private:
  ScopedFolder folder_;
  FakeCamera camera_;
  std::unique_ptr<PulseServer> sound_;
  std::unique_ptr<XServer> screen_;
  std::unique_ptr<XHands> hands_;
};

// Waits until condition() is true. false: not within a minute.
bool wait_until(const std::function<bool()>& condition);

// How much of a take is in its files: until when the track goes that goes furthest. Of several takes the
// most; zero: nothing yet.
MediaTime recorded_by(const Person& person);
// Returns when a take of the person's holds that much. Fails the test if it never does.
void let_it_record(const Person& person, MediaTime length);

// A draft of a film that ffmpeg makes: lavfi's pictures, and a tone. Its clip's id. In no time at all, other
// than recording it.
std::string import_film(const Person& author, const std::filesystem::path& folder,
                        const std::string& pictures, const std::string& seconds);
// The same, published.
std::string publish_film(const Person& author, const std::filesystem::path& folder,
                         const std::string& pictures, const std::string& seconds);

// What ffprobe and ffmpeg, which know nothing of Meanwhile, say of a film.
struct Film {
  int pictures = 0;  // streams
  int sounds = 0;
  double seconds = 0;
  bool decodes = false;  // from beginning to end without a word of complaint
};
Film look_at(const std::filesystem::path& film);

// Mean of the part of the film's picture at that second: each 0 to 255.
struct Colour {
  double red = 0;
  double green = 0;
  double blue = 0;
};
// left, top, width, height: fractions of the picture.
Colour colour_at(const std::filesystem::path& film, double second, double left, double top, double width,
                 double height);

// Loudest sample of the film's sound, 0 to 1.
double loudest(const std::filesystem::path& film);

}  // namespace meanwhile::e2e
