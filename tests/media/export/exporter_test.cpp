#include "media/export/exporter.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"
#include "media/ffmpeg/time_base.h"
#include "media/play/open_readers.h"
#include "media/play/pointer_track.h"
#include "tests/support/play_rig.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
namespace fs = std::filesystem;

// What an ordinary reader finds in an exported file.
struct Contents {
  std::vector<PicturePtr> pictures;
  double duration = 0;
  int sound_streams = 0;
  std::int64_t sound_samples = 0;
  std::vector<std::string> chapters;  // "0.0 Beginning"
  std::vector<std::string> captions;  // "0.0-1.5 Words"
};

void decode_pictures(AVCodecContext& decoder, const AVPacket* packet, Contents& contents) {
  ASSERT_GE(avcodec_send_packet(&decoder, packet), 0);
  for (FramePtr frame = make_frame(); avcodec_receive_frame(&decoder, frame.get()) >= 0;
       frame = make_frame()) {
    const MediaTime at(av_rescale_q(frame->best_effort_timestamp, decoder.pkt_timebase, kMicroseconds));
    contents.pictures.push_back(to_picture(std::move(frame), at));
  }
}

// A packet without text ends the one before.
void add_caption(const AVPacket& packet, const AVStream& stream, Contents& contents) {
  const std::string text(reinterpret_cast<const char*>(packet.data + 2),
                         static_cast<std::size_t>(packet.size - 2));
  const double from = static_cast<double>(packet.pts) * av_q2d(stream.time_base);
  const double to = from + static_cast<double>(packet.duration) * av_q2d(stream.time_base);
  if (!text.empty()) contents.captions.push_back(fmt::format("{:.1f}-{:.1f} {}", from, to, text));
}

CodecContextPtr decoder_of(const AVStream& stream) {
  CodecContextPtr decoder(avcodec_alloc_context3(avcodec_find_decoder(stream.codecpar->codec_id)));
  avcodec_parameters_to_context(decoder.get(), stream.codecpar);
  decoder->pkt_timebase = stream.time_base;
  EXPECT_GE(avcodec_open2(decoder.get(), nullptr, nullptr), 0);
  return decoder;
}

Contents read_back(const fs::path& path) {
  Contents contents;
  AVFormatContext* raw = nullptr;
  EXPECT_GE(avformat_open_input(&raw, path.c_str(), nullptr, nullptr), 0);
  const InputContextPtr format(raw);
  if (!format) return contents;
  EXPECT_GE(avformat_find_stream_info(format.get(), nullptr), 0);
  contents.duration = static_cast<double>(format->duration) / AV_TIME_BASE;
  for (unsigned i = 0; i < format->nb_chapters; ++i) {
    const AVChapter& chapter = *format->chapters[i];
    const AVDictionaryEntry* title = av_dict_get(chapter.metadata, "title", nullptr, 0);
    contents.chapters.push_back(fmt::format("{:.1f} {}",
                                            static_cast<double>(chapter.start) * av_q2d(chapter.time_base),
                                            title ? title->value : ""));
  }
  const int video = av_find_best_stream(format.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  const CodecContextPtr decoder = video < 0 ? nullptr : decoder_of(*format->streams[video]);
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    contents.sound_streams += format->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO ? 1 : 0;
  }
  for (PacketPtr packet = make_packet(); av_read_frame(format.get(), packet.get()) >= 0;
       av_packet_unref(packet.get())) {
    const AVStream& stream = *format->streams[packet->stream_index];
    if (stream.codecpar->codec_id == AV_CODEC_ID_MOV_TEXT)
      add_caption(*packet, stream, contents);
    else if (packet->stream_index == video)
      decode_pictures(*decoder, packet.get(), contents);
    else
      contents.sound_samples += packet->duration;
  }
  if (decoder) decode_pictures(*decoder, nullptr, contents);
  return contents;
}

class Exporter : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("meanwhile-export-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path out() const { return folder_ / "out.mp4"; }
  Result<void> run(const ClipMedia& media, ExportOptions options = {}) {
    return export_clip(
        media, out(), options, [&](double share) { progress_.push_back(share); }, stop_.get_token());
  }
  bool is_folder_empty() const { return fs::is_empty(folder_); }

  fs::path folder_;
  std::vector<double> progress_;
  std::stop_source stop_;
};

