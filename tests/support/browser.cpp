#include "tests/support/browser.h"

#include <cstddef>
#include <expected>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/chromium.h"
#include "tests/support/firefox.h"
#include "upload/signing.h"

namespace meanwhile {

std::string browser_name(BrowserKind kind) {
  return kind == BrowserKind::Firefox ? "Firefox" : "Chromium";
}

Json browser_timeouts() {
  return {{"script", 20'000}, {"pageLoad", 30'000}};
}

std::string Browser::missing(BrowserKind kind) {
  return kind == BrowserKind::Firefox ? Firefox::missing() : Chromium::missing();
}

Result<std::unique_ptr<Browser>> Browser::start(const BrowserWindow& window) {
  return window.kind == BrowserKind::Firefox ? Firefox::start(window) : Chromium::start(window);
}

Result<Json> Browser::run(const std::string& script) {
  auto answer = execute(
      "const done = arguments[arguments.length - 1];"
      "(async () => {" +
      script +
      "})().then((value) => done({value: value ?? null}), (error) => done({thrown: String(error)}));");
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

Result<void> Browser::run_first(const std::string&) {
  return fail(ErrorCode::Unsupported, "this browser runs nothing before a page's own scripts");
}

Result<void> Browser::screenshot(const std::filesystem::path& png) {
  const auto taken = picture();
  if (!taken) return std::unexpected(taken.error());
  if (!taken->is_string()) return fail(ErrorCode::Unavailable, "taking a picture of the page");
  const auto bytes = from_base64(taken->get<std::string>());
  if (!bytes) return std::unexpected(bytes.error());
  return write_file_durably(png, std::as_bytes(std::span(*bytes)));
}

}  // namespace meanwhile
