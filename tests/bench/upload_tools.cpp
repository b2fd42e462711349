#include "tests/bench/upload_tools.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "media/base/child_process.h"
#include "media/base/files.h"
#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"
#include "tests/support/library_place.h"
#include "upload/signing.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr int kThreads = 8;

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}
double cpu_of(const rusage& usage) {
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

// "webdav://host/x" is http://host/x; "s3://bucket/x?endpoint=E" is E/bucket/x.
std::string http_url(const UploadTarget& target) {
  const std::string& url = target.library_url;
  const std::string place = url.substr(url.find("://") + 3);
  if (!target.is_s3()) return "http://" + place;
  const auto query = place.find("?endpoint=");
  return place.substr(query + 10) + "/" + place.substr(0, query);
}

std::string last_line(const fs::path& file) {
  std::string last;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) last = line;
  return last;
}

Result<UploadCost> run_tool(const std::vector<std::string>& words, const UploadTarget& target,
                            const Environment& environment = {}) {
  if (!missing_program({words.front()}).empty())
    return fail(ErrorCode::NotFound, words.front() + " isn't installed");
  const auto begin = std::chrono::steady_clock::now();
  auto child = ChildProcess::start(words, {.environment = environment, .output = target.ground / "tool.log"});
  if (!child) return std::unexpected(child.error());
  const int status = (*child)->wait();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  if (status != 0)
    return fail(ErrorCode::Io, fmt::format("{} failed ({}): {}", words.front(), status,
                                           last_line(target.ground / "tool.log")));
  return UploadCost{wall.count(), cpu_of((*child)->usage())};
}

// What this process takes for it; the servers are other processes.
template <typename Work>
Result<UploadCost> measure(Work work) {
  rusage before{};
  ::getrusage(RUSAGE_SELF, &before);
  const auto begin = std::chrono::steady_clock::now();
  const Result<void> done = work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  rusage after{};
  ::getrusage(RUSAGE_SELF, &after);
  if (!done) return std::unexpected(done.error());
  return UploadCost{wall.count(), cpu_of(after) - cpu_of(before)};
}

std::vector<FileRange> ranges_of(const fs::path& folder, std::uint64_t segment_bytes) {
  std::vector<FileRange> ranges;
  for (const fs::path& file : files_of(folder)) {
    const std::uint64_t size = fs::file_size(file);
    for (std::uint64_t offset = 0; offset < size; offset += segment_bytes)
      ranges.push_back({file, offset, std::min(segment_bytes, size - offset)});
  }
  return ranges;
}

std::string key_of(std::size_t number) {
  return fmt::format("clips/2026-11/bench/screen/{:06}.m4s", number);
}

Result<std::vector<OutboxItem>> items_of(const std::vector<FileRange>& ranges, Hashing hashing) {
  std::vector<OutboxItem> items;
  for (const FileRange& range : ranges) {
    OutboxItem& item = items.emplace_back(OutboxItem{.key = key_of(items.size()), .source = range});
    if (hashing == Hashing::Now) continue;
    const auto file = FileSource::open(range.path);
    if (!file) return std::unexpected(file.error());
    item.hashed = (*file)->stamp();
    auto hash = sha256_hex(**file, range.offset, range.length);
    if (!hash) return std::unexpected(hash.error());
    item.sha256 = std::move(*hash);
  }
  return items;
}

Result<std::shared_ptr<Storage>> open_target(const UploadTarget& target) {
  return open_storage(target.library_url, {.find_secret = [secret = target.secret](const std::string&) {
                        return Result<std::optional<Secret>>(secret);
                      }});
}

Result<void> put_range(Storage& storage, const FileRange& range, std::size_t number) {
  const auto file = FileSource::open(range.path);
  if (!file) return std::unexpected(file.error());
  Bytes bytes(range.length);
  const auto count = (*file)->read_at(range.offset, bytes);
  if (!count) return std::unexpected(count.error());
  return storage.put(key_of(number), bytes, {});
}

}  // namespace

Result<UploadCost> upload_with_curl(const UploadTarget& target, const fs::path& folder) {
  const fs::path settings = target.ground / "curl.conf";
  {
    std::ofstream out(settings);
    for (const fs::path& file : files_of(folder)) {
      if (out.tellp() > 0) out << "next\n";
      out << fmt::format(
          "silent\nshow-error\nfail\nuser = \"{}:{}\"\nupload-file = \"{}\"\nurl = \"{}/{}\"\n",
          target.secret.user, target.secret.password, file.string(), http_url(target),
          file.filename().string());
      if (target.is_s3())
        out << "aws-sigv4 = \"aws:amz:us-east-1:s3\"\nheader = \"x-amz-content-sha256: UNSIGNED-PAYLOAD\"\n";
    }
  }
  return run_tool({"curl", "-Z", "--parallel-max", std::to_string(kThreads), "-K", settings.string()},
                  target);
}

