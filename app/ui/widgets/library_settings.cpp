#include "app/ui/widgets/library_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/library_address.h"
#include "app/library/library_kind.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/section.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

Menu library_menu(const Box& anchor, const LibraryView& library) {
  using Choice = std::function<void(Actions&)>;
  Menu menu{.name = "library/menu", .anchor = anchor, .width_points = 330};
  std::vector<Choice> choices;
  const auto add = [&](MenuItem item, Choice choice) {
    menu.items.push_back(std::move(item));
    choices.push_back(std::move(choice));
  };
  const std::string& url = library.url;
  if (!library.is_first)
    add({tr("Publish here by default"), {}, icons::kUpload},
        [url](Actions& actions) { actions.libraries.use(url); });
  if (!library.id.empty()) {
    add({tr("Copy invitation"), "", icons::kLink},
        [url](Actions& actions) { actions.libraries.copy_invitation(url, false); });
    if (library.has_secret)
      add({tr("Copy invitation with the password"), "", icons::kLink, false, true},
          [url](Actions& actions) { actions.libraries.copy_invitation(url, true); });
    add({library.usage.empty() ? tr("Show storage use") : tr("Hide storage use"), "", icons::kCloud},
        [url](Actions& actions) { actions.libraries.ask_storage_use(url); });
    if (library.is_sealed)
      add({library.members.empty() ? tr("Show who belongs to it") : tr("Hide who belongs to it"), "",
           icons::kPerson},
          [url](Actions& actions) { actions.members.ask(url); });
  }
  menu.choose = [choices](Actions& actions, std::size_t item) { choices[item](actions); };
  return menu;
}

Question leave_question(const LibraryView& library) {
  const std::string waiting =
      library.waiting > 0
          ? tr_count(std::uint64_t(library.waiting),
                     "One thing is not sent yet: kept here, and sent only if you join again.",
                     "{} things are not sent yet: kept here, and sent only if you join again.",
                     library.waiting) +
                " "
          : "";
  // What can't be opened may hold things that nobody can count now.
  const std::string unknown =
      library.id.empty() ? std::string(tr("It can't be opened now, so nobody knows whether something waits "
                                          "to be sent there: if so, it is kept here.")) +
                               " "
                         : "";
  return {tr("Leave this library?"),
          fmt::format("{}: {}{}{}", library.name.empty() ? library.url : library.name, waiting, unknown,
                      tr("Its updates are not shown any more. Nothing in the storage is touched, and "
                         "recordings that aren't published stay.")),
          tr_in("button", "Leave"), [url = library.url](Actions& actions) { actions.libraries.leave(url); }};
}

// Name and address, how it stands, and what can be done with it.
void draw_library_row(View& view, Section& section, const LibraryView& library, bool can_leave) {
  Pen& pen = view.pen;
  Box row = section.row(library.name.empty() ? library.url : library.name,
                        library.name.empty() ? std::string_view() : std::string_view(library.url));
  const std::string more = "library/" + library.url + "/more";
  const std::string leave = "library/" + library.url + "/leave";
  if (can_leave) {
    const Button button{.name = leave, .label = tr_in("button", "Leave"), .kind = ButtonKind::Ghost};
    if (draw_button(pen, row.cut_right(button_width(pen, button)), button))
      view.overlays.ask(leave_question(library));
    row.cut_right(pen.px(6));
  }
  if (!library.id.empty() || !library.is_first) {
    const Button button{.name = more, .label = tr_in("button", "More"), .kind = ButtonKind::Secondary};
    const Box place = row.cut_right(button_width(pen, button));
    if (draw_button(pen, place, button)) view.overlays.open(library_menu(place, library));
    row.cut_right(pen.px(8));
  }
  const ImU32 color = library.is_well ? pen.theme.success : pen.theme.danger;
  pen.icon(row.cut_left(pen.px(20)), library.is_well ? icons::kResolved : icons::kFailure, IconSize::Small,
           color);
  row.cut_left(pen.px(8));
  const ImU32 words = library.is_well ? pen.theme.soft_text : color;
  const float height = pen.paragraph_height(row.width(), TextStyle::Caption, library.state);
  // What is wrong is read without pointing at it, where two lines are enough for that.
  if (height <= pen.px(kSectionRow - 8))
    pen.paragraph(row.centered(row.width(), height), TextStyle::Caption, words, library.state);
  else
    pen.text(row, TextStyle::Caption, words, library.state);
}

void draw_usage_row(Pen& pen, Section& section, const UsageLine& line) {
  pen.text(section.row("    " + line.label, ""), TextStyle::Body, pen.theme.soft_text, line.value);
}

Question remove_question(const LibraryView& library, const MemberView& member) {
  return {
      // TRANSLATORS: {} is a person's name.
      tr_format("Remove {}?", member.name),
      tr("They read nothing of what is written from now on, and open invitations end. What they have read "
         "already nobody can take back; if they have a login for the storage, take that away too."),
      tr("Remove"),
      [url = library.url, person = member.person](Actions& actions) { actions.members.remove(url, person); }};
}

