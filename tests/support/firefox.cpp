#include "tests/support/firefox.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/desktop_services.h"
#include "tests/support/raw_http.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFirefox = "/usr/bin/firefox-esr";
constexpr timeval kSilence{60, 0};  // more than a script or a page may take

// What it would otherwise do at its first start, and on the network.
constexpr const char* kPreferences = R"(user_pref("marionette.port", 0);
user_pref("app.normandy.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.safebrowsing.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.update.enabled", false);
user_pref("media.autoplay.default", 0);
user_pref("media.autoplay.blocking_policy", 0);
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("security.sandbox.warn_unprivileged_namespaces", false);
user_pref("services.settings.server", "data:,none");
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
)";

void write_profile(const fs::path& profile, bool is_dark) {
  fs::create_directories(profile);
  std::ofstream(profile / "user.js") << kPreferences
                                     << "user_pref(\"layout.css.prefers-color-scheme.content-override\", "
                                     << (is_dark ? 0 : 1) << ");\n";
}

// 0: it isn't known yet.
int marionette_port(const fs::path& profile) {
  int port = 0;
  std::ifstream(profile / "MarionetteActivePort") >> port;
  return port;
}

}  // namespace

std::string Firefox::missing() {
  return missing_program({kFirefox});
}

Result<std::unique_ptr<Browser>> Firefox::start(const BrowserWindow& window) {
  std::unique_ptr<Firefox> browser(new Firefox());
  const fs::path home = browser->folder_.path();
  const fs::path profile = home / "profile";
  write_profile(profile, window.is_dark);
  Environment surroundings = {{"HOME", home.string()},
                              {"XDG_CONFIG_HOME", home.string()},
                              {"XDG_CACHE_HOME", home.string()},
                              {"MOZ_HEADLESS_WIDTH", std::to_string(window.width)},
                              {"MOZ_HEADLESS_HEIGHT", std::to_string(window.height)}};
  surroundings.insert(surroundings.end(), window.environment.begin(), window.environment.end());
  auto process = ChildProcess::start(
      {kFirefox, "--headless", "--marionette", "--no-remote", "--profile", profile.string()},
      {.environment = std::move(surroundings), .output = home / "firefox.log"});
  if (!process) return std::unexpected(process.error());
  browser->process_ = std::move(*process);
  const auto answers = [&] {
    const int port = marionette_port(profile);
    if (port > 0) browser->socket_ = connect_to_loopback(port);
    return browser->socket_ >= 0;
  };
  if (!becomes_true(answers, std::chrono::seconds(60)))
    return fail(ErrorCode::Unavailable, "Firefox doesn't come up");
  MEANWHILE_TRY(browser->begin(window));
  return browser;
}

Result<void> Firefox::begin(const BrowserWindow& window) {
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kSilence, sizeof kSilence);
  const auto greeting = read_message();
  if (!greeting) return std::unexpected(greeting.error());
  const auto begun = ask("WebDriver:NewSession", {{"strictFileInteractability", true}});
  if (!begun) return std::unexpected(begun.error());
  const auto sized = ask("WebDriver:SetWindowRect", {{"width", window.width}, {"height", window.height}});
  if (!sized) return std::unexpected(sized.error());
  const auto patient = ask("WebDriver:SetTimeouts", browser_timeouts());
  if (!patient) return std::unexpected(patient.error());
  return {};
}

Firefox::~Firefox() {
  if (socket_ < 0) return;
  // With its children, which outlive one that is killed.
  if (ask("Marionette:Quit", {{"flags", {"eForceQuit"}}})) process_->wait();
  ::close(socket_);
}

Result<Json> Firefox::read_message() {
  while (true) {
    const std::size_t colon = heard_.find(':');
    std::size_t length = 0;
    if (colon != std::string::npos) {
      std::from_chars(heard_.data(), heard_.data() + colon, length);
      if (heard_.size() > colon + length) {
        auto json = parse_json(std::string_view(heard_).substr(colon + 1, length));
        heard_.erase(0, colon + 1 + length);
        return json;
      }
    }
    std::array<char, 65536> piece;
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count <= 0) return fail(ErrorCode::Unavailable, "Firefox has gone silent");
    heard_.append(piece.data(), static_cast<std::size_t>(count));
  }
}

// Requests are [0, number, command, parameters], answers [1, number, error, value].
Result<Json> Firefox::ask(const std::string& command, const Json& parameters) {
  const int number = ++asked_;
  const std::string text = to_text(Json{0, number, command, parameters});
  send_all(socket_, fmt::format("{}:{}", text.size(), text));
  while (true) {
    auto answer = read_message();
    if (!answer) return answer;
    if (!answer->is_array() || answer->size() != 4)
      return fail(ErrorCode::Unavailable, command + ": no answer of Marionette's");
    if (answer->at(1) != number) continue;
    if (!answer->at(2).is_null())
      return fail(ErrorCode::Unavailable,
                  command + ": " + string_member(answer->at(2), "message").value_or("refused"));
    return answer->at(3);
  }
}

Result<void> Firefox::open(const std::string& url) {
  const auto opened = ask("WebDriver:Navigate", {{"url", url}});
  if (!opened) return std::unexpected(opened.error());
  return {};
}

Result<Json> Firefox::execute(const std::string& script) {
  auto answer = ask("WebDriver:ExecuteAsyncScript",
                    {{"script", script}, {"args", Json::array()}, {"newSandbox", false}});
  if (!answer) return answer;
  return answer->at("value");
}

Result<Json> Firefox::picture() {
  auto answer = ask("WebDriver:TakeScreenshot", {{"full", false}, {"hash", false}});
  if (!answer) return answer;
  return answer->at("value");
}

Result<void> Firefox::click(const std::string& selector) {
  const auto found = ask("WebDriver:FindElement", {{"using", "css selector"}, {"value", selector}});
  if (!found) return std::unexpected(found.error());
  const auto clicked =
      ask("WebDriver:ElementClick", {{"id", string_member(found->at("value"), kElement).value_or("")}});
  if (!clicked) return std::unexpected(clicked.error());
  return {};
}

Result<void> Firefox::type(const std::string& letters) {
  const auto focused = ask("WebDriver:GetActiveElement", Json::object());
  if (!focused) return std::unexpected(focused.error());
  const auto typed =
      ask("WebDriver:ElementSendKeys",
          {{"id", string_member(focused->at("value"), kElement).value_or("")}, {"text", letters}});
  if (!typed) return std::unexpected(typed.error());
  return {};
}

}  // namespace meanwhile
