#include "app/library/events.h"

#include <gtest/gtest.h>

#include "app/library/mentions.h"
#include "app/library/text.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

const std::string kClip = id_from("c1");
const EventId kComment{id_from("d1"), 7};
const std::string kPerson = id_from("p1");

Drawing every_shape() {
  return {{ShapeKind::Pen, ShapeColor::Red, 40, {{0, 0}, {5000, 3333}, {kShapeUnit, kShapeUnit}}},
          {ShapeKind::Arrow, ShapeColor::Blue, 5, {{1, 2}, {9999, 7}}},
          {ShapeKind::Box, ShapeColor::White, 500, {{10, 20}, {30, 40}}},
          {ShapeKind::Text, ShapeColor::Black, 60, {{1234, 5678}}, "hier, größer"}};
}

TEST(Events, AreReadAsTheyWereWritten) {
  const std::vector<EventBody> bodies = {
      ProfileEvent{"Anna", "Europe/Berlin", "09:00-17:00"},
      ProfileEvent{},
      ChannelEvent{"design", "Design", false},
      published(kClip, "A title"),
      CommentEvent{kClip, seconds(1), seconds(2), "x"},
      CommentEvent{kClip, seconds(1), std::nullopt, "größer 😀"},
      CommentEvent{kClip, seconds(1), std::nullopt, "@Ben, look", {every_shape(), id_from("c2"), {kPerson}}},
      CommentEvent{kClip, seconds(1), std::nullopt, "", {.drawing = every_shape()}},
      ReplyEvent{kComment, "y"},
      ReplyEvent{kComment, "", {.media = id_from("c2")}},
      AskEvent{kClip,
               seconds(4),
               AskKind::Decision,
               "Ship it?",
               {kPerson},
               WallTime(std::chrono::milliseconds(kStoryBegin))},
      AskEvent{kClip, seconds(4), AskKind::Know, "We ship"},
      AskEvent{.clip = kClip, .text = "Again", .copy_of = to_text(kComment)},
      EditEvent{kComment, "@Ben", {kPerson}},
      EditEvent{kComment, "z"},
      DeleteCommentEvent{kComment},
      DeleteClipEvent{kClip},
      RestoreClipEvent{kClip},
      ResolveEvent{kComment, false},
      ReactEvent{kClip, seconds(3), "heart"},
      WatchedEvent{kClip, {{seconds(0), seconds(9)}}, seconds(9), {kComment}},
      TitleEvent{kClip, ""}};
  for (const EventBody& body : bodies) {
    const Json json = to_json(body).value();
    const auto read = parse_event(json);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->index(), body.index());
    EXPECT_EQ(to_json(*read).value(), json);
  }
}

struct Hostile {
  const char* name;
  std::string json;
  ErrorCode code = ErrorCode::Corrupt;
};
void PrintTo(const Hostile& hostile, std::ostream* out) {
  *out << hostile.name;
}

class HostileEvents : public testing::TestWithParam<Hostile> {};

TEST_P(HostileEvents, AreRefused) {
  std::string text = GetParam().json;
  for (auto at = text.find("CLIP"); at != std::string::npos; at = text.find("CLIP"))
    text.replace(at, 4, kClip);
  const auto json = parse_json(text);
  ASSERT_TRUE(json);
  const auto read = parse_event(*json);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, GetParam().code) << read.error().message;
}

const std::string kMegabyte(1 << 20, 'a');
const std::string kComments = R"({"type":"comment","clip":"CLIP","at_us":1,)";
const std::string kDrawing = kComments + R"("text":"x","drawing":[)";
const std::string kWatched = R"({"type":"watched","clip":"CLIP","ranges":)";

