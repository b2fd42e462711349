// What the parts of a Recorder have to say to whoever watches it.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/guarded.h"

namespace meanwhile {

// Any thread.
class RecorderNotes {
 public:
  explicit RecorderNotes(std::function<void()> on_change) : on_change_(std::move(on_change)) {}

  void changed() const {
    if (on_change_) on_change_();
  }
  // A whole sentence: what happened, what to do. Said once, however often it happens. afterwards: how it is
  // said when the take is over.
  void warn(const std::string& sentence) { warn(sentence, sentence); }
  void warn(std::string sentence, std::string afterwards) {
    add({std::move(sentence), std::move(afterwards), false});
  }
  // The same, of what only concerns the take that is being recorded.
  void warn_of_take(const std::string& sentence) { warn_of_take(sentence, sentence); }
  void warn_of_take(std::string sentence, std::string afterwards) {
    add({std::move(sentence), std::move(afterwards), true});
  }
  // The same, where the tracks' own reports tell afterwards what it was.
  void warn_for_now(std::string sentence) { add({std::move(sentence), "", true}); }
  // Another take begins.
  void forget_take() {
    std::erase_if(*notes_.lock(), [](const Note& note) { return note.is_of_take; });
  }
  std::vector<std::string> warnings() const {
    std::vector<std::string> sentences;
    for (Note& note : notes_.copy()) sentences.push_back(std::move(note.sentence));
    return sentences;
  }
  // What of it is to be said when the take is over.
  std::vector<std::string> afterwards() const {
    std::vector<std::string> sentences;
    for (Note& note : notes_.copy()) {
      const bool is_said = std::ranges::find(sentences, note.afterwards) != sentences.end();
      if (!note.afterwards.empty() && !is_said) sentences.push_back(std::move(note.afterwards));
    }
    return sentences;
  }

 private:
  struct Note {
    std::string sentence;
    std::string afterwards;  // empty: nothing
    bool is_of_take = false;
  };

  void add(Note note) {
    {
      auto notes = notes_.lock();
      const auto is_same = [&](const Note& other) { return other.sentence == note.sentence; };
      if (std::any_of(notes->begin(), notes->end(), is_same)) return;
      notes->push_back(std::move(note));
    }
    changed();
  }

  const std::function<void()> on_change_;
  Guarded<std::vector<Note>> notes_;
};

}  // namespace meanwhile
