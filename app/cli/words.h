// What the commands share that add a person's words to a library.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/libraries/find_clip.h"
#include "app/libraries/libraries.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

struct WordOptions {
  std::string target;  // a clip or a comment
  std::string at;
  std::string to;
  std::string text;
  std::string drawing;                          // a file
  std::string take;                             // recorded as an answer
  std::optional<std::string> title = {};        // of a clip
  std::optional<std::string> channel = {};      // likewise
  std::optional<std::string> description = {};  // likewise
  bool undo = false;
  bool no_wait = false;
};

struct WordCommand {
  CLI::App* command;
  std::shared_ptr<WordOptions> options;
};

// A command with its target and --no-wait.
WordCommand add_word(CLI::App& cli, const char* name, const char* help, const char* target,
                     const char* target_help);

// --at
void add_moment(const WordCommand& word);

template <typename Run>
void finish_word(const WordCommand& word, Context& context, Run run) {
  run_on_parse(word.command, context,
               [options = word.options, run](Context& used) { return run(used, *options); });
}

// Journals it, and waits until it is in the library unless that is not wanted; prints its id. Errors:
// LibrarySession::say's, wait_until_stored's.
Result<void> say_word(Context& context, OpenLibrary& in, const EventBody& body, const WordOptions& options);

// A moment within the clip; while it is recorded nobody knows its end. Errors: InvalidArgument.
Result<MediaTime> moment_in(const Clip& clip, const std::string& text);

// The moment that --at says, or that the clip's link leads to. Errors: InvalidArgument (neither, or no such
// moment).
Result<MediaTime> moment_meant(const FoundClip& found, const std::string& at);

}  // namespace meanwhile
