// What the settings say of the libraries: each with what can be done with it, and how one is added or
// created.
#pragma once

#include <optional>
#include <string>

#include "app/library/library_kind.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/state.h"
#include "app/ui/widgets/section.h"

namespace meanwhile {

class LibrarySettings {
 public:
  void draw(View& view, Box& area);
  // Only how one is added or created. Cuts off what it takes.
  void draw_adding(View& view, Box& area);

 private:
  void note_added(const SettingsState& settings);
  void draw_rows(View& view, Section& section);
  void draw_address(View& view, Section& section);
  void draw_creating(View& view, Section& section);
  LibraryKind draw_kind(View& view, Section& section);
  static void draw_recovery_key(View& view, Section& section);

  // What is typed, until Enter or the button uses it: half an address is none.
  std::string typed_library_;
  int library_added_ = 0;
  std::string library_name_;           // of one that may be created
  std::optional<bool> sealed_chosen_;  // of the library that is to be made; nullopt: as recommended
  std::string asked_for_;              // the address that it was asked about: the field has had the keyboard
};

}  // namespace meanwhile
