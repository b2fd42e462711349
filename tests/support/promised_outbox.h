// An outbox in a process of its own that is killed again and again, and a list outside of it of what it had
// promised: each line is on the disk before the next thing is done.
#pragma once

#include <string>

#include "media/base/child_process.h"

namespace meanwhile {

struct KillPlan {
  std::string library_url;
  Environment secrets = {};  // of a server: as find_secret_in_environment reads them
  unsigned seed = 7;
  int kills = 30;
};

// MEANWHILE_KILLS, for whoever wants to be sure; else `otherwise`.
int kills_from_environment(int otherwise);

// The killed program's whole life, to be called by a disabled test named OutboxCrash.DISABLED_Child of this
// very test program.
void promise_until_killed();

// Kills, then lets an outbox finish, and expects at another client: each promised object with the bytes whose
// SHA-256 was promised, each promised word and each clip's word, once.
void expect_promises_survive(const KillPlan& plan);

}  // namespace meanwhile
