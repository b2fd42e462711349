#include "tests/support/browser.h"

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

#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/desktop_services.h"
#include "tests/support/storage_server.h"
#include "upload/http/http_client.h"
#include "upload/http/http_message.h"
#include "upload/payload.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

constexpr const char* kDriver = "/usr/bin/chromedriver";
constexpr const char* kChromium = "/usr/bin/chromium";
constexpr std::uint64_t kLargestAnswer = 64 << 20;
// W3C WebDriver s. 11: what names an element in JSON.
constexpr const char* kElement = "element-6066-11e4-a52e-4f735466cecf";

Json wanted_browser(const BrowserWindow& window, const std::filesystem::path& profile) {
  Json words = {"--headless=new",
                "--no-sandbox",  // tests run as root, whom it refuses otherwise
                "--disable-gpu",
                "--disable-dev-shm-usage",  // it may be tiny where tests run
                "--autoplay-policy=no-user-gesture-required",
                fmt::format("--window-size={},{}", window.width, window.height),
                "--user-data-dir=" + profile.string()};
  if (window.is_dark) words.push_back("--blink-settings=preferredColorScheme=0");
  const Json options = {{"binary", kChromium}, {"args", words}};
  return {{"capabilities", {{"alwaysMatch", {{"browserName", "chrome"}, {"goog:chromeOptions", options}}}}}};
}

}  // namespace

std::string Browser::missing() {
  return missing_program({kDriver, kChromium});
}

Result<std::unique_ptr<Browser>> Browser::start(const BrowserWindow& window) {
  std::unique_ptr<Browser> browser(new Browser());
  const int port = free_port();
  const std::string home = browser->folder_.path().string();
  auto driver = ChildProcess::start(
      {kDriver, fmt::format("--port={}", port)},
      {.environment = {{"HOME", home}, {"XDG_CONFIG_HOME", home}, {"XDG_CACHE_HOME", home}},
       .output = browser->folder_.path() / "driver.log"});
  if (!driver) return std::unexpected(driver.error());
  browser->driver_ = std::move(*driver);
  browser->driver_url_ = fmt::format("http://127.0.0.1:{}", port);
  MEANWHILE_TRY(browser->begin(window));
  return browser;
}

Result<void> Browser::begin(const BrowserWindow& window) {
  const Json wanted = wanted_browser(window, folder_.path() / "profile");
  Result<Json> begun = fail(ErrorCode::Unavailable, "starting a browser");
  for (const auto end = std::chrono::steady_clock::now() + 30s; std::chrono::steady_clock::now() < end;) {
    begun = ask("POST", "/session", wanted);
    if (begun) break;
    std::this_thread::sleep_for(50ms);
  }
  if (!begun) return std::unexpected(begun.error());
  session_ = "/session/" + string_member(*begun, "sessionId").value_or("");
  const auto patient = ask("POST", session_ + "/timeouts", {{"script", 20'000}, {"pageLoad", 30'000}});
  if (!patient) return std::unexpected(patient.error());
  return {};
}

Browser::~Browser() {
  if (!session_.empty()) (void)ask("DELETE", session_, nullptr);
  if (driver_) driver_->signal(SIGTERM);
}

Result<Json> Browser::ask(const std::string& method, const std::string& path, const Json& body) {
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

Result<void> Browser::open(const std::string& url) {
  const auto opened = ask("POST", session_ + "/url", {{"url", url}});
  if (!opened) return std::unexpected(opened.error());
  return {};
}

Result<Json> Browser::run(const std::string& script) {
  const std::string whole =
      "const done = arguments[arguments.length - 1];"
      "(async () => {" +
      script +
      "})().then((value) => done({value: value ?? null}), (error) => done({thrown: String(error)}));";
  auto answer = ask("POST", session_ + "/execute/async", {{"script", whole}, {"args", Json::array()}});
  if (!answer) return answer;
  if (const auto thrown = string_member(*answer, "thrown")) return fail(ErrorCode::Unavailable, *thrown);
  return answer->at("value");
}

bool Browser::wait_until(const std::string& expression) {
  const auto answer =
      run("for (const end = Date.now() + 19000; Date.now() < end;) {"
          "  if (" +
          expression +
          ") return true;"
          "  await new Promise((resolve) => setTimeout(resolve, 20));"
          "} return false;");
  return answer && answer->is_boolean() && answer->get<bool>();
}

Result<void> Browser::click(const std::string& selector) {
  const auto found = ask("POST", session_ + "/element", {{"using", "css selector"}, {"value", selector}});
  if (!found) return std::unexpected(found.error());
  const std::string element = string_member(*found, kElement).value_or("");
  const auto clicked = ask("POST", session_ + "/element/" + element + "/click", Json::object());
  if (!clicked) return std::unexpected(clicked.error());
  return {};
}

Result<void> Browser::type(const std::string& letters) {
  const auto focused = ask("GET", session_ + "/element/active", nullptr);
  if (!focused) return std::unexpected(focused.error());
  const std::string element = string_member(*focused, kElement).value_or("");
  const auto typed = ask("POST", session_ + "/element/" + element + "/value", {{"text", letters}});
  if (!typed) return std::unexpected(typed.error());
  return {};
}

Result<void> Browser::screenshot(const std::filesystem::path& png) {
  const auto taken = ask("GET", session_ + "/screenshot", nullptr);
  if (!taken) return std::unexpected(taken.error());
  if (!taken->is_string()) return fail(ErrorCode::Unavailable, "taking a picture of the page");
  const auto bytes = from_base64(taken->get<std::string>());
  if (!bytes) return std::unexpected(bytes.error());
  return write_file_durably(png, std::as_bytes(std::span(*bytes)));
}

}  // namespace meanwhile
