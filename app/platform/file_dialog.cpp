#include "app/platform/file_dialog.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/blocking.h"
#include "media/base/result.h"
#include "media/base/translation.h"

#ifdef MEANWHILE_KEYRING
#include <fmt/format.h>
#include <gio/gio.h>
#endif

extern char** environ;

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using Chosen = Result<std::optional<fs::path>>;

std::optional<char> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<char>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<char>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<char>(c - 'A' + 10);
  return std::nullopt;
}

// What is asked, in the words of each that can be asked.
struct Question {
  std::string title;
  std::filesystem::path new_file;  // "": a folder that is there
  std::string without_dialog;      // why it fails on a desktop without one, and what to do
};

// What a program writes; nullopt: there is no such program. Its exit status says whether something was
// chosen.
std::optional<Chosen> ask_program(std::vector<std::string> words, const std::stop_token& stop) {
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = -1;
  const int spawned =
      ::posix_spawnp(&child, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (spawned != 0) {
    ::close(ends[0]);
    return std::nullopt;
  }
  const std::stop_callback end_it(stop, [child] { ::kill(child, SIGTERM); });
  std::string written;
  std::array<char, 512> some{};
  for (ssize_t got = 0; (got = ::read(ends[0], some.data(), some.size())) > 0;)
    written.append(some.data(), static_cast<std::size_t>(got));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (stop.stop_requested()) return fail(ErrorCode::Aborted, "choosing was given up");
  // A program that isn't there ends so, where spawning itself can't tell.
  constexpr int kNotFound = 127;
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNotFound) return std::nullopt;
  while (written.ends_with('\n')) written.pop_back();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || written.empty())
    return Chosen(std::optional<fs::path>());
  return Chosen(fs::path(written));
}

#ifdef MEANWHILE_KEYRING
struct UnrefDialog {
  void operator()(GVariant* value) const { g_variant_unref(value); }
  void operator()(GDBusConnection* bus) const { g_object_unref(bus); }
  void operator()(GMainContext* context) const { g_main_context_unref(context); }
};
template <typename T>
using DialogPtr = std::unique_ptr<T, UnrefDialog>;

constexpr const char* kPortal = "org.freedesktop.portal.Desktop";

// What the portal answered, once it did. Only the asking thread.
struct PortalAnswer {
  bool has_come = false;
  std::optional<fs::path> path;
};

void on_portal_response(GDBusConnection*, const char*, const char*, const char*, const char*,
                        GVariant* parameters, gpointer data) {
  auto& answer = *static_cast<PortalAnswer*>(data);
  answer.has_come = true;
  guint32 code = 0;
  GVariant* results = nullptr;
  g_variant_get(parameters, "(u@a{sv})", &code, &results);
  const DialogPtr<GVariant> owned(results);
  const char** uris = nullptr;
  if (code != 0 || g_variant_lookup(results, "uris", "^a&s", &uris) == FALSE) return;
  if (uris[0] != nullptr) answer.path = path_of_file_uri(uris[0]);
  g_free(uris);
}

// Where the answer will come from: known before the question, so that it can't be missed.
std::string request_path(GDBusConnection* bus, const std::string& token) {
  std::string sender = g_dbus_connection_get_unique_name(bus) + 1;
  for (char& c : sender) {
    if (c == '.') c = '_';
  }
  return "/org/freedesktop/portal/desktop/request/" + sender + "/" + token;
}

bool open_portal_dialog(GDBusConnection* bus, const Question& question, const std::string& token) {
  const bool is_new = !question.new_file.empty();
  GVariantBuilder options;
  g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&options, "{sv}", "handle_token", g_variant_new_string(token.c_str()));
  if (is_new) {
    g_variant_builder_add(&options, "{sv}", "current_name",
                          g_variant_new_string(question.new_file.filename().c_str()));
    g_variant_builder_add(&options, "{sv}", "current_folder",
                          g_variant_new_bytestring(question.new_file.parent_path().c_str()));
  } else {
    g_variant_builder_add(&options, "{sv}", "directory", g_variant_new_boolean(TRUE));
  }
  constexpr int kLongestWaitMs = 5000;
  const DialogPtr<GVariant> reply(g_dbus_connection_call_sync(
      bus, kPortal, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.FileChooser",
      is_new ? "SaveFile" : "OpenFile", g_variant_new("(ssa{sv})", "", question.title.c_str(), &options),
      G_VARIANT_TYPE("(o)"), G_DBUS_CALL_FLAGS_NONE, kLongestWaitMs, nullptr, nullptr));
  return reply != nullptr;
}

