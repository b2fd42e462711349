#include "tests/app/ui/scripted_states.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

namespace meanwhile {
namespace {

const std::vector<PersonView>& people() {
  static const std::vector<PersonView> all{{"p-ada", "Ada Lovelace"},  {"p-grace", "Grace Hopper"},
                                           {"p-zoe", "Zoë Müller"},    {"p-oleg", "Олег Иванов"},
                                           {"p-mina", "Μίνα Παππά"},   {"p-jo", "Jo"},
                                           {"p-sam", "Samuel Okonkwo"}};
  return all;
}

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

CommentView comment(std::string id, int author, int at, std::string text, std::string age) {
  CommentView view{.id = std::move(id), .author = people()[std::size_t(author)]};
  view.at = std::chrono::seconds(at);
  view.text = std::move(text);
  view.age = std::move(age);
  return view;
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
  comments[2].is_new = true;
  comments[2].to = std::chrono::seconds(95);
  comments[3].is_mine = true;
  return comments;
}

Drawing some_drawing() {
  Shape wave{.kind = ShapeKind::Pen, .color = ShapeColor::Yellow, .width = 50, .points = {}};
  for (int i = 0; i <= 40; ++i) wave.points.push_back({1500 + i * 60, 7000 + int(300 * std::sin(i * 0.6))});
  return {{ShapeKind::Box, ShapeColor::Red, 40, {{1200, 1500}, {4700, 4200}}},
          {ShapeKind::Arrow, ShapeColor::Blue, 50, {{8300, 7900}, {4900, 4000}}},
          wave,
          {ShapeKind::Text, ShapeColor::Black, 50, {{6400, 7900}}, "this one"}};
}

// Drawings, a recorded answer, an ask that waits, reactions: all that hangs on a clip beside words.
void add_answers(WatchState& watch) {
  watch.comments[1].drawing = some_drawing();
  watch.comments[1].is_resolved = false;
  watch.comments[0].replies[0].media =
      MediaView{.clip = "m1", .duration = std::chrono::seconds(23), .state = {}};
  watch.comments[3].is_edited = true;
  watch.comments[3].versions = {"I'll take the guide."};
  CommentView ask = comment("a1", 5, 60, "Do we ship on the 9th, with or without the importer?", "2 h ago");
  ask.ask = AskView{.kind = AskKind::Decision,
                    .by = "by Thu 16:00, in 5 h",
                    .by_elsewhere = "Diego: Thu 9:00\nMei: Thu 23:00",
                    .answered = "3 of 5 answered",
                    .people = {"Diego: answered 10 min ago", "Mei: not yet"},
                    .is_for_me = true,
                    .waits_for_me = true};
  watch.comments.insert(watch.comments.begin() + 1, ask);
  for (const auto& [second, name, author] :
       {std::tuple(20, "heart", 1), std::tuple(21, "rocket", 2), std::tuple(83, "thumbs-up", 2),
        std::tuple(83, "laugh", 6), std::tuple(140, "question", 3)})
    watch.answers.reactions.push_back(
        {.at = std::chrono::seconds(second), .name = name, .person = people()[std::size_t(author)]});
  for (int i = 1; i < 6; ++i) watch.answers.people.push_back(people()[std::size_t(i)]);
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
      {std::chrono::seconds(82), std::chrono::seconds(86), "The freeze moves the importer\nby two days."}});
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
  publish.destination = "the folder /srv/team/meanwhile";
  publish.reach =
      "Lisbon sees it in 20 min, Chicago in 7 h. Everyone can have answered by today 17:00 your time.";
  publish.review.is_open = true;
  publish.review.player.duration = publish.duration;
  publish.review.waveform = speech_waveform();
  return publish;
}

SettingsState some_settings() {
  SettingsState settings;
  settings.name = "Samuel Okonkwo";
  settings.time_zone = "Europe/Berlin";
  for (const char* zone : {"America/New_York", "Asia/Tokyo", "Europe/Berlin", "Europe/London", "UTC"})
    settings.time_zones.emplace_back(zone);
  settings.hours_from = "09:00";
  settings.hours_to = "17:00";
  settings.work_days = "mon,tue,wed,thu,fri";
  settings.libraries = {{.id = "lib1",
                         .name = "Team",
                         .url = "folder:/srv/team/meanwhile",
                         .state = "In step, 12 clips",
                         .is_first = true}};
  settings.data_folder = "/home/sam/.local/share/meanwhile";
  settings.version = "Meanwhile 0.1.0";
  return settings;
}

