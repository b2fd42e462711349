// Several people and a stranger at one sealed library.
#include "upload/seal/sealed_library.h"

#include <gtest/gtest.h>

#include "tests/support/environment.h"
#include "tests/support/flaky_storage.h"
#include "tests/support/library_place.h"
#include "upload/event_batch.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

using std::chrono_literals::operator""h;

class SealedLibraryTest : public testing::Test {
 protected:
  // A home, what it knows of the library, and its log, outbox and sync there.
  struct Person {
    Person(const SealedLibraryTest& test, const std::string& name, const KeyPair& key, bool founds = false)
        : key_pair(key) {
      sealed = *SealedLibrary::open(at_home(test));
      if (founds) {
        EXPECT_TRUE(sealed->start({}));
      }
      storage = std::make_shared<SealedStorage>(test.place_, test.marker_.id, sealed);
      auto options = hasty_sync();
      options.speakers = sealed;
      // The person's key as its identity.
      std::filesystem::create_directories(home.path() / "identity");
      std::filesystem::permissions(home.path() / "identity", std::filesystem::perms::owner_all);
      EXPECT_TRUE(key.save(home.path() / "identity" / "person.key"));
      here = LibraryPlace::open(home.path(), storage, name, test.marker_.id, options);
    }
    SealedHome at_home(const SealedLibraryTest& test) const {
      return {.file = home.path() / "seal.json",
              .library = test.marker_,
              .person = key_pair,
              .place = test.place_,
              .now = [&test] { return test.now_; }};
    }
    std::string id() const { return key_pair.public_key().id(); }

    void say(const std::string& text) {
      const auto said = here.log->append({meanwhile::say(text)});
      here.outbox->start();
      EXPECT_EQ(*here.outbox->wait_until_stored(said->last, far_deadline()), StoredOutcome::Stored);
      here.outbox->stop();
    }
    // What has arrived here in all.
    std::multiset<std::string> heard() {
      const auto report = here.sync->poll(each_batch([&](const VerifiedBatch& batch) -> Result<void> {
        for (const Json& event : batch.events) all_heard.insert(*string_member(event, "text"));
        return {};
      }));
      EXPECT_TRUE(report) << report.error().message;
      if (report) warnings = report->warnings;
      return all_heard;
    }

    ScopedFolder home;
    KeyPair key_pair;
    std::shared_ptr<SealedLibrary> sealed;
    std::shared_ptr<Storage> storage;
    LibraryPlace here;
    std::multiset<std::string> all_heard;
    std::vector<std::string> warnings;
  };

  SealedLibraryTest() {
    marker_ = new_library({.founder = ada_key_, .name = "Team", .now = wall_now()});
    marker_.recovery = recovery_.public_key();
  }

  std::unique_ptr<Person> founder() { return std::make_unique<Person>(*this, "Ada", ada_key_, true); }
  std::unique_ptr<Person> somebody(const std::string& name) {
    return std::make_unique<Person>(*this, name, KeyPair::generate());
  }
  std::unique_ptr<Person> joined(Person& admin, const std::string& name, InviteTerms terms = {}) {
    auto person = somebody(name);
    const auto done = person->sealed->join(*admin.sealed->invite(terms, {}), {});
    EXPECT_TRUE(done) << done.error().message;
    return person;
  }

  static std::vector<ObjectInfo> objects(Storage& place, const std::string& below = "") {
    return *place.list(below, "", {});
  }

  // The first in members/ whose name begins so.
  std::string key_of(const std::string& beginning) const {
    const auto all = objects(*place_, kMembersPrefix);
    const auto found = std::ranges::find_if(
        all, [&](const ObjectInfo& object) { return object.key.starts_with(beginning); });
    EXPECT_NE(found, all.end()) << beginning;
    return found == all.end() ? "" : found->key;
  }

  const std::shared_ptr<MemoryStorage> place_ = std::make_shared<MemoryStorage>("the place");
  const KeyPair ada_key_ = KeyPair::generate();
  const KeyPair recovery_ = KeyPair::generate();
  LibraryMarker marker_;
  WallTime now_ = wall_now();
};

TEST_F(SealedLibraryTest, MembersUnderstandEachOtherAndThePlaceNothing) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  ada->say("hello Ben, this is confidential");
  ben->say("hello Ada, so is this");
  EXPECT_EQ(ben->heard(), (std::multiset<std::string>{"hello Ben, this is confidential"}));
  EXPECT_EQ(ada->heard(), (std::multiset<std::string>{"hello Ada, so is this"}));
  for (const ObjectInfo& object : objects(*place_)) {
    const auto bytes = place_->get(object.key, 1 << 20, {}, {});
    for (const char* text : {"confidential", "so is this", "\"Ada\"", "\"Ben\"", "hello"})
      EXPECT_FALSE(as_text(*bytes).contains(text)) << object.key;
  }
}

