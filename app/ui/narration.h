// What a frame says to a screen reader, while it is drawn: each part tells what it is, and words that are
// drawn are told by themselves.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/accessible.h"
#include "app/ui/box.h"

namespace meanwhile {

// Views live as long as the call.
struct SpokenRange {
  double at = 0;
  double least = 0;
  double most = 1;
  double step = 0;
  std::string_view words = {};  // "1:23 of 5:00"
};

// What a part is, in words that a person understands who doesn't see it.
struct Spoken {
  AccessibleRole role = AccessibleRole::Unknown;
  std::string_view name = {};         // empty: the label of the row that it stands in, else the description
  std::string_view value = {};        // what was chosen there
  std::string_view description = {};  // more, if somebody asks for it
  std::string_view shortcut = {};
  std::optional<bool> is_on = std::nullopt;
  bool is_enabled = true;
  bool has_menu = false;
  std::optional<SpokenRange> range = std::nullopt;
  const AccessibleText* text = nullptr;
};

// One frame after the other, on the window's thread. While nobody listens it keeps nothing and costs nothing.
class Narration {
 public:
  void begin_frame(bool is_heard);
  // Whether it is worth to put a name together.
  bool is_heard() const { return is_heard_; }

  struct Part {
    std::string_view key;
    Box box;
    bool takes_focus = false;
    bool is_focused = false;
  };
  void add_part(const Part& part, const Spoken& spoken);
  // Words on their own: those inside of a part that has a name are that part's.
  enum class WordsKind { Plain, Heading };
  void add_words(const Box& box, std::string_view words, WordsKind kind);
  // What the controls that come are for, until another label or the group's end.
  void set_label(std::string_view label, std::string_view detail = {});

  // Parts between the two are children of it.
  void begin_group(std::string_view key, const Box& box, const Spoken& spoken);
  void end_group();
  // Between the two nothing is told: of what is drawn twice, or only looks like words.
  void begin_silence() { ++silences_; }
  void end_silence() { --silences_; }

  // After the frame.
  std::vector<Accessible> take();

 private:
  Accessible& add(const Box& box);
  void add_label(Accessible& part) const;
  bool is_said_by_a_part(const Accessible& words) const;

  bool is_heard_ = false;
  int silences_ = 0;
  std::vector<Accessible> parts_;
  std::vector<int> groups_;  // that are open, by their places in parts_
  std::string label_;
  std::string label_detail_;
};

// A group, while it lives.
class SpokenGroup {
 public:
  SpokenGroup(Narration& narration, std::string_view key, const Box& box, const Spoken& spoken)
      : narration_(narration) {
    narration_.begin_group(key, box, spoken);
  }
  ~SpokenGroup() { narration_.end_group(); }
  SpokenGroup(const SpokenGroup&) = delete;
  SpokenGroup& operator=(const SpokenGroup&) = delete;

 private:
  Narration& narration_;
};

// Silence, while it lives.
class Unspoken {
 public:
  explicit Unspoken(Narration& narration) : narration_(narration) { narration_.begin_silence(); }
  ~Unspoken() { narration_.end_silence(); }
  Unspoken(const Unspoken&) = delete;
  Unspoken& operator=(const Unspoken&) = delete;

 private:
  Narration& narration_;
};

}  // namespace meanwhile
