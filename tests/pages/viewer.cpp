#include "tests/pages/viewer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "tests/e2e/person.h"
#include "tests/support/browser.h"
#include "tests/support/environment.h"
#include "tests/support/pulse_server.h"

namespace meanwhile::e2e {
namespace {

// Sought, and shown in all pictures.
std::string at_moment(double moment) {
  return fmt::format(R"(
    const {{player}} = meanwhile, shown = () => ["screen", "camera"].map((name) => player.shown.pictures[name]?.element).filter(Boolean);
    player.pause();
    player.seek({});
    for (const end = Date.now() + 15000; Date.now() < end;) {{
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (!player.isMoving && player.isSettled && shown().every((one) => !one.seeking && one.readyState > 1)) break;
    }}
    await new Promise((resolve) => setTimeout(resolve, 100));
    const videos = shown();
    const pixels = (video, width, height) => {{
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context.drawImage(video, 0, 0, width, height);
      return (x, y) => context.getImageData(x, y, 1, 1).data[0];
    }};)",
                     moment);
}

}  // namespace

Viewer::Viewer(BrowserWindow window) {
  // Firefox gives up on what has nothing but sound where nothing can be heard.
  if (auto sound = PulseServer::start()) {
    sound_ = std::move(*sound);
    window.environment = sound_->environment();
  }
  auto started = Browser::start(window);
  if (!started) throw std::runtime_error(started.error().message);
  browser_ = std::move(*started);
}

void Viewer::open(const std::string& url) {
  const auto opened = browser_->open(url);
  ASSERT_TRUE(opened) << opened.error().message;
}

void Viewer::expect_page(const std::string& title) {
  // The first picture comes before the rest of the page.
  ASSERT_TRUE(wait_until("globalThis.meanwhile && !document.getElementById('page').hidden"))
      << text_of("body");
  EXPECT_EQ(text_of("title"), title);
}

std::string Viewer::refusal() {
  EXPECT_TRUE(wait_until("!document.getElementById('failed').hidden")) << text_of("body");
  return text_of("why");
}

std::string Viewer::text_of(const std::string& id) {
  const auto text = browser_->run("const one = document.getElementById('" + id +
                                  "') ?? document.body; return one.innerText;");
  return text && text->is_string() ? text->get<std::string>() : "?";
}

Json Viewer::run(const std::string& script) {
  auto value = browser_->run(script);
  EXPECT_TRUE(value) << value.error().message;
  return value.value_or(Json());
}

void Viewer::press(const std::string& selector) {
  const auto pressed = browser_->click(selector);
  ASSERT_TRUE(pressed) << pressed.error().message;
}

void Viewer::type(const std::string& letters) {
  const auto typed = browser_->type(letters);
  ASSERT_TRUE(typed) << typed.error().message;
}

void Viewer::say(const std::string& words) {
  press("#words");
  type(words);
  press("#send");
  const std::string is_said = "document.getElementById('comments').innerText.includes('" + words + "')";
  ASSERT_TRUE(wait_until("document.getElementById('naming').open || " + is_said));
  if (run("return document.getElementById('naming').open;") == true) {
    press("#name");
    type("Sam Guest");
    press("#naming button");
  }
  ASSERT_TRUE(wait_until(is_said)) << text_of("comments");
}

Json Viewer::brightness_at(double moment) {
  return run(at_moment(moment) + "return videos.map((video) => pixels(video, 8, 8)(4, 4));");
}

Json Viewer::seen_while_playing(double from, double until) {
  return run(fmt::format(R"(
    const {{player}} = meanwhile, seen = [], context = new OffscreenCanvas(192, 96).getContext("2d", {{willReadFrequently: true}});
    // Chromium lets nobody read pictures of a file beside the page: then the element's word counts.
    const number = (video) => {{
      context.drawImage(video, 0, 0, 192, 96);
      let data;
      try {{ ({{data}} = context.getImageData(0, 48, 192, 1)); }} catch {{ return Math.floor(video.currentTime) + (player.shown === player.decks.own ? 0 : 100); }}
      return Array.from({{length: 12}}, (_, bit) => (data[4 * (bit * 16 + 8)] > 127 ? 2 ** bit : 0)).reduce((a, b) => a + b);
    }};
    const now = () => {{
      const video = player.shown.pictures.screen?.element;
      return video ? number(video) : document.getElementById("card").innerText;
    }};
    player.seek({});
    for (const end = Date.now() + 15000; Date.now() < end && !player.isSettled;) await new Promise((resolve) => setTimeout(resolve, 20));
    player.play();
    for (const end = Date.now() + 40000; Date.now() < end && !(player.time >= {} && player.time < {} + 1);) {{
      await new Promise((resolve) => setTimeout(resolve, 30));
      const one = now();
      if (seen.at(-1) !== one) seen.push(one);
    }}
    player.pause();
    return seen;)",
                         from, until, until));
}

int Viewer::number_at(double moment) {
  const Json number = run(at_moment(moment) + R"(
    if (!videos.length) return -1;
    const at = pixels(videos[0], 192, 96);
    try { return Array.from({length: 12}, (_, bit) => (at(bit * 16 + 8, 48) > 127 ? 2 ** bit : 0)).reduce((a, b) => a + b); }
    catch {
      const {left, top, width, height} = videos[0].getBoundingClientRect();
      return {left, top, width, height};
    })");
  if (number.is_object()) return number_on_screen(number);
  return number.is_number() ? number.get<int>() : -1;
}

// Chromium lets no page read pictures of a file beside it; whoever sits before it sees them all the same.
int Viewer::number_on_screen(const Json& place) {
  const ScopedFolder folder;
  const auto shot = folder.path() / "shot.png";
  const auto raw = folder.path() / "shot.raw";
  EXPECT_TRUE(browser_->screenshot(shot));
  const auto status = run_program(
      {"ffmpeg", "-v", "error", "-i", shot.string(), "-vf",
       fmt::format("crop={:.0f}:{:.0f}:{:.0f}:{:.0f},scale=192:96", place["width"].get<double>(),
                   place["height"].get<double>(), place["left"].get<double>(), place["top"].get<double>()),
       "-f", "rawvideo", "-pix_fmt", "gray", raw.string()},
      {});
  EXPECT_EQ(status.value_or(1), 0) << "ffmpeg";
  const std::string pixels = text_of_file(raw);
  if (pixels.size() != std::size_t{192} * 96) return -1;
  int number = 0;
  for (std::size_t bit = 0; bit < 12; ++bit) {
    if (static_cast<unsigned char>(pixels[48 * 192 + bit * 16 + 8]) > 127) number |= 1 << bit;
  }
  return number;
}

double Viewer::apart_while_playing() {
  const Json apart = run(R"(
    const {player} = meanwhile, [one, other] = document.querySelectorAll("video"), seen = [];
    player.seek(0); player.play();
    for (const end = Date.now() + 15000; Date.now() < end && player.time < 3;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (player.time > 1) seen.push(Math.abs(one.currentTime - other.currentTime));
    }
    seen.sort((a, b) => a - b);
    return seen.length ? seen[Math.floor(seen.length / 2)] : "it doesn't play";)");
  EXPECT_TRUE(apart.is_number()) << to_text(apart);
  return apart.is_number() ? apart.get<double>() : 1e9;
}

}  // namespace meanwhile::e2e
