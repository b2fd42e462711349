#include "media/base/named_thread.h"

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/blocking.h"

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace meanwhile {
namespace {

// Does nothing where the system has no such names.
void name_this_thread([[maybe_unused]] const std::string& name) {
#ifdef __linux__
  ::prctl(PR_SET_NAME, name.c_str());
#endif
}

}  // namespace

NamedThread::NamedThread(std::string_view name, Work work)
    : name_(name), thread_([name = name_, work = std::move(work)](const std::stop_token& stop) mutable {
        name_this_thread(name);
        work(stop);
      }) {}

NamedThread::NamedThread(std::string_view name, std::move_only_function<void()> work)
    : NamedThread(name, Work([work = std::move(work)](const std::stop_token&) mutable { work(); })) {}

NamedThread& NamedThread::operator=(NamedThread&& other) noexcept {
  end();
  name_ = std::move(other.name_);
  thread_ = std::move(other.thread_);
  return *this;
}

NamedThread::~NamedThread() {
  end();
}

void NamedThread::join() {
  may_block(Blocking::Join, name_);
  thread_.join();
}

void NamedThread::end() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  join();
}

}  // namespace meanwhile
