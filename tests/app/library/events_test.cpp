#include "app/library/events.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/library/guest_document.h"
#include "app/library/mentions.h"
#include "app/library/text.h"
#include "media/base/text.h"
#include "tests/support/guest_words.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

const std::string kClip = id_from("c1");
const EventId kComment{id_from("d1"), 7};
const std::string kPerson = id_from("p1");
const std::string kRecorded = "2026-11-22T11:50:00.000Z";
const std::string kHash(64, 'a');
const std::string kBytes16 = std::string(22, 'A') + "==";
const std::string kBytes32 = std::string(43, 'A') + "=";

Drawing every_shape() {
  return {{ShapeKind::Pen, ShapeColor::Red, 40, {{0, 0}, {5000, 3333}, {kShapeUnit, kShapeUnit}}},
          {ShapeKind::Arrow, ShapeColor::Blue, 5, {{1, 2}, {9999, 7}}},
          {ShapeKind::Box, ShapeColor::White, 500, {{10, 20}, {30, 40}}},
          {ShapeKind::Text, ShapeColor::Black, 60, {{1234, 5678}}, "hier, größer"}};
}

const std::string kShapes =
    R"([{"kind":"pen","color":"red","width":0.004,"points":[0.0,0.0,0.5,0.3333,1.0,1.0]},)"
    R"({"kind":"arrow","color":"blue","width":0.0005,"points":[0.0001,0.0002,0.9999,0.0007]},)"
    R"({"kind":"box","color":"white","width":0.05,"points":[0.001,0.002,0.003,0.004]},)"
    R"({"kind":"text","color":"black","width":0.006,"points":[0.1234,0.5678],"text":"hier, größer"}])";
constexpr const char* kTracks =
    R"([{"name":"screen","width":1280,"height":720},{"name":"voice","width":0,"height":0}])";

// The JSON with what its words in capitals stand for.
std::string filled(std::string text) {
  const std::vector<std::pair<std::string, std::string>> words = {
      {"CLIP", kClip},         {"COMMENT", to_text(kComment)},
      {"PERSON", kPerson},     {"MEDIA", id_from("c2")},
      {"RECORDED", kRecorded}, {"HASH", kHash},
      {"SHAPES", kShapes},     {"TRACKS", kTracks},
      {"BYTES16", kBytes16},   {"BYTES32", kBytes32}};
  for (const auto& [word, meaning] : words) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word))
      text.replace(at, word.size(), meaning);
  }
  return text;
}

// What an event says, and the bytes that say it: not read from the one what the other lost.
struct Said {
  EventBody body;
  std::string json;
};

// Of a key that is the same in each run.
std::string guests_words() {
  GuestWriter sam("Sam");
  sam.key = KeyPair::from_seed(std::array<unsigned char, 32>{});
  return sam.document({.share = kPerson, .clip = kClip}, {guest_comment(1, "\"größer\"")});
}

