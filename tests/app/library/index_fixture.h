// An index with two people who write into it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/library/index.h"
#include "tests/support/environment.h"
#include "tests/support/library_events.h"

namespace meanwhile {

class IndexTest : public testing::Test {
 protected:
  IndexTest() { open(); }

  void open() {
    index_.reset();
    auto opened = Index::open(folder_.path() / "index.sqlite", anna_.person);
    ASSERT_TRUE(opened) << opened.error().message;
    index_ = std::move(*opened);
  }

  ApplyReport apply(const Writer& writer, const Json& event) {
    const AuthoredEvents batch = writer.batch({event});
    auto report = index_->apply(std::span(&batch, 1));
    EXPECT_TRUE(report) << report.error().message;
    return report.value_or(ApplyReport{});
  }

  // Later than all before.
  EventId say(Writer& writer, const EventBody& body) {
    apply(writer, writer.write(body, ++now_));
    return writer.last();
  }

  std::vector<Thread> threads() { return index_->comments(clip_).value(); }
  Comment first_comment() { return threads().at(0).comment; }

  ScopedFolder folder_;
  Writer anna_{"anna"};
  Writer ben_{"ben"};
  const std::string clip_ = id_from("c1");
  std::int64_t now_ = kStoryBegin;
  std::unique_ptr<Index> index_;
};

}  // namespace meanwhile
