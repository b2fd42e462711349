// A suite's tests, run in each browser.
#pragma once

#include <gtest/gtest.h>

#include <map>
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
  static void TearDownTestSuite() { viewers_.clear(); }
  // One browser of each kind for a suite: some take seconds to start.
  static Viewer& viewer() {
    std::unique_ptr<Viewer>& viewer = viewers_[GetParam()];
    if (!viewer) viewer = std::make_unique<Viewer>(BrowserWindow{.kind = GetParam()});
    return *viewer;
  }

 private:
  static inline std::map<BrowserKind, std::unique_ptr<Viewer>> viewers_;
};

inline std::string browser_of(const testing::TestParamInfo<BrowserKind>& info) {
  return browser_name(info.param);
}

}  // namespace meanwhile::e2e
