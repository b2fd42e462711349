// Roles and states of parts in ATK's words.
#pragma once

#include <atk/atk.h>

#include <set>
#include <utility>
#include <vector>

#include "app/platform/atk_part.h"

namespace meanwhile {

using AtkStates = std::set<AtkStateType>;

AtkRole atk_role(const AtkPart& part);
AtkStates atk_states(const AtkPart& part);
// Each that is in one of them only, and whether it is on now; what went first.
std::vector<std::pair<AtkStateType, bool>> differing_states(const AtkStates& was, const AtkStates& is);

}  // namespace meanwhile
