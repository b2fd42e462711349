#include "tests/bench/inbox_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "app/application.h"
#include "app/ui/ui.h"
#include "app/window/inbox_desk.h"
#include "media/base/child_process.h"
#include "tests/app/ui/recorded_actions.h"
#include "tests/offscreen/offscreen.h"
#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

constexpr int kRepeats = 15;

template <typename Work>
double milliseconds_of(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

// The window's inbox without its window.
class InboxRig {
 public:
  explicit InboxRig(Application& application)
      : desk_{application, state_, notices_, mailbox_, worker_, lanes_, clock_},
        inbox_(desk_, {.on_poster = [] {}, .play = [](const auto&) {}, .wake = [] {}}) {
    state_.page = PageId::Inbox;
  }

  Result<void> open() {
    auto made = Offscreen::create(1280, 800, 1);
    if (!made) return std::unexpected(made.error());
    window_ = std::move(*made);
    return {};
  }

  // The answer to an action, and the frame after it: the first, which shows something else than before, and
  // the median of all, most of which show what stood there.
  void measure(const std::string& what, const std::function<void(InboxDesk&)>& act) {
    std::vector<double> asked;
    std::vector<double> drawn;
    for (int i = 0; i < kRepeats; ++i) {
      asked.push_back(milliseconds_of([&] { act(inbox_); }));
      drawn.push_back(milliseconds_of(
          [&] { window_->frame([&](Painter& painter) { ui_.draw(state_, actions_.all, painter); }); }));
    }
    const double first = drawn.front();
    std::ranges::sort(asked);
    std::ranges::sort(drawn);
    std::printf("| %s | %.1f | %.1f | %.1f | %.1f |\n", what.c_str(), asked[kRepeats / 2], asked.back(),
                first, drawn[kRepeats / 2]);
    std::fflush(stdout);
  }

 private:
  UiState state_;
  Mailbox mailbox_{[] {}};
  Worker worker_;
  Lanes lanes_;
  SteadyClock clock_;
  Notices notices_{state_.notices, clock_};
  Desk desk_;
  InboxDesk inbox_;
  Ui ui_;
  RecordedActions actions_;
  std::unique_ptr<Offscreen> window_;
};

Result<void> fill(Application& application, const LargeLibrary& plan) {
  if (const auto opened = application.open_libraries(); !opened) return std::unexpected(opened.error());
  auto library = application.library();
  if (!library) return std::unexpected(library.error());
  const auto counts = (*library)->index().counts();
  if (!counts) return std::unexpected(counts.error());
  if (counts->everything == plan.clips) return {};
  std::printf("Making a library of %d clips and about %d comments…\n", plan.clips, plan.comments);
  std::fflush(stdout);
  return fill_index((*library)->index(), plan, (*library)->identity().person());
}

void measure_lists(InboxRig& rig) {
  std::printf("\n| list | ms | worst | first frame, ms | frame, ms |\n|---|---|---|---|---|\n");
  rig.measure("the Inbox, all of it anew", [](InboxDesk& inbox) { inbox.refresh(); });
  rig.measure("clips 50,000 and on", [](InboxDesk& inbox) { inbox.show_clips(50'000, 12); });
  rig.measure("other clips each time",
              [from = 0](InboxDesk& inbox) mutable { inbox.show_clips(from += 12, 12); });
  rig.measure("unwatched", [](InboxDesk& inbox) { inbox.choose_filter(InboxFilter::Unwatched); });
  rig.measure("mine (none)", [](InboxDesk& inbox) { inbox.choose_filter(InboxFilter::Mine); });
  rig.measure("all", [](InboxDesk& inbox) { inbox.choose_filter(InboxFilter::All); });
  for (const InboxOrder order : {InboxOrder::Newest, InboxOrder::Oldest, InboxOrder::Longest,
                                 InboxOrder::MostDiscussed, InboxOrder::Inbox})
    rig.measure(fmt::format("order {}", static_cast<int>(order)),
                [order](InboxDesk& inbox) { inbox.choose_order(order); });
  rig.measure("a channel", [](InboxDesk& inbox) { inbox.choose_channel("Channel 3"); });
  rig.measure("no channel", [](InboxDesk& inbox) { inbox.choose_channel(""); });
  for (const std::string& words :
       {common_word(), common_word().substr(0, 3), common_word().substr(0, 2), common_word().substr(0, 1),
        rare_word(), common_word() + " " + rare_word(), common_word() + " " + common_word().substr(0, 2)})
    rig.measure("search “" + words + "”", [words](InboxDesk& inbox) { inbox.search(words); });
}

// The real program, from its start until its first picture is drawn and it has ended again.
Result<void> measure_start(const std::filesystem::path& home) {
  auto display = XServer::start({1400, 900});
  if (!display) return std::unexpected(display.error());
  Environment environment = (*display)->environment();
  environment.emplace_back("SDL_VIDEODRIVER", "x11");
  environment.emplace_back("SDL_AUDIODRIVER", "dummy");
  std::printf("\n| start of the program | ms | CPU, ms | peak MB |\n|---|---|---|---|\n");
  for (int i = 0; i < 4; ++i) {
    auto program =
        ChildProcess::start({MEANWHILE_PROGRAM, "--home", home.string(), "open", "--for", "1ms"},
                            {.environment = environment, .output = "/dev/null", .errors = "/dev/null"});
    if (!program) return std::unexpected(program.error());
    const double took = milliseconds_of([&] { (*program)->wait(); });
    const rusage& usage = (*program)->usage();
    const auto milliseconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    std::printf("| run %d | %.0f | %.0f | %.0f |\n", i + 1, took,
                milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
                static_cast<double>(usage.ru_maxrss) / 1024);
    std::fflush(stdout);
  }
  return {};
}

}  // namespace

Result<void> measure_inbox(const std::filesystem::path& home, const LargeLibrary& plan) {
  {
    auto application = Application::open({.home = home});
    if (!application) return std::unexpected(application.error());
    MEANWHILE_TRY(fill(**application, plan));
    InboxRig rig(**application);
    MEANWHILE_TRY(rig.open());
    measure_lists(rig);
  }
  return measure_start(home);
}

}  // namespace meanwhile
