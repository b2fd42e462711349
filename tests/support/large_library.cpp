#include "tests/support/large_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

constexpr int kVocabulary = 20'000;
constexpr int kClipsTogether = 250;  // a transaction
constexpr std::int64_t kBetweenClipsMs = 20 * 60'000;

std::string made_up_word(int number) {
  static constexpr const char* kSyllables[] = {"ba", "de", "ki", "lo", "mu", "na", "po",  "re",
                                               "si", "ta", "ve", "wo", "xa", "zu", "che", "tor"};
  std::string word;
  for (unsigned rest = static_cast<unsigned>(number) + 16; rest > 0; rest /= 16)
    word += kSyllables[rest % 16];
  return word;
}

// Texts whose words are as unevenly common as in a language: the n-th has 1/n of the first one's share.
class Speech {
 public:
  explicit Speech(unsigned seed) : random_(seed) {
    for (int i = 0; i < kVocabulary; ++i) words_.push_back(made_up_word(i));
  }

  int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }

  std::string text(int least, int most) {
    std::string text;
    for (int left = number(least, most); left > 0; --left) {
      // Uniform in the logarithm of the rank: Zipf's law with exponent 1.
      const double share = std::uniform_real_distribution<double>(0, 1)(random_);
      const auto rank = static_cast<std::size_t>(std::pow(double(kVocabulary), share)) - 1;
      if (!text.empty()) text += ' ';
      text += words_[std::min(rank, words_.size() - 1)];
    }
    return text;
  }

 private:
  std::mt19937 random_;
  std::vector<std::string> words_;
};

class Teller {
 public:
  Teller(const LargeLibrary& plan, const std::string& me) : plan_(plan), speech_(plan.seed), me_("reader") {
    me_.person = me;
    for (int i = 0; i < plan.people; ++i) people_.emplace_back(fmt::format("q{:03}", i));
  }

  // One batch a person, all that they said about these clips.
  std::vector<AuthoredEvents> tell(int first, int count) {
    said_.assign(people_.size() + 1, {});
    for (int i = first; i < first + count; ++i) tell_of(i);
    std::vector<AuthoredEvents> batches;
    for (std::size_t i = 0; i < said_.size(); ++i) batches.push_back(writer(i).batch(std::move(said_[i])));
    return batches;
  }

  std::vector<AuthoredEvents> introduce() {
    std::vector<AuthoredEvents> batches;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      const ProfileEvent profile{fmt::format("Person {}", speech_.text(1, 1)), "Europe/Berlin",
                                 "09:00-17:00"};
      batches.push_back(people_[i].batch({people_[i].write(profile, kStoryBegin)}));
    }
    for (int i = 0; i < plan_.channels; ++i) {
      const ChannelEvent channel{fmt::format("channel-{}", i), fmt::format("Channel {}", i), std::nullopt};
      batches.push_back(people_[0].batch({people_[0].write(channel, kStoryBegin)}));
    }
    return batches;
  }

 private:
  Writer& writer(std::size_t person) { return person < people_.size() ? people_[person] : me_; }

  EventId say(std::size_t person, const EventBody& body) {
    said_[person].push_back(writer(person).write(body, now_ += 1000));
    return writer(person).last();
  }

  void tell_of(int number) {
    const std::string clip = id_from(fmt::format("k{:07}", number));
    now_ = kStoryBegin + number * kBetweenClipsMs;
    const auto author = static_cast<std::size_t>(speech_.number(0, plan_.people - 1));
    PublishedEvent event = published(clip, speech_.text(2, 7), std::chrono::seconds(speech_.number(40, 900)));
    event.channel = fmt::format("channel-{}", speech_.number(0, plan_.channels - 1));
    say(author, event);
    talk_about(clip);
    if (number < plan_.clips - plan_.unwatched)
      say(people_.size(), WatchedEvent{clip, {{MediaTime{}, event.duration}}});
  }

  // Few clips are much discussed.
  void talk_about(const std::string& clip) {
    const int usual = plan_.comments / std::max(1, plan_.clips);
    const int count = speech_.number(0, 9) == 0 ? usual * 5 : usual * 5 / 9;
    EventId last;
    for (int i = 0; i < count; ++i) {
      const auto person = static_cast<std::size_t>(speech_.number(0, plan_.people));
      const std::string text = speech_.text(4, 24);
      last = !last.device.empty() && speech_.number(0, 2) == 0
                 ? say(person, ReplyEvent{last, text})
                 : say(person,
                       CommentEvent{clip, std::chrono::seconds(speech_.number(0, 600)), std::nullopt, text});
    }
  }

  const LargeLibrary plan_;
  Speech speech_;
  Writer me_;
  std::vector<Writer> people_;
  std::vector<std::vector<Json>> said_;
  std::int64_t now_ = kStoryBegin;
};

}  // namespace

Result<void> fill_index(Index& index, const LargeLibrary& plan, const std::string& me,
                        const std::function<void(int clips)>& progress) {
  Teller teller(plan, me);
  auto introduced = index.apply(teller.introduce());
  if (!introduced) return std::unexpected(introduced.error());
  for (int done = 0; done < plan.clips; done += kClipsTogether) {
    auto applied = index.apply(teller.tell(done, std::min(kClipsTogether, plan.clips - done)));
    if (!applied) return std::unexpected(applied.error());
    if (progress) progress(done);
  }
  return {};
}

std::string common_word() {
  return made_up_word(0);
}
std::string rare_word() {
  return made_up_word(kVocabulary - 7);
}

}  // namespace meanwhile
