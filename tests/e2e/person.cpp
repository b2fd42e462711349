#include "tests/e2e/person.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/founding.h"

namespace meanwhile::e2e {

namespace fs = std::filesystem;

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Answer RunningCommand::wait() {
  Answer answer;
  answer.status = process_->wait();
  answer.out = text_of_file(out_);
  answer.err = text_of_file(err_);
  answer.json = Json::parse(answer.out, nullptr, false);
  return answer;
}

std::string RunningCommand::said() const {
  return text_of_file(err_);
}

Person::Person(fs::path folder, const fs::path& library, Environment environment)
    : folder_(std::move(folder)), home_(folder_ / "home"), environment_(std::move(environment)) {
  change_library(library);
  fs::create_directories(log_folder());
}

// The folder is an empty one, or isn't there: it becomes a library.
void Person::change_library(const fs::path& library) {
  library_ = "folder:" + library.string();
  std::error_code error;
  if (library.is_absolute() && (!fs::exists(library, error) || fs::is_empty(library, error)))
    founded(library_);
}

Environment Person::surroundings() const {
  Environment all{{"HOME", folder_.string()},
                  {"XDG_CONFIG_HOME", (folder_ / "xdg").string()},
                  {"XDG_DATA_HOME", (folder_ / "xdg").string()},
                  {"XDG_CACHE_HOME", (folder_ / "xdg").string()},
                  {"MEANWHILE_HOME", (folder_ / "not-this-one").string()},
                  {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder_ / "no-bus").string()}};
  all.insert(all.end(), environment_.begin(), environment_.end());
  return all;
}

RunningCommand Person::start(const std::vector<std::string>& words, int input) const {
  const std::string number = std::to_string(++commands_);
  const fs::path out = log_folder() / (number + ".out");
  const fs::path err = log_folder() / (number + ".err");
  std::vector<std::string> all{MEANWHILE_PROGRAM, "--home", home_.string(), "--library", library_};
  all.insert(all.end(), words.begin(), words.end());
  if (input >= 0) {
    // In a session of its own, whose terminal it is, if it is one.
    const std::string take_input = "exec setsid --ctty \"$0\" \"$@\" 0<&" + std::to_string(input);
    all.insert(all.begin(), {"bash", "-c", take_input});
  }
  auto process = ChildProcess::start(
      all, {.environment = surroundings(), .output = out, .errors = err, .kept_descriptor = input});
  if (!process) throw std::runtime_error(process.error().message);
  return {std::move(*process), out, err};
}

Answer Person::run(const std::vector<std::string>& words) const {
  return start(words).wait();
}

Answer Person::ask(std::vector<std::string> words) const {
  words.emplace_back("--json");
  return run(words);
}

fs::path only_take(const Person& person) {
  std::error_code error;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(person.takes(), error)) found.push_back(entry.path());
  EXPECT_EQ(found.size(), 1U) << "takes in " << person.takes();
  return found.empty() ? fs::path() : found.front();
}

}  // namespace meanwhile::e2e
