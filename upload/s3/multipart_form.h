// A browser's form with a file, as the body of a POST.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace meanwhile {

struct MultipartForm {
  std::string content_type;
  std::string body;
};

// The file comes last, as S3 wants it. Source: RFC 7578.
MultipartForm multipart_form(const std::map<std::string, std::string>& fields, std::string_view file);

}  // namespace meanwhile
