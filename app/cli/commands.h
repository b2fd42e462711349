// Every command: a function that adds it to the command line, in the file of its name, and a line here.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/context.h"
#include "media/base/translation.h"

#define MEANWHILE_COMMANDS(COMMAND)   \
  COMMAND(add_window_command)         \
  COMMAND(add_devices_command)        \
  COMMAND(add_record_command)         \
  COMMAND(add_take_commands)          \
  COMMAND(add_publish_command)        \
  COMMAND(add_list_command)           \
  COMMAND(add_show_command)           \
  COMMAND(add_watched_command)        \
  COMMAND(add_search_command)         \
  COMMAND(add_word_commands)          \
  COMMAND(add_ask_commands)           \
  COMMAND(add_chapters_command)       \
  COMMAND(add_captions_command)       \
  COMMAND(add_cuts_command)           \
  COMMAND(add_arrange_command)        \
  COMMAND(add_comments_command)       \
  COMMAND(add_answers_command)        \
  COMMAND(add_trash_commands)         \
  COMMAND(add_move_command)           \
  COMMAND(add_sync_command)           \
  COMMAND(add_sending_command)        \
  COMMAND(add_fetch_commands)         \
  COMMAND(add_keep_command)           \
  COMMAND(add_link_command)           \
  COMMAND(add_share_command)          \
  COMMAND(add_shares_command)         \
  COMMAND(add_import_command)         \
  COMMAND(add_export_command)         \
  COMMAND(add_export_library_command) \
  COMMAND(add_library_command)        \
  COMMAND(add_me_command)             \
  COMMAND(add_doctor_command)         \
  COMMAND(add_report_command)         \
  COMMAND(add_demo_command)           \
  COMMAND(add_manual_command)

namespace meanwhile {

#define MEANWHILE_DECLARE_COMMAND(add) void add(CLI::App& cli, Context& context);
MEANWHILE_COMMANDS(MEANWHILE_DECLARE_COMMAND)
#undef MEANWHILE_DECLARE_COMMAND

// Those of `library` that are about a sealed one's members.
void add_members_commands(CLI::App& library, Context& context);

inline void add_all_commands(CLI::App& cli, Context& context) {
#define MEANWHILE_ADD_COMMAND(add) add(cli, context);
  MEANWHILE_COMMANDS(MEANWHILE_ADD_COMMAND)
#undef MEANWHILE_ADD_COMMAND
}

// The work that a parsed command asks for: add_command(cli, "sync", "…", context, [](Context&) {…}).
template <typename Action>
void run_on_parse(CLI::App* command, Context& context, Action action) {
  command->add_flag("--json", context.json, tr("Print one JSON document"));
  // A command's callback comes after those of its subcommands: where one was given, that one is meant.
  command->callback([command, &context, action = std::move(action)] {
    if (command->get_subcommands().empty()) context.action = action;
  });
}

// Options of a command, kept alive by its callbacks.
template <typename Options>
std::shared_ptr<Options> make_options() {
  return std::make_shared<Options>();
}

}  // namespace meanwhile
