#include "upload/s3/s3_answers.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/http/http_headers.h"
#include "upload/http/url.h"
#include "upload/http/xml.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestWord = 64;

std::string word(std::string_view text) {
  const bool is_word =
      text.size() <= kLongestWord &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
          std::string_view::npos;
  return is_word ? std::string(text) : "";
}

}  // namespace

Result<S3ListPage> parse_s3_list(std::span<const std::byte> bytes) {
  S3ListPage page;
  ObjectInfo object;
  bool is_list = false;
  bool has_size = false;
  bool is_damaged = false;
  bool is_encoded = false;
  const XmlEvents events{.open =
                             [&](std::string_view name) {
                               is_list = is_list || name == "ListBucketResult";
                               if (name == "Contents") {
                                 object = {};
                                 has_size = false;
                               }
                             },
                         .close =
                             [&](std::string_view name, std::string_view text) {
                               if (name == "Key") object.key = text;
                               if (name == "Size") {
                                 const auto size = parse_decimal(text);
                                 has_size = size.has_value();
                                 object.size_bytes = size.value_or(0);
                               }
                               if (name == "Contents") {
                                 is_damaged = is_damaged || object.key.empty() || !has_size;
                                 page.objects.push_back(std::move(object));
                                 object = {};
                               }
                               if (name == "IsTruncated") page.is_truncated = text == "true";
                               if (name == "NextContinuationToken") page.next_token = text;
                               if (name == "EncodingType") is_encoded = text == "url";
                             }};
  MEANWHILE_TRY(read_xml(bytes, events));
  if (!is_list || is_damaged)
    return fail(ErrorCode::Corrupt, tr("the server's list of objects can't be read"));
  if (is_encoded) {
    for (ObjectInfo& info : page.objects) {
      std::ranges::replace(info.key, '+', ' ');  // a plus itself comes as %2B
      info.key = percent_decode(info.key);
    }
  }
  return page;
}

S3Failure parse_s3_failure(std::span<const std::byte> bytes) {
  S3Failure failure;
  const XmlEvents events{.open = {}, .close = [&](std::string_view name, std::string_view text) {
                           if (name == "Code") failure.code = word(text);
                           if (name == "Region") failure.region = word(text);
                         }};
  (void)read_xml(bytes, events);  // what was read before it broke off counts
  return failure;
}

}  // namespace meanwhile