Menu member_menu(const Box& anchor, const LibraryView& library, const MemberView& member) {
  Menu menu{.name = "member/menu", .anchor = anchor, .width_points = 280};
  menu.items.push_back(
      member.is_admin
          ? MenuItem{tr("An admin no more"), tr("They invite and remove nobody"), icons::kPerson}
          : MenuItem{tr("Make an admin"), tr("They may invite and remove others"), icons::kPerson});
  menu.choose = [url = library.url, member](Actions& actions, std::size_t) {
    actions.members.set_admin(url, member.person, !member.is_admin);
  };
  return menu;
}

std::string role_words(const MemberView& member) {
  if (member.is_removed) return tr_in("a member's state", "Removed");
  if (member.is_me) return member.is_admin ? tr("Admin, you") : tr("Member, you");
  return member.is_admin ? tr("Admin") : tr("Member");
}

// An admin changes what others may.
void draw_member_row(View& view, Section& section, const LibraryView& library, const MemberView& member) {
  Pen& pen = view.pen;
  Box row = section.row("    " + member.name, "");
  if (library.am_admin && !member.is_removed && !member.is_me) {
    const std::string remove_name = "member/" + member.person + "/remove";
    const std::string more_name = "member/" + member.person + "/more";
    const Button remove{.name = remove_name, .label = tr("Remove"), .kind = ButtonKind::Ghost};
    if (draw_button(pen, row.cut_right(button_width(pen, remove)), remove))
      view.overlays.ask(remove_question(library, member));
    row.cut_right(pen.px(6));
    const Button more{.name = more_name, .label = tr_in("button", "More"), .kind = ButtonKind::Secondary};
    const Box place = row.cut_right(button_width(pen, more));
    if (draw_button(pen, place, more)) view.overlays.open(member_menu(place, library, member));
    row.cut_right(pen.px(8));
  }
  pen.text(row, TextStyle::Body, pen.theme.soft_text, role_words(member));
}

void draw_members(View& view, Section& section, const LibraryView& library) {
  for (const MemberView& member : library.members) draw_member_row(view, section, library, member);
  if (library.overused)
    section.row(std::string("    ") + tr("An invitation was used too often"),
                tr("Whoever came later isn't let in; others may know it"));
}

int adding_rows(const SettingsState& settings) {
  return (settings.missing_library.empty() ? 1 : 3) + (settings.recovery_key.empty() ? 0 : 2);
}

bool is_address(const std::string& text) {
  return kind_of_address(text) != AddressKind::None && kind_of_address(text) != AddressKind::Unknown;
}

// What was typed, said while it is typed: a slip makes no library.
std::string_view address_words(const std::string& text) {
  switch (kind_of_address(text)) {
    case AddressKind::None:
      return tr("Paste an invitation, choose a folder or enter an address");
    case AddressKind::Unknown:
      return tr("An address begins with /, folder:, webdavs:// or s3://");
    case AddressKind::Invitation:
      return tr("An invitation: Enter joins");
    case AddressKind::Answers:
      return tr("Answers of guests: Enter takes them up");
    case AddressKind::Folder:
      return tr("A folder on this machine");
    case AddressKind::Server:
      return tr("A server");
  }
  return {};
}

}  // namespace

void LibrarySettings::draw(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  note_added(settings);
  int rows = adding_rows(settings);
  for (const LibraryView& library : settings.libraries)
    rows += 1 + int(library.usage.size() + library.members.size()) + int(library.overused);
  Section section(
      pen, area,
      settings.libraries.size() > 1 ? tr("Libraries: what you publish goes to the first") : tr("Library"),
      rows);
  for (const LibraryView& library : settings.libraries) {
    draw_library_row(view, section, library, settings.libraries.size() > 1);
    for (const UsageLine& line : library.usage) draw_usage_row(pen, section, line);
    draw_members(view, section, library);
  }
  draw_rows(view, section);
}

void LibrarySettings::draw_adding(View& view, Box& area) {
  note_added(view.state.settings);
  Section section(view.pen, area, "", adding_rows(view.state.settings));
  draw_rows(view, section);
}

void LibrarySettings::note_added(const SettingsState& settings) {
  if (std::exchange(library_added_, settings.library_added) == settings.library_added) return;
  typed_library_.clear();
  library_name_.clear();
}

void LibrarySettings::draw_rows(View& view, Section& section) {
  const SettingsState& settings = view.state.settings;
  if (!settings.recovery_key.empty()) draw_recovery_key(view, section);
  draw_address(view, section);
  if (settings.missing_library.empty()) {
    asked_for_.clear();
    sealed_chosen_.reset();
  } else {
    draw_creating(view, section);
  }
}