// Each change of the track is seen at its time, to 15 ms, whichever moment one looks at. numbers: those in
// the pictures.
void expect_in_time(const Contents& contents, const std::vector<int>& numbers, const VideoSpec& track) {
  constexpr MediaTime kTolerance = 15ms;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const MediaTime from = contents.pictures[i]->at;
    EXPECT_LE(numbers[i], frame_at(track, from + kTolerance)) << from.count();
    if (i + 1 == numbers.size()) break;
    const MediaTime last = contents.pictures[i + 1]->at - 1us;
    EXPECT_GE(numbers[i], frame_at(track, std::max(last - kTolerance, MediaTime{}))) << last.count();
  }
}

ClipMedia whole_clip(const VideoSpec& screen, const VideoSpec& camera) {
  return {.screen = memory(make_video_track(screen)),
          .camera = memory(make_video_track(camera)),
          .voice = memory(make_sound_track({.duration = screen.end})),
          .duration = screen.end};
}

TEST_F(Exporter, ChaptersAreThoseOfThePartThatIsExported) {
  const ClipMedia media = whole_clip(constant_rate(90, 30), constant_rate(90, 30));
  ExportOptions options{.chapters = {{1s, "Why"}, {2s, "Costs € & more"}}};
  ASSERT_TRUE(run(media, options));
  EXPECT_EQ(read_back(out()).chapters,
            (std::vector<std::string>{"0.0 Beginning", "1.0 Why", "2.0 Costs € & more"}));
  fs::remove(out());
  options.from = 1500ms;
  ASSERT_TRUE(run(media, options));
  EXPECT_EQ(read_back(out()).chapters, (std::vector<std::string>{"0.0 Why", "0.5 Costs € & more"}));
}

TEST_F(Exporter, CaptionsAreAStreamOnTheTimelineOfWhatIsExported) {
  const ClipMedia media = whole_clip(constant_rate(90, 30), constant_rate(90, 30));
  ExportOptions options{
      .from = 1s, .captions = {{0s, 900ms, "before"}, {500ms, 1500ms, "First"}, {2s, 9s, "Täglich\nzwei"}}};
  ASSERT_TRUE(run(media, options));
  EXPECT_EQ(read_back(out()).captions, (std::vector<std::string>{"0.0-0.5 First", "1.0-2.0 Täglich\nzwei"}));
}

