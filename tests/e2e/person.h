// A person at the command line: the real program, run with a home and a library of their own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/json.h"

namespace meanwhile::e2e {

struct Answer {
  int status = 0;   // of exit; 128 + a signal
  std::string out;  // standard output and error
  std::string err;
  Json json;  // what `out` says; discarded (is_discarded()) if that is no JSON
};

// A command at work. SIGKILL if it is dropped before it ended.
class RunningCommand {
 public:
  RunningCommand(std::unique_ptr<ChildProcess> process, std::filesystem::path out, std::filesystem::path err)
      : process_(std::move(process)), out_(std::move(out)), err_(std::move(err)) {}
  pid_t id() const { return process_->id(); }
  void signal(int number) { process_->signal(number); }
  Answer wait();
  // What it said to standard error so far.
  std::string said() const;

 private:
  std::unique_ptr<ChildProcess> process_;
  std::filesystem::path out_;
  std::filesystem::path err_;
};

class Person {
 public:
  // library: a folder; an empty one, or none, becomes a library first. folder: holds the home ("home", unless
  // another is given) and what commands print. Nothing of the real user's is seen or touched. environment: on
  // top, for example a display.
  Person(std::filesystem::path folder, const std::filesystem::path& library, Environment environment = {});

  // Runs `meanwhile … words` and waits.
  Answer run(const std::vector<std::string>& words) const;
  // The same with --json.
  Answer ask(std::vector<std::string> words) const;
  // input: its standard input, a descriptor that it inherits; -1: none.
  RunningCommand start(const std::vector<std::string>& words, int input = -1) const;

  const std::filesystem::path& home() const { return home_; }
  std::filesystem::path takes() const { return home_ / "data" / "takes"; }
  std::filesystem::path log_folder() const { return folder_ / "said"; }
  void move_home(std::filesystem::path home) { home_ = std::move(home); }
  void change_library(const std::filesystem::path& library);
  // One that isn't in a folder.
  void change_library_url(std::string url) { library_ = std::move(url); }

 private:
  Environment surroundings() const;

  const std::filesystem::path folder_;
  std::filesystem::path home_;
  std::string library_;  // its URL
  const Environment environment_;
  mutable int commands_ = 0;
};

// The whole file as text; "" if it can't be read.
std::string text_of_file(const std::filesystem::path& path);

// The only folder below the person's takes; fails the test if there isn't exactly one.
std::filesystem::path only_take(const Person& person);

}  // namespace meanwhile::e2e
