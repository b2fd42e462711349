#include "tests/pages/author.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "tests/e2e/person.h"
#include "tests/support/storage_server.h"

namespace meanwhile::e2e {
namespace {

constexpr const char* kFlashes =
    "lavfi:color=black:s=320x180:r=30,drawbox=color=white:t=fill:enable='lt(mod(t,1),0.2999)'";
constexpr const char* kBeeps = "lavfi:aevalsrc='if(lt(mod(t,1),0.3),0.8*sin(2*PI*1000*t),0)':s=48000";
constexpr int kNumberBits = 12;
constexpr int kBarWidth = 16;

std::string numbered_film(int seconds, int first) {
  std::string graph = fmt::format("color=black:s={}x96:r=5:d={}", kNumberBits * kBarWidth, seconds);
  for (int bit = 0; bit < kNumberBits; ++bit)
    graph += fmt::format(",drawbox=x={}:w={}:color=white:t=fill:enable='gt(bitand(floor(t)+{},{}),0)'",
                         bit * kBarWidth, kBarWidth, first, 1 << bit);
  return graph;
}

}  // namespace

Author::Author() : ann_(folder_.path() / "ann", folder_.path() / "library") {
  run({"me", "--name", "Ann"});
}

Json Author::run(const std::vector<std::string>& words) {
  const Answer answer = ann_.ask(words);
  EXPECT_EQ(answer.status, 0) << words.front() << ": " << answer.out << answer.err;
  return answer.json.is_object() ? answer.json : Json::object();
}

void Author::found(const StorageServer& server, const std::string& name, Privacy privacy, int port) {
  library_ = server.url(name);
  if (port > 0) {
    const std::string usual = fmt::format(":{}", server.port());
    library_.replace(library_.find(usual), usual.size(), fmt::format(":{}", port));
  }
  ann_.change_library_url(library_);
  std::vector<std::string> words = {"library", "create", library_, "--name", "Team"};
  if (privacy == Privacy::Sealed) words.emplace_back("--sealed");
  run(words);
}

void Author::publish_flashes() {
  run({"record", "--screen", kFlashes, "--camera", kFlashes, "--mic", kBeeps, "--for", "5s", "--title",
       "Where we stand", "--publish"});
}

std::filesystem::path Author::film_numbers(int seconds, int first) const {
  auto film = file("numbers.mp4");
  const auto status = run_program({"ffmpeg",     "-v",      "error",    "-y",
                                   "-f",         "lavfi",   "-i",       numbered_film(seconds, first),
                                   "-f",         "lavfi",   "-i",       fmt::format("sine=440:d={}", seconds),
                                   "-c:v",       "libx264", "-preset",  "ultrafast",
                                   "-g",         "10",      "-pix_fmt", "yuv420p",
                                   "-c:a",       "aac",     "-b:a",     "32k",
                                   film.string()},
                                  {});
  EXPECT_EQ(status.value_or(1), 0) << "ffmpeg";
  return film;
}

std::string Author::publish_numbers(int seconds, const std::string& title, int first) {
  return publish_film(film_numbers(seconds, first), title);
}

std::string Author::draft_numbers(int seconds, const std::string& title, int first) {
  return import(film_numbers(seconds, first), title);
}

std::string Author::import(const std::filesystem::path& film, const std::string& title) {
  return run({"import", film.string(), "--title", title})
      .value(Json::json_pointer("/takes/0/clip"), std::string());
}

std::string Author::publish_film(const std::filesystem::path& film, const std::string& title) {
  import(film, title);
  return string_member(run({"publish", "latest"}), "clip").value_or("");
}

std::string Author::share() {
  return string_member(run({"share", "latest"}), "link").value_or("");
}

Json Author::run_typing(const std::vector<std::string>& words, const std::string& typed) {
  std::ofstream(file("typed")) << typed << "\n";
  const auto said = file("said");
  std::filesystem::remove(said);
  std::vector<std::string> all = {"sh",
                                  "-c",
                                  "exec \"$@\" < \"$0\"",
                                  file("typed").string(),
                                  MEANWHILE_PROGRAM,
                                  "--home",
                                  ann_.home().string(),
                                  "--library",
                                  library_};
  all.insert(all.end(), words.begin(), words.end());
  all.emplace_back("--json");
  const auto status =
      run_program(all, {.environment = {{"HOME", file("").string()},
                                        {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + file("none").string()}},
                        .output = said});
  EXPECT_EQ(status.value_or(1), 0) << text_of_file(said);
  const std::string text = text_of_file(said);
  return Json::parse(text.substr(std::min(text.size(), text.find('{'))), nullptr, false);
}

std::string Author::share_with_password(const std::string& password) {
  return string_member(run_typing({"share", "latest", "--password"}, password), "link").value_or("");
}

void Author::share_locked_as(const std::string& name, const std::string& password) {
  run_typing({"share", "latest", "--password", "--file", file(name).string()}, password);
}

void Author::share_as(const std::string& name) {
  run({"share", "latest", "--file", file(name).string()});
}

std::string Author::write(const std::string& name, const std::string& text) {
  std::ofstream(file(name)) << text;
  return file(name).string();
}

}  // namespace meanwhile::e2e