TEST_F(Exporter, PutsScreenAndCameraSideBySideInStepWithSound) {
  VideoSpec screen = constant_rate(60, 20);
  screen.width = 640;
  screen.height = 360;
  const VideoSpec camera = constant_rate(90, 30);
  const auto done = run(whole_clip(screen, camera));
  ASSERT_TRUE(done) << done.error().message;
  const Contents contents = read_back(out());
  EXPECT_NEAR(contents.duration, 3, 0.1);
  EXPECT_EQ(contents.sound_streams, 1);
  EXPECT_NEAR(static_cast<double>(contents.sound_samples) / 48'000, 3, 0.1);
  ASSERT_EQ(contents.pictures.size(), 90u);
  const Picture& first = *contents.pictures.front();
  EXPECT_EQ(first.width, 854);  // the screen and a third of its width
  const auto placed =
      compose(Layout::SideBySide, {first.width, first.height}, Size{640, 360}, Size{320, 180}, 16);
  const auto numbers = [&](const Rect& place) {
    std::vector<int> read;
    for (const PicturePtr& picture : contents.pictures)
      read.push_back(read_frame_number(*picture, place.x, place.y, place.width, place.height));
    return read;
  };
  expect_in_time(contents, numbers(*placed.screen), screen);
  expect_in_time(contents, numbers(*placed.camera), camera);
  EXPECT_EQ(progress_.back(), 1);
  EXPECT_TRUE(std::ranges::is_sorted(progress_));
}

TEST_F(Exporter, IndexStandsInFront) {
  ASSERT_TRUE(run(whole_clip(constant_rate(30, 30), constant_rate(30, 30))));
  std::ifstream file(out(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
}

TEST_F(Exporter, PicturesOfAnyRateAreSeenAtTheirTimes) {
  for (const VideoSpec& screen : {variable_rate(40, 4), constant_rate(50, 25), constant_rate(120, 60)}) {
    fs::remove(out());
    ASSERT_TRUE(run({.screen = memory(make_video_track(screen)), .duration = screen.end}));
    const Contents contents = read_back(out());
    EXPECT_EQ(contents.sound_streams, 0);
    EXPECT_LE(static_cast<double>(contents.pictures.size()), to_seconds(screen.end) * 34 + 1);
    std::vector<int> numbers;
    for (const PicturePtr& picture : contents.pictures) numbers.push_back(read_frame_number(*picture));
    expect_in_time(contents, numbers, screen);
  }
}

TEST_F(Exporter, PicturesOfOneOrdinaryTrackKeepTheirVeryTimes) {
  const VideoSpec screen = constant_rate(50, 25);
  ASSERT_TRUE(run({.screen = memory(make_video_track(screen)), .duration = screen.end}));
  const Contents contents = read_back(out());
  ASSERT_EQ(contents.pictures.size(), screen.times.size());
  for (std::size_t i = 0; i < contents.pictures.size(); ++i)
    EXPECT_NEAR(to_seconds(contents.pictures[i]->at), to_seconds(screen.times[i]), 0.0001);
}

TEST_F(Exporter, SoundAloneIsSoundAlone) {
  ASSERT_TRUE(run({.voice = memory(make_sound_track({.duration = 3s})), .duration = 2500ms}));
  const Contents contents = read_back(out());
  EXPECT_TRUE(contents.pictures.empty());
  EXPECT_EQ(contents.sound_streams, 1);
  EXPECT_NEAR(contents.duration, 2.5, 0.1);
}

TEST_F(Exporter, BubbleIsRound) {
  VideoSpec screen = constant_rate(10, 10);
  screen.width = 640;
  screen.height = 360;
  ASSERT_TRUE(run(whole_clip(screen, constant_rate(10, 10)), {.layout = Layout::Bubble}));
  const Contents contents = read_back(out());
  ASSERT_FALSE(contents.pictures.empty());
  const Picture& picture = *contents.pictures.front();
  EXPECT_EQ(picture.width, 640);
  const Rect bubble = *compose(Layout::Bubble, {640, 360}, Size{640, 360}, Size{320, 180}, 16).camera;
  const auto luma = [&](int x, int y) { return picture.planes[0][y * picture.strides[0] + x]; };
  // The camera's upper half is dark (frame 0), the screen's lower half is not.
  EXPECT_LT(luma(bubble.x + bubble.width / 2, bubble.y + bubble.height / 4), 45);
  EXPECT_GT(luma(bubble.x + 2, bubble.y + 2), 50);
}

TEST_F(Exporter, DrawsThePointer) {
  VideoSpec screen = constant_rate(10, 10);
  ClipMedia media{.screen = memory(make_video_track(screen)), .duration = screen.end};
  media.pointer = std::make_shared<PointerTrack>(PointerTrack::load(
      R"({"t":0,"x":100,"y":40,"shape":0,"down":0})",
      [](int) -> Result<Bytes> { return fail(ErrorCode::NotFound, ""); }, *open_own_stills()));
  ASSERT_TRUE(run(media));
  const Contents contents = read_back(out());
  const Picture& picture = *contents.pictures.front();
  EXPECT_GT(picture.planes[0][48 * picture.strides[0] + 102], 150);
}

TEST_F(Exporter, HighlightsClicksUnlessItIsToldNotTo) {
  VideoSpec screen = constant_rate(10, 10);
  const auto luma_beside_the_click = [&](bool highlight) {
    ClipMedia media{.screen = memory(make_video_track(screen)), .duration = screen.end};
    media.pointer = std::make_shared<PointerTrack>(PointerTrack::load(
        R"({"t":0,"x":100,"y":40,"shape":0,"down":1})",
        [](int) -> Result<Bytes> { return fail(ErrorCode::NotFound, ""); }, *open_own_stills()));
    std::filesystem::remove(out());
    EXPECT_TRUE(run(media, {.highlight_clicks = highlight}));
    const Contents contents = read_back(out());
    const Picture& picture = *contents.pictures.front();
    return picture.planes[0][40 * picture.strides[0] + 92];
  };
  EXPECT_GT(luma_beside_the_click(true), luma_beside_the_click(false) + 30);
}

TEST_F(Exporter, ShowsOnlyTheRangeThatIsWanted) {
  VideoSpec screen = constant_rate(60, 30);
  ClipMedia media{.screen = memory(make_video_track(screen)),
                  .voice = memory(make_sound_track({.start = milliseconds(1000), .duration = screen.end})),
                  .duration = screen.end};
  ASSERT_TRUE(run(media, {.from = milliseconds(700), .to = milliseconds(1500)}));
  const Contents contents = read_back(out());
  ASSERT_EQ(contents.pictures.size(), 24U);
  EXPECT_EQ(read_frame_number(*contents.pictures.front()), frame_at(screen, milliseconds(700)));
  EXPECT_EQ(read_frame_number(*contents.pictures.back()), frame_at(screen, milliseconds(1467)));
}

TEST_F(Exporter, OddAndUnequalSizesAndLengths) {
  VideoSpec screen = constant_rate(30, 30);
  screen.width = 322;
  screen.height = 182;
  ClipMedia media = whole_clip(screen, constant_rate(15, 30));
  media.duration = 2s;  // longer than every track
  ASSERT_TRUE(run(media, {.max_width = 333}));
  const Contents contents = read_back(out());
  EXPECT_LE(contents.pictures.front()->width, 334);
  EXPECT_NEAR(to_seconds(contents.pictures.back()->at), 2, 0.04);
}

TEST_F(Exporter, CameraAloneIsEnough) {
  const VideoSpec camera = constant_rate(10, 10);
  ASSERT_TRUE(run({.camera = memory(make_video_track(camera)), .duration = camera.end}));
  EXPECT_EQ(read_back(out()).pictures.front()->width, 320);
}

TEST_F(Exporter, NeverOverwrites) {
  std::ofstream(out()) << "precious";
  const auto done = run(whole_clip(constant_rate(10, 10), constant_rate(10, 10)));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::AlreadyExists);
  EXPECT_EQ(fs::file_size(out()), 8u);
}

TEST_F(Exporter, SaysWhatIsWrongAndLeavesNothing) {
  const auto nothing = run({.duration = 1s});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::InvalidArgument);
  const auto noise = run({.voice = memory(Bytes(10'000)), .duration = 1s});
  ASSERT_FALSE(noise);
  EXPECT_EQ(noise.error().code, ErrorCode::Corrupt);
  const auto garbage = run({.screen = memory(Bytes(10'000)), .duration = 1s});
  ASSERT_FALSE(garbage);
  EXPECT_EQ(garbage.error().code, ErrorCode::Corrupt);
  EXPECT_TRUE(is_folder_empty());
  const auto no_folder = export_clip(whole_clip(constant_rate(10, 10), constant_rate(10, 10)),
                                     folder_ / "no" / "out.mp4", {}, [](double) {}, {});
  ASSERT_FALSE(no_folder);
  EXPECT_EQ(no_folder.error().code, ErrorCode::NotFound);
}

TEST_F(Exporter, TidiesUpAfterOneThatWasKilled) {
  const auto left_by = [&](pid_t process, std::chrono::minutes ago) {
    const fs::path file =
        folder_ / ("." + out().filename().string() + "." + std::to_string(process) + ".tmp");
    std::ofstream(file) << "half";
    fs::last_write_time(file, fs::file_time_type::clock::now() - ago);
    return file;
  };
  const pid_t dead = ::fork();
  if (dead == 0) ::_exit(0);
  ASSERT_EQ(::waitpid(dead, nullptr, 0), dead);
  const fs::path left = left_by(dead, std::chrono::minutes(2));
  const fs::path alive = left_by(::getppid(), std::chrono::minutes(2));
  ASSERT_TRUE(run(whole_clip(constant_rate(10, 10), constant_rate(10, 10))));
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(alive));
  fs::remove(out());
  // Who knows who writes it, on another machine.
  (void)left_by(dead, std::chrono::minutes(0));
  ASSERT_TRUE(run(whole_clip(constant_rate(10, 10), constant_rate(10, 10))));
  EXPECT_TRUE(fs::exists(left));
}

TEST_F(Exporter, CancelledLeavesNothing) {
  stop_.request_stop();
  const auto done = run(whole_clip(constant_rate(10, 10), constant_rate(10, 10)));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Aborted);
  EXPECT_TRUE(is_folder_empty());
}

}  // namespace
}  // namespace meanwhile::test
