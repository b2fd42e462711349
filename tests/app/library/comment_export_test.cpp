#include "app/library/comment_export.h"

#include <gtest/gtest.h>

#include "media/base/json.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

const std::string kClip = id_from("c1");

class CommentExportTest : public testing::Test {
 protected:
  CommentExportTest() {
    clip_.id = kClip;
    clip_.title = "Budget *2027*";
    clip_.author_name = "Ben";
    Comment comment{.id = "d.1",
                    .author = "p1",
                    .author_name = "Anna \"A\", B",
                    .text = "=SUM(A1), \"quoted\"\n\nand --> <b>more</b>"};
    comment.at = seconds(83);
    comment.to = seconds(95);
    comment.created = WallTime(std::chrono::milliseconds(kStoryBegin));
    Comment reply{.id = "d.2", .author_name = "Ben", .text = "Yes", .reply_to = "d.1"};
    reply.at = seconds(83);
    threads_.push_back({comment, {reply}});
  }

  std::string written(CommentFormat format) const {
    return export_comments({clip_, threads_, asks_, reactions_, "Europe/Berlin"}, format);
  }

  Clip clip_;
  std::vector<Thread> threads_;
  std::vector<Ask> asks_;
  std::vector<Reaction> reactions_;
};

TEST_F(CommentExportTest, MarkdownEscapesWhatIsMarkup) {
  const std::string text = written(CommentFormat::Markdown);
  EXPECT_TRUE(text.starts_with("# Budget \\*2027\\*\n")) << text;
  EXPECT_NE(text.find("- `1:23–1:35` **Anna \"A\", B** · 22 Nov 2026 13:00"), std::string::npos) << text;
  EXPECT_NE(text.find("and --\\> \\<b\\>more\\</b\\>"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  - **Ben**"), std::string::npos) << text;
}

TEST_F(CommentExportTest, MarkdownMakesNothingOfALineButItsWords) {
  threads_[0].comment.text =
      "- one\n+ two\n---\n===\n1. three\n12) four\n    code\n&lt;tag>\n2 - 1 = 1\n1.5 h";
  const std::string text = written(CommentFormat::Markdown);
  for (const char* line :
       {"  \\- one\n", "  \\+ two\n", "  \\---\n", "  \\===\n", "  1\\. three\n", "  12\\) four\n",
        "  &nbsp;&nbsp;&nbsp;&nbsp;code\n", "  \\&lt;tag\\>\n", "  2 - 1 = 1\n", "  1\\.5 h\n"})
    EXPECT_TRUE(text.contains(line)) << line << text;
}

TEST_F(CommentExportTest, CsvIsRfc4180AndNoFormula) {
  const std::string text = written(CommentFormat::Table);
  EXPECT_TRUE(
      text.starts_with("id,kind,reply_to,at_us,to_us,author,created,resolved,reply_by,text,resolved_by\r\n"));
  EXPECT_NE(text.find("d.1,comment,,83000000,95000000,\"Anna \"\"A\"\", B\",2026-11-22T12:00:00.000Z,no,,"
                      "\"'=SUM(A1), \"\"quoted\"\"\n\nand --> <b>more</b>\",\r\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("d.2,reply,d.1,83000000,,Ben,"), std::string::npos) << text;
}

TEST_F(CommentExportTest, CsvHasNoFormulaInFullWidthSignsEither) {
  for (const std::string sign : {"=", "+", "-", "@", "＝", "＋", "－", "＠"}) {
    threads_[0].comment.text = sign + "1";
    threads_[0].comment.author_name = sign + "2";
    const std::string text = written(CommentFormat::Table);
    EXPECT_TRUE(text.contains(",'" + sign + "1,\r\n")) << text;
    EXPECT_TRUE(text.contains(",'" + sign + "2,")) << text;
  }
}

TEST_F(CommentExportTest, JsonHasAllThatCommandsSay) {
  const Json json = parse_json(written(CommentFormat::Document)).value();
  EXPECT_EQ(json["clip"], kClip);
  EXPECT_EQ(json["comments"].size(), 2U);
  EXPECT_EQ(json["comments"][1]["reply_to"], "d.1");
}

TEST_F(CommentExportTest, WebVttCuesAreWhole) {
  const std::string text = written(CommentFormat::WebVtt);
  EXPECT_EQ(text,
            "WEBVTT\n\nd.1\n00:01:23.000 --> 00:01:35.000\n<v Anna \"A\", B>Anna \"A\", B: =SUM(A1), "
            "\"quoted\"\nand --&gt; "
            "&lt;b&gt;more&lt;/b&gt;\n<v Ben>Ben: Yes\n\n");
}

TEST_F(CommentExportTest, FormatsAreNamedAsTheirFiles) {
  for (const char* name : {"md", "csv", "json", "vtt"})
    EXPECT_EQ(format_name(*parse_comment_format(name)), name);
  EXPECT_FALSE(parse_comment_format("xls"));
}

}  // namespace
}  // namespace meanwhile
