#include "app/page/page_frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/page/page_hash.h"
#include "app/page/web_sources.h"

namespace meanwhile {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kTemplate =
    "<!doctype html>\n<!--meanwhile:csp-->\n<!--meanwhile:title-->\n<!--meanwhile:style-->\n"
    "<!--meanwhile:share-->\n<!--meanwhile:bytes-->\n<!--meanwhile:script-->\n";

PageFrame framed(const PageContent& content) {
  return frame_page(content, {.page = kTemplate, .style = "b{}", .script = "alert(1)"});
}

TEST(PageFrame, FillsEachPlaceInTheOrderOfTheTemplate) {
  const PageFrame frame = framed({.title = "Plans", .share = {{"format", 1}}});
  EXPECT_EQ(frame.head.substr(0, frame.head.find("<meta")), "<!doctype html>\n");
  EXPECT_THAT(frame.head,
              HasSubstr("\n<title>Plans</title>\n<style>b{}</style>\n"
                        "<script type=\"application/json\" id=\"share\">{\"format\":1}</script>\n"));
  EXPECT_EQ(frame.tail, "\n<script type=\"module\">alert(1)</script>\n");
}

TEST(PageFrame, NothingRunsButWhatThePolicyNamesByHash) {
  // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
  EXPECT_EQ(policy_hash("alert(1)"), "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=");
  const PageFrame frame = framed({.title = "", .share = {}});
  EXPECT_THAT(
      frame.head,
      HasSubstr("default-src 'none'; script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; "
                "style-src '" +
                policy_hash("b{}") + "'; connect-src 'self' blob: data:;"));
  EXPECT_THAT(frame.head, Not(HasSubstr("unsafe")));
  const PageFrame elsewhere = framed({.title = "", .share = {}, .origin = "https://host:9000"});
  EXPECT_THAT(elsewhere.head, HasSubstr("connect-src 'self' blob: data: https://host:9000; media-src"));
  const PageFrame on_disk = framed({.title = "", .share = {}, .is_beside_files = true});
  EXPECT_THAT(on_disk.head, HasSubstr("media-src 'self' blob: data: file:; img-src"));
}

TEST(PageFrame, ForeignTextIsTextAndFillsNoPlace) {
  const std::string hostile = "</script><script>x</script><!--meanwhile:script--><!--meanwhile:csp-->";
  const PageFrame frame = framed({.title = hostile, .share = {{"title", hostile}}});
  EXPECT_EQ(parse_json(frame.head.substr(frame.head.find("{\""),
                                         frame.head.find("\"}") + 2 - frame.head.find("{\"")))
                .value()["title"],
            hostile);
  EXPECT_THAT(frame.head, Not(HasSubstr("<script>x")));
  EXPECT_THAT(frame.head, Not(HasSubstr("alert(1)")));
}

TEST(PageFrame, ALockedPageSaysNothingInItsTitle) {
  EXPECT_THAT(framed({.title = "", .share = {}}).head, HasSubstr("<title>Meanwhile</title>"));
}

TEST(WebSources, HaveEachPlaceOnceAndNothingThatEndsTheirTags) {
  const std::string page(web_page());
  for (const char* place : {"csp", "title", "style", "share", "bytes", "script"}) {
    const std::string mark = "\n<!--meanwhile:" + std::string(place) + "-->\n";
    const auto at = page.find(mark);
    ASSERT_NE(at, page.npos) << place;
    EXPECT_EQ(page.find(mark, at + 1), page.npos) << place;
  }
  EXPECT_THAT(std::string(web_style()), Not(HasSubstr("</style")));
  // As HTML reads scripts, both would change where it ends.
  EXPECT_THAT(std::string(web_script()), Not(HasSubstr("</script")));
  EXPECT_THAT(std::string(web_script()), Not(HasSubstr("<!--")));
  for (const auto source : {web_page(), web_style(), web_script()})
    EXPECT_EQ(source.find('\r'), source.npos) << "browsers would hash other bytes than we do";
  EXPECT_LE(web_page().size() + web_style().size() + web_script().size(), 97'000u);
}

}  // namespace
}  // namespace meanwhile