TEST_F(SealedLibraryTest, OneCanJoinWhileNoAdminIsAwakeAndTheOthersHearIt) {
  const auto ada = founder();
  const auto invite = ada->sealed->invite({.uses = 3}, {});
  const auto ben = somebody("Ben");
  ASSERT_TRUE(ben->sealed->join(*invite, {}));
  ben->say("first");
  const auto cara = somebody("Cara");
  ASSERT_TRUE(cara->sealed->join(*invite, {}));
  EXPECT_EQ(cara->heard(), (std::multiset<std::string>{"first"}));
  EXPECT_TRUE(cara->sealed->is_member());
  EXPECT_FALSE(cara->sealed->is_admin());
}

TEST_F(SealedLibraryTest, WithoutAnInvitationNothingCanBeReadOrSaid) {
  const auto ada = founder();
  ada->say("for members");
  const auto eve = somebody("Eve");
  EXPECT_TRUE(eve->heard().empty());
  EXPECT_EQ(eve->storage->put("devices/x.json", as_byte_span("x"), {}).error().code,
            ErrorCode::PermissionDenied);
  const auto of_ada = certificate_key(ada->here.identity->device().id());
  EXPECT_EQ(eve->storage->get(of_ada, 4096, {}, {}).error().code, ErrorCode::PermissionDenied);
  EXPECT_EQ(eve->sealed->join(KeyPair::generate(), {}).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(eve->sealed->invite({}, {}).error().code, ErrorCode::PermissionDenied);
}

TEST_F(SealedLibraryTest, AnInvitationIsGoodAsOftenAndAsLongAsItSays) {
  const auto ada = founder();
  const auto once = ada->sealed->invite({.uses = 1, .valid = 24h}, {});
  const auto late = ada->sealed->invite({.uses = 1, .valid = 24h}, {});
  ASSERT_TRUE(somebody("Ben")->sealed->join(*once, {}));
  const auto second = somebody("Cara")->sealed->join(*once, {});
  EXPECT_EQ(second.error().code, ErrorCode::PermissionDenied);
  EXPECT_TRUE(second.error().message.contains("was used already")) << second.error().message;
  now_ += 25h;
  const auto expired = somebody("Dan")->sealed->join(*late, {});
  EXPECT_TRUE(expired.error().message.contains("has expired")) << expired.error().message;
}

TEST_F(SealedLibraryTest, WhoUsesAnInvitationOnceMoreDoesNotReplaceWhoUsedItFirst) {
  const auto ada = founder();
  const auto invite = ada->sealed->invite({}, {});
  const auto ben = somebody("Ben");
  ASSERT_TRUE(ben->sealed->join(*invite, {}));
  ASSERT_TRUE(ada->sealed->look_again({}));
  // Eve found it, and the place lets her write what she likes.
  const KeyPair eve = KeyPair::generate();
  const AdmissionDocument claim{
      .person = eve.public_key(), .invite = invite->public_key().id(), .at = now_, .box = {}};
  ASSERT_TRUE(place_->put(admission_key(eve.public_key().id(), claim.invite),
                          make_admission(claim, marker_.id, *invite), {}));
  ASSERT_TRUE(ada->sealed->look_again({}));
  EXPECT_TRUE(ada->sealed->membership().members().contains(ben->id()));
  EXPECT_FALSE(ada->sealed->membership().members().contains(eve.public_key().id()));
  // Who comes new can't tell them apart until an admin has said so.
  const auto cara = joined(*ada, "Cara");
  EXPECT_FALSE(cara->sealed->membership().members().contains(eve.public_key().id()));
  ASSERT_TRUE(ada->sealed->change({}, {}));
  ASSERT_TRUE(cara->sealed->look_again({}));
  EXPECT_TRUE(cara->sealed->membership().members().contains(ben->id()));
  EXPECT_FALSE(cara->sealed->membership().members().contains(eve.public_key().id()));
}

TEST_F(SealedLibraryTest, WhoWasRemovedReadsNothingNewAndWhatTheySaidBeforeStays) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  const auto cara = joined(*ada, "Cara");
  ben->say("before");
  ASSERT_EQ(ada->heard().size(), 1u);
  const auto heads = ada->here.sync->heads_of(ben->id());
  ASSERT_TRUE(ada->sealed->change({.remove = {{ben->id(), *heads}}, .roles = {}}, {}));
  ada->say("without Ben");
  EXPECT_EQ(cara->heard(), (std::multiset<std::string>{"before", "without Ben"}));
  // Ben's program finds out; what it would have sealed with what it still has isn't taken.
  EXPECT_TRUE(ben->heard().empty());
  EXPECT_FALSE(ben->sealed->is_member());
  EXPECT_EQ(ben->storage->put("events/x", as_byte_span("x"), {}).error().code, ErrorCode::PermissionDenied);
  const auto dora = joined(*ada, "Dora");
  EXPECT_EQ(dora->heard(), (std::multiset<std::string>{"before", "without Ben"})) << "all that counts";
}

