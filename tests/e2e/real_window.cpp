#include "tests/e2e/real_window.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <optional>

#include "app/ui/ui.h"
#include "tests/app/ui/recorded_actions.h"
#include "tests/e2e/stage.h"
#include "tests/offscreen/offscreen.h"

namespace meanwhile::e2e {
namespace {

constexpr Size kWindow{1280, 800};  // as Window opens
constexpr double kAlike = 0.6;      // correlation: another control, or none, has less than 0.3

// Draws a page in memory. Where a part of it is; nullopt: it isn't there. opener: a part that is clicked
// first; empty: none.
std::optional<Box> draw_page(Offscreen& sheet, const UiState& state, const std::string& part,
                             const std::string& opener = "") {
  Ui ui;
  RecordedActions actions;
  const auto draw = [&](Painter& painter) { ui.draw(state, actions.all, painter); };
  sheet.move_mouse(-1, -1);
  for (int i = 0; i < 3; ++i) sheet.frame(draw);
  if (const auto place = ui.input().find(opener)) sheet.click(place->middle().x, place->middle().y, draw);
  return ui.input().find(part);
}

// The correlation of two pictures there, by ImageMagick: 1 the same, 0 if nothing stands out from its ground.
double likeness(const std::filesystem::path& one, const std::filesystem::path& other, const Box& box) {
  const ScopedFolder folder;
  const auto said = folder.path() / "said";
  const std::string area =
      fmt::format("{}x{}+{}+{}", int(box.width()), int(box.height()), int(box.left), int(box.top));
  (void)run_program({"compare", "-metric", "NCC", "-extract", area, one.string(), other.string(), "null:"},
                    {.environment = {}, .output = said});
  return std::strtod(text_of_file(said).c_str(), nullptr);
}

// The id that the X server gave to the window; "" if there is none yet.
std::string find_window(const XServer& display) {
  const ScopedFolder folder;
  const auto out = folder.path() / "out";
  Environment environment = display.environment();
  const auto status = run_program({"xdotool", "search", "--onlyvisible", "--name", "Meanwhile$"},
                                  {.environment = environment, .output = out, .errors = "/dev/null"});
  const std::string text = text_of_file(out);
  return status && *status == 0 ? text.substr(0, text.find('\n')) : "";
}

}  // namespace

RealWindow::RealWindow(const Person& person, const XServer& display, const std::vector<std::string>& words)
    : display_(display),
      program_(person.start(words)),
      sheet_(Offscreen::create(kWindow.width, kWindow.height, 1).value()) {
  EXPECT_TRUE(wait_until([&] { return !(id_ = find_window(display)).empty(); })) << program_.said();
  hands({"windowfocus", "--sync", id_});
}

RealWindow::~RealWindow() = default;

int RealWindow::hands(std::vector<std::string> words) const {
  words.insert(words.begin(), "xdotool");
  return display_.run(words).value_or(-1);
}

bool RealWindow::look(const std::filesystem::path& png) const {
  return display_.run({"import", "-window", id_, png.string()}).value_or(-1) == 0;
}

std::optional<Box> RealWindow::find(const UiState& state, const std::string& part) const {
  return draw_page(*sheet_, state, part);
}

bool RealWindow::shows(const UiState& state, const std::string& part) const {
  const ScopedFolder folder;
  const auto drawn = folder.path() / "drawn.png";
  const auto seen = folder.path() / "seen.png";
  const auto box = find(state, part);
  return box && sheet_->save(drawn) && look(seen) && likeness(drawn, seen, *box) >= kAlike;
}

void RealWindow::wait_for(const UiState& state, const std::string& part) const {
  wait_for_opened(state, "", part);
}

void RealWindow::wait_for_opened(const UiState& state, const std::string& opener,
                                 const std::string& part) const {
  const ScopedFolder folder;
  const auto drawn = folder.path() / "drawn.png";
  const auto seen = folder.path() / "seen.png";
  const auto box = draw_page(*sheet_, state, part, opener);
  ASSERT_TRUE(box && sheet_->save(drawn)) << "there is no " << part;
  double alike = 0;
  EXPECT_TRUE(wait_until([&] { return look(seen) && (alike = likeness(drawn, seen, *box)) >= kAlike; }))
      << part << " isn't to be seen; likeness " << alike;
}

void RealWindow::wait_for_change(const UiState& before, const UiState& after, const std::string& part) const {
  const ScopedFolder folder;
  const auto old = folder.path() / "old.png";
  const auto drawn = folder.path() / "drawn.png";
  const auto seen = folder.path() / "seen.png";
  (void)find(before, part);
  ASSERT_TRUE(sheet_->save(old));
  const auto box = find(after, part);
  ASSERT_TRUE(box && sheet_->save(drawn)) << "there is no " << part;
  double was = 0;
  double is = 0;
  const auto has_changed = [&] {
    if (!look(seen)) return false;
    was = likeness(old, seen, *box);
    is = likeness(drawn, seen, *box);
    return is >= kAlike && is > was;
  };
  EXPECT_TRUE(wait_until(has_changed)) << part << " is as it was; likeness " << was << ", wanted " << is;
}

void RealWindow::wait_for_clip(UiState state) const {
  state.watch.waveform = nullptr;
  state.watch.watched.clear();
  state.watch.tools = {};
  UiState opening = state;
  opening.watch.load = LoadState::Loading;
  opening.watch.player.position = {};
  wait_for_change(opening, state, "timeline");
}

// A moment between moving, pressing and letting go, as a hand takes: Dear ImGui 1.86 sees one state a frame.
void RealWindow::click(const UiState& state, const std::string& part) {
  const auto box = find(state, part);
  ASSERT_TRUE(box) << "there is no " << part;
  const std::string x = std::to_string(static_cast<int>(box->middle().x));
  const std::string y = std::to_string(static_cast<int>(box->middle().y));
  EXPECT_EQ(hands({"mousemove", "--window", id_, x, y, "sleep", "0.3", "mousedown", "1", "sleep", "0.2",
                   "mouseup", "1", "sleep", "0.2"}),
            0);
}

void RealWindow::drag(const UiState& state, const std::string& part, const Stroke& stroke) {
  const auto box = find(state, part);
  ASSERT_TRUE(box) << "there is no " << part;
  const auto x = [&](double share) { return std::to_string(int(box->left + box->width() * share)); };
  const auto y = [&](double share) { return std::to_string(int(box->top + box->height() * share)); };
  std::vector<std::string> words = {
      "mousemove", "--window", id_,  x(stroke.from_x), y(stroke.from_y), "sleep", "0.3", "mousedown",
      "1",         "sleep",    "0.2"};
  for (const double share : {0.25, 0.5, 0.75, 1.0}) {
    const double along_x = stroke.from_x + (stroke.to_x - stroke.from_x) * share;
    const double along_y = stroke.from_y + (stroke.to_y - stroke.from_y) * share;
    for (const std::string& word : {std::string("mousemove"), std::string("--window"), id_, x(along_x),
                                    y(along_y), std::string("sleep"), std::string("0.1")})
      words.push_back(word);
  }
  for (const char* word : {"mouseup", "1", "sleep", "0.2"}) words.emplace_back(word);
  EXPECT_EQ(hands(words), 0);
}

void RealWindow::press(const std::string& key) {
  EXPECT_EQ(hands({"keydown", key, "sleep", "0.1", "keyup", key, "sleep", "0.1"}), 0);
}

void RealWindow::tap(const std::string& key) {
  EXPECT_EQ(hands({"key", "--delay", "0", key}), 0);
}

void RealWindow::type(const std::string& text) {
  EXPECT_EQ(hands({"type", "--delay", "60", text}), 0);
}

void RealWindow::photograph(const std::filesystem::path& png) {
  EXPECT_EQ(display_.run({"import", "-window", "root", png.string()}).value_or(-1), 0);
}

Answer RealWindow::close() {
  program_.signal(SIGTERM);
  return program_.wait();
}

}  // namespace meanwhile::e2e
