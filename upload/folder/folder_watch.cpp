#include "upload/folder/folder_watch.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "upload/capabilities.h"
#include "upload/storage.h"

#ifdef __linux__
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <string_view>

#include "media/base/named_thread.h"
#include "upload/event_batch.h"
#include "upload/folder/beneath.h"
#endif

namespace meanwhile {

#ifdef __linux__
namespace {

// A folder sync brings many files in a row: one look for all of them.
constexpr int kQuietMilliseconds = 50;
constexpr int kMostQuietWaits = 10;
constexpr int kLookAgainMilliseconds = 3000;
// A folder above may have been moved, which nobody tells.
constexpr int kCheckMilliseconds = 30'000;
constexpr std::uint32_t kWritten = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE;
constexpr std::uint32_t kGone = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED | IN_Q_OVERFLOW;
constexpr const char* kHeadsFolder = "heads";

class FolderWatch final : public StorageWatch {
 public:
  FolderWatch(std::filesystem::path folder, std::function<void()> on_change, FileHandle events,
              FileHandle wake)
      : folder_(std::move(folder)),
        on_change_(std::move(on_change)),
        events_(std::move(events)),
        wake_(std::move(wake)),
        thread_("folder-watch", [this](const std::stop_token& stop) { run(stop); }) {}

  ~FolderWatch() override {
    thread_.request_stop();
    (void)::eventfd_write(wake_.get(), 1);
  }

 private:
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (root_ < 0) look_for_folder();
      if (!wait(root_ < 0 ? kLookAgainMilliseconds : kCheckMilliseconds)) {
        forget_if_replaced();
        continue;
      }
      if (stop.stop_requested() || !read_events()) continue;
      for (int i = 0; i < kMostQuietWaits && wait(kQuietMilliseconds) && !stop.stop_requested(); ++i) {
        (void)read_events();
      }
      if (!stop.stop_requested()) on_change_();
    }
  }

  // true: something is to be read, or it is time to stop.
  bool wait(int milliseconds) {
    std::array<pollfd, 2> both = {{{events_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}}};
    return ::poll(both.data(), both.size(), milliseconds) > 0;
  }

  // What changed while nobody watched is news too.
  void look_for_folder() {
    root_ = ::inotify_add_watch(events_.get(), folder_.c_str(),
                                kWritten | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR);
    if (root_ < 0) return;
    watched_ = identity();
    watch_heads();
    if (was_lost_) on_change_();
    was_lost_ = false;
  }

  void watch_heads() {
    heads_ = ::inotify_add_watch(events_.get(), (folder_ / kHeadsFolder).c_str(),
                                 kWritten | IN_ONLYDIR | IN_DONT_FOLLOW);
  }

  void forget() {
    if (root_ >= 0) ::inotify_rm_watch(events_.get(), root_);
    if (heads_ >= 0) ::inotify_rm_watch(events_.get(), heads_);
    root_ = heads_ = -1;
    was_lost_ = true;
  }

  void forget_if_replaced() {
    if (root_ >= 0 && identity() != watched_) forget();
  }

  struct Identity {
    dev_t device = 0;
    ino_t inode = 0;
    bool operator==(const Identity&) const = default;
  };
  Identity identity() const {
    struct stat info{};
    return ::stat(folder_.c_str(), &info) == 0 ? Identity{info.st_dev, info.st_ino} : Identity{};
  }

  // true: the library changed.
  bool read_events() {
    alignas(inotify_event) std::array<char, 16 * 1024> buffer;
    const ssize_t count = ::read(events_.get(), buffer.data(), buffer.size());
    bool changed = false;
    for (ssize_t at = 0; at < count;) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const std::string_view name = event.len > 0 ? buffer.data() + at + sizeof event : "";
      changed = take(event, name) || changed;
      at += static_cast<ssize_t>(sizeof event + event.len);
    }
    return changed;
  }

  bool take(const inotify_event& event, std::string_view name) {
    if ((event.mask & kGone) != 0) {
      // Of a watch that was given up already: nothing new.
      if (event.wd != root_ && event.wd != heads_ && event.wd >= 0) return false;
      forget();
      return true;
    }
    if (event.wd == heads_) return true;
    if (event.wd != root_) return false;
    if (name == kHeadsFolder) watch_heads();
    return name == kHeadsFolder || name == kBellKey;
  }

  const std::filesystem::path folder_;
  const std::function<void()> on_change_;
  const FileHandle events_;
  const FileHandle wake_;
  // Only the thread.
  int root_ = -1;
  int heads_ = -1;
  bool was_lost_ = false;
  Identity watched_;
  NamedThread thread_;  // last
};

}  // namespace

std::unique_ptr<StorageWatch> watch_folder(const std::filesystem::path& folder,
                                           std::function<void()> on_change) {
  FileHandle events(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  FileHandle wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (events.get() < 0 || wake.get() < 0) return nullptr;
  return std::make_unique<FolderWatch>(folder, std::move(on_change), std::move(events), std::move(wake));
}

#else

std::unique_ptr<StorageWatch> watch_folder(const std::filesystem::path&, std::function<void()>) {
  return nullptr;
}

#endif

}  // namespace meanwhile