TEST_F(SealedLibraryTest, WordsWithAnOldSecretCountForNothing) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  ben->say("before");
  ASSERT_EQ(ada->heard().size(), 1u);
  // Ben's program is kept from hearing of it, and goes on as before.
  ASSERT_TRUE(
      ada->sealed->change({.remove = {{ben->id(), *ada->here.sync->heads_of(ben->id())}}, .roles = {}}, {}));
  ben->say("after");
  EXPECT_EQ(ada->heard(), (std::multiset<std::string>{"before"}));
  EXPECT_EQ(joined(*ada, "Cara")->heard(), (std::multiset<std::string>{"before"}));
}

TEST_F(SealedLibraryTest, WhoIsInvitedAgainSpeaksAgain) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  ASSERT_TRUE(ada->sealed->change({.remove = {{ben->id(), {}}}, .roles = {}}, {}));
  ASSERT_TRUE(ben->sealed->join(*ada->sealed->invite({}, {}), {}));
  ben->say("back");
  EXPECT_EQ(ada->heard(), (std::multiset<std::string>{"back"}));
}

TEST_F(SealedLibraryTest, AnInvitationFromBeforeARemovalIsOver) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  const auto invite = ada->sealed->invite({.uses = 5}, {});
  ASSERT_TRUE(ada->sealed->change({.remove = {{ben->id(), {}}}, .roles = {}}, {}));
  const auto late = somebody("Cara")->sealed->join(*invite, {});
  EXPECT_TRUE(late.error().message.contains("has ended")) << late.error().message;
}

TEST_F(SealedLibraryTest, OnlyAdminsAdmitAndTheLastOneStays) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  EXPECT_EQ(ben->sealed->invite({}, {}).error().code, ErrorCode::PermissionDenied);
  EXPECT_EQ(ben->sealed->change({.remove = {{ada->id(), {}}}, .roles = {}}, {}).error().code,
            ErrorCode::PermissionDenied);
  EXPECT_EQ(ada->sealed->change({.remove = {{ada->id(), {}}}, .roles = {}}, {}).error().code,
            ErrorCode::InvalidArgument);
  ASSERT_TRUE(ada->sealed->change({.remove = {}, .roles = {{ben->id(), MemberRole::Admin}}}, {}));
  ASSERT_TRUE(ben->sealed->look_again({}));
  const auto cara = joined(*ben, "Cara", {.role = MemberRole::Admin});
  EXPECT_TRUE(cara->sealed->is_admin());
  const auto dan = joined(*cara, "Dan");
  ASSERT_TRUE(ada->sealed->look_again({}));
  EXPECT_TRUE(ada->sealed->membership().members().contains(dan->id())) << "a chain of three";
}

