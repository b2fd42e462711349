#include "media/record/disk_writer.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <future>
#include <memory>
#include <utility>

#include "media/base/blocking.h"
#include "media/base/byte_stream.h"
#include "media/base/log.h"
#include "media/base/result.h"

namespace meanwhile {

DiskWriter::DiskWriter(std::function<void(const Error&)> on_failure)
    : on_failure_(std::move(on_failure)), thread_("writer", [this] { work(); }) {}

DiskWriter::~DiskWriter() {
  jobs_.close();
}

void DiskWriter::append(DiskFilePtr file, Bytes bytes) {
  jobs_.push({.file = std::move(file), .bytes = std::move(bytes)});
}

void DiskWriter::replace_end(DiskFilePtr file, std::uint64_t keep_bytes, Bytes bytes) {
  jobs_.push({.file = std::move(file), .bytes = std::move(bytes), .keep_bytes = keep_bytes});
}

void DiskWriter::run(std::function<Result<void>()> job) {
  jobs_.push({.other = std::move(job)});
}

// A job that is dropped, because the disk failed, breaks the promise and so ends the waiting too.
void DiskWriter::wait_until_written() {
  auto written = std::make_shared<std::promise<void>>();
  const std::future<void> done = written->get_future();
  run([written = std::exchange(written, nullptr)]() -> Result<void> {
    written->set_value();
    return {};
  });
  may_block(Blocking::DiskSync, "the take");
  done.wait();
}

Result<void> DiskWriter::finish() {
  jobs_.close();
  if (thread_.joinable()) thread_.join();
  return outcome_;
}

void DiskWriter::work() {
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
  if (auto written = write(job); !written) return fail_with(written.error());
  unsynced_.insert(std::move(job.file));
}

Result<void> DiskWriter::write(const Job& job) {
  DiskFile& file = *job.file;
  if (job.keep_bytes) {
    MEANWHILE_TRY(file.sink_->cut(*job.keep_bytes));
    file.size_bytes_ = *job.keep_bytes;
  }
  MEANWHILE_TRY(file.sink_->append(job.bytes));
  file.size_bytes_ += job.bytes.size();
  return {};
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
