#include "tests/support/chromium.h"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <thread>

#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/desktop_services.h"
#include "tests/support/storage_server.h"
#include "upload/http/http_client.h"
#include "upload/http/http_message.h"
#include "upload/payload.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

constexpr const char* kDriver = "/usr/bin/chromedriver";
constexpr const char* kChromium = "/usr/bin/chromium";
constexpr std::uint64_t kLargestAnswer = 64 << 20;

Json wanted_chromium(const BrowserWindow& window, const std::filesystem::path& profile) {
  Json words = {"--headless=new",
                "--no-sandbox",  // tests run as root, whom it refuses otherwise
                "--disable-gpu",
                "--disable-dev-shm-usage",  // it may be tiny where tests run
                "--autoplay-policy=no-user-gesture-required",
                fmt::format("--window-size={},{}", window.width, window.height),
                "--user-data-dir=" + profile.string()};
  if (window.is_dark) words.push_back("--blink-settings=preferredColorScheme=0");
  Json options = {{"binary", kChromium}, {"args", words}};
  if (window.is_phone) {
    const Json metrics = {{"width", window.width},
                          {"height", window.height},
                          {"pixelRatio", 2},
                          {"touch", true},
                          {"mobile", true}};
    options["mobileEmulation"] = {{"deviceMetrics", metrics}};
  }
  return {{"capabilities", {{"alwaysMatch", {{"browserName", "chrome"}, {"goog:chromeOptions", options}}}}}};
}

}  // namespace

std::string Chromium::missing() {
  return missing_program({kDriver, kChromium});
}

Result<std::unique_ptr<Browser>> Chromium::start(const BrowserWindow& window) {
  std::unique_ptr<Chromium> browser(new Chromium());
  const int port = free_port();
  const std::string home = browser->folder_.path().string();
  Environment surroundings = {{"HOME", home}, {"XDG_CONFIG_HOME", home}, {"XDG_CACHE_HOME", home}};
  surroundings.insert(surroundings.end(), window.environment.begin(), window.environment.end());
  auto driver = ChildProcess::start(
      {kDriver, fmt::format("--port={}", port)},
      {.environment = std::move(surroundings), .output = browser->folder_.path() / "driver.log"});
  if (!driver) return std::unexpected(driver.error());
  browser->driver_ = std::move(*driver);
  browser->driver_url_ = fmt::format("http://127.0.0.1:{}", port);
  MEANWHILE_TRY(browser->begin(window));
  return browser;
}

Result<void> Chromium::begin(const BrowserWindow& window) {
  const Json wanted = wanted_chromium(window, folder_.path() / "profile");
  Result<Json> begun = fail(ErrorCode::Unavailable, "starting a browser");
  for (const auto end = std::chrono::steady_clock::now() + 30s; std::chrono::steady_clock::now() < end;) {
    begun = ask("POST", "/session", wanted);
    if (begun) break;
    std::this_thread::sleep_for(50ms);
  }
  if (!begun) return std::unexpected(begun.error());
  session_ = "/session/" + string_member(*begun, "sessionId").value_or("");
  const auto patient = ask("POST", session_ + "/timeouts", browser_timeouts());
  if (!patient) return std::unexpected(patient.error());
  return {};
}

Chromium::~Chromium() {
  if (!session_.empty()) (void)ask("DELETE", session_, nullptr);
  if (driver_) driver_->signal(SIGTERM);
}

Result<Json> Chromium::ask(const std::string& method, const std::string& path, const Json& body) {
  HttpRequest request{.method = method, .url = driver_url_ + path, .limit_bytes = kLargestAnswer};
  const std::string text = to_text(body);
  if (!body.is_null()) {
    request.body = Payload(std::as_bytes(std::span(text)));
    request.headers = {"Content-Type: application/json"};
  }
  const auto answer = HttpClient::shared()->send(request, {}, {});
  if (!answer) return std::unexpected(answer.error());
  const auto json = parse_json({reinterpret_cast<const char*>(answer->body.data()), answer->body.size()});
  if (!json || !json->is_object() || !json->contains("value"))
    return fail(ErrorCode::Unavailable, path + ": no answer of a browser's driver");
  Json value = json->at("value");
  if (answer->is_success()) return value;
  return fail(ErrorCode::Unavailable, path + ": " + string_member(value, "message").value_or("refused"));
}

Result<void> Chromium::open(const std::string& url) {
  const auto opened = ask("POST", session_ + "/url", {{"url", url}});
  if (!opened) return std::unexpected(opened.error());
  return {};
}

Result<Json> Chromium::execute(const std::string& script) {
  return ask("POST", session_ + "/execute/async", {{"script", script}, {"args", Json::array()}});
}

// Source: Chrome DevTools Protocol, "Page.addScriptToEvaluateOnNewDocument".
Result<void> Chromium::run_first(const std::string& script) {
  const auto added =
      ask("POST", session_ + "/goog/cdp/execute",
          {{"cmd", "Page.addScriptToEvaluateOnNewDocument"}, {"params", {{"source", script}}}});
  if (!added) return std::unexpected(added.error());
  return {};
}

Result<Json> Chromium::picture() {
  return ask("GET", session_ + "/screenshot", nullptr);
}

Result<void> Chromium::click(const std::string& selector) {
  const auto found = ask("POST", session_ + "/element", {{"using", "css selector"}, {"value", selector}});
  if (!found) return std::unexpected(found.error());
  const std::string element = string_member(*found, kElement).value_or("");
  const auto clicked = ask("POST", session_ + "/element/" + element + "/click", Json::object());
  if (!clicked) return std::unexpected(clicked.error());
  return {};
}

Result<void> Chromium::type(const std::string& letters) {
  const auto focused = ask("GET", session_ + "/element/active", nullptr);
  if (!focused) return std::unexpected(focused.error());
  const std::string element = string_member(*focused, kElement).value_or("");
  const auto typed = ask("POST", session_ + "/element/" + element + "/value", {{"text", letters}});
  if (!typed) return std::unexpected(typed.error());
  return {};
}

}  // namespace meanwhile
