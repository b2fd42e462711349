#include "tests/app/ui_states/scripted_states.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "tests/app/ui_states/scripted_parts.h"

namespace meanwhile {
namespace {

ClipCard card(int number, std::string title, int author, std::string channel, int seconds, std::string age) {
  ClipCard clip{.id = fmt::format("clip{}", number),
                .title = std::move(title),
                .author = people()[std::size_t(author)]};
  clip.channel = std::move(channel);
  clip.duration = std::chrono::seconds(seconds);
  clip.age = std::move(age);
  clip.sent_at = "Thursday, 19 November 2026, 14:32";
  clip.poster = slide_picture(480, 270, number);
  return clip;
}

std::vector<ClipCard> some_clips() {
  std::vector<ClipCard> clips{
      card(1, "Release plan for December, and what slips", 0, "releases", 252, "2 h ago"),
      card(2, "Why the importer was slow (and isn't any more)", 1, "engineering", 431, "5 h ago"),
      card(3, "Neue Startseite: zweiter Entwurf", 2, "design", 184, "yesterday"),
      card(4, "Weekly update", 6, "general", 95, "2 days ago"),
      card(5, "Новый отчёт по продажам", 3, "sales", 322, "3 days ago"),
      card(6, "Walkthrough: the new settings page", 4, "design", 218, "last week")};
  clips[0].is_new = clips[1].is_new = true;
  clips[2].summary = "Kopfbereich · Preise · Was noch fehlt";
  clips[3].summary = "Everything that moved this week, and the two things that didn't.";
  clips[0].comments = 4;
  clips[0].new_comments = 2;
  clips[1].comments = 1;
  clips[2].watched = 0.62;
  clips[2].comments = 12;
  clips[3].is_mine = true;
  clips[3].upload = "Uploading 40 %";
  clips[4].watched = 1;
  clips[5].poster = nullptr;
  clips[5].watched = 1;
  return clips;
}

std::vector<CommentView> some_comments() {
  std::vector<CommentView> comments{
      comment("c1", 1, 21, "Can we move the freeze to the 9th? The importer needs two more days of testing.",
              "1 h ago"),
      comment("c2", 2, 83, "Love this chart.", "50 min ago"),
      comment("c3", 3, 87, "Откуда эти цифры? Можно ссылку на таблицу?", "44 min ago"),
      comment("c4", 6, 190, "I'll take the migration guide. Draft by Friday.", "12 min ago")};
  comments[0].replies.push_back(comment("r1", 0, 21, "Works for me, the 9th it is.", "40 min ago"));
  comments[0].replies.push_back(comment("r2", 6, 21, "Fine. I'll tell support.", "38 min ago"));
  comments[0].replies[1].is_mine = true;
  comments[1].is_resolved = true;
  comments[1].resolved_by = "Anna";
  comments[2].is_new = true;
  comments[2].to = std::chrono::seconds(95);
  comments[3].is_mine = true;
  return comments;
}

std::shared_ptr<const std::vector<float>> speech_waveform() {
  auto peaks = std::make_shared<std::vector<float>>();
  for (int i = 0; i < 600; ++i) {
    const double phrase = std::max(0.0, std::sin(i * 0.07) + 0.35 * std::sin(i * 0.023 + 1));
    peaks->push_back(float(std::min(1.0, phrase * (0.25 + 0.35 * std::abs(std::sin(i * 1.7))))));
  }
  return peaks;
}

PlayTools some_tools() {
  PlayTools tools;
  auto thumbs = std::make_shared<Thumbs>();
  thumbs->sheet = slide_picture(640, 360, 4);
  for (int i = 0; i < 16; ++i)
    thumbs->tiles.push_back({{std::chrono::seconds(i * 16), std::chrono::seconds(i * 16 + 16)},
                             {i % 4 * 160, i / 4 * 90, 160, 90}});
  tools.thumbs = thumbs;
  tools.buffered = {{std::chrono::seconds(0), std::chrono::seconds(110)},
                    {std::chrono::seconds(120), std::chrono::seconds(170)}};
  tools.pauses = std::make_shared<const std::vector<TimeRange>>(
      std::vector<TimeRange>{{std::chrono::seconds(40), std::chrono::seconds(52)},
                             {std::chrono::seconds(130), std::chrono::seconds(139)}});
  tools.captions = std::make_shared<const std::vector<VttCue>>(std::vector<VttCue>{
      {std::chrono::seconds(10), std::chrono::seconds(14), "We freeze on the seventh."},
      {std::chrono::seconds(82),
       std::chrono::seconds(86),
       "The freeze moves the importer\nby two days.",
       {{std::chrono::milliseconds(82'000), std::chrono::milliseconds(82'300), "The"},
        {std::chrono::milliseconds(82'300), std::chrono::milliseconds(82'900), "freeze"},
        {std::chrono::milliseconds(82'900), std::chrono::milliseconds(83'300), "moves"},
        {std::chrono::milliseconds(83'300), std::chrono::milliseconds(83'500), "the"},
        {std::chrono::milliseconds(83'500), std::chrono::milliseconds(84'200), "importer"},
        {std::chrono::milliseconds(84'200), std::chrono::milliseconds(84'500), "by", 40},
        {std::chrono::milliseconds(84'500), std::chrono::milliseconds(84'900), "two"},
        {std::chrono::milliseconds(84'900), std::chrono::milliseconds(85'500), "days."}}}});
  return tools;
}

WatchState some_watch() {
  WatchState watch;
  watch.clip = some_clips()[0];
  watch.player.duration = std::chrono::seconds(252);
  watch.player.position = std::chrono::milliseconds(83'400);
  watch.player.is_playing = true;
  watch.screen = slide_picture(1920, 1080, 3);
  watch.camera = face_picture(1280, 720);
  watch.waveform = speech_waveform();
  watch.watched = {{std::chrono::seconds(0), std::chrono::seconds(83)},
                   {std::chrono::seconds(120), std::chrono::seconds(150)}};
  watch.comments = some_comments();
  watch.tools = some_tools();
  watch.pointer = PointerView{{.at = {}, .x = 900, .y = 520, .shape = 0, .buttons = 0}, nullptr};
  return watch;
}

RecordPageState some_record() {
  RecordPageState record;
  record.phase = RecordPhase::Armed;
  record.screen = {{{DeviceKind::Screen, "x11::0+0,0,2560x1440", "DP-1, 2560 x 1440", "", true},
                    {DeviceKind::Screen, "x11::0+2560,0,1920x1080", "HDMI-1, 1920 x 1080", "", false}},
                   "default"};
  record.camera = {
      {{DeviceKind::Camera, "v4l2:/dev/video0", "Integrated Camera", "1280 x 720, 30 fps", true}}, "default"};
  record.microphone = {{{DeviceKind::Microphone, "pulse:a", "Built-in Audio Analog Stereo", "", true},
                        {DeviceKind::Microphone, "pulse:b", "Jabra Evolve2 65", "", false}},
                       "pulse:b"};
  record.screen_preview = slide_picture(1920, 1080, 5);
  record.camera_preview = face_picture(1280, 720);
  record.status.voice_peak = 0.3F;
  record.free_bytes = 182'000'000'000ULL;
  record.expected_size = SizeRange{3'300'000, 14'000'000};
  record.aside_words = "While you record, this window becomes a small strip where nothing is recorded.";
  record.can_draw = true;
  record.can_choose_area = true;
  return record;
}

std::vector<TrackReport> some_tracks() {
  return {
      {.kind = TrackKind::Screen, .file = "screen.mp4", .width = 2560, .height = 1440, .bytes = 18'400'000},
      {.kind = TrackKind::Camera, .file = "camera.mp4", .width = 1280, .height = 720, .bytes = 9'200'000},
      {.kind = TrackKind::Voice, .file = "voice.mp4", .bytes = 1'100'000}};
}

PublishState some_publish() {
  PublishState publish;
  publish.take = "take1";
  publish.title = "Release plan for December, and what slips";
  publish.channel = "releases";
  publish.channels = {"general", "releases", "engineering", "design"};
  publish.duration = std::chrono::seconds(252);
  publish.bytes = 28'700'000;
  publish.tracks = some_tracks();
  publish.screen = slide_picture(1920, 1080, 2);
  publish.camera = face_picture(1280, 720);
  publish.destination = "The team";
  publish.reach =
      "Lisbon sees it in 20 min, Chicago in 7 h. Everyone should have time to answer by today 17:00 your "
      "time.";
  publish.review.is_open = true;
  publish.review.player.duration = publish.duration;
  publish.review.waveform = speech_waveform();
  return publish;
}

SettingsState some_settings() {
  SettingsState settings;
  settings.name = "Samuel Okonkwo";
  settings.time_zone = "Europe/Berlin";
  settings.zone_label = "Berlin, UTC+1";
  settings.zones = {{"Europe/Berlin", "Berlin", "Europe, UTC+1"},
                    {"Europe/London", "London", "Europe, UTC"},
                    {"America/New_York", "New York", "America, UTC-5"},
                    {"Australia/Sydney", "Sydney", "Australia, UTC+11"},
                    {"Asia/Tokyo", "Tokyo", "Asia, UTC+9"}};
  settings.system_name = "Samuel Okonkwo";
  settings.chosen.greeted = true;
  settings.hours_from = "09:00";
  settings.hours_to = "17:00";
  settings.work_days = "mon,tue,wed,thu,fri";
  settings.libraries = {{.id = "lib1",
                         .name = "Team",
                         .url = "folder:/srv/team/meanwhile",
                         .state = "Up to date, 12 updates",
                         .is_first = true}};
  settings.speech = "By pocketsphinx: English, in draft quality";
  settings.hotkeys = "Ctrl+Alt with P pauses, S stops, M mutes, B redoes the last sentence, D draws.";
  settings.data_folder = "/home/sam/.local/share/meanwhile";
  settings.version = "Meanwhile 0.1.0";
  return settings;
}

const std::string kLongWord(300, 'W');
const std::string kLongText =
    "A very long title that nobody would write but somebody will paste, with everything that came to their "
    "mind while "
    "they were recording it, and then some more, because there was still room for it in the field";

}  // namespace

UiState plain_state() {
  UiState state;
  state.inbox.load = LoadState::Ready;
  state.inbox.clips = some_clips();
  state.inbox.total = int(state.inbox.clips.size());
  state.inbox.sections = {{"New replies", 1}, {"New", 1}, {"Earlier", 4}};
  state.inbox.clips[0].answers = 2;
  state.inbox.news = "Since you were last here: 2 updates, 12 min, 7 min at your speed with pauses skipped";
  state.inbox.can_play_all = true;
  state.inbox.unwatched = 2;
  state.inbox.channels = {{"general", 0}, {"releases", 1}, {"engineering", 1}, {"design", 0}, {"sales", 0}};
  state.inbox.sync = "Synced 2 min ago";
  state.record = some_record();
  state.publish = some_publish();
  state.watch = some_watch();
  state.settings = some_settings();
  return state;
}

UiState crowded_state() {
  UiState state = plain_state();
  for (int i = 0; i < 200; ++i) {
    state.inbox.clips.push_back(state.inbox.clips[std::size_t(i % 6)]);
    state.inbox.clips.back().id = fmt::format("more{}", i);
  }
  state.inbox.total = 100'000;
  state.inbox.sections = {
      {"Waiting for your answer", 1}, {"New replies", 40}, {"New", 199}, {"Earlier", 99'760}};
  state.inbox.clips[0].asks = 1;
  for (int i = 0; i < 40; ++i) state.inbox.channels.push_back({fmt::format("project-{}", i), i % 3 * 60});
  state.inbox.unwatched = 240;
  state.inbox.takes = {
      {"t1", "Demo for the board", std::chrono::seconds(75), "10 min ago", "Not published yet"},
      {"t2", "", std::chrono::seconds(1312), "yesterday", "Recovered after a crash", true,
       slide_picture(320, 180, 4)}};
  state.inbox.clips[0].title = kLongText;
  state.inbox.clips[1].title = kLongWord;
  state.inbox.clips[1].author.name = "Maximiliane Konstantina Freifrau von und zu Hohenlohe-Bartenstein";
  state.inbox.clips[2].channel = "a-channel-with-a-name-that-goes-on-and-on-for-ever";
  for (int i = 0; i < 60; ++i) {
    CommentView more =
        comment(fmt::format("m{}", i), i % 7, 5 + i * 4, i % 5 == 0 ? kLongText : "Yes.", "now");
    state.watch.comments.push_back(more);
  }
  state.watch.comments[1].text = kLongWord;
  state.watch.clip.title = kLongText;
  state.publish.title = kLongText;
  state.publish.warnings = {"The camera went away after 1:12; the rest of the take has no camera picture."};
  state.publish.tracks[1].is_over = true;
  state.publish.tracks[1].duration = std::chrono::seconds(72);
  state.publish.destination =
      "the folder /home/samuel/A/very/long/path/that/does/not/end/Documents/Shared/meanwhile";
  state.record.status.warnings = {"No camera was found: this take is recorded without one.",
                                  "The microphone Jabra Evolve2 65 went away; the default one is used."};
  state.record.microphone.devices[1].name = kLongText;
  state.notices = {{1, NoticeKind::Warning, "3 clips wait for the library",
                    "The folder /srv/team is not there. They are "
                    "kept on this machine and go up as soon as it is back.",
                    "Try now"},
                   {2, NoticeKind::Success, "Link copied", "", ""}};
  return state;
}

// What Inter can't show: other scripts, right to left, emoji, letters with marks of their own.
UiState many_scripts_state() {
  UiState state = plain_state();
  const std::vector<PersonView> writers{{"p-wang", "王小明"},   {"p-maryam", "مريم الزهراني"},
                                        {"p-noa", "נועה לוי"},  {"p-yuki", "佐藤 由紀"},
                                        {"p-asha", "आशा शर्मा"}, {"p-kim", "김민수"}};
  const std::vector<std::string> titles{"十二月发布计划：以及会推迟的内容",
                                        "لماذا كان الاستيراد بطيئًا (ولم يعد كذلك)",
                                        "סקירה: דף ההגדרות החדש",
                                        "新しい設定画面のデモ 🎉",
                                        "साप्ताहिक अपडेट 👩🏽‍💻",
                                        "분기 매출 보고서"};
  for (std::size_t i = 0; i < writers.size(); ++i) {
    state.inbox.clips[i].author = writers[i];
    state.inbox.clips[i].title = titles[i];
  }
  state.inbox.channels = {{"设计", 2}, {"المبيعات", 0}, {"engineering", 1}};
  state.watch.clip = state.inbox.clips[1];
  state.watch.comments[0].text =
      "هل يمكننا نقل الموعد إلى اليوم التاسع؟ يحتاج المستورد (the importer) إلى يومين إضافيين من الاختبار، "
      "ثم نراجع النتائج معًا.";
  state.watch.comments[0].author = writers[1];
  state.watch.comments[0].replies[0].text =
      "可以，那就九号。我会通知客户支持团队，并把迁移指南的草稿在星期五之前写完，请大家在下周一之前看一遍。";
  state.watch.comments[0].replies[0].author = writers[0];
  state.watch.comments[1].text = "👍 Love this chart 🎉";
  state.watch.comments[2].text = "מאיפה המספרים האלה? אפשר קישור לטבלה?";
  state.watch.comments[2].author = writers[2];
  state.watch.comments[3].text = "आँकड़े बढ़िया हैं, शुक्रवार तक मसौदा भेज दूँगी।";
  state.watch.comments[3].author = writers[4];
  return state;
}

}  // namespace meanwhile