// nullopt: there is no portal that could be asked.
std::optional<Chosen> ask_portal(const Question& question, const std::stop_token& stop) {
  const DialogPtr<GMainContext> context(g_main_context_new());
  g_main_context_push_thread_default(context.get());
  std::optional<Chosen> chosen;
  const DialogPtr<GDBusConnection> bus(g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, nullptr));
  if (bus) {
    g_dbus_connection_set_exit_on_close(bus.get(), FALSE);
    const std::string token = fmt::format("meanwhile_{}", g_random_int());
    PortalAnswer answer;
    const guint subscribed =
        g_dbus_connection_signal_subscribe(bus.get(), kPortal, "org.freedesktop.portal.Request", "Response",
                                           request_path(bus.get(), token).c_str(), nullptr,
                                           G_DBUS_SIGNAL_FLAGS_NONE, on_portal_response, &answer, nullptr);
    if (open_portal_dialog(bus.get(), question, token)) {
      const std::stop_callback wake(stop, [&context] { g_main_context_wakeup(context.get()); });
      while (!answer.has_come && !stop.stop_requested()) g_main_context_iteration(context.get(), TRUE);
      chosen =
          answer.has_come ? Chosen(answer.path) : Chosen(fail(ErrorCode::Aborted, "choosing was given up"));
    }
    g_dbus_connection_signal_unsubscribe(bus.get(), subscribed);
  }
  // What was subscribed to is given back by work that waits here.
  while (g_main_context_iteration(context.get(), FALSE)) {
  }
  g_main_context_pop_thread_default(context.get());
  return chosen;
}
#endif

std::vector<std::string> zenity_words(const Question& question) {
  std::vector<std::string> words = {"zenity", "--file-selection", "--title=" + question.title};
  if (question.new_file.empty()) {
    words.emplace_back("--directory");
  } else {
    words.insert(words.end(), {"--save", "--confirm-overwrite", "--filename=" + question.new_file.string()});
  }
  return words;
}

std::vector<std::string> kdialog_words(const Question& question) {
  if (question.new_file.empty()) return {"kdialog", "--title", question.title, "--getexistingdirectory", "."};
  return {"kdialog", "--title", question.title, "--getsavefilename", question.new_file.string()};
}

Chosen ask(const Question& question, const std::stop_token& stop) {
  may_block(Blocking::Bus, "file dialog");
#ifdef MEANWHILE_KEYRING
  if (auto chosen = ask_portal(question, stop)) return *chosen;
#endif
  if (auto chosen = ask_program(zenity_words(question), stop)) return *chosen;
  if (auto chosen = ask_program(kdialog_words(question), stop)) return *chosen;
  return fail(ErrorCode::Unavailable, question.without_dialog);
}

}  // namespace

std::optional<fs::path> path_of_file_uri(const std::string& uri) {
  constexpr std::string_view kScheme = "file://";
  if (!uri.starts_with(kScheme)) return std::nullopt;
  std::string_view rest = std::string_view(uri).substr(kScheme.size());
  constexpr std::string_view kHere = "localhost";
  if (rest.starts_with(kHere)) rest.remove_prefix(kHere.size());
  if (!rest.starts_with('/')) return std::nullopt;
  std::string path;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] != '%') {
      path += rest[i];
      continue;
    }
    const auto high = i + 2 < rest.size() ? hex_digit(rest[i + 1]) : std::nullopt;
    const auto low = i + 2 < rest.size() ? hex_digit(rest[i + 2]) : std::nullopt;
    if (!high || !low) return std::nullopt;
    path += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  if (path.find('\0') != std::string::npos) return std::nullopt;
  return fs::path(path);
}

Result<std::optional<fs::path>> choose_folder(const std::string& title, std::stop_token stop) {
  return ask({.title = title,
              .new_file = {},
              .without_dialog = tr("this desktop has no dialog for it; write the folder's address instead, "
                                   "like /srv/team")},
             stop);
}

Result<std::optional<fs::path>> choose_new_file(const std::string& title, const fs::path& suggested,
                                                std::stop_token stop) {
  return ask({.title = title,
              .new_file = suggested,
              .without_dialog = tr("this desktop has no dialog for it; write the file's name instead")},
             stop);
}

}  // namespace meanwhile
