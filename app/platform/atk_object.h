// The GObject that an AtkPart is on the accessibility bus, and the interfaces of ATK that it answers.
#pragma once

#include <atk/atk.h>

#include "app/platform/accessible.h"
#include "app/platform/atk_part.h"

namespace meanwhile {

struct AtkInterfaces {
  bool action = false;
  bool value = false;
  bool text = false;
  bool window = false;
};

// Owned by the caller (g_object_unref).
AtkObject* new_atk_object(const AtkInterfaces& interfaces, AtkPart& part);
// It answers from here on as what is there no more.
void forget_part(AtkObject* object);

// The part that an object of ours, as ATK hands it to us, stands for; nullptr: it is there no more.
AtkPart* part_of_object(gpointer object);
// Asks the window for it. FALSE: the part is there no more.
gboolean ask_for(gpointer object, AccessibleWish wish);

// What ATK calls for texts (atk_text.cpp).
void fill_text_interface(gpointer interface, gpointer);
void fill_editable_text_interface(gpointer interface, gpointer);

}  // namespace meanwhile