Result<UploadCost> upload_with_rclone(const UploadTarget& target, const fs::path& folder) {
  // rclone can do nothing with an authority of the environment.
  Environment settings{{"RCLONE_CONFIG", "/dev/null"}, {"AWS_CA_BUNDLE", ""}};
  std::string place = "x:";
  const std::string url = http_url(target);
  const auto set = [&](const char* name, const std::string& value) {
    settings.emplace_back(std::string("RCLONE_CONFIG_X_") + name, value);
  };
  if (target.is_s3()) {
    const auto path = url.find('/', url.find("://") + 3);
    set("TYPE", "s3");
    set("PROVIDER", "Ceph");
    set("ENDPOINT", url.substr(0, path));
    set("ACCESS_KEY_ID", target.secret.user);
    set("SECRET_ACCESS_KEY", target.secret.password);
    set("REGION", "us-east-1");
    set("NO_CHECK_BUCKET", "true");
    place += url.substr(path + 1);
  } else {
    const fs::path obscured = target.ground / "obscured";
    fs::remove(obscured);
    const auto status = run_program({"rclone", "obscure", target.secret.password},
                                    {.environment = {}, .output = obscured, .errors = "/dev/null"});
    if (!status) return std::unexpected(status.error());
    std::string password;
    std::getline(std::ifstream(obscured) >> std::ws, password);
    set("TYPE", "webdav");
    set("VENDOR", "other");
    set("URL", url);
    set("USER", target.secret.user);
    set("PASS", password);
  }
  return run_tool({"rclone", "copy", "--retries", "1", "--low-level-retries", "1", "--transfers",
                   std::to_string(kThreads), folder.string(), place},
                  target, settings);
}

Result<UploadCost> upload_with_s3cmd(const UploadTarget& target, const fs::path& folder) {
  if (!target.is_s3()) return fail(ErrorCode::NotFound, "s3cmd knows no WebDAV");
  const std::string url = http_url(target);
  const auto host = url.find("://") + 3;
  const auto path = url.find('/', host);
  const std::string address = url.substr(host, path - host);
  const fs::path settings = target.ground / "s3cmd.conf";
  std::ofstream(settings) << fmt::format(
      "[default]\naccess_key = {}\nsecret_key = {}\nhost_base = {}\nhost_bucket = {}\nuse_https = False\n",
      target.secret.user, target.secret.password, address, address);
  return run_tool({"s3cmd", "-c", settings.string(), "--no-progress", "--recursive", "put",
                   folder.string() + "/", "s3://" + url.substr(path + 1) + "/"},
                  target);
}

Result<UploadCost> upload_with_storage(const UploadTarget& target, const fs::path& folder,
                                       std::uint64_t segment_bytes) {
  const auto storage = open_target(target);
  if (!storage) return std::unexpected(storage.error());
  const std::vector<FileRange> ranges = ranges_of(folder, segment_bytes);
  return measure([&]() -> Result<void> {
    std::atomic<std::size_t> next = 0;
    Guarded<Result<void>> outcome{Result<void>{}};
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (std::size_t number = next++; number < ranges.size(); number = next++) {
          if (auto put = put_range(**storage, ranges[number], number); !put) *outcome.lock() = put;
        }
      });
    }
    threads.clear();
    return outcome.copy();
  });
}

Result<UploadCost> upload_with_outbox(const UploadTarget& target, const fs::path& folder,
                                      std::uint64_t segment_bytes, Lock lock, Hashing hashing) {
  const auto place = open_target(target);
  if (!place) return std::unexpected(place.error());
  const ScopedFolder home;
  std::unique_ptr<BenchSeal> seal;
  const auto storage = open_or_sealed(lock, *place, home.path() / "members", seal);
  if (!storage) return std::unexpected(storage.error());
  const fs::path database = home.path() / "library.sqlite";
  const auto identity = Identity::open(home.path(), "Ada");
  if (!identity) return std::unexpected(identity.error());
  auto log = EventLog::open(database, *identity);
  if (!log) return std::unexpected(log.error());
  auto outbox = Outbox::open(database, *storage, *log);
  if (!outbox) return std::unexpected(outbox.error());
  (*outbox)->start();
  auto items = items_of(ranges_of(folder, segment_bytes), hashing);
  if (!items) return std::unexpected(items.error());
  return measure([&]() -> Result<void> {
    MEANWHILE_TRY((*outbox)->add("bench", std::move(*items), {say("published")}));
    const auto stored =
        (*outbox)->wait_until_stored("bench", std::chrono::steady_clock::now() + std::chrono::minutes(2));
    if (!stored) return std::unexpected(stored.error());
    if (*stored == StoredOutcome::Stored) return {};
    return fail(ErrorCode::Io, (*outbox)->status()->last_error.value_or("the outbox didn't get done"));
  });
}

}  // namespace meanwhile