std::vector<FoundView> some_hits() {
  const auto hit = [](FoundKind kind, int author, int at, std::string text) {
    return FoundView{.kind = kind,
                     .clip = "clip1",
                     .title = "Release plan for December, and what slips",
                     .author = people()[std::size_t(author)],
                     .at = std::chrono::seconds(at),
                     .text = std::move(text),
                     .age = "2 h ago",
                     .place = "# releases"};
  };
  return {
      hit(FoundKind::Title, 0, 0, "Feature freeze, and what is in"),
      hit(FoundKind::Person, 6, 0, "Freddie Freeze"),
      hit(FoundKind::Comment, 1, 21, "Can we move the freeze to the 9th? The importer needs two more days."),
      hit(FoundKind::Comment, 3, 83, "Заморозка (freeze) в четверг?"),
      hit(FoundKind::Caption, 0, 62, "so the freeze is on Thursday, and after that only fixes")};
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
  state.inbox.sections = {{"Answers you", 1}, {"New", 1}, {"Earlier", 4}};
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
  state.inbox.sections = {{"Asks you", 1}, {"Answers you", 40}, {"New", 199}, {"Earlier", 99'760}};
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

namespace {

UiState on(UiState state, PageId page) {
  state.page = page;
  return state;
}

void add_inbox(std::vector<NamedState>& all) {
  all.push_back({"inbox", on(plain_state(), PageId::Inbox)});
  all.push_back({"inbox-crowded", on(crowded_state(), PageId::Inbox)});
  UiState found = on(plain_state(), PageId::Inbox);
  found.inbox.search = "freeze";
  found.inbox.found = some_hits();
  all.push_back({"inbox-found", found});
  UiState archived = on(plain_state(), PageId::Inbox);
  archived.inbox.filter = InboxFilter::Archived;
  archived.inbox.sections.clear();
  for (ClipCard& clip : archived.inbox.clips) clip.is_archived = true;
  archived.inbox.channel = "sales";
  archived.inbox.channels.back().is_archived = true;
  all.push_back({"inbox-archived", archived});
  UiState empty = on(plain_state(), PageId::Inbox);
  empty.inbox = {.load = LoadState::Ready, .sync = "Synced just now"};
  all.push_back({"inbox-empty", empty});
  empty.inbox.filter = InboxFilter::Unwatched;
  all.push_back({"inbox-nothing-unwatched", empty});
  empty.inbox.search = "quarterly";
  all.push_back({"inbox-nothing-found", empty});
  UiState failed = on(plain_state(), PageId::Inbox);
  failed.inbox.load = LoadState::Failed;
  failed.inbox.clips.clear();
  failed.inbox.failure =
      "The folder /srv/team/meanwhile is not there. Is the drive mounted? Settings has its place.";
  failed.inbox.sync_failed = true;
  failed.inbox.sync = "Offline: 3 things waiting";
  all.push_back({"inbox-failed", failed});
  failed.inbox.load = LoadState::Loading;
  all.push_back({"inbox-loading", failed});
}

constexpr const char* kSpeakerNotes =
    "Say hello to Sydney first.\nWhere we stand: three of five teams have moved.\n\nAsk Grace about the "
    "freeze. "
    "Don't forget to thank Oleg for the numbers, which took him the whole weekend.";

void add_record(std::vector<NamedState>& all) {
  UiState state = on(plain_state(), PageId::Record);
  all.push_back({"record", state});
  state.record.phase = RecordPhase::Countdown;
  state.record.countdown_left = 3;
  all.push_back({"record-countdown", state});
  state.record.phase = RecordPhase::Recording;
  state.record.status.elapsed = std::chrono::seconds(83);
  state.record.status.bytes = 12'400'000;
  all.push_back({"record-running", state});
  UiState ailing = state;
  ailing.record.notes = kSpeakerNotes;
  ailing.record.status.is_muted = true;
  ailing.record.status.tracks = {{.kind = TrackKind::Camera,
                                  .health = TrackHealth::Black,
                                  .health_sentence =
                                      "The camera (Integrated Camera) gives a black picture; is "
                                      "its cover closed?"}};
  all.push_back({"record-notes-and-trouble", ailing});
  ailing.record.is_strip = true;
  all.push_back({"record-strip", ailing});
  ailing = state;
  ailing.record.phase = RecordPhase::Replaying;
  all.push_back({"record-replaying", ailing});
  state.record.phase = RecordPhase::Paused;
  state.record.free_bytes = 300'000'000;
  all.push_back({"record-paused", state});
  state.record.phase = RecordPhase::Failed;
  state.record.failure =
      "The disk is full: 3 MB are left. What was recorded up to here is kept. Make room, then try again.";
  all.push_back({"record-failed", state});
  UiState bare = on(crowded_state(), PageId::Record);
  bare.record.camera = {{}, "none"};
  bare.record.camera_preview = nullptr;
  all.push_back({"record-no-camera", bare});
}

void add_publish(std::vector<NamedState>& all) {
  UiState state = on(plain_state(), PageId::Publish);
  all.push_back({"publish", state});
  state.publish.review.trim = {.from = std::chrono::seconds(38), .to = std::chrono::seconds(191)};
  state.publish.review.player.position = std::chrono::seconds(77);
  state.publish.review.player.is_playing = true;
  all.push_back({"publish-trimmed", state});
  state.publish.review = {};
  state.publish.phase = PublishPhase::Publishing;
  state.publish.progress = 0.42;
  all.push_back({"publish-uploading", state});
  state.publish.phase = PublishPhase::Published;
  all.push_back({"publish-done", state});
  UiState failed = on(crowded_state(), PageId::Publish);
  failed.publish.phase = PublishPhase::Failed;
  failed.publish.failure =
      "The library's disk is full. The recording is safe on this machine; it goes up when there is room.";
  all.push_back({"publish-failed", failed});
}

UiState with_answer_played(UiState state) {
  const CommentView& reply = state.watch.comments[0].replies[0];
  state.watch.player.is_playing = false;
  state.watch.answers.played = PlayedAnswer{
      .comment = reply.id,
      .has_pictures = true,
      .player = {.position = std::chrono::seconds(9), .duration = reply.media->duration, .is_playing = true},
      .screen = nullptr,
      .camera = state.watch.camera};
  return state;
}

void add_answer_states(std::vector<NamedState>& all) {
  UiState state = on(plain_state(), PageId::Watch);
  add_answers(state.watch);
  all.push_back({"watch-answers", state});
  all.push_back({"watch-answer-played", with_answer_played(state)});
  UiState asking = state;
  asking.watch.player.is_playing = false;
  asking.watch.player.position = std::chrono::seconds(60);
  asking.watch.answers.asking = "a1";
  all.push_back({"watch-asked", asking});
  UiState drawing = state;
  drawing.watch.player.is_playing = false;
  drawing.watch.answers.is_drawing = true;
  drawing.watch.draft = {.text = "@Me",
                         .at = std::chrono::seconds(70),
                         .to = std::chrono::seconds(95),
                         .drawing = some_drawing()};
  all.push_back({"watch-drawing", drawing});
  drawing.watch.layout = Layout::Bubble;
  drawing.settings.theme = ThemeChoice::Light;
  all.push_back({"watch-drawing-bubble-light", drawing});
  UiState writing = state;
  writing.watch.clip.is_mine = true;
  writing.watch.draft = {
      .text = "Which one?", .at = std::chrono::seconds(83), .ask = AskDraft{.by_label = "Thu 16:00"}};
  writing.watch.answers.edit =
      CommentEdit{.comment = "c4", .text = "I'll take the migration guide. Draft by Monday."};
  all.push_back({"watch-asking-and-editing", writing});
  UiState recording = state;
  recording.watch.answers.recording = ReplyKind::Camera;
  recording.watch.answers.back_to = "Budget, 1:23";
  recording.record.phase = RecordPhase::Recording;
  all.push_back({"watch-recording-an-answer", recording});
}

void add_watch(std::vector<NamedState>& all) {
  UiState state = on(plain_state(), PageId::Watch);
  all.push_back({"watch", state});
  UiState queued = state;
  queued.watch.player.is_playing = false;
  queued.watch.player.is_ended = true;
  queued.watch.queue = {.is_on = true, .left = 3, .next_title = "Why the importer was slow", .countdown = 3};
  queued.watch.seen_by = {{people()[0], 1}, {people()[1], 0.4}};
  all.push_back({"watch-next-up", queued});
  state.watch.layout = Layout::Bubble;
  state.watch.draft = {.text = "Is this with or without the\nmigration?", .at = std::chrono::seconds(83)};
  state.watch.player.is_playing = false;
  all.push_back({"watch-bubble-writing", state});
  state.watch.is_full_screen = true;
  all.push_back({"watch-full-screen", state});
  UiState captions = on(plain_state(), PageId::Watch);
  captions.watch.tools.caption_look.is_on = true;
  captions.watch.tools.skips_pauses = true;
  captions.watch.tools.loop = {std::chrono::seconds(60), std::chrono::seconds(110)};
  all.push_back({"watch-captions-loop", captions});
  captions.watch.tools.is_mini = true;
  all.push_back({"watch-mini", captions});
  all.push_back({"inbox-scripts", on(many_scripts_state(), PageId::Inbox)});
  all.push_back({"watch-scripts", on(many_scripts_state(), PageId::Watch)});
  all.push_back({"watch-crowded", on(crowded_state(), PageId::Watch)});
  add_answer_states(all);
  UiState bare = on(plain_state(), PageId::Watch);
  bare.watch.comments.clear();
  bare.watch.camera = nullptr;
  bare.watch.has_camera = false;
  bare.watch.waveform = nullptr;
  bare.watch.player.is_waiting = true;
  all.push_back({"watch-screen-only-waiting", bare});
  bare.watch.load = LoadState::Failed;
  bare.watch.failure =
      "The clip's manifest names a format that this version doesn't know. A newer Meanwhile can play it.";
  all.push_back({"watch-failed", bare});
}

}  // namespace

std::vector<NamedState> all_states() {
  std::vector<NamedState> all;
  add_inbox(all);
  add_record(all);
  add_publish(all);
  add_watch(all);
  all.push_back({"settings", on(plain_state(), PageId::Settings)});
  UiState trouble = on(crowded_state(), PageId::Settings);
  trouble.settings.libraries.front().is_well = false;
  trouble.settings.libraries.front().state = "The folder /srv/team/meanwhile is not there";
  all.push_back({"settings-trouble", trouble});
  UiState sheet = on(plain_state(), PageId::Watch);
  sheet.shortcuts_shown = true;
  all.push_back({"shortcuts", sheet});
  all.push_back({"nothing-at-all", UiState{}});
  return all;
}

}  // namespace meanwhile
