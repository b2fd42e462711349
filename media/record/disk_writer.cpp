#include "media/record/disk_writer.h"

#include <utility>

#include "media/base/log.h"
#include "media/capture/thread_name.h"

namespace meanwhile {

DiskWriter::DiskWriter(std::function<void(const Error&)> on_failure)
    : on_failure_(std::move(on_failure)), thread_([this] { work(); }) {}

DiskWriter::~DiskWriter() {
  jobs_.close();
}

void DiskWriter::append(DiskFilePtr file, Bytes bytes) {
  jobs_.push({std::move(file), std::move(bytes), nullptr});
}

void DiskWriter::run(std::function<Result<void>()> job) {
  jobs_.push({nullptr, {}, std::move(job)});
}

Result<void> DiskWriter::finish() {
  jobs_.close();
  if (thread_.joinable()) thread_.join();
  return outcome_;
}

void DiskWriter::work() {
  name_this_thread("writer");
  while (auto job = jobs_.pop()) {
    handle(std::move(*job));
    // Everything that came in meanwhile shares the syncs.
    while (auto next = jobs_.try_pop()) handle(std::move(*next));
    sync_files();
  }
}

void DiskWriter::handle(Job job) {
  if (!outcome_) return;
  if (job.other) {
    if (auto done = job.other(); !done) log(LogLevel::Warning, done.error().message);
    return;
  }
  if (auto appended = job.file->sink_->append(job.bytes); !appended) return fail_with(appended.error());
  job.file->size_bytes_ += job.bytes.size();
  unsynced_.insert(std::move(job.file));
}

void DiskWriter::sync_files() {
  for (const DiskFilePtr& file : std::exchange(unsynced_, {})) {
    if (auto synced = file->sink_->sync(); !synced) fail_with(synced.error());
  }
}

void DiskWriter::fail_with(const Error& error) {
  if (!outcome_) return;
  outcome_ = std::unexpected(error);
  on_failure_(error);
}

}  // namespace meanwhile
