// What the commands `captions` and `cuts` are made of besides the captions themselves.
#pragma once

#include <stop_token>
#include <string>
#include <utility>

#include "app/cli/context.h"
#include "app/fetching/clip_captions.h"
#include "app/speech/caption_target.h"
#include "media/base/result.h"

namespace CLI {
class App;
}

namespace meanwhile {

// "engine" and "model", below `captions`.
void add_caption_engine_commands(CLI::App& captions, Context& context);

// A draft, or an update; "latest": whichever was recorded last. Blocks. Errors: find_clip's, ClipStore's.
Result<CaptionTarget> find_caption_target(Context& context, const std::string& reference,
                                          const std::stop_token& stop);

// What a person suggests for it, with the rest of the captions. name: theirs, or their id. Errors: NotFound
// (no such person, nothing of theirs), ClipStore::added_file's, parse_caption_track's.
Result<CaptionTrack> suggested_track(const CaptionTarget& target, const std::string& name,
                                     const std::string& language, const std::stop_token& stop);

// Prints which there are.
Result<void> list_captions(const Context& context, const CaptionTarget& target, const std::stop_token& stop);

// On a terminal: "writing down  35 %", in a line of its own that the next one replaces. Its end ends the
// line.
class PercentLine {
 public:
  explicit PercentLine(std::string what) : what_(std::move(what)) {}
  PercentLine(const PercentLine&) = delete;
  PercentLine& operator=(const PercentLine&) = delete;
  ~PercentLine();
  void show(double done) const;

 private:
  const std::string what_;
  mutable int shown_ = -1;
};

}  // namespace meanwhile