// Whoever can write to the place forges documents as they like.
TEST_F(SealedLibraryTest, WhatNoAdminSignedCountsForNothing) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  const KeyPair eve = KeyPair::generate();
  EpochDocument epoch{.epoch = 2,
                      .by = eve.public_key(),
                      .secret_id = SealSecret::generate().id(),
                      .members = {{eve.public_key().id(), {eve.public_key(), MemberRole::Admin}}},
                      .boxes = {},
                      .earlier = {},
                      .removed = {{ada->id(), {}}},
                      .at = now_};
  ASSERT_TRUE(place_->put(epoch_key(epoch), make_epoch(epoch, marker_.id, eve), {}));
  epoch.epoch = 1;
  ASSERT_TRUE(place_->put(epoch_key(epoch), make_epoch(epoch, marker_.id, eve), {}));
  epoch.epoch = 2;
  epoch.by = ben->key_pair.public_key();
  ASSERT_TRUE(place_->put(epoch_key(epoch), make_epoch(epoch, marker_.id, ben->key_pair), {}));
  const KeyPair key = KeyPair::generate();
  const InviteDocument invite{.key = key.public_key(),
                              .by = eve.public_key(),
                              .role = MemberRole::Admin,
                              .uses = 9,
                              .expires = now_ + 24h,
                              .epoch = 1};
  ASSERT_TRUE(place_->put(invite_key(key.public_key().id()), make_invite(invite, marker_.id, eve), {}));
  ASSERT_TRUE(ada->sealed->look_again({}));
  EXPECT_EQ(ada->sealed->membership().epoch(), 1);
  EXPECT_EQ(ada->sealed->membership().members().size(), 2u);
  EXPECT_FALSE(ada->sealed->membership().invites().contains(key.public_key().id()));
  EXPECT_EQ(joined(*ada, "Cara")->sealed->membership().members().size(), 3u);
}

TEST_F(SealedLibraryTest, AnAdminWhoWasRemovedCannotAnswerThat) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben", {.role = MemberRole::Admin});
  const auto cara = joined(*ada, "Cara");
  ASSERT_TRUE(ben->sealed->look_again({}));
  const Membership before = ben->sealed->membership();
  ASSERT_TRUE(ada->sealed->change({.remove = {{ben->id(), {}}}, .roles = {}}, {}));
  EpochDocument answer{.epoch = 2,
                       .by = ben->key_pair.public_key(),
                       .secret_id = SealSecret::generate().id(),
                       .members = {{ben->id(), {ben->key_pair.public_key(), MemberRole::Admin}}},
                       .boxes = {},
                       .earlier = {},
                       .removed = {{ada->id(), {}}, {cara->id(), {}}},
                       .at = now_};
  ASSERT_TRUE(place_->put(epoch_key(answer), make_epoch(answer, marker_.id, ben->key_pair), {}));
  for (Person* person : {ada.get(), cara.get()}) {
    ASSERT_TRUE(person->sealed->look_again({}));
    EXPECT_EQ(person->sealed->membership().members().size(), 2u);
    EXPECT_TRUE(person->sealed->is_member());
  }
  EXPECT_TRUE(joined(*ada, "Dan")->sealed->is_member());
}

TEST_F(SealedLibraryTest, TwoAdminsWhoChangeItAtOnceAreBothHeard) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben", {.role = MemberRole::Admin});
  const auto cara = joined(*ada, "Cara");
  const auto dan = joined(*ada, "Dan");
  for (Person* person : {ada.get(), ben.get(), cara.get(), dan.get()})
    ASSERT_TRUE(person->sealed->look_again({}));
  // Ben's place is another copy of the folder, for now.
  const auto copy = std::make_shared<MemoryStorage>("a copy");
  for (const ObjectInfo& object : objects(*place_))
    ASSERT_TRUE(copy->put(object.key, *place_->get(object.key, 1 << 20, {}, {}), {}));
  auto apart = ben->at_home(*this);
  apart.place = copy;
  const auto ben_apart = SealedLibrary::open(apart);
  ASSERT_TRUE(ada->sealed->change({.remove = {{cara->id(), {}}}, .roles = {}}, {}));
  ASSERT_TRUE((*ben_apart)->change({.remove = {{dan->id(), {}}}, .roles = {}}, {}));
  for (const ObjectInfo& object : objects(*copy, "members/"))
    ASSERT_TRUE(place_->put(object.key, *copy->get(object.key, 1 << 20, {}, {}), {}));
  for (Person* person : {ada.get(), ben.get()}) {
    ASSERT_TRUE(person->sealed->look_again({}));
    EXPECT_EQ(person->sealed->membership().members().size(), 2u);
  }
  ada->say("hello");
  EXPECT_EQ(ben->heard(), (std::multiset<std::string>{"hello"}));
  ben->say("hello too");
  EXPECT_EQ(ada->heard(), (std::multiset<std::string>{"hello too"}));
}

TEST_F(SealedLibraryTest, WhatThePlaceLostOfTheMembersIsPutBack) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  ASSERT_TRUE(ada->sealed->change({}, {}));
  ASSERT_TRUE(ben->sealed->look_again({}));
  const auto before = objects(*place_, "members/");
  for (const ObjectInfo& object : before) ASSERT_TRUE(place_->remove(object.key, {}));
  EXPECT_TRUE(ben->sealed->look_again({}));
  EXPECT_EQ(ben->sealed->membership().epoch(), 2) << "an old state of the place undoes nothing";
  const auto cara = joined(*ada, "Cara");
  EXPECT_TRUE(cara->sealed->is_member());
}

