// What an S3 server's XML says. Source: Amazon S3 API Reference, "ListObjectsV2" and "Error responses".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

struct S3ListPage {
  std::vector<ObjectInfo> objects;  // any keys: to be checked
  bool is_truncated = false;
  std::string next_token;
};
// Errors: Corrupt (no such XML, or a size that is no number).
Result<S3ListPage> parse_s3_list(std::span<const std::byte> bytes);

struct S3Failure {
  std::string code;    // "NoSuchKey"; "": the server didn't say
  std::string region;  // where the bucket really is, if the server says so
};
// Whatever the bytes are: servers leave out the message, the body, or answer in HTML.
S3Failure parse_s3_failure(std::span<const std::byte> bytes);

}  // namespace meanwhile
