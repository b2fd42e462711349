// A suite's tests, run in each browser.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/pages/viewer.h"
#include "tests/support/browser.h"

namespace meanwhile::e2e {

class InEachBrowser : public testing::TestWithParam<BrowserKind> {
 protected:
  void SetUp() override {
    if (const auto missing = Browser::missing(GetParam()); !missing.empty())
      GTEST_SKIP() << missing << " isn't installed";
  }
  // Another browser each time, which remembers nothing.
  Viewer& viewer(BrowserWindow window = {}) {
    window.kind = GetParam();
    viewer_ = std::make_unique<Viewer>(window);
    return *viewer_;
  }

 private:
  std::unique_ptr<Viewer> viewer_;
};

inline std::string browser_of(const testing::TestParamInfo<BrowserKind>& info) {
  return browser_name(info.param);
}

}  // namespace meanwhile::e2e
