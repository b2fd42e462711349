// What an S3 server says: lists and failures.
#include <cstddef>
#include <cstdint>
#include <span>

#include "upload/s3/s3_answers.h"
#include "upload/s3/s3_outcome.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto bytes = std::as_bytes(std::span(data, size));
  (void)parse_s3_list(bytes);
  HttpResponse response;
  response.status = 403;
  (void)error_from_s3(response, parse_s3_failure(bytes), {.endpoint = "https://host", .bucket = "bucket"});
  return 0;
}
