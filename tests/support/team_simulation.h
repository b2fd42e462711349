// A team whose machines share one misbehaving place, by a seed: they speak, listen, restart, have wrong
// clocks; people join, and in a sealed library are removed. Stepped by the caller's thread: no time is in it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "upload/storage.h"

namespace meanwhile {

enum class TeamLibrary { Open, Sealed };

struct TeamPlan {
  unsigned seed = 1;
  int words = 200;
  TeamLibrary library = TeamLibrary::Open;
  // The same place for each machine; of one kind, as a program would open it.
  std::function<std::shared_ptr<Storage>()> open_place;
};

// What it came to: when nothing of it is, it proves nothing.
struct TeamOutcome {
  int words = 0;  // that had been acknowledged to members, and were at every member's home, once
  int faults = 0;
  int restarts = 0;
  int joined = 0;
  int removed = 0;
  int exchanges = 0;  // of the secret without a removal
};

// Runs it, lets the place behave again, and expects that every member's home is in the same state, by hash,
// in which each word that was acknowledged to a member stands once, as it was said; that nobody is locked
// out; and that in a sealed library nothing can be read in the place.
TeamOutcome expect_team_in_step(const TeamPlan& plan);

// The same with one seed after another until MEANWHILE_WORDS have been said ("": `otherwise`), a few hundred
// to a team, from MEANWHILE_SEED on. Prints what it came to. Homes are in memory where that can be.
void expect_teams_in_step(const std::string& place, TeamLibrary library, int otherwise,
                          const std::function<std::function<std::shared_ptr<Storage>()>()>& new_place);

}  // namespace meanwhile
