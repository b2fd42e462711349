// Teams at one misbehaving library, by seed: what a journal called saved is at every member's home, once.
// MEANWHILE_WORDS and MEANWHILE_SEED, for whoever wants to be sure. tests/upload_servers has the same with
// real servers.
#include <gtest/gtest.h>

#include "tests/support/environment.h"
#include "tests/support/team_simulation.h"
#include "upload/folder/folder_storage.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

constexpr int kWords = 1600;
constexpr int kSealedWords = 600;  // each look at members costs signatures

auto new_memory() {
  return [place = std::make_shared<MemoryStorage>("library")]() -> std::shared_ptr<Storage> { return place; };
}

auto new_folder() {
  return [folder = std::make_shared<ScopedFolder>()]() -> std::shared_ptr<Storage> {
    return *FolderStorage::open(folder->path(), MissingFolder::Refuse);
  };
}

TEST(Simulation, ATeamInMemoryIsInStep) {
  expect_teams_in_step("memory", TeamLibrary::Open, kWords, [] { return new_memory(); });
}
TEST(Simulation, ATeamInAFolderIsInStep) {
  expect_teams_in_step("folder", TeamLibrary::Open, kWords, [] { return new_folder(); });
}
TEST(Simulation, ASealedTeamInMemoryIsInStep) {
  expect_teams_in_step("memory", TeamLibrary::Sealed, kSealedWords, [] { return new_memory(); });
}
TEST(Simulation, ASealedTeamInAFolderIsInStep) {
  expect_teams_in_step("folder", TeamLibrary::Sealed, kSealedWords, [] { return new_folder(); });
}

}  // namespace
}  // namespace meanwhile