TEST_F(SealedLibraryTest, ALostHomeComesBackByTheRecoveryKeyAlone) {
  auto ada = founder();
  ada->say("kept");
  ASSERT_TRUE(ada->sealed->change({}, {}));
  ada->say("and after");
  ada.reset();
  const auto again = somebody("Ada");
  EXPECT_EQ(again->sealed->recover(KeyPair::generate(), {}).error().code, ErrorCode::PermissionDenied);
  ASSERT_TRUE(again->sealed->recover(recovery_, {}));
  EXPECT_TRUE(again->sealed->is_admin());
  EXPECT_EQ(again->heard(), (std::multiset<std::string>{"kept", "and after"}));
}

TEST_F(SealedLibraryTest, WhoLosesTheirMemoryButNotTheirKeyIsStillAMember) {
  const auto ada = founder();
  auto ben = joined(*ada, "Ben");
  ada->say("hello");
  ASSERT_TRUE(std::filesystem::remove(ben->home.path() / "seal.json"));
  const auto again = SealedLibrary::open(ben->at_home(*this));
  ASSERT_TRUE((*again)->look_again({}));
  EXPECT_TRUE((*again)->is_member());
  EXPECT_TRUE((*again)->for_writing({}));
}

TEST_F(SealedLibraryTest, AKeyForWhichNothingCanBeLockedComesInNowhere) {
  const auto ada = founder();
  const auto invite = ada->sealed->invite({.uses = 5}, {});
  const auto ben = somebody("Ben");
  ASSERT_TRUE(ben->sealed->join(*invite, {}));
  PublicKey nobody;
  nobody.bytes[0] = 1;
  const AdmissionDocument claim{.person = nobody, .invite = invite->public_key().id(), .at = now_, .box = {}};
  ASSERT_TRUE(
      place_->put(admission_key(nobody.id(), claim.invite), make_admission(claim, marker_.id, *invite), {}));
  ASSERT_TRUE(ada->sealed->change({.remove = {{ben->id(), {}}}, .roles = {}}, {}));
  EXPECT_EQ(ada->sealed->membership().members().size(), 1u);
}

TEST_F(SealedLibraryTest, TwoProcessesOfOneHomeThatChangeItAtOnceLoseNothing) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  const auto copy = std::make_shared<MemoryStorage>("a copy");
  for (const ObjectInfo& object : objects(*place_))
    ASSERT_TRUE(copy->put(object.key, *place_->get(object.key, 1 << 20, {}, {}), {}));
  auto other = ada->at_home(*this);
  other.place = copy;
  ASSERT_TRUE((*SealedLibrary::open(other))->change({}, {}));
  ASSERT_TRUE(ada->sealed->change({}, {}));
  for (const ObjectInfo& object : objects(*copy, "members/"))
    ASSERT_TRUE(place_->put(object.key, *copy->get(object.key, 1 << 20, {}, {}), {}));
  EXPECT_EQ(ada->sealed->membership().epoch(), 3) << "what the other one made is known here";
  ada->say("hello");
  EXPECT_EQ(ben->heard(), (std::multiset<std::string>{"hello"}));
}

TEST_F(SealedLibraryTest, AnOverwrittenDocumentIsPutBack) {
  const auto ada = founder();
  const auto first = objects(*place_, "members/").front().key;
  const Bytes before = *place_->get(first, 1 << 20, {}, {});
  for (const char* other : {"x", ""}) {
    ASSERT_TRUE(place_->put(first, as_byte_span(other), {}));
    ASSERT_TRUE(ada->sealed->look_again({}));
    EXPECT_EQ(place_->get(first, 1 << 20, {}, {}), before) << other;
  }
}