void LibrarySettings::draw_address(View& view, Section& section) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Box place = section.row(tr("Add a library"), address_words(typed_library_));
  const Button add{.name = "add-library",
                   .label = settings.is_adding ? tr("Looking…") : tr("Add"),
                   .is_enabled = is_address(typed_library_) && !settings.is_adding};
  const bool is_pressed = draw_button(pen, place.cut_right(button_width(pen, add)), add);
  const Button cancel{.name = "cancel-adding", .label = tr("Cancel"), .tip = tr("Don't wait for its answer")};
  if (settings.is_adding) {
    place.cut_right(pen.px(8));
    if (draw_button(pen, place.cut_right(button_width(pen, cancel)), cancel))
      view.actions.libraries.cancel_adding();
  }
  place.cut_right(pen.px(8));
  if (!settings.is_adding) {
    const Box folder = place.cut_right(pen.px(36));
    if (draw_icon_button(pen, folder,
                         {.name = "library-folder", .icon = icons::kFolder, .tip = tr("Choose a folder…")}))
      view.actions.libraries.choose_folder();
    place.cut_right(pen.px(4));
  }
  const auto typed = draw_text_field(pen, place,
                                     {.name = "library",
                                      .text = typed_library_,
                                      .hint = tr("Invitation or address"),
                                      .generation = settings.library_added});
  if (typed.edited) typed_library_ = *typed.edited;
  const bool is_wanted = is_pressed || typed.is_submitted;
  if (is_wanted && is_address(typed_library_) && !settings.is_adding)
    view.actions.libraries.add(typed_library_);
}

// It can't be asked for again.
void LibrarySettings::draw_recovery_key(View& view, Section& section) {
  Pen& pen = view.pen;
  const std::string key = view.state.settings.recovery_key;
  Box row = section.row(tr("Recovery key of your new library"), tr("It is shown this once"));
  const Button kept{.name = "recovery-key/kept", .label = tr("I have kept it")};
  const Button copy{
      .name = "recovery-key/copy", .label = tr_in("button", "Copy"), .kind = ButtonKind::Secondary};
  if (draw_button(pen, row.cut_right(button_width(pen, kept)), kept))
    view.actions.libraries.put_recovery_key_away();
  row.cut_right(pen.px(8));
  if (draw_button(pen, row.cut_right(button_width(pen, copy)), copy))
    view.actions.libraries.copy_recovery_key();
  const Box place =
      section.row(tr("Print it, and keep it safe"), tr("Without it and any member's device all is lost"));
  Box lines = place.centered(place.width(), 2 * pen.px(17));
  const std::size_t half = std::min(key.size() / 2 + 1, key.size());
  pen.text(lines.cut_top(pen.px(17)), TextStyle::Body, pen.theme.text, key.substr(0, half));
  pen.text(lines, TextStyle::Body, pen.theme.text, key.substr(half));
}

// Recommended where others run the storage.
LibraryKind LibrarySettings::draw_kind(View& view, Section& section) {
  const bool is_on_server = !view.state.settings.missing_library.starts_with("folder:");
  const bool is_sealed = sealed_chosen_.value_or(is_on_server);
  if (draw_switch_row(
          view.pen, section, "library-sealed", tr("Sealed: only those whom you invite can read it"),
          is_on_server ? tr("Not who runs the storage. Recommended") : tr("Not whoever can read the folder"),
          is_sealed, tr("Everything is encrypted on your devices")))
    sealed_chosen_ = !is_sealed;
  return sealed_chosen_.value_or(is_on_server) ? LibraryKind::Sealed : LibraryKind::Open;
}

void LibrarySettings::draw_creating(View& view, Section& section) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Box place = section.row(tr("There is no library there yet. Create one?"), settings.missing_library);
  const Button create{.name = "create-library", .label = tr("Create"), .is_enabled = !library_name_.empty()};
  const Button cancel{.name = "create-none", .label = tr("Cancel"), .kind = ButtonKind::Ghost};
  bool is_wanted = draw_button(pen, place.cut_right(button_width(pen, create)), create);
  place.cut_right(pen.px(8));
  if (draw_button(pen, place.cut_right(button_width(pen, cancel)), cancel))
    return view.actions.libraries.cancel_adding();
  place.cut_right(pen.px(8));
  const auto typed = draw_text_field(
      pen, place,
      {.name = "library-name",
       .text = library_name_,
       .hint = tr("Name"),
       .spoken = tr("Name of the new library"),
       .generation = settings.library_added,
       .takes_focus = std::exchange(asked_for_, settings.missing_library) != settings.missing_library});
  if (typed.edited) library_name_ = *typed.edited;
  is_wanted |= typed.is_submitted;
  const LibraryKind kind = draw_kind(view, section);
  if (is_wanted && !library_name_.empty())
    view.actions.libraries.create(settings.missing_library, library_name_, kind);
}

}  // namespace meanwhile
