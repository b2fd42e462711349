// Every command, one line each: a function that adds it to the command line, in the file of its name.
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/context.h"

namespace meanwhile {

void add_window_command(CLI::App& cli, Context& context);
void add_devices_command(CLI::App& cli, Context& context);
void add_record_command(CLI::App& cli, Context& context);
void add_take_commands(CLI::App& cli, Context& context);
void add_publish_command(CLI::App& cli, Context& context);
void add_list_command(CLI::App& cli, Context& context);
void add_show_command(CLI::App& cli, Context& context);
void add_search_command(CLI::App& cli, Context& context);
void add_word_commands(CLI::App& cli, Context& context);
void add_trash_commands(CLI::App& cli, Context& context);
void add_move_command(CLI::App& cli, Context& context);
void add_sync_command(CLI::App& cli, Context& context);
void add_sending_command(CLI::App& cli, Context& context);
void add_fetch_commands(CLI::App& cli, Context& context);
void add_keep_command(CLI::App& cli, Context& context);
void add_link_command(CLI::App& cli, Context& context);
void add_export_command(CLI::App& cli, Context& context);
void add_export_library_command(CLI::App& cli, Context& context);
void add_library_command(CLI::App& cli, Context& context);
void add_me_command(CLI::App& cli, Context& context);
void add_doctor_command(CLI::App& cli, Context& context);
void add_demo_command(CLI::App& cli, Context& context);

inline void add_all_commands(CLI::App& cli, Context& context) {
  for (const auto add :
       {add_window_command,         add_devices_command, add_record_command, add_take_commands,
        add_publish_command,        add_list_command,    add_show_command,   add_search_command,
        add_word_commands,          add_trash_commands,  add_sync_command,   add_sending_command,
        add_fetch_commands,         add_keep_command,    add_link_command,   add_export_command,
        add_library_command,        add_me_command,      add_doctor_command, add_demo_command,
        add_export_library_command, add_move_command}) {
    add(cli, context);
  }
}

// The work that a parsed command asks for: add_command(cli, "sync", "…", context, [](Context&) {…}).
template <typename Action>
void run_on_parse(CLI::App* command, Context& context, Action action) {
  command->add_flag("--json", context.json, "Print one JSON document");
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
