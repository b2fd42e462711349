#include "tests/bench/workload.h"

#include <random>

#include "tests/bench/film.h"
#include "tests/bench/screen_canvas.h"
#include "tests/bench/ticker.h"

namespace meanwhile {
namespace {

constexpr std::uint32_t kPaper = 0xf7f5f0;
constexpr std::uint32_t kInk = 0x26303a;
constexpr std::uint32_t kAccents[] = {0x2f6fde, 0xd9553f, 0x2e9e6b};

// Words as rows of narrow bars: to an encoder they are text.
void draw_words(const ScreenCanvas& canvas, Rect line, std::mt19937& random) {
  std::uniform_int_distribution<int> width(2, 9);
  std::uniform_int_distribution<int> letters(0, 5);
  for (int x = line.x; x < line.x + line.width; x += 3) {
    const int stroke = width(random);
    const int height = letters(random) < 2 ? line.height : line.height * 2 / 3;
    canvas.fill({x, line.y + line.height - height, stroke, height}, kInk);
    x += stroke + (letters(random) == 0 ? line.height : 0);
  }
}

void draw_slide(const ScreenCanvas& canvas, int number) {
  std::mt19937 random(static_cast<unsigned>(number));
  const std::uint32_t accent = kAccents[static_cast<std::size_t>(number) % std::size(kAccents)];
  canvas.fill({0, 0, canvas.size().width, canvas.size().height}, kPaper);
  canvas.fill({0, 0, canvas.size().width, 24}, accent);
  draw_words(canvas, {120, 100, 1100, 54}, random);
  for (int y = 240; y < 960; y += 60) draw_words(canvas, {120, y, 900, 26}, random);
  for (int bar = 0; bar < 6; ++bar) {
    const int height = std::uniform_int_distribution<int>(80, 600)(random);
    canvas.fill({1180 + bar * 100, 900 - height, 70, height}, accent);
  }
}

class SlideShow final : public Workload {
 public:
  SlideShow(std::unique_ptr<ScreenCanvas> canvas, std::unique_ptr<XHands> hands)
      : canvas_(std::move(canvas)),
        hands_(std::move(hands)),
        ticker_(kRate, [this](int tick) { step(tick); }) {}

 private:
  static constexpr int kRate = 30;
  static constexpr int kTicksPerSlide = 10 * kRate;
  static constexpr int kTicksPerMove = 5 * kRate;

  void step(int tick) {
    if (tick % kTicksPerSlide == 0) {
      draw_slide(*canvas_, tick / kTicksPerSlide);
      canvas_->show();
    }
    const int phase = tick % kTicksPerMove;
    if (phase < kRate) hands_->move_pointer(300 + tick % 700 + 12 * phase, 300 + 9 * phase);
  }

  const std::unique_ptr<ScreenCanvas> canvas_;
  const std::unique_ptr<XHands> hands_;
  Ticker ticker_;
};

class Terminal final : public Workload {
 public:
  explicit Terminal(std::unique_ptr<ChildProcess> xterm) : xterm_(std::move(xterm)) {}

 private:
  const std::unique_ptr<ChildProcess> xterm_;
};

// A screenful at once, then a line eight times a second, as a compiler would.
constexpr const char* kScrollingScript =
    "n=0; while :; do n=$((n+1)); "
    "printf '[%5d/9000] Building CXX object media/CMakeFiles/layer_%x.dir/file_%d.cpp.o -O2 -Wall %d\\n' "
    "$n $((n*7919)) $((n*31%997)) $((n*n)); [ $n -lt 70 ] || sleep 0.12; done";

class FilmShow final : public Workload {
 public:
  explicit FilmShow(std::unique_ptr<ScreenCanvas> canvas)
      : canvas_(std::move(canvas)), ticker_(kFilmRate, [this](int tick) { step(tick); }) {}

 private:
  void step(int tick) {
    film_.draw(*canvas_, tick);
    canvas_->show();
  }

  const std::unique_ptr<ScreenCanvas> canvas_;
  Film film_{kScreenSize};
  Ticker ticker_;
};

Result<std::unique_ptr<Workload>> start_slides(const XServer& server) {
  auto canvas = ScreenCanvas::open(server.display(), kScreenSize);
  if (!canvas) return std::unexpected(canvas.error());
  auto hands = XHands::connect(server.display());
  if (!hands) return std::unexpected(hands.error());
  return std::make_unique<SlideShow>(std::move(*canvas), std::move(*hands));
}

Result<std::unique_ptr<Workload>> start_terminal(const XServer& server) {
  auto xterm = server.launch({"xterm", "-geometry", "240x70+0+0", "-fa", "monospace", "-fs", "11", "-e", "sh",
                              "-c", kScrollingScript});
  if (!xterm) return std::unexpected(xterm.error());
  return std::make_unique<Terminal>(std::move(*xterm));
}

Result<std::unique_ptr<Workload>> start_film(const XServer& server) {
  auto canvas = ScreenCanvas::open(server.display(), kScreenSize);
  if (!canvas) return std::unexpected(canvas.error());
  return std::make_unique<FilmShow>(std::move(*canvas));
}

}  // namespace

std::string workload_name(WorkloadKind kind) {
  switch (kind) {
    case WorkloadKind::Slide:
      return "slide";
    case WorkloadKind::Text:
      return "text";
    case WorkloadKind::Motion:
      break;
  }
  return "motion";
}

Result<std::unique_ptr<Workload>> start_workload(WorkloadKind kind, const XServer& server) {
  switch (kind) {
    case WorkloadKind::Slide:
      return start_slides(server);
    case WorkloadKind::Text:
      return start_terminal(server);
    case WorkloadKind::Motion:
      break;
  }
  return start_film(server);
}

}  // namespace meanwhile
