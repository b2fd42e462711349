// The reactions that there are: few, so that everybody knows what each of them says.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace meanwhile {

constexpr std::array<std::string_view, 6> kReactions = {"thumbs-up", "heart", "laugh",
                                                        "rocket",    "idea",  "question"};

constexpr bool is_reaction(std::string_view name) {
  return std::ranges::find(kReactions, name) != kReactions.end();
}

}  // namespace meanwhile
