#include "app/ui/widgets/caption_menu.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/play_tools.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

using Choice = std::function<void(Actions&)>;

class CaptionMenu {
 public:
  CaptionMenu(const Box& anchor, const PlayTools& tools) : tools_(tools) {
    menu_ = {.name = "captions/menu", .anchor = anchor, .width_points = 220};
  }

  Menu make() {
    const CaptionLook& look = tools_.caption_look;
    look_item(tr("Show captions"), look.is_on, [](CaptionLook& changed) { changed.is_on = !changed.is_on; });
    menu_.items.back().detail = tr("Shift+C");
    if (tools_.caption_languages.size() > 1) add_languages();
    choose_one<CaptionPlace>({tr("At the bottom"), tr("At the top"), tr("Below the picture")},
                             &CaptionLook::place);
    choose_one<CaptionSize>({tr_in("size of captions", "Small"), tr_in("size of captions", "Medium"),
                             tr_in("size of captions", "Large")},
                            &CaptionLook::size);
    choose_one<CaptionGround>({tr("No background"), tr("Shaded background"), tr("Solid background")},
                              &CaptionLook::ground);
    menu_.choose = [choices = std::move(choices_)](Actions& actions, std::size_t item) {
      choices[item](actions);
    };
    return std::move(menu_);
  }

 private:
  void add(std::string label, bool is_checked, Choice choose) {
    menu_.items.push_back({.label = std::move(label), .is_checked = is_checked});
    choices_.push_back(std::move(choose));
  }

  void look_item(std::string label, bool is_checked, std::function<void(CaptionLook&)> change) {
    add(std::move(label), is_checked, [look = tools_.caption_look, change](Actions& actions) {
      CaptionLook changed = look;
      change(changed);
      actions.watch.set_caption_look(changed);
    });
  }

  template <typename Kind>
  void choose_one(const std::vector<std::string>& labels, Kind CaptionLook::* member) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const auto kind = static_cast<Kind>(i);
      look_item(labels[i], tools_.caption_look.*member == kind,
                [member, kind](CaptionLook& changed) { changed.*member = kind; });
      menu_.items.back().begins_group = i == 0;
    }
  }

  // Then those that may be shown beside the one that is.
  void add_languages() {
    const std::size_t first = tools_.caption_language;
    for (std::size_t i = 0; i < tools_.caption_languages.size(); ++i) {
      const auto second = tools_.second_language == i ? std::nullopt : tools_.second_language;
      add(tools_.caption_languages[i].name, i == first,
          [i, second](Actions& actions) { actions.watch.choose_caption_languages(i, second); });
      menu_.items.back().begins_group = i == 0;
    }
    bool is_first = true;
    for (std::size_t i = 0; i < tools_.caption_languages.size(); ++i) {
      if (i == first) continue;
      const bool is_on = tools_.second_language == i;
      const auto second = is_on ? std::nullopt : std::optional(i);
      // TRANSLATORS: a language in which captions are shown too
      add(tr_format("Also {}", tools_.caption_languages[i].name), is_on,
          [first, second](Actions& actions) { actions.watch.choose_caption_languages(first, second); });
      menu_.items.back().begins_group = std::exchange(is_first, false);
    }
  }

  const PlayTools& tools_;
  Menu menu_;
  std::vector<Choice> choices_;
};

}  // namespace

Menu caption_menu(const Box& anchor, const PlayTools& tools) {
  return CaptionMenu(anchor, tools).make();
}

}  // namespace meanwhile