INSTANTIATE_TEST_SUITE_P(
    Events, HostileEvents,
    testing::Values(
        Hostile{"NotAnObject", "[1,2]"}, Hostile{"NoType", "{}"},
        Hostile{"TypeOfAnotherType", R"({"type":1})"},
        Hostile{"UnknownType", R"({"type":"dance"})", ErrorCode::Unsupported},
        Hostile{"MegabyteOfType", R"({"type":")" + kMegabyte + "\"}", ErrorCode::Unsupported},
        Hostile{"MegabyteOfText",
                R"({"type":"comment","clip":"CLIP","at_us":1,"text":")" + kMegabyte + "\"}"},
        Hostile{"NoText", R"({"type":"comment","clip":"CLIP","at_us":1})"},
        Hostile{"BlankText", R"({"type":"comment","clip":"CLIP","at_us":1,"text":" \n\u202e"})"},
        Hostile{"TextIsAList", R"({"type":"comment","clip":"CLIP","at_us":1,"text":["x"]})"},
        Hostile{"NegativeMoment", R"({"type":"comment","clip":"CLIP","at_us":-1,"text":"x"})"},
        Hostile{"MomentPastAnyClip", R"({"type":"comment","clip":"CLIP","at_us":360000000001,"text":"x"})"},
        Hostile{"MomentBeyondIntegers",
                R"({"type":"comment","clip":"CLIP","at_us":18446744073709551615,"text":"x"})"},
        Hostile{"MomentIsAFraction", R"({"type":"comment","clip":"CLIP","at_us":1.5,"text":"x"})"},
        Hostile{"MomentIsAText", R"({"type":"comment","clip":"CLIP","at_us":"1","text":"x"})"},
        Hostile{"EndsBeforeItBegins", R"({"type":"comment","clip":"CLIP","at_us":2,"to_us":1,"text":"x"})"},
        Hostile{"ClipClimbs", R"({"type":"comment","clip":"../../../etc/passwd","at_us":1,"text":"x"})"},
        Hostile{"ReplyToNoId", R"({"type":"reply","to":"x.1","text":"x"})"},
        Hostile{"DeleteOfNothing", R"({"type":"delete"})"},
        Hostile{"ResolveWithoutWhich", R"({"type":"resolve","comment":"00d10000000000000000000000.1"})"},
        Hostile{"ResolvedIsANumber",
                R"({"type":"resolve","comment":"00d10000000000000000000000.1","resolved":1})"},
        Hostile{"LongReaction",
                R"({"type":"react","clip":"CLIP","at_us":1,"name":"123456789012345678901234567890123"})"},
        Hostile{"UnknownReaction", R"({"type":"react","clip":"CLIP","at_us":1,"name":"dance"})"},
        Hostile{"BlankTextWithAnEmptyDrawing", kComments + R"("text":"","drawing":[]})"},
        Hostile{"DrawingIsAText", kComments + R"("text":"x","drawing":"x"})"},
        Hostile{"ShapeWithoutKind", kDrawing + R"({"color":"red","width":0.1,"points":[0,0]}]})"},
        Hostile{"PlaceOutsideTheScreen",
                kDrawing + R"({"kind":"pen","color":"red","width":0.01,"points":[0,1.1]}]})"},
        Hostile{"PlaceIsNegative",
                kDrawing + R"({"kind":"pen","color":"red","width":0.01,"points":[-0.5,1]}]})"},
        Hostile{"PlaceIsHuge",
                kDrawing + R"({"kind":"pen","color":"red","width":0.01,"points":[1e308,1]}]})"},
        Hostile{"HalfAPlace", kDrawing + R"({"kind":"pen","color":"red","width":0.01,"points":[0,0,1]}]})"},
        Hostile{"ArrowWithoutHead",
                kDrawing + R"({"kind":"arrow","color":"red","width":0.01,"points":[0,0]}]})"},
        Hostile{"LineTooThick", kDrawing + R"({"kind":"pen","color":"red","width":0.9,"points":[0,0]}]})"},
        Hostile{"NoTextInAText", kDrawing + R"({"kind":"text","color":"red","width":0.01,"points":[0,0]}]})"},
        Hostile{"TextInAPen",
                kDrawing + R"({"kind":"pen","color":"red","width":0.01,"points":[0,0],"text":"x"}]})"},
        Hostile{"MediaClimbs", kComments + R"("text":"x","media":"../x"})"},
        Hostile{"MentionOfNobody", kComments + R"("text":"x","mentions":["nobody"]})"},
        Hostile{"MentionsAreNumbers", kComments + R"("text":"x","mentions":[1]})"},
        Hostile{"AskOfUnknownKind", R"({"type":"ask","clip":"CLIP","at_us":1,"kind":"order","text":"x"})"},
        Hostile{"AskWithoutWords", R"({"type":"ask","clip":"CLIP","at_us":1,"kind":"answer","text":" "})"},
        Hostile{"AskByAWord",
                R"({"type":"ask","clip":"CLIP","at_us":1,"kind":"answer","text":"x","by":"Thursday"})"},
        Hostile{"AskForNoList",
                R"({"type":"ask","clip":"CLIP","at_us":1,"kind":"answer","text":"x","for":"all"})"},
        Hostile{"RangesAreNone", kWatched + "7}"}, Hostile{"RangeOfThree", kWatched + "[[1,2,3]]}"},
        Hostile{"RangeBackwards", kWatched + "[[2,1]]}"}, Hostile{"RangeNegative", kWatched + "[[-2,1]]}"},
        Hostile{"RangeBeyondIntegers", kWatched + "[[1,18446744073709551615]]}"},
        Hostile{"RangeOfTexts", kWatched + R"([["1","2"]]})"},
        Hostile{"BadHours", R"({"type":"profile","hours":"99:99-17:00"})"},
        Hostile{"BadZone", R"({"type":"profile","time_zone":"../../etc/passwd\u0000"})"},
        Hostile{"BadChannel", R"({"type":"channel","channel":"A B"})"},
        Hostile{
            "BadManifestHash",
            R"({"type":"published","clip":"CLIP","title":"","duration_us":1,"recorded":"2026-11-22T00:00:00Z",)"
            R"("manifest_sha256":"xyz","tracks":[]})"}),
    [](const auto& test) { return test.param.name; });

