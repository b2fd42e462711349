// Chromium, as chromedriver drives it. Source: W3C WebDriver.
#pragma once

#include <memory>
#include <string>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/browser.h"
#include "tests/support/environment.h"

namespace meanwhile {

class Chromium final : public Browser {
 public:
  static std::string missing();
  static Result<std::unique_ptr<Browser>> start(const BrowserWindow& window);
  ~Chromium() override;

  Result<void> open(const std::string& url) override;
  Result<void> click(const std::string& selector) override;
  Result<void> type(const std::string& letters) override;
  Result<void> run_first(const std::string& script) override;
  pid_t first_process() const override { return driver_->id(); }

 private:
  Chromium() = default;
  Result<Json> execute(const std::string& script) override;
  Result<Json> picture() override;
  Result<Json> ask(const std::string& method, const std::string& path, const Json& body);
  Result<void> begin(const BrowserWindow& window);

  ScopedFolder folder_;
  std::unique_ptr<ChildProcess> driver_;
  std::string driver_url_;
  std::string session_;  // "/session/…"
};

}  // namespace meanwhile
