// Firefox, driven by its Marionette, which geckodriver speaks to as well. Source: Firefox Source Docs,
// "Marionette", "Protocol"; the commands are W3C WebDriver's under other names.
#pragma once

#include <memory>
#include <string>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/browser.h"
#include "tests/support/environment.h"

namespace meanwhile {

class Firefox final : public Browser {
 public:
  static std::string missing();
  static Result<std::unique_ptr<Browser>> start(const BrowserWindow& window);
  ~Firefox() override;

  Result<void> open(const std::string& url) override;
  Result<void> click(const std::string& selector) override;
  Result<void> type(const std::string& letters) override;
  pid_t first_process() const override { return process_->id(); }

 private:
  Firefox() = default;
  Result<Json> execute(const std::string& script) override;
  Result<Json> picture() override;
  Result<void> begin(const BrowserWindow& window);
  Result<Json> ask(const std::string& command, const Json& parameters);
  // One message: its length in decimal, a colon, JSON.
  Result<Json> read_message();

  ScopedFolder folder_;
  std::unique_ptr<ChildProcess> process_;
  int socket_ = -1;
  int asked_ = 0;
  std::string heard_;  // what came and wasn't read yet
};

}  // namespace meanwhile
