// Each page in each way in which it can be.
#include "tests/app/ui_states/scripted_parts.h"
#include "tests/app/ui_states/scripted_states.h"

namespace meanwhile {
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
  UiState listed = on(crowded_state(), PageId::Inbox);
  listed.settings.chosen.inbox_as_list = true;
  all.push_back({"inbox-list", listed});
  UiState newcomer = on(plain_state(), PageId::Inbox);
  newcomer.inbox = {.load = LoadState::Ready, .sync = "Synced just now"};
  newcomer.settings.chosen.greeted = false;
  all.push_back({"inbox-welcome", newcomer});
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
  UiState rehearsal = state;
  rehearsal.record.phase = RecordPhase::Rehearsing;
  rehearsal.record.rehearsal_left = 2;
  all.push_back({"record-rehearsing", rehearsal});
  rehearsal.record.phase = RecordPhase::Rehearsed;
  all.push_back({"record-rehearsed", rehearsal});
  UiState area = state;
  area.record.screen.chosen = "x11:+120,80,1280x720";
  area.record.notes = kSpeakerNotes;
  area.record.aside_words =
      "While you record, this window is minimised, to stay out of the picture. So your notes can't be seen "
      "then: "
      "record an area or one window, and they stay beside it. Ctrl+Alt with P pauses, S stops, M mutes, B "
      "redoes "
      "the last sentence, D draws.";
  all.push_back({"record-area", area});
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
  UiState ailing = state;
  ailing.publish.tracks[1].ailed = {
      {TrackHealth::Frozen, std::chrono::seconds(30), std::chrono::seconds(42)}};
  ailing.publish.tracks[2].ailed = {{TrackHealth::Silent, std::chrono::seconds(70), ailing.publish.duration}};
  ailing.publish.warnings = {
      "The camera (Integrated Camera) gave the same picture over and over from 0:30 to 0:42.",
      "We couldn't hear anything from Jabra Evolve2 65 from 1:10 on."};
  all.push_back({"publish-ailing", ailing});
  UiState correcting = state;
  correcting.publish.own_updates = {{"c", "Where we stand"}, {"d", "The numbers of October"}};
  correcting.publish.corrects = "c";
  all.push_back({"publish-correcting", correcting});
  state.publish.review.trim = {.from = std::chrono::seconds(38), .to = std::chrono::seconds(191)};
  state.publish.review.arranged = std::chrono::seconds(140);
  state.publish.review.player.position = std::chrono::seconds(77);
  state.publish.review.player.is_playing = true;
  state.publish.review.chapters = {{std::chrono::seconds(40), "Where we stand"},
                                   {std::chrono::seconds(110), "What it costs"}};
  state.publish.review.slides = {std::chrono::seconds(80), std::chrono::seconds(150)};
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

UiState arranging(UiState state) {
  using std::chrono::seconds;
  const MediaTime end = state.watch.player.duration;
  ArrangePanel panel{.clip = "c", .duration = end, .chosen = TimeRange{seconds(95), seconds(108)}};
  panel.now = {
      .parts = {{MediaTime{}, seconds(20)},
                {seconds(31), seconds(80)},
                {seconds(400), seconds(403)},
                {seconds(84), end}},
      .cards = {{{seconds(400), seconds(403)}, "What it costs"}},
      .layouts = {{seconds(40), Layout::Screen}},
      .zooms = {{{seconds(60), seconds(64)}, 0.3, 0.4, 2}},
      .covered = {{{seconds(50), seconds(58)}, CoverTrack::Screen, CoverKind::Blur, 0.1, 0.1, 0.2, 0.2}}};
  panel.others = {{"d", "The numbers of October", seconds(95)}};
  panel.offered = {{"Silences", {{seconds(100), seconds(103)}, {seconds(120), seconds(124)}}}};
  panel.can_undo = true;
  state.watch.clip.is_mine = true;
  state.watch.arrange = panel;
  return state;
}

void add_arranging_states(const UiState& state, std::vector<NamedState>& all) {
  all.push_back({"watch-arranging", arranging(state)});
  UiState card = arranging(state);
  card.watch.arrangement = std::make_shared<const Arrangement>(card.watch.arrange->now);
  card.watch.arrange.reset();
  card.watch.player.position = std::chrono::seconds(401);
  all.push_back({"watch-card", card});
  UiState saved = arranging(state);
  saved.watch.arrange->can_undo = false;
  saved.watch.arrange->chosen.reset();
  saved.watch.arrange->offered.clear();
  all.push_back({"watch-arranging-saved", saved});
  UiState draft = arranging(state);
  draft.watch.arrange->is_draft = true;
  draft.watch.arrange->kept = {std::chrono::seconds(12),
                               draft.watch.player.duration - std::chrono::seconds(30)};
  draft.watch.arrange->now.poster = std::chrono::seconds(70);
  draft.watch.arrange->offered_zooms = {{.range = {std::chrono::seconds(20), std::chrono::seconds(24)}},
                                        {.range = {std::chrono::seconds(70), std::chrono::seconds(76)}}};
  all.push_back({"watch-arranging-draft", draft});
}

void add_answer_states(std::vector<NamedState>& all) {
  UiState state = on(plain_state(), PageId::Watch);
  add_answers(state.watch);
  all.push_back({"watch-answers", state});
  all.push_back({"watch-answer-played", with_answer_played(state)});
  UiState guests = state;
  guests.watch.comments[0].author = {.id = "g-sam", .name = "Sam Rivers of Acme (guest)", .is_guest = true};
  guests.watch.comments[1].author = {
      .id = "g-kim", .name = "Kim (guest, known)", .is_guest = true, .known_by = "Grace Hopper"};
  guests.watch.comments[0].replies[0].author = guests.watch.comments[1].author;
  for (CommentView* comment :
       {&guests.watch.comments[0], &guests.watch.comments[1], &guests.watch.comments[0].replies[0]})
    comment->is_mine = false;
  all.push_back({"watch-guests", guests});
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
  writing.watch.draft = {.text = "Which one?", .at = std::chrono::seconds(83), .ask = AskDraft{}};
  writing.watch.answers.deadline.chosen = ReplyByView{"Thu 16:00", WallTime{}, "Sydney: Fri 02:00 there"};
  writing.watch.answers.deadline.outside = "Outside working hours in Sydney";
  writing.watch.answers.deadline.moved = ReplyByView{"Fri 00:00", WallTime{}, "Sydney: Fri 10:00 there"};
  writing.watch.answers.edit =
      CommentEdit{.comment = "c4", .text = "I'll take the migration guide. Draft by Monday."};
  all.push_back({"watch-asking-and-editing", writing});
  UiState editing = state;
  editing.watch.clip.is_mine = true;
  editing.watch.clip.description =
      "The plan: https://example.org/plan\n- the freeze moves to the 9th\n- support is told";
  editing.watch.clip.edited = "edited today 14:05";
  all.push_back({"watch-described", editing});
  editing.watch.clip_edit = ClipEdit{
      .clip = "c",
      .title = editing.watch.clip.title,
      .channel = "releases",
      .description = editing.watch.clip.description,
      .chapters = {{std::chrono::seconds(0), "Where we stand"}, {std::chrono::seconds(70), "What it costs"}}};
  editing.watch.clip.chapters = editing.watch.clip_edit->chapters;
  all.push_back({"watch-clip-form", editing});
  editing.watch.clip_edit.reset();
  editing.watch.export_form = ExportForm{.clip = "c",
                                         .layout = Layout::SideBySide,
                                         .has_captions = true,
                                         .captions = true,
                                         .file = "/home/anna/Videos/Where we stand.mp4"};
  all.push_back({"watch-export-form", editing});
  editing.watch.export_form.reset();
  editing.watch.share =
      SharePanel{.clip = "c",
                 .file = "/home/anna/Videos/Where we stand.html",
                 .doing = {},
                 .shared = {{"s1", "Link", "Ends Thu 16:00", "https://store/shares/s1/index.html"},
                            {"s2", "File", "No end", ""}}};
  all.push_back({"watch-share-form", editing});
  editing.watch.share->as_file = true;
  editing.watch.share->password = "secret";
  all.push_back({"watch-share-file-form", editing});
  add_arranging_states(state, all);
  UiState corrected = state;
  corrected.watch.clip.version = 2;
  corrected.watch.version = 2;
  corrected.watch.comments.front().is_on_earlier = true;
  corrected.watch.comments.front().age += " · on version 1";
  all.push_back({"watch-corrected", corrected});
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
  UiState two = captions;
  two.watch.layout = Layout::Bubble;
  two.watch.tools.caption_languages = {{"en", "English"}, {"de", "German"}};
  two.watch.tools.second_language = 1;
  two.watch.tools.second_captions = std::make_shared<const std::vector<VttCue>>(std::vector<VttCue>{
      {std::chrono::seconds(82), std::chrono::seconds(86),
       "Das Einfrieren verschiebt den Importeur um zwei Tage, und wer davon betroffen ist, weiß es schon."}});
  two.watch.tools.caption_look.size = CaptionSize::Large;
  all.push_back({"watch-captions-two-beside-face", two});
  two.watch.tools.caption_look.place = CaptionPlace::Top;
  two.watch.answers.is_drawing = true;
  all.push_back({"watch-captions-top-below-tools", two});
  two.watch.answers.is_drawing = false;
  two.watch.layout = Layout::SideBySide;
  two.watch.tools.caption_look = {.is_on = true, .place = CaptionPlace::Below};
  all.push_back({"watch-captions-below", two});
  captions.settings.chosen.transcript_beside = true;
  all.push_back({"watch-transcript", captions});
  UiState suggested = captions;
  suggested.watch.tools.suggestions =
      std::make_shared<const std::vector<CaptionSuggestion>>(std::vector<CaptionSuggestion>{
          {0, "Grace Hopper", "We freeze on the eleventh.", "k1"},
          {1, "Oleg", "The freeze moves the importer by two days, and the exporter by three.", "k2"}});
  all.push_back({"watch-transcript-suggested", suggested});
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
  UiState creating = on(plain_state(), PageId::Settings);
  creating.settings.missing_library = "folder:/srv/team/a-place-where-nobody-has-been-yet";
  all.push_back({"settings-creating", creating});
  UiState sealed = on(plain_state(), PageId::Settings);
  sealed.settings.missing_library = "webdavs://cloud.example.org/team";
  sealed.settings.recovery_key = "2eej-a2wj-xv88-san9-byvh-txpw-7cfk-y3g4-4dq9-c77k-jfc9-59qk-a9w0-6the";
  all.push_back({"settings-sealed", sealed});
  UiState members = on(plain_state(), PageId::Settings);
  LibraryView& team = members.settings.libraries.front();
  team.is_sealed = team.am_admin = team.overused = true;
  team.members = {{.person = "a", .name = "Anna Lindqvist", .is_admin = true, .is_me = true},
                  {.person = "b", .name = "Ben Okafor", .is_admin = true},
                  {.person = "c", .name = "Somebody who has said nothing yet"},
                  {.person = "d", .name = "Chiara Montefiori-Albrechtsberger the Younger"},
                  {.person = "e", .name = "Dev", .is_removed = true}};
  all.push_back({"settings-members", members});
  UiState sheet = on(plain_state(), PageId::Watch);
  sheet.shortcuts_shown = true;
  all.push_back({"shortcuts", sheet});
  all.push_back({"nothing-at-all", UiState{}});
  return all;
}

}  // namespace meanwhile