TEST_F(SealedLibraryTest, WhatStrangersPutThereIsNeitherKeptNorInTheWay) {
  const auto ada = founder();
  const KeyPair eve = KeyPair::generate();
  for (int i = 0; i < 1500; ++i) {
    const KeyPair key = KeyPair::generate();
    const InviteDocument invite{
        .key = key.public_key(), .by = eve.public_key(), .expires = now_ + 24h, .epoch = 1};
    ASSERT_TRUE(place_->put(invite_key(key.public_key().id()), make_invite(invite, marker_.id, eve), {}));
    ASSERT_TRUE(place_->put("members/a" + std::to_string(i), as_byte_span("x"), {}));
  }
  ASSERT_TRUE(ada->sealed->look_again({}));
  EXPECT_LT(std::filesystem::file_size(ada->home.path() / "seal.json"), 20'000u);
  const auto ben = joined(*ada, "Ben");
  ben->say("hello");
  EXPECT_EQ(ada->heard(), (std::multiset<std::string>{"hello"}));
}

TEST_F(SealedLibraryTest, WhoJoinsWhileTheMembersChangeStays) {
  const auto ada = founder();
  const auto cara = joined(*ada, "Cara");
  const auto invite = ada->sealed->invite({}, {});
  const auto copy = std::make_shared<MemoryStorage>("a copy");
  for (const ObjectInfo& object : objects(*place_))
    ASSERT_TRUE(copy->put(object.key, *place_->get(object.key, 1 << 20, {}, {}), {}));
  auto apart = ada->at_home(*this);
  apart.place = copy;
  ASSERT_TRUE((*SealedLibrary::open(apart))->change({.remove = {{cara->id(), {}}}, .roles = {}}, {}));
  const auto ben = somebody("Ben");
  ASSERT_TRUE(ben->sealed->join(*invite, {}));
  ben->say("I am in");
  for (const ObjectInfo& object : objects(*copy, "members/"))
    ASSERT_TRUE(place_->put(object.key, *copy->get(object.key, 1 << 20, {}, {}), {}));
  EXPECT_EQ(ada->heard(), (std::multiset<std::string>{"I am in"}));
  ASSERT_TRUE(ada->sealed->change({}, {}));
  ada->say("welcome");
  EXPECT_EQ(ben->heard(), (std::multiset<std::string>{"welcome"}));
}

TEST_F(SealedLibraryTest, WordsBehindAHoleCountAlthoughTheirAuthorIsRemoved) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  for (int i = 0; i < 20; ++i) ben->say(std::to_string(i));
  const std::string broken = batch_key(ben->here.identity->device().id(), 3);
  const Bytes whole = *place_->get(broken, 1 << 20, {}, {});
  ASSERT_TRUE(place_->put(broken, as_byte_span("broken"), {}));
  EXPECT_EQ(ada->heard().size(), 19u);
  ASSERT_TRUE(
      ada->sealed->change({.remove = {{ben->id(), *ada->here.sync->heads_of(ben->id())}}, .roles = {}}, {}));
  ASSERT_TRUE(place_->put(broken, whole, {}));
  EXPECT_EQ(joined(*ada, "Cara")->heard().size(), 20u);
}

TEST_F(SealedLibraryTest, ADocumentThatArrivedInHalfIsReadOnceItIsWhole) {
  const auto ada = founder();
  const auto invite = ada->sealed->invite({}, {});
  const std::string key = invite_key(invite->public_key().id());
  const Bytes whole = *place_->get(key, 1 << 20, {}, {});
  ASSERT_TRUE(place_->put(key, std::span(whole).first(40), {}));
  const auto ben = somebody("Ben");
  EXPECT_EQ(ben->sealed->join(*invite, {}).error().code, ErrorCode::Unavailable);
  ASSERT_TRUE(place_->put(key, whole, {}));
  EXPECT_TRUE(ben->sealed->join(*invite, {}));
}

// An admin who is a sync behind: what is here comes to them later.
class LateObject {
 public:
  LateObject(Storage& place, std::string key)
      : place_(place), key_(std::move(key)), bytes_(*place.get(key_, kLargestMemberDocumentBytes, {}, {})) {
    EXPECT_TRUE(place_.remove(key_, {}));
  }
  void arrive() const { EXPECT_TRUE(place_.put(key_, bytes_, {})); }

 private:
  Storage& place_;
  const std::string key_;
  const Bytes bytes_;
};

TEST_F(SealedLibraryTest, WhoJoinedWhileTheKeyWasExchangedGetsItFromAnAdminsNextLook) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  const LateObject admission(*place_, key_of("members/in-" + ben->id()));
  ASSERT_TRUE(ada->sealed->change({}, {}));
  admission.arrive();
  ASSERT_TRUE(ben->sealed->look_again({}));
  EXPECT_TRUE(ben->sealed->is_member());
  ASSERT_TRUE(ben->sealed->exclusion());
  EXPECT_TRUE(ben->sealed->exclusion()->contains("got a new key just when you joined"));
  EXPECT_EQ(ben->storage->put("devices/x.json", as_byte_span("x"), {}).error().code,
            ErrorCode::PermissionDenied);

  ASSERT_TRUE(ada->sealed->look_again({}));
  ASSERT_TRUE(ben->sealed->look_again({}));
  EXPECT_FALSE(ben->sealed->exclusion());
  ada->say("for Ben, too");
  EXPECT_EQ(ben->heard(), (std::multiset<std::string>{"for Ben, too"}));
  const auto epoch = ada->sealed->membership().epoch();
  ASSERT_TRUE(ada->sealed->look_again({}));
  EXPECT_EQ(ada->sealed->membership().epoch(), epoch) << "once is enough";
}

