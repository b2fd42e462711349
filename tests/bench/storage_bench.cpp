#include "tests/bench/storage_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <optional>
#include <random>

#include "tests/bench/upload_tools.h"
#include "tests/support/environment.h"
#include "tests/support/storage_server.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr int kSmallObjects = 200;
constexpr std::uint64_t kSmallBytes = 500'000;
constexpr std::uint64_t kLargeBytes = 200'000'000;
// What a published clip has at most; the recorder's own segments are far smaller.
constexpr std::uint64_t kSegmentBytes = 16u << 20;

using Upload = std::function<Result<UploadCost>(const UploadTarget&, const fs::path&)>;
struct Contender {
  std::string name;
  Upload upload;
  std::vector<UploadCost> costs;
};

Upload outbox_upload(Lock lock, Hashing hashing) {
  return [=](const UploadTarget& target, const fs::path& folder) {
    return upload_with_outbox(target, folder, kSegmentBytes, lock, hashing);
  };
}

std::vector<Contender> contenders(const StoragePlan& plan) {
  std::vector<Contender> all = {
      {"meanwhile, storage alone",
       [](const auto& target, const auto& folder) {
         return upload_with_storage(target, folder, kSegmentBytes);
       },
       {}},
      {"meanwhile, outbox", outbox_upload(Lock::Open, Hashing::Now), {}},
      {"meanwhile, outbox, hashed before", outbox_upload(Lock::Open, Hashing::Before), {}},
      {"curl -Z 8", upload_with_curl, {}}};
  if (plan.with_sealed)
    all.push_back({"meanwhile, outbox, sealed", outbox_upload(Lock::Sealed, Hashing::Now), {}});
  if (!plan.with_all_tools) return all;
  all.push_back({"rclone", upload_with_rclone, {}});
  all.push_back({"s3cmd", upload_with_s3cmd, {}});
  return all;
}

void write_noise(const fs::path& file, std::uint64_t bytes, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint64_t> words(bytes / sizeof(std::uint64_t));
  for (std::uint64_t& word : words) word = random();
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(words.data()), static_cast<std::streamsize>(bytes));
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

UploadCost median_of(const std::vector<UploadCost>& costs) {
  const auto of = [&](double UploadCost::* part) {
    std::vector<double> values;
    for (const UploadCost& cost : costs) values.push_back(cost.*part);
    return median(std::move(values));
  };
  return {of(&UploadCost::wall_s), of(&UploadCost::cpu_s), of(&UploadCost::stored_mb)};
}

void print_contender(const std::string& server, const std::string& material, const Contender& contender,
                     const UploadCost& curl) {
  const UploadCost cost = median_of(contender.costs);
  fmt::print("| {} | {} | {} | {:.3f} | {:.3f} | {:.2f} | {:.2f} | {:.3f} |\n", server, material,
             contender.name, cost.wall_s, cost.cpu_s, cost.wall_s / curl.wall_s, cost.cpu_s / curl.cpu_s,
             cost.stored_mb);
  std::fflush(stdout);
}

// Ceph's store here is memory: what many runs leave would fill it. Gives how much it was.
double empty_place(Storage& storage) {
  std::uint64_t bytes = 0;
  const auto objects = storage.list("", "", {});
  if (!objects) return 0;
  for (const ObjectInfo& object : *objects) {
    bytes += object.size_bytes.value_or(0);
    (void)storage.remove(object.key, {});
  }
  return static_cast<double>(bytes) / 1e6;
}

