#include "upload/s3/multipart_form.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>

namespace meanwhile {
namespace {

// Nothing that we send has it inside.
constexpr std::string_view kBoundary = "meanwhile-form-8c1f6f0b2d9e4a57";

}  // namespace

MultipartForm multipart_form(const std::map<std::string, std::string>& fields, std::string_view file) {
  MultipartForm form{.content_type = fmt::format("multipart/form-data; boundary={}", kBoundary), .body = {}};
  for (const auto& [name, value] : fields)
    form.body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", kBoundary,
                             name, value);
  form.body += fmt::format(
      "--{0}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n{1}\r\n--{0}--\r\n",
      kBoundary, file);
  return form;
}

}  // namespace meanwhile
