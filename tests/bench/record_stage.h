// What recorders are compared on: one screen, camera and voice, and how a recorder is run there.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "tests/bench/record_bench.h"
#include "tests/bench/workload.h"
#include "tests/support/environment.h"
#include "tests/support/pulse_server.h"

namespace meanwhile {

// What every recorder sees and hears.
struct RecordStage {
  std::unique_ptr<XServer> screen;
  std::unique_ptr<PulseServer> sound;  // nullptr: Company::Alone
  std::unique_ptr<ChildProcess> voice;
  std::unique_ptr<Workload> workload;  // ends before the screen goes
  std::filesystem::path camera;

  Environment environment() const;
};

// Errors: NotFound (a program isn't installed), Unavailable.
Result<RecordStage> set_stage(WorkloadKind kind, Company company, const RecordPlan& plan,
                              const std::filesystem::path& folder);

struct Recording {
  RecordFigures figures;
  std::filesystem::path video;  // the screen is in its upper left corner
};

// Runs the recorder until it ends. more: environment variables on top of the stage's. Errors: NotFound, Io
// (it failed).
Result<RecordFigures> run_recorder(const std::vector<std::string>& arguments, const RecordStage& stage,
                                   const std::filesystem::path& folder, const RecordPlan& plan,
                                   const Environment& more = {});
// On a desktop of another kind: environment has all of it.
Result<RecordFigures> run_recorder(const std::vector<std::string>& arguments, const Environment& environment,
                                   const std::filesystem::path& folder, const RecordPlan& plan);

// Waits until a recorder ends; fills in what can be seen from outside: processor time and memory, those of
// its own children included. Errors: Io (it failed; the message has what it said in its log).
Result<RecordFigures> wait_for_recorder(ChildProcess& recorder, const std::string& name,
                                        const std::filesystem::path& log, const RecordPlan& plan);

// The whole file; "" if it can't be read.
std::string read_text(const std::filesystem::path& file);

}  // namespace meanwhile
