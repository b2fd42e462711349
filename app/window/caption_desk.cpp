#include "app/window/caption_desk.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "app/library/language_name.h"
#include "app/library/settings.h"
#include "app/sending/addition_sender.h"
#include "app/speech/caption_board.h"
#include "app/speech/caption_target.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/clock.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "upload/outbox.h"

namespace meanwhile {
namespace {

// Who corrects one word mostly corrects another: all of them are one object of the library.
constexpr std::chrono::seconds kCorrectingPause{8};

std::string name_of(Index& index, const std::string& person) {
  const auto people = index.people();
  if (!people) return {};
  const auto found = std::ranges::find(*people, person, &Person::id);
  return found == people->end() ? std::string() : found->name;
}

// Of the outbox: it has that, and the library too.
bool is_stored(Outbox& outbox, const std::string& group) {
  const auto status = outbox.group_status(group);
  return status ? status->stored : status.error().code == ErrorCode::NotFound;
}

// What wasn't sent of the one before it gives way: its word could come later than this one's. Answers the
// outbox's group; "": nothing is suggested any more.
Result<std::string> say_edit(OpenLibrary& library, const Clip& clip, const CaptionEdit& edit) {
  if (!edit.before.empty()) MEANWHILE_TRY(library.session->outbox().discard(edit.before));
  if (!edit.track.are_corrections || !edit.track.cues.empty())
    return give_captions({.library = &library, .clip = clip, .opened = {.clip = clip.id, .media = {}}},
                         edit.track);
  const auto said = take_back_addition(*library.session, clip, AdditionKind::Captions, edit.track.language);
  if (!said) return std::unexpected(said.error());
  return std::string();
}

}  // namespace

CaptionDesk::CaptionDesk(Desk& desk) : desk_(desk), edits_(desk.application.home().data() / "captions") {}

void CaptionDesk::open(const std::shared_ptr<const ClipStore>& store, const OpenedClip& opened) {
  store_ = store;
  opened_ = {.clip = opened.clip, .media = {}, .manifest = opened.manifest, .additions = opened.additions};
  read();
}

void CaptionDesk::close() {
  give_due();
  alive_ = std::make_shared<int>();
  store_.reset();
  board_.reset();
  suggestions_.clear();
}

std::optional<Clip> CaptionDesk::clip_in_library(const std::string& id) const {
  const auto library = desk_.application.library_of(id);
  auto clip = library ? (*library)->session->index().clip(id) : std::unexpected(library.error());
  return clip ? std::optional(std::move(*clip)) : std::nullopt;
}

void CaptionDesk::refresh() {
  if (!store_) return;
  const auto clip = clip_in_library(opened_.clip);
  if (!clip || clip->additions == opened_.additions) return;
  opened_.additions = clip->additions;
  read();
}

void CaptionDesk::read() {
  const auto clip = clip_in_library(opened_.clip);
  const auto library = desk_.application.library_of(opened_.clip);
  const BoardReader reader = {.person = library ? (*library)->session->identity().person() : std::string(),
                              .is_author = !clip || clip->is_mine};
  desk_.at_place(
      {"watching", store_.get()}, alive_,
      [store = store_, opened = std::make_shared<const OpenedClip>(opened_), reader, edits = edits_](
          std::stop_token stop) { return read_caption_board(*store, *opened, reader, edits, stop); },
      [this, edits_made = edits_made_](Result<CaptionBoard> board) { take(std::move(board), edits_made); });
}

// Something was corrected while it was read: once more.
void CaptionDesk::take(Result<CaptionBoard> board, int edits_made) {
  if (!board) return;
  if (edits_made != edits_made_) return read();
  board_ = std::move(*board);
  if (const auto library = desk_.application.library_of(opened_.clip))
    make_searchable((*library)->session->index(), opened_.clip, board_->captions);
  if (!board_->captions.trouble.empty())
    desk_.notices.show(NoticeKind::Info, tr("Some captions of this update can't be shown"),
                       board_->captions.trouble);
  for (const CaptionEdit& edit : board_->edits) give(opened_.clip, edit);
  show();
}

const CaptionTrack* CaptionDesk::shown() const {
  if (!board_ || page().caption_language >= board_->captions.tracks.size()) return nullptr;
  return &board_->captions.tracks[page().caption_language];
}

void CaptionDesk::show() {
  PlayTools& tools = page();
  const Settings& settings = desk_.application.settings();
  const auto& tracks = board_->captions.tracks;
  tools.caption_languages.clear();
  for (const CaptionTrack& track : tracks)
    tools.caption_languages.push_back({track.language, language_name(track.language)});
  tools.second_language.reset();
  tools.second_captions.reset();
  const CaptionTrack* first = track_in(board_->captions, settings.caption_language);
  if (first == nullptr) return tools.captions.reset();
  tools.caption_language = static_cast<std::size_t>(first - tracks.data());
  tools.captions = std::make_shared<const std::vector<VttCue>>(first->cues);
  const auto second = std::ranges::find(tracks, settings.caption_second, &CaptionTrack::language);
  if (!settings.caption_second.empty() && second != tracks.end() && &*second != first) {
    tools.second_language = static_cast<std::size_t>(second - tracks.begin());
    tools.second_captions = std::make_shared<const std::vector<VttCue>>(second->cues);
  }
  show_suggestions(*first);
}

void CaptionDesk::show_suggestions(const CaptionTrack& track) {
  suggestions_ = suggestions_for(*board_, track);
  page().suggestions.reset();
  const auto library = desk_.application.library_of(opened_.clip);
  if (suggestions_.empty() || !library) return;
  Index& index = (*library)->session->index();
  std::vector<CaptionSuggestion> views;
  for (const CueSuggestion& each : suggestions_)
    views.push_back({.cue = each.cue,
                     .name = name_of(index, each.person),
                     .text = each.text,
                     .key = each.key,
                     .is_mine = !board_->reader.is_author});
  page().suggestions = std::make_shared<const std::vector<CaptionSuggestion>>(std::move(views));
}

void CaptionDesk::choose_languages(std::size_t first, std::optional<std::size_t> second) {
  const auto& languages = page().caption_languages;
  if (!board_ || first >= languages.size() || second >= languages.size()) return;
  Settings& settings = desk_.application.settings();
  settings.caption_language = languages[first].tag;
  // Where the two change places, the one that was first isn't shown twice.
  settings.caption_second = second && *second != first ? languages[*second].tag : std::string();
  show();
}

void CaptionDesk::correct(std::size_t cue, const std::string& text) {
  const CaptionTrack* track = shown();
  if (track != nullptr && cue < track->cues.size()) edit(cue, text);
}

void CaptionDesk::edit(std::size_t cue, const std::string& text) {
  const CaptionTrack edited = with_edit(*board_, *shown(), cue, text);
  ++edits_made_;
  if (auto kept = edits_.keep(opened_.clip, edited); !kept)
    desk_.notices.show(NoticeKind::Warning, tr("The correction may be lost if this window ends unexpectedly"),
                       kept.error().message);
  put_edit(*board_, edited);
  ungiven_.insert(edited.language);
  due_ = desk_.clock.now() + kCorrectingPause;
  show();
}

const CueSuggestion* CaptionDesk::suggestion(const std::string& key) const {
  const auto found = std::ranges::find(suggestions_, key, &CueSuggestion::key);
  return found == suggestions_.end() ? nullptr : &*found;
}

void CaptionDesk::use(const std::string& key) {
  const CueSuggestion* wanted = suggestion(key);
  if (wanted == nullptr || !board_->reader.is_author) return;
  correct(wanted->cue, std::string(wanted->text));
}

void CaptionDesk::dismiss(const std::string& key) {
  if (suggestion(key) == nullptr) return;
  if (auto noted = edits_.dismiss(opened_.clip, key); !noted)
    desk_.notices.show(NoticeKind::Warning, tr("The suggestion will be shown again"), noted.error().message);
  board_->dismissed.insert(key);
  show();
}

// The caption as it is suggests nothing.
void CaptionDesk::take_back(const std::string& key) {
  const CueSuggestion* own = suggestion(key);
  const CaptionTrack* track = shown();
  if (own == nullptr || track == nullptr || board_->reader.is_author) return;
  correct(own->cue, std::string(track->cues[own->cue].text));
}

void CaptionDesk::update(MonotonicTime now) {
  if (due_ && now >= *due_) give_due();
}

void CaptionDesk::give_due() {
  due_.reset();
  for (const std::string& language : std::exchange(ungiven_, {})) {
    for (const CaptionEdit& edit : edits_.of_clip(opened_.clip))
      if (edit.track.language == language) give(opened_.clip, edit);
  }
}

void CaptionDesk::give_what_is_left() {
  for (const std::string& clip : edits_.clips()) {
    if (clip == opened_.clip && !ungiven_.empty()) continue;
    for (const CaptionEdit& edit : edits_.of_clip(clip)) give(clip, edit);
  }
}

// What the library has needs no file here any more.
void CaptionDesk::give(const std::string& id, const CaptionEdit& edit) const {
  const auto library = desk_.application.library_of(id);
  const auto clip = clip_in_library(id);
  if (!library || !clip) return;
  Outbox& outbox = (*library)->session->outbox();
  const std::string& language = edit.track.language;
  if (!edit.group.empty()) {
    if (is_stored(outbox, edit.group)) edits_.drop(id, language);
    return;
  }
  const auto given = say_edit(**library, *clip, edit);
  if (!given)
    return desk_.notices.show(NoticeKind::Failure, tr("Your correction couldn't be added to the update"),
                              given.error().message);
  if (given->empty()) return edits_.drop(id, language);
  if (auto noted = edits_.note_given(id, language, *given); !noted)
    log(LogLevel::Warning, "captions that were corrected: " + noted.error().message);
}

}  // namespace meanwhile
