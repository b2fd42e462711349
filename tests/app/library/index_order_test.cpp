// Whatever the order, the batches and the repeats: the same events make the same index.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <thread>

#include "app/library/guest_document.h"
#include "app/library/index.h"
#include "app/library/reactions.h"
#include "tests/app/library/index_state.h"
#include "tests/support/environment.h"
#include "tests/support/guest_words.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

constexpr int kStories = 6;
constexpr int kOrders = 5;
constexpr int kEvents = 160;

struct Told {
  int writer;
  Json event;
};

// Three people on five devices, a forked one among them, talking about three clips and each other's words,
// also about words that nobody wrote; and three guests, whose words come in by any of them, some twice, and
// one of whom turns out to have a device's id.
class Story {
 public:
  explicit Story(unsigned seed) : random_(seed) {
    writers[4].device = guests_[2].id();
    for (int i = 0; i < kEvents; ++i) tell();
    fork();
  }

  std::vector<Writer> writers = {Writer("anna"), Writer("anna", 2), Writer("ben"), Writer("carl"),
                                 Writer("carl", 2)};
  std::vector<Told> events;

 private:
  int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
  std::string clip() { return id_from("c" + std::to_string(pick(3))); }
  MediaTime moment() { return seconds(pick(90)); }
  // Of what was, and of what isn't.
  EventId some_event() {
    if (pick(5) == 0) return {guests_[static_cast<std::size_t>(pick(3))].id(), 1 + pick(12)};
    return some_member_event();
  }
  EventId some_member_event() { return {writers[static_cast<std::size_t>(pick(5))].device, 1 + pick(40)}; }
  std::string words() { return "words " + std::to_string(pick(1000)); }

  std::vector<std::string> some_people() {
    if (pick(2) == 0) return {};
    return {writers[static_cast<std::size_t>(pick(5))].person};
  }
  Attachments attachments() {
    return {.drawing = {{ShapeKind::Pen, ShapeColor::Red, 40, {{pick(100), pick(100)}}}},
            .media = pick(2) == 0 ? clip() : "",
            .mentions = some_people()};
  }

  // A new one, or one that somebody carried already.
  EventBody guests_words() {
    if (!documents_.empty() && pick(3) == 0)
      return guest_event(documents_[static_cast<std::size_t>(pick(static_cast<int>(documents_.size())))])
          .value();
    GuestWriter& guest = guests_[static_cast<std::size_t>(pick(3))];
    guest.name = pick(2) == 0 ? "anna" : words();
    std::vector<Json> said;
    for (int i = 0; i <= pick(3); ++i)
      said.push_back(pick(3) == 0   ? guest_reaction(pick(3), "heart")
                     : pick(2) == 0 ? guest_reply(to_text(some_event()), words())
                                    : guest_comment(pick(90), words()));
    documents_.push_back(guest.document({.share = id_from("s1"), .clip = clip()}, said));
    return guest_event(documents_.back()).value();
  }

  EventBody addition() {
    const std::string hash(64, static_cast<char>('a' + pick(6)));
    std::optional<AddedObject> object;
    if (pick(4) > 0) object = AddedObject{hash.substr(0, 8) + ".vtt", 100, hash};
    return AdditionEvent{clip(), AdditionKind::Captions, pick(2) == 0 ? "de" : "", object};
  }

  EventBody body() {
    switch (pick(21)) {
      case 20:
        return addition();
      case 17:
      case 18:
        return guests_words();
      case 19:
        return GuestKnownEvent{
            .guest = guests_[static_cast<std::size_t>(pick(3))].id(), .name = words(), .known = pick(2) == 0};
      case 0:
        return published(clip(), words(), seconds(30 + pick(60)));
      case 1:
        return TitleEvent{clip(), words()};
      case 2:
      case 3:
      case 4:
        return CommentEvent{clip(), moment(), std::nullopt, words()};
      case 5:
      case 6:
      case 7:
        return ReplyEvent{some_event(), words()};
      case 8:
        return EditEvent{some_event(), words(), some_people()};
      case 9:
        return pick(3) == 0   ? EventBody(DeleteClipEvent{clip()})
               : pick(3) == 0 ? EventBody(RestoreClipEvent{clip()})
                              : EventBody(DeleteCommentEvent{some_event()});
      case 10:
        return ResolveEvent{some_event(), pick(2) == 0};
      case 11:
        return ReactEvent{clip(), seconds(pick(3)),
                          pick(4) == 0 ? "" : std::string(kReactions[static_cast<std::size_t>(pick(6))])};
      case 12:
        return WatchedEvent{clip(),
                            {{seconds(pick(40)), seconds(40 + pick(60))}},
                            std::nullopt,
                            {some_event(), some_event()}};
      case 13:
        return AskEvent{clip(),  moment(),      static_cast<AskKind>(pick(3)),
                        words(), some_people(), std::nullopt};
      case 15:
        return ArchiveEvent{clip(), pick(2) == 0};
      case 14:
        return CommentEvent{clip(), moment(), std::nullopt, words(), attachments()};
      default:
        return pick(2) == 0 ? EventBody(ProfileEvent{words(), std::nullopt, std::nullopt})
                            : EventBody(ChannelEvent{"general", words(), pick(2) == 0});
    }
  }