TEST_F(SealedLibraryTest, WhoJoinedWhileTheKeyWasExchangedGetsItByANewInvitation) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  const LateObject admission(*place_, key_of("members/in-" + ben->id()));
  ASSERT_TRUE(ada->sealed->change({}, {}));
  const auto invite = ada->sealed->invite({}, {});
  admission.arrive();
  ASSERT_TRUE(ben->sealed->join(*invite, {}));
  EXPECT_FALSE(ben->sealed->exclusion());
}

TEST_F(SealedLibraryTest, WhatWasPutBackWronglyIsPutBackOnceMore) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben");
  ASSERT_TRUE(ada->sealed->look_again({}));
  ASSERT_TRUE(place_->remove(key_of("members/in-" + ben->id()), {}));
  const auto flaky = std::make_shared<FlakyStorage>(place_, 1, FaultRates{.flipped_put = 1});
  SealedHome home = ada->at_home(*this);
  home.place = flaky;
  const auto sealed = *SealedLibrary::open(home);
  ASSERT_TRUE(sealed->look_again({}));
  flaky->set_rates({});
  ASSERT_TRUE(sealed->look_again({}));
  EXPECT_TRUE(joined(*ada, "Cara")->sealed->membership().members().contains(ben->id()));
}

TEST_F(SealedLibraryTest, TwoWhomTwoAdminsRemovedAtOnceReadNothingNew) {
  const auto ada = founder();
  const auto ben = joined(*ada, "Ben", {.role = MemberRole::Admin});
  const auto eve = joined(*ada, "Eve");
  const auto fay = joined(*ada, "Fay");
  for (const auto* person : {ada.get(), ben.get()}) ASSERT_TRUE(person->sealed->look_again({}));
  ASSERT_TRUE(ada->sealed->change({.remove = {{eve->id(), {}}}, .roles = {}}, {}));
  const LateObject epoch(*place_, key_of("members/epoch-000002"));
  ASSERT_TRUE(ben->sealed->change({.remove = {{fay->id(), {}}}, .roles = {}}, {}));
  epoch.arrive();

  ASSERT_TRUE(ben->sealed->look_again({}));
  ben->say("without Eve and Fay");
  for (const auto* removed : {eve.get(), fay.get()}) {
    ASSERT_TRUE(removed->sealed->look_again({}));
    EXPECT_TRUE(removed->sealed->exclusion()->contains("you were removed from \"Team\""));
    const auto head = objects(*place_, "events/" + ben->here.identity->device().id() + "/").back().key;
    EXPECT_EQ(removed->storage->get(head, kLargestBatchBytes, {}, {}).error().code,
              ErrorCode::PermissionDenied);
  }
  EXPECT_EQ(ada->heard(), (std::multiset<std::string>{"without Eve and Fay"}));
}

// Ada founded it, Ben is an admin, Cara a member. Ben removes Ada, who answers with an epoch of the same
// number by which she removes Ben: as the founder's it goes first for whoever saw neither.
class TwoSidesTest : public SealedLibraryTest {
 protected:
  void SetUp() override {
    ada_ = founder();
    ben_ = joined(*ada_, "Ben", {.role = MemberRole::Admin});
    cara_ = joined(*ada_, "Cara");
    for (const auto* person : {ada_.get(), ben_.get()}) ASSERT_TRUE(person->sealed->look_again({}));
    ben_->say("before");
    ASSERT_EQ(ada_->heard().size(), 1u);
    const auto said_by_ada = *ben_->here.sync->heads_of(ada_->id());
    ASSERT_TRUE(ben_->sealed->change({.remove = {{ada_->id(), said_by_ada}}, .roles = {}}, {}));
    const LateObject epoch(*place_, key_of("members/epoch-000002"));
    const auto said_by_ben = *ada_->here.sync->heads_of(ben_->id());
    ASSERT_TRUE(ada_->sealed->change({.remove = {{ben_->id(), said_by_ben}}, .roles = {}}, {}));
    epoch.arrive();
    for (const auto* person : {ada_.get(), ben_.get()}) ASSERT_TRUE(person->sealed->look_again({}));
    ASSERT_FALSE(ada_->sealed->membership().members().contains(ben_->id()));
    ASSERT_FALSE(ben_->sealed->membership().members().contains(ada_->id()));
  }
  static Result<void> join(Person& person, Person& inviter, MemberRole role = MemberRole::Member) {
    const auto invite = inviter.sealed->invite({.role = role}, {});
    EXPECT_TRUE(invite);
    return person.sealed->join(*invite, {}, inviter.key_pair.public_key());
  }

