#include "app/ui/widgets/clip_questions.h"

#include <string>

#include "app/ui/actions.h"
#include "app/ui/overlays.h"
#include "media/base/translation.h"

namespace meanwhile {

void ask_to_delete_clip(Overlays& overlays, const std::string& clip) {
  overlays.ask({tr("Delete this update?"),
                tr("It disappears for everyone, with its comments. You can restore it for 30 days."),
                tr("Delete"), [clip](Actions& actions) { actions.clips.delete_clip(clip); }});
}

}  // namespace meanwhile