  void tell() {
    const int writer = pick(static_cast<int>(writers.size()));
    // Clocks that run apart, so that some have the same hlc, and some are from far ahead.
    const std::int64_t hlc = pick(30) == 0 ? kStoryBegin + 90'000'000 : kStoryBegin + pick(50);
    events.push_back({writer, writers[static_cast<std::size_t>(writer)].write(body(), hlc)});
  }

  // The same numbers once more, with other words.
  void fork() {
    Writer copy(writers[3].name);
    for (int i = 0; i < 15; ++i) events.push_back({3, copy.write(body(), kStoryBegin + pick(50))});
  }

  std::mt19937 random_;
  std::vector<GuestWriter> guests_ = {GuestWriter("sam"), GuestWriter("tom"), GuestWriter("eve")};
  std::vector<std::string> documents_;
};

std::vector<AuthoredEvents> in_batches(const Story& story, const std::vector<std::size_t>& order,
                                       std::mt19937& random) {
  std::vector<AuthoredEvents> batches;
  for (std::size_t i : order) {
    const Told& told = story.events[i];
    const Writer& writer = story.writers[static_cast<std::size_t>(told.writer)];
    const bool joins = !batches.empty() && batches.back().device == writer.device && random() % 2 == 0;
    if (!joins) batches.push_back(writer.batch({}));
    batches.back().events.push_back(told.event);
  }
  return batches;
}

std::string hash_after(const Story& story, const std::vector<std::size_t>& order, std::mt19937& random) {
  ScopedFolder folder;
  auto index = Index::open(folder.path() / "index.sqlite", story.writers[0].person).value();
  const auto batches = in_batches(story, order, random);
  // Some applied alone, some together.
  for (std::size_t begin = 0; begin < batches.size();) {
    const std::size_t count = std::min<std::size_t>(1 + random() % 60, batches.size() - begin);
    EXPECT_TRUE(index->apply(std::span(batches).subspan(begin, count)));
    begin += count;
  }
  return state_hash(folder.path() / "index.sqlite");
}

TEST(IndexOrder, AnyOrderBatchingAndRepetitionGivesTheSameState) {
  for (unsigned seed = 1; seed <= kStories; ++seed) {
    const Story story(seed);
    std::mt19937 random(seed);
    std::vector<std::size_t> order(story.events.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const std::string expected = hash_after(story, order, random);
    for (int i = 0; i < kOrders; ++i) {
      std::ranges::shuffle(order, random);
      auto repeated = order;
      repeated.insert(repeated.end(), order.begin(), order.begin() + 50);
      std::ranges::shuffle(repeated, random);
      EXPECT_EQ(hash_after(story, repeated, random), expected) << "story " << seed << ", order " << i;
    }
  }
}

TEST(IndexOrder, OtherEventsGiveAnotherState) {
  std::mt19937 random(1);
  const Story story(1);
  std::vector<std::size_t> order(story.events.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const std::string whole = hash_after(story, order, random);
  order.pop_back();
  EXPECT_NE(hash_after(story, order, random), whole);
}

TEST(IndexOrder, TwoConnectionsThatApplyAtOnceLoseNothing) {
  const Story story(9);
  ScopedFolder folder;
  const auto apply_half = [&](std::size_t half) {
    auto index = Index::open(folder.path() / "index.sqlite", story.writers[0].person).value();
    for (std::size_t i = half; i < story.events.size(); i += 2) {
      const Told& told = story.events[i];
      const AuthoredEvents batch = story.writers[static_cast<std::size_t>(told.writer)].batch({told.event});
      EXPECT_TRUE(index->apply(std::span(&batch, 1)));
    }
  };
  {
    std::jthread first(apply_half, 0);
    std::jthread second(apply_half, 1);
  }
  std::mt19937 random(9);
  std::vector<std::size_t> order(story.events.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  auto index = Index::open(folder.path() / "index.sqlite", story.writers[0].person).value();
  EXPECT_EQ(state_hash(folder.path() / "index.sqlite"), hash_after(story, order, random));
}

}  // namespace
}  // namespace meanwhile