TEST(Events, TextHasExactlyTenThousandCharactersAtMost) {
  std::string text;
  for (std::size_t i = 0; i < kLongestText; ++i) text += "ü";
  EXPECT_TRUE(to_json(ReplyEvent{kComment, text}));
  EXPECT_EQ(to_json(ReplyEvent{kComment, text + "x"}).error().code, ErrorCode::InvalidArgument);
}

TEST(Events, InvalidUtf8IsRefusedWhenWritingAndReplacedWhenReading) {
  EXPECT_EQ(to_json(ReplyEvent{kComment, "a\xff"}).error().code, ErrorCode::InvalidArgument);
  const Json json = {{"type", "reply"}, {"to", to_text(kComment)}, {"text", "a\xff"}};
  EXPECT_EQ(std::get<ReplyEvent>(parse_event(json).value()).text, "a\xEF\xBF\xBD");
}

TEST(Events, WhatTheReaderRefusesIsNeverWritten) {
  EXPECT_EQ(to_json(CommentEvent{"no clip", seconds(1), std::nullopt, "x"}).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(to_json(CommentEvent{kClip, seconds(-1), std::nullopt, "x"}).error().code,
            ErrorCode::InvalidArgument);
  EXPECT_EQ(to_json(ReplyEvent{kComment, ""}).error().code, ErrorCode::InvalidArgument);
}

TEST(Drawings, ShapesOfLaterVersionsArePassedOver) {
  const auto json = parse_json(R"([{"kind":"ellipse","color":"red","width":0.01,"points":[0,0]},)"
                               R"({"kind":"pen","color":"mauve","width":0.01,"points":[0,0]},)"
                               R"({"kind":"box","color":"red","width":0.01,"points":[0,0,0.5,1]}])");
  const Drawing drawing = drawing_from_json(*json).value();
  ASSERT_EQ(drawing.size(), 1U);
  EXPECT_EQ(drawing[0], (Shape{ShapeKind::Box, ShapeColor::Red, 100, {{0, 0}, {5000, 10'000}}}));
}

TEST(Drawings, AreTheSameHoweverOftenTheyAreWrittenAndRead) {
  Drawing drawing;
  for (int i = 0; i < 1000; ++i) {
    if (i % 100 == 0) drawing.push_back({ShapeKind::Pen, ShapeColor::Green, 5 + i % 490, {}});
    drawing.back().points.push_back({i * 10, kShapeUnit - i * 7});
  }
  const std::string text = to_text(json_of(drawing));
  EXPECT_EQ(drawing_from_json(parse_json(text).value()).value(), drawing);
}

// An event that can't be stored would be a drawing that is lost.
TEST(Drawings, LargestCommentFitsIntoAnEvent) {
  CommentEvent comment{kClip, seconds(1), seconds(2), "", {}};
  for (std::size_t i = 0; i < kLongestText; ++i) comment.text += "😀";
  for (std::size_t i = 0; i < kMostShapes; ++i) {
    Shape shape{ShapeKind::Text, ShapeColor::Yellow, 499, {{9999, 9999}}, "0123456789"};
    if (i == 0) shape = {ShapeKind::Pen, ShapeColor::Yellow, 499, std::vector<ShapePoint>(951, {9999, 9999})};
    comment.with.drawing.push_back(shape);
  }
  for (std::size_t i = 0; i < kMostPeople; ++i)
    comment.with.mentions.push_back(id_from("p" + std::to_string(i)));
  const auto json = to_json(comment);
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_LT(to_text(*json).size() + 200, kLargestEventBytes);
  comment.with.drawing[0].points.resize(952);
  EXPECT_EQ(to_json(comment).error().code, ErrorCode::InvalidArgument);
}

TEST(Mentions, AreWholeNamesBehindAnAt) {
  const std::vector<Person> people = {{.id = "1", .name = "Anna"},
                                      {.id = "2", .name = "Anna Maria"},
                                      {.id = "3", .name = "Jörg"},
                                      {.id = "4", .name = "anna"},
                                      {.id = "5", .name = ""}};
  const auto meant = [&](std::string_view text) { return mentions_in(text, people); };
  EXPECT_EQ(meant("@anna and @Jörg: look"), (std::vector<std::string>{"1", "4", "3"}));
  EXPECT_EQ(meant("(@Anna Maria)"), std::vector<std::string>{"2"});
  EXPECT_EQ(meant("@Annalisa, mail@Anna, @, @ Anna"), std::vector<std::string>{});
  EXPECT_EQ(meant("@Jörg @Jörg"), std::vector<std::string>{"3"});
}

TEST(Mentions, NameIsCompletedWhileItIsTyped) {
  EXPECT_EQ(name_being_typed("Hello @An"), "An");
  EXPECT_EQ(name_being_typed("@"), "");
  EXPECT_FALSE(name_being_typed("mail@an"));
  EXPECT_FALSE(name_being_typed("@an\nmore"));
  EXPECT_TRUE(has_word_beginning("Anna Maria", "mar"));
  EXPECT_TRUE(has_word_beginning("Anna Maria", ""));
  EXPECT_FALSE(has_word_beginning("Anna Maria", "nna"));
}

TEST(EventIds, OnlyTheirOwnFormIsOne) {
  EXPECT_EQ(parse_event_id(to_text(kComment)), kComment);
  EXPECT_EQ(parse_event_id(to_text(kComment) + "#2"), kComment);
  const std::string device = kComment.device;
  for (const std::string& text :
       {std::string(), device, device + ".", device + ".0", device + ".01", device + ".-1", device + ".1x",
        device + ".99999999999999999999", "." + device, std::string("#")}) {
    EXPECT_FALSE(parse_event_id(text)) << text;
  }
}

TEST(ChannelIds, SameNameMakesTheSameIdForEverybody) {
  EXPECT_EQ(channel_id_for("Design reviews"), "design-reviews");
  EXPECT_EQ(channel_id_for("  DESIGN   reviews "), "design-reviews");
  EXPECT_NE(channel_id_for("Design & reviews"), "design-reviews");
  EXPECT_NE(channel_id_for("会議"), channel_id_for("議会"));
  for (const std::string& name :
       {std::string(), std::string("会議"), std::string(500, 'x'), std::string("../..")}) {
    EXPECT_TRUE(is_channel_id(channel_id_for(name))) << name;
  }
}

TEST(Texts, ControlAndDirectionCharactersAreNotShown) {
  EXPECT_EQ(display_text("a\x1b[31m\u202e b\u2066\x07\r\nc\rd"), "a[31m b\nc\nd");
  EXPECT_EQ(display_line(" a\n\tb\u00a0 c "), "a b c");
  EXPECT_EQ(isolated("Zoë"), "Zoë");
  EXPECT_EQ(isolated("نوعا"), "\u2068نوعا\u2069");
  EXPECT_EQ(display_text("\xf0\x82\x82\xac"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(shorten("größer", 3), "grö…");
  EXPECT_EQ(shorten("größer", 6), "größer");
}

TEST(Texts, OnlyProperUtf8IsValid) {
  for (const char* text : {"", "a", "ü", "€", "😀"}) EXPECT_TRUE(is_valid_utf8(text)) << text;
  for (const char* text :
       {"\x80", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
}

}  // namespace
}  // namespace meanwhile
