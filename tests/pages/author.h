// Ann, who records updates and shares them, and what her library lies in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/person.h"
#include "tests/support/environment.h"
#include "tests/support/storage_server.h"

namespace meanwhile::e2e {

enum class Privacy { Open, Sealed };

class Author {
 public:
  // Her library is a folder.
  Author();
  // It is on that server. port: of a line to the server; 0: she and those who watch go straight to it.
  void found(const StorageServer& server, const std::string& name, Privacy privacy, int port = 0);

  // Five seconds of screen and camera, white for the first three tenths of each, with a tone then. Fails the
  // test.
  void publish_flashes();
  // An update of a film. Its clip's id.
  std::string publish_film(const std::filesystem::path& film, const std::string& title);
  // An update of that length whose picture says each second's number, counted from `first`: white bars for
  // the ones of its 12 bits. Its clip's id.
  std::string publish_numbers(int seconds, const std::string& title, int first = 0);
  // The same, not published: its draft's name.
  std::string draft_numbers(int seconds, const std::string& title, int first);
  // The link to a page for the latest update, or with a password that is typed.
  std::string share();
  std::string share_with_password(const std::string& password);
  // The same as one file.
  void share_as(const std::string& name);
  void share_locked_as(const std::string& name, const std::string& password);
  // The path of a file of hers with that text.
  std::string write(const std::string& name, const std::string& text);
  // A command that works, and what it says. Fails the test.
  Json run(const std::vector<std::string>& words);

  Person& person() { return ann_; }
  std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }
  std::string address(const std::string& name) const { return "file://" + file(name).string(); }

 private:
  std::filesystem::path film_numbers(int seconds, int first) const;
  std::string import(const std::filesystem::path& film, const std::string& title);
  // What the command says into whose standard input that is typed.
  Json run_typing(const std::vector<std::string>& words, const std::string& typed);

  ScopedFolder folder_;
  std::string library_ = "folder:" + file("library").string();
  Person ann_;
};

}  // namespace meanwhile::e2e
