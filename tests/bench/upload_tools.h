// The ready tools that send files to S3 and WebDAV, and ourselves, each as it is meant to be used.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "tests/bench/bench_library.h"
#include "upload/secret.h"

namespace meanwhile {

struct UploadTarget {
  std::string library_url;  // s3:// or webdav://, as libraries have it
  Secret secret;
  std::filesystem::path ground;  // for the tools' settings; "folder" below it holds the files
  bool is_s3() const { return library_url.starts_with("s3:"); }
};

struct UploadCost {
  double wall_s = 0;
  double cpu_s = 0;      // user and system, of the client alone
  double stored_mb = 0;  // what lies there afterwards
};

enum class Hashing { Now, Before };

// The files of a folder, each under its name. Errors: NotFound (isn't installed), Io (it failed).
Result<UploadCost> upload_with_curl(const UploadTarget& target, const std::filesystem::path& folder);
Result<UploadCost> upload_with_rclone(const UploadTarget& target, const std::filesystem::path& folder);
Result<UploadCost> upload_with_s3cmd(const UploadTarget& target, const std::filesystem::path& folder);

// Cut into objects of at most segment_bytes. Storage: eight threads put, nothing else. Outbox: journaled,
// hashed, sent and checked as a clip is; into a sealed library, which is there before the clock runs, also
// encrypted. Before: the hashes are known when the clock starts, as those of a take are at Stop.
Result<UploadCost> upload_with_storage(const UploadTarget& target, const std::filesystem::path& folder,
                                       std::uint64_t segment_bytes);
Result<UploadCost> upload_with_outbox(const UploadTarget& target, const std::filesystem::path& folder,
                                      std::uint64_t segment_bytes, Lock lock, Hashing hashing);

}  // namespace meanwhile