// Each run goes to a new place of the server; every second one in the opposite order.
Result<void> compare(const std::string& name, const StorageServer& server, const std::string& material,
                     const fs::path& folder, const StoragePlan& plan) {
  static int places = 0;
  const ScopedFolder ground;
  std::vector<Contender> all = contenders(plan);
  // The first objects of a new server take longer, whoever sends them.
  const UploadTarget warm_up{.library_url = server.url(fmt::format("bench{}", ++places)),
                             .secret = server.secret(),
                             .ground = ground.path()};
  if (auto warm = upload_with_storage(warm_up, folder, kSegmentBytes); !warm)
    return std::unexpected(warm.error());
  for (int i = 0; i < plan.repeats; ++i) {
    std::ranges::reverse(all);
    for (Contender& contender : all) {
      const UploadTarget target{.library_url = server.url(fmt::format("bench{}", ++places)),
                                .secret = server.secret(),
                                .ground = ground.path()};
      // WebDAV has no folder before it is made.
      const auto opened = open_storage(target.library_url, {.find_secret = [&](const std::string&) {
                                         return Result<std::optional<Secret>>(target.secret);
                                       }});
      if (!opened) return std::unexpected(opened.error());
      auto cost = contender.upload(target, folder);
      const double stored_mb = empty_place(**opened);
      if (!cost && cost.error().code == ErrorCode::NotFound) continue;
      if (!cost) return std::unexpected(cost.error());
      cost->stored_mb = stored_mb;
      contender.costs.push_back(*cost);
    }
  }
  if (plan.repeats % 2 != 0) std::ranges::reverse(all);
  std::erase_if(all, [](const Contender& contender) { return contender.costs.empty(); });
  const auto curl = std::ranges::find(all, "curl -Z 8", &Contender::name);
  if (curl == all.end()) return fail(ErrorCode::NotFound, "curl isn't installed");
  for (const Contender& contender : all) print_contender(name, material, contender, median_of(curl->costs));
  return {};
}

Result<std::unique_ptr<StorageServer>> start_server(const std::string& name, const TestAuthority& authority) {
  const auto as_server = [](auto started) -> Result<std::unique_ptr<StorageServer>> {
    if (!started) return std::unexpected(started.error());
    return std::move(*started);
  };
  const auto missing = [&](const std::string& program) {
    return fail(ErrorCode::Unsupported, fmt::format("{} is left out: {} isn't installed", name, program));
  };
  if (name == "ceph") {
    if (const auto program = CephServer::missing_program_of(); !program.empty()) return missing(program);
    return as_server(CephServer::start(authority));
  }
  const WebDavKind kind = name == "nginx" ? WebDavKind::Nginx : WebDavKind::Apache;
  if (const auto program = WebDavServer::missing_program_of(kind); !program.empty()) return missing(program);
  return as_server(WebDavServer::start(kind, authority));
}

}  // namespace

Result<void> bench_storage(const StoragePlan& plan) {
  const auto authority = TestAuthority::create();
  if (!authority) return std::unexpected(authority.error());
  const ScopedFolder small;
  const ScopedFolder large;
  const auto scaled = [&](double value) { return static_cast<std::uint64_t>(value * plan.size_factor); };
  for (std::uint64_t i = 0; i < scaled(kSmallObjects); ++i)
    write_noise(small.path() / fmt::format("{:03}", i), kSmallBytes, static_cast<unsigned>(i));
  write_noise(large.path() / "large", scaled(kLargeBytes), 1);

  fmt::print("\nUploading, {} run(s) each; seconds of the client; ratios to curl\n\n", plan.repeats);
  fmt::print(
      "| server | material | client | wall s | CPU s | wall / curl | CPU / curl | MB stored "
      "|\n|---|---|---|---|---|---|---|---|\n");
  for (const char* name : {"ceph", "nginx", "apache"}) {
    if (!plan.server.empty() && plan.server != name) continue;
    const auto server = start_server(name, **authority);
    if (!server && server.error().code == ErrorCode::Unsupported) {
      fmt::print(stderr, "{}\n", server.error().message);
      continue;
    }
    if (!server) return std::unexpected(server.error());
    MEANWHILE_TRY(compare(name, **server, "200 x 500 KB", small.path(), plan));
    MEANWHILE_TRY(compare(name, **server, "200 MB", large.path(), plan));
  }
  return {};
}

}  // namespace meanwhile