std::vector<Said> everything_that_can_be_said() {
  return {
      {ProfileEvent{"Anna", "Europe/Berlin", "09:00-17:00", "mon,tue", "2026-12-24..2027-01-02"},
       R"({"type":"profile","name":"Anna","time_zone":"Europe/Berlin","hours":"09:00-17:00","days":"mon,tue","away":"2026-12-24..2027-01-02"})"},
      {ProfileEvent{}, R"({"type":"profile"})"},
      {ChannelEvent{"design", "Design", false},
       R"({"type":"channel","channel":"design","name":"Design","archived":false})"},
      {PublishedEvent{.clip = kClip,
                      .title = "A title",
                      .channel = "design",
                      .duration = seconds(60),
                      .recorded = kRecorded,
                      .manifest_sha256 = kHash,
                      .tracks = {{"screen", 1280, 720}, {"voice", 0, 0}},
                      .in_the_morning = true,
                      .pauses = seconds(5)},
       R"({"type":"published","clip":"CLIP","title":"A title","channel":"design","duration_us":60000000,"recorded":"RECORDED","manifest_sha256":"HASH","tracks":TRACKS,"deliver":"morning","pauses_us":5000000})"},
      {published(kClip, "A title"),
       R"({"type":"published","clip":"CLIP","title":"A title","channel":"","duration_us":60000000,"recorded":"RECORDED","manifest_sha256":"HASH","tracks":TRACKS})"},
      {LiveEvent{kClip, "Now", "design", kRecorded, false},
       R"({"type":"live","clip":"CLIP","title":"Now","channel":"design","recorded":"RECORDED"})"},
      {LiveEvent{kClip, "", "", kRecorded, true},
       R"({"type":"live","clip":"CLIP","title":"","channel":"","recorded":"RECORDED","ended":true})"},
      {CommentEvent{kClip, seconds(1), seconds(2), "x"},
       R"({"type":"comment","clip":"CLIP","at_us":1000000,"to_us":2000000,"text":"x"})"},
      {CommentEvent{kClip, seconds(1), std::nullopt, "größer 😀"},
       R"({"type":"comment","clip":"CLIP","at_us":1000000,"text":"größer 😀"})"},
      {CommentEvent{kClip,
                    seconds(1),
                    std::nullopt,
                    "@Ben, look",
                    {every_shape(), id_from("c2"), {kPerson}},
                    to_text(kComment)},
       R"({"type":"comment","clip":"CLIP","at_us":1000000,"text":"@Ben, look","drawing":SHAPES,"media":"MEDIA","mentions":["PERSON"],"copy_of":"COMMENT"})"},
      {CommentEvent{kClip, seconds(1), std::nullopt, "", {.drawing = every_shape()}},
       R"({"type":"comment","clip":"CLIP","at_us":1000000,"text":"","drawing":SHAPES})"},
      {ReplyEvent{kComment, "y"}, R"({"type":"reply","to":"COMMENT","text":"y"})"},
      {ReplyEvent{kComment, "", {.media = id_from("c2")}, to_text(kComment)},
       R"({"type":"reply","to":"COMMENT","text":"","media":"MEDIA","copy_of":"COMMENT"})"},
      {AskEvent{kClip,
                seconds(4),
                AskKind::Decision,
                "Ship it?",
                {kPerson},
                WallTime(std::chrono::milliseconds(kStoryBegin))},
       R"({"type":"ask","clip":"CLIP","at_us":4000000,"kind":"decision","text":"Ship it?","for":["PERSON"],"by":"2026-11-22T12:00:00.000Z"})"},
      {AskEvent{kClip, seconds(4), AskKind::Know, "We ship"},
       R"({"type":"ask","clip":"CLIP","at_us":4000000,"kind":"know","text":"We ship"})"},
      {AskEvent{.clip = kClip, .text = "Again", .copy_of = to_text(kComment)},
       R"({"type":"ask","clip":"CLIP","at_us":0,"kind":"answer","text":"Again","copy_of":"COMMENT"})"},
      {EditEvent{kComment, "@Ben", {kPerson}},
       R"({"type":"edit","comment":"COMMENT","text":"@Ben","mentions":["PERSON"]})"},
      {EditEvent{kComment, "z"}, R"({"type":"edit","comment":"COMMENT","text":"z"})"},
      {DeleteCommentEvent{kComment}, R"({"type":"delete","comment":"COMMENT"})"},
      {DeleteClipEvent{kClip}, R"({"type":"delete","clip":"CLIP"})"},
      {RestoreClipEvent{kClip}, R"({"type":"restore","clip":"CLIP"})"},
      {ResolveEvent{kComment, false}, R"({"type":"resolve","comment":"COMMENT","resolved":false})"},
      {ResolveEvent{kComment, true}, R"({"type":"resolve","comment":"COMMENT","resolved":true})"},
      {ReactEvent{kClip, seconds(3), "heart"},
       R"({"type":"react","clip":"CLIP","at_us":3000000,"name":"heart"})"},
      {ReactEvent{kClip, seconds(3), ""}, R"({"type":"react","clip":"CLIP","at_us":3000000,"name":""})"},
      {WatchedEvent{kClip, {{seconds(0), seconds(9)}}, seconds(9), {kComment}},
       R"({"type":"watched","clip":"CLIP","ranges":[[0,9000000]],"stopped_at_us":9000000,"read":["COMMENT"]})"},
      {WatchedEvent{kClip, {{seconds(0), seconds(9)}, {seconds(10), seconds(11)}}},
       R"({"type":"watched","clip":"CLIP","ranges":[[0,9000000],[10000000,11000000]]})"},
      {WatchedEvent{kClip, {{seconds(0), seconds(9)}}, std::nullopt, {}, 3},
       R"({"type":"watched","clip":"CLIP","ranges":[[0,9000000]],"version":3})"},
      {FetchedEvent{kClip}, R"({"type":"fetched","clip":"CLIP"})"},
      {ArchiveEvent{kClip, true}, R"({"type":"archive","clip":"CLIP","archived":true})"},
      {ArchiveEvent{kClip, false}, R"({"type":"archive","clip":"CLIP","archived":false})"},
      {AdditionEvent{kClip, AdditionKind::Captions, "", std::nullopt},
       R"({"type":"addition","clip":"CLIP","kind":"captions"})"},
      {AdditionEvent{kClip, AdditionKind::Manifest, "", AddedObject{"a-2.json", 100, kHash}, seconds(30), 2},
       R"({"type":"addition","clip":"CLIP","kind":"manifest","object":{"name":"a-2.json","bytes":100,"sha256":"HASH"},"duration_us":30000000,"version":2})"},
      {AdditionEvent{kClip, AdditionKind::Arrangement, "", AddedObject{"a-1.json", 100, kHash}, seconds(45)},
       R"({"type":"addition","clip":"CLIP","kind":"arrangement","object":{"name":"a-1.json","bytes":100,"sha256":"HASH"},"duration_us":45000000})"},
      {AdditionEvent{kClip, AdditionKind::Captions, "pt-BR", AddedObject{"a-1.vtt", 8'388'608, kHash}},
       R"({"type":"addition","clip":"CLIP","kind":"captions","language":"pt-BR","object":{"name":"a-1.vtt","bytes":8388608,"sha256":"HASH"}})"},
      {ShareEvent{.clip = kClip, .terms = {.share = kPerson}},
       R"({"type":"share","clip":"CLIP","share":"PERSON","form":"link"})"},
      {ShareEvent{.clip = kClip,
                  .terms = {.share = kPerson,
                            .form = ShareForm::Page,
                            .until = WallTime(std::chrono::milliseconds(kStoryBegin)),
                            .takes_answers = false,
                            .answers_key = kBytes32,
                            .secret = kBytes16,
                            .password = SharePassword{kBytes16, 600'000, kBytes32},
                            .base = "https://host/team"},
                  .is_off = true},
       R"({"type":"share","clip":"CLIP","share":"PERSON","form":"page","until":"2026-11-22T12:00:00.000Z","answers":false,"answers_key":"BYTES32","secret":"BYTES16","password":{"salt":"BYTES16","rounds":600000,"key":"BYTES32"},"base":"https://host/team","off":true})"},
      {TitleEvent{kClip, ""}, R"({"type":"title","clip":"CLIP","title":""})"},
      {TitleEvent{kClip, "Better"}, R"({"type":"title","clip":"CLIP","title":"Better"})"},
      {guest_event(guests_words()).value(),
       R"({"type":"guest","clip":"CLIP","share":"PERSON","document":)" + to_text(Json(guests_words())) + "}"},
      {GuestKnownEvent{kPerson}, R"({"type":"guest_known","guest":"PERSON"})"},
      {GuestKnownEvent{kPerson, "Sam of Acme", false},
       R"({"type":"guest_known","guest":"PERSON","name":"Sam of Acme","known":false})"}};
}

TEST(Events, AreWrittenAsTheFormatHasThemAndReadAgain) {
  std::set<std::size_t> kinds;
  for (const auto& [body, text] : everything_that_can_be_said()) {
    kinds.insert(body.index());
    const Json json = parse_json(filled(text)).value();
    EXPECT_EQ(to_json(body).value(), json);
    const auto read = parse_event(json);
    ASSERT_TRUE(read) << text << ": " << read.error().message;
    EXPECT_EQ(read->index(), body.index());
    EXPECT_EQ(to_json(*read).value(), json);
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<EventBody>) << "a kind of event is missing here";
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
  const auto json = parse_json(filled(GetParam().json));
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
        Hostile{"AdditionOfAnUnknownKind", R"({"type":"addition","clip":"CLIP","kind":"soup"})"},
        Hostile{"AdditionInNoLanguage",
                R"({"type":"addition","clip":"CLIP","kind":"captions","language":"../en"})"},
        Hostile{
            "AdditionThatIsAPath",
            R"({"type":"addition","clip":"CLIP","kind":"captions","object":{"name":"../x.vtt","bytes":1,"sha256":"HASH"}})"},
        Hostile{
            "AdditionOfAnotherEnding",
            R"({"type":"addition","clip":"CLIP","kind":"captions","object":{"name":"x.exe","bytes":1,"sha256":"HASH"}})"},
        Hostile{
            "AdditionOfGigabytes",
            R"({"type":"addition","clip":"CLIP","kind":"captions","object":{"name":"x.vtt","bytes":8388609,"sha256":"HASH"}})"},
        Hostile{
            "AdditionOfNothing",
            R"({"type":"addition","clip":"CLIP","kind":"captions","object":{"name":"x.vtt","bytes":0,"sha256":"HASH"}})"},
        Hostile{"AdditionWithoutAHash",
                R"({"type":"addition","clip":"CLIP","kind":"captions","object":{"name":"x.vtt","bytes":1}})"},
        Hostile{"AdditionOfAList",
                R"({"type":"addition","clip":"CLIP","kind":"captions","object":["x.vtt"]})"},
        Hostile{"ShareOfNoForm", R"({"type":"share","clip":"CLIP","share":"PERSON"})"},
        Hostile{"ShareOfAnUnknownForm", R"({"type":"share","clip":"CLIP","share":"PERSON","form":"fax"})"},
        Hostile{
            "ShareAtAScript",
            R"js({"type":"share","clip":"CLIP","share":"PERSON","form":"page","base":"javascript:alert(1)"})js"},
        Hostile{"ShareThatIsAPath", R"({"type":"share","clip":"CLIP","share":"../../heads","form":"link"})"},
        Hostile{"ShareWithHalfASecret",
                R"({"type":"share","clip":"CLIP","share":"PERSON","form":"link","secret":"AAAA"})"},
        Hostile{
            "ShareWithAPasswordOfNoRounds",
            R"({"type":"share","clip":"CLIP","share":"PERSON","form":"link","password":{"salt":"BYTES16","key":"BYTES32"}})"},
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
  for (const char* text : {"", " \r\n\t\u00a0", "\u200b\u202e", "a", " \xff", "\u0300"})
    EXPECT_EQ(is_blank(text), display_line(text).empty()) << text;
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
