#include "app/ui/widgets/watch_menu.h"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/comment_export.h"
#include "app/platform/icons.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/edited_time.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/state.h"
#include "app/ui/widgets/clip_questions.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// A menu holds no more than fits a small window.
constexpr int kMostVersionItems = 4;

// Asked once more: others notice it.
void ask_to_move(Overlays& overlays, const std::string& clip, const LibraryChoice& to) {
  // TRANSLATORS: {} is a library's name.
  overlays.ask({tr_format("Move to {}?", isolated(to.name)),
                tr("It disappears for the people of this library, and appears for those of the other one. "
                   "Comments come along, with their writers' names."),
                tr_in("button", "Move"),
                [clip, to = to.id](Actions& actions) { actions.clips.move_clip(clip, to); }, false});
}

constexpr std::array<std::pair<CommentFormat, const char*>, 8> kCommentFormats{
    {{CommentFormat::Markdown, "Markdown"},
     {CommentFormat::Table, "CSV"},
     {CommentFormat::Document, "JSON"},
     {CommentFormat::WebVtt, "WebVTT"},
     {CommentFormat::Fcpxml, tr_later("Markers: FCPXML")},
     {CommentFormat::Edl, tr_later("Markers: EDL")},
     {CommentFormat::Otio, tr_later("Markers: OpenTimelineIO")},
     {CommentFormat::FfMetadata, tr_later("Markers: FFmetadata")}}};

Menu destinations(const View& view, const Box& anchor) {
  const ClipCard& clip = view.state.watch.clip;
  Menu menu{.name = "move/menu", .anchor = anchor, .width_points = 240};
  std::vector<LibraryChoice> others;
  for (const LibraryChoice& library : view.state.inbox.libraries) {
    if (library.id == clip.library_id) continue;
    menu.items.push_back({library.name, {}, icons::kFolder});
    others.push_back(library);
  }
  menu.choose = [id = clip.id, others, overlays = &view.overlays](Actions&, std::size_t item) {
    ask_to_move(*overlays, id, others[item]);
  };
  return menu;
}

void open_formats(Overlays& overlays, const Box& anchor) {
  Menu menu{.name = "formats/menu", .anchor = anchor, .width_points = 240};
  for (const auto& [format, label] : kCommentFormats) menu.items.push_back({tr(label), {}, {}});
  menu.choose = [](Actions& actions, std::size_t item) {
    actions.answers.export_comments(kCommentFormats[item].first);
  };
  overlays.open(std::move(menu));
}

}  // namespace

void open_clip_actions(View& view, const Box& anchor) {
  const ClipCard& clip = view.state.watch.clip;
  Menu menu{.name = "more/menu", .anchor = anchor, .width_points = 260};
  std::vector<std::function<void(Actions&)>> choices;
  const auto add = [&](MenuItem item, std::function<void(Actions&)> choose) {
    menu.items.push_back(std::move(item));
    choices.push_back(std::move(choose));
  };
  const std::string id = clip.id;
  Overlays* const overlays = &view.overlays;  // outlives every menu in it
  add({tr("Copy link"), {}, icons::kLink}, [id](Actions& actions) { actions.clips.copy_link(id); });
  // TRANSLATORS: {} is a moment such as 1:23.
  add({tr_format("Copy link to {}", format_moment(shown_position(view.state.watch))), {}, icons::kLink},
      [id, at = view.state.watch.player.position](Actions& actions) { actions.clips.copy_link_at(id, at); });
  if (!clip.is_live)
    add({tr("Share…"), tr("Outside the library"), icons::kSend},
        [id](Actions& actions) { actions.shares.begin_share(id); });
  if (clip.is_mine && !clip.is_live)
    add({tr("Edit title, description and chapters"), {}, icons::kDraw},
        [](Actions& actions) { actions.clips.begin_edit(); });
  if (clip.is_mine && !clip.is_live && view.state.watch.version == clip.version)
    add({tr("Cut and arrange…"), "X", icons::kCut},
        [](Actions& actions) { actions.arrange.begin_arranging(); });
  if (const bool is_uncut = view.state.watch.is_uncut; view.state.watch.has_uncut)
    add({tr("The uncut recording"), {}, icons::kFilm, is_uncut},
        [is_uncut](Actions& actions) { actions.arrange.show_uncut(!is_uncut); });
  for (int version = clip.version;
       clip.version > 1 && version > 0 && version > clip.version - kMostVersionItems; --version)
    add({tr_format("Version {}", version), version == clip.version ? tr_in("a version", "Latest") : "",
         icons::kFilm, version == view.state.watch.version},
        [version](Actions& actions) { actions.watch.show_version(version, std::nullopt); });
  if (!clip.is_live)
    add({tr("Export as MP4…"), {}, icons::kExport}, [](Actions& actions) { actions.clips.begin_export(); });
  add({tr("Keep offline"), clip.is_kept && !clip.is_here ? tr("Being fetched") : "", icons::kKept,
       clip.is_kept},
      [id, is_kept = clip.is_kept](Actions& actions) { actions.clips.keep_clip(id, !is_kept); });
  add({clip.is_archived ? tr("Back to the Inbox") : tr_in("a verb, in a menu", "Archive"),
       {},
       clip.is_archived ? icons::kUnarchive : icons::kArchive},
      [id, is_archived = clip.is_archived](Actions& actions) {
        actions.inbox.archive_clip(id, !is_archived);
      });
  if (clip.is_mine && !clip.is_live && view.state.inbox.libraries.size() > 1)
    add({tr("Move to…"), {}, icons::kFolder},
        [overlays, menu = destinations(view, anchor)](Actions&) { overlays->open(menu); });
  add({tr("Export comments"), {}, icons::kComment},
      [overlays, anchor](Actions&) { open_formats(*overlays, anchor); });
  const bool is_clean = view.state.watch.is_sound_clean;
  if (!clip.is_live)
    add({tr("Clean up sound"), {}, icons::kVolume, is_clean},
        [is_clean](Actions& actions) { actions.watch.set_clean_sound(!is_clean); });
  const bool shares = view.state.watch.shares_watching;
  add({tr("Share my viewing"), clip.channel.empty() ? "" : tr_format("In # {}", clip.channel), icons::kSeen,
       shares},
      [shares](Actions& actions) { actions.watch.share_watching_here(!shares); });
  if (clip.is_mine)
    add({.label = tr("Delete"), .detail = {}, .icon = icons::kDelete, .is_dangerous = true},
        [id, overlays](Actions&) { ask_to_delete_clip(*overlays, id); });
  menu.choose = [choices](Actions& actions, std::size_t item) { choices[item](actions); };
  view.overlays.open(std::move(menu));
}

}  // namespace meanwhile
