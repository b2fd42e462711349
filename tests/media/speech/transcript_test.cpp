#include "media/speech/transcript.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

std::string json_of_entries(const std::string& entries) {
  return R"({"result":{"language":"en"},"transcription":[)" + entries + "]}";
}

// As whisper.cpp 1.8 writes it with -ojf -ml 1 -sow, cut short.
constexpr const char* kWhisper = R"({
	"systeminfo": "AVX = 1",
	"model": { "type": "base", "multilingual": true },
	"params": { "model": "ggml-base.bin", "language": "auto", "translate": false },
	"result": { "language": "de" },
	"transcription": [
		{
			"timestamps": { "from": "00:00:00,000", "to": "00:00:00,320" },
			"offsets": { "from": 0, "to": 320 },
			"text": "",
			"tokens": [ { "text": "[_BEG_]", "offsets": { "from": 0, "to": 0 }, "id": 50364, "p": 0.2, "t_dtw": -1 } ]
		},
		{
			"timestamps": { "from": "00:00:00,320", "to": "00:00:00,900" },
			"offsets": { "from": 320, "to": 900 },
			"text": " Größe",
			"tokens": [
				{ "text": " Gr", "offsets": { "from": 320, "to": 500 }, "id": 1, "p": 0.9, "t_dtw": -1 },
				{ "text": "ö)"
                                 "\xC3"
                                 R"(", "offsets": { "from": 500, "to": 600 }, "id": 2, "p": 0.5, "t_dtw": -1 }
			]
		},
		{
			"timestamps": { "from": "00:00:01,000", "to": "00:00:02,000" },
			"offsets": { "from": 1000, "to": 2000 },
			"text": " [Musik]"
		}
	]
})";

TEST(Transcript, ReadsTheWordsOfWhisper) {
  const auto read = parse_transcript(kWhisper);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->language, "de");
  EXPECT_EQ(read->words, (CueWords{{320ms, 900ms, "Größe", 70}}));
}

TEST(Transcript, ReadsWhatItWrites) {
  const Transcript transcript{"en", {{1s, 1200ms, "\"Hello\"", 43}, {1200ms, 2s, "there"}}};
  const auto read = parse_transcript(transcript_json(transcript));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->language, "en");
  EXPECT_EQ(read->words, transcript.words);
}

TEST(Transcript, PassesOverWhatMakesNoSense) {
  const auto read = parse_transcript(json_of_entries(
      R"(1, {}, {"text":"no time"}, {"offsets":{"from":-5,"to":10},"text":"before"},
         {"offsets":{"from":10,"to":5},"text":"backwards"}, {"offsets":{"from":1,"to":999999999999},"text":"late"},
         {"offsets":{"from":"1","to":2},"text":"text"}, {"offsets":{"from":1,"to":2},"text":["x"]},
         {"offsets":{"from":7,"to":9},"text":" good ","tokens":[3,{"p":"x"},{"p":7}]})"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->words, (CueWords{{7ms, 9ms, "good", 100}}));
}

TEST(Transcript, PutsInOrderWhatOverlaps) {
  const auto read = parse_transcript(json_of_entries(
      R"({"offsets":{"from":500,"to":900},"text":"b"},{"offsets":{"from":0,"to":700},"text":"a"})"));
  EXPECT_EQ(read->words, (CueWords{{0ms, 700ms, "a"}, {700ms, 900ms, "b"}}));
}

TEST(Transcript, RefusesWhatIsNone) {
  for (const char* text :
       {"", "[]", "{}", "nonsense", R"({"transcription":{}})", R"({"transcription":[{"p":nan}]})"})
    EXPECT_EQ(parse_transcript(text).error().code, ErrorCode::Corrupt) << text;
}

TEST(Cues, EndAtSentencesAndBreathsAndWhereTheyGetLong) {
  const CueWords words{{0s, 1s, "We"}, {1s, 2s, "ship."}, {2s, 3s, "Friday"}, {4s, 5s, "perhaps"}};
  const auto cues = cues_of(words);
  ASSERT_EQ(cues.size(), 3u);
  EXPECT_EQ(cues[0], (VttCue{0s, 2s, "We ship.", {words[0], words[1]}}));
  EXPECT_EQ(cues[1].text, "Friday");
  EXPECT_EQ(cues[2].text, "perhaps");
  CueWords many;
  for (int i = 0; i < 60; ++i) many.push_back({i * 200ms, (i + 1) * 200ms, "word"});
  for (const VttCue& cue : cues_of(many)) {
    EXPECT_LE(cue.text.size(), 84u);
    EXPECT_LE(cue.to - cue.from, 7s);
  }
}

TEST(Cues, KeepTheirWordsAsCaptions) {
  const auto cues = cues_of({{0s, 1s, "We", 80}, {1s, 2s, "ship.", 20}, {2s, 2s, "Now"}});
  EXPECT_EQ(parse_web_vtt(to_web_vtt(cues)).value(), cues);
}

}  // namespace
}  // namespace meanwhile