  std::unique_ptr<Person> ada_;
  std::unique_ptr<Person> ben_;
  std::unique_ptr<Person> cara_;
};

TEST_F(TwoSidesTest, WhoIsInvitedIsOnTheSideOfWhoInvitesThem) {
  const auto with_ben = somebody("Dan");
  ASSERT_TRUE(join(*with_ben, *ben_));
  EXPECT_TRUE(with_ben->sealed->membership().is_admin(ben_->id()));
  const auto with_ada = somebody("Eve");
  ASSERT_TRUE(join(*with_ada, *ada_));
  EXPECT_TRUE(with_ada->sealed->membership().is_admin(ada_->id()));
  ben_->say("among us");
  EXPECT_EQ(with_ben->heard(), (std::multiset<std::string>{"before", "among us"}));
  EXPECT_EQ(with_ada->heard(), (std::multiset<std::string>{"before"}));
}

TEST_F(TwoSidesTest, AnInvitationThatSomebodyElseSignedLeadsNowhere) {
  const auto invite = ben_->sealed->invite({}, {});
  const InviteDocument forged{.key = invite->public_key(),
                              .by = ada_->key_pair.public_key(),
                              .role = MemberRole::Member,
                              .uses = 1,
                              .expires = now_ + 24h,
                              .epoch = 2};
  ASSERT_TRUE(place_->put(invite_key(invite->public_key().id()),
                          make_invite(forged, marker_.id, ada_->key_pair), {}));
  const auto dan = somebody("Dan");
  const auto joined = dan->sealed->join(*invite, {}, ben_->key_pair.public_key());
  ASSERT_FALSE(joined);
  EXPECT_TRUE(joined.error().message.contains("isn't what was put there")) << joined.error().message;
}

TEST_F(TwoSidesTest, AMemberChangesSidesOnlyOnPurposeAndTakesWhatTheySaidAlong) {
  ben_->say("on my side");
  const auto refused = join(*ben_, *ada_);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(
      refused.error().message.contains("you are on the one's side, and this invitation is to the "
                                       "other's"))
      << refused.error().message;
  EXPECT_TRUE(ben_->sealed->is_admin());
  EXPECT_EQ(ben_->sealed->secrets_of_former_members(), "");

  ASSERT_TRUE(ben_->sealed->forget_members());
  const auto changed = join(*ben_, *ada_);
  ASSERT_TRUE(changed) << changed.error().message;
  EXPECT_TRUE(ben_->sealed->membership().is_admin(ada_->id()));
  EXPECT_NE(ben_->sealed->secrets_of_former_members(), "");
  ASSERT_TRUE(ben_->here.outbox->send_everything_again(ben_->sealed->secrets_of_former_members()));
  ben_->say("here again");
  EXPECT_EQ(ada_->heard(), (std::multiset<std::string>{"before", "on my side", "here again"}));
}

TEST_F(TwoSidesTest, WhoRecoversIsAskedWhomToBelieve) {
  const auto again = somebody("Ada, again");
  const auto asked = again->sealed->recover(recovery_, {});
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code, ErrorCode::InvalidArgument);
  EXPECT_TRUE(asked.error().message.contains("--believe")) << asked.error().message;
  EXPECT_TRUE(asked.error().message.contains(ben_->id())) << asked.error().message;
  EXPECT_FALSE(again->sealed->recover(recovery_, {}, "nobody"));

  const auto done = again->sealed->recover(recovery_, {}, ben_->id().substr(0, 8));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(again->sealed->is_admin());
  EXPECT_TRUE(again->sealed->membership().members().contains(ben_->id()));
  EXPECT_FALSE(again->sealed->membership().members().contains(ada_->id()));
  again->say("I am back");
  EXPECT_EQ(ben_->heard(), (std::multiset<std::string>{"I am back"}));
}

}  // namespace
}  // namespace meanwhile
