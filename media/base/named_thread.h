// Threads that have a name.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace meanwhile {

// A std::jthread that debuggers, `top -H` and /proc/self/task show by its name. None of the program's threads
// is made in another way (tests/structure holds the source to that).
class NamedThread {
 public:
  using Work = std::move_only_function<void(const std::stop_token&)>;

  // No thread.
  NamedThread() = default;
  // name: Linux keeps 15 characters of it (prctl(2), PR_SET_NAME).
  NamedThread(std::string_view name, Work work);
  NamedThread(std::string_view name, std::move_only_function<void()> work);
  NamedThread(NamedThread&& other) noexcept = default;
  // Ends the one that was here as the destructor does.
  NamedThread& operator=(NamedThread&& other) noexcept;
  // Asks it to stop, and waits until it has ended.
  ~NamedThread();

  bool joinable() const { return thread_.joinable(); }
  void request_stop() { thread_.request_stop(); }
  // Blocks until it has ended.
  void join();

 private:
  void end();

  std::string name_;
  std::jthread thread_;
};

}  // namespace meanwhile
