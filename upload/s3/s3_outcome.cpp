#include "upload/s3/s3_outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/http/http_message.h"
#include "upload/http/http_outcome.h"
#include "upload/s3/s3_answers.h"

namespace meanwhile {
namespace {

struct KnownCode {
  std::string_view name;
  ErrorCode code;
  fmt::format_string<const std::string&, const std::string&> sentence;  // {0}: endpoint, {1}: bucket
};

// Names: Amazon S3 API Reference, "List of error codes"; QuotaExceeded, UserSuspended: Ceph;
// XAmzContentSHA256Mismatch: both.
constexpr std::array kKnownCodes{
    KnownCode{"NoSuchKey", ErrorCode::NotFound, tr_later("it isn't there")},
    // TRANSLATORS: in these {0} is a server's address, {1} the name of a bucket.
    KnownCode{"NoSuchBucket", ErrorCode::Unavailable,
              tr_later("there is no bucket {1} at {0}: make it there, or mend the library's URL")},
    KnownCode{
        "AccessDenied", ErrorCode::PermissionDenied,
        tr_later("the access key may not do that in the bucket {1}: it needs to list, get, put and delete "
                 "objects there")},
    KnownCode{
        "InvalidAccessKeyId", ErrorCode::PermissionDenied,
        tr_later("{0} doesn't know the access key: give the right one to `meanwhile library secret URL`")},
    KnownCode{
        "SignatureDoesNotMatch", ErrorCode::PermissionDenied,
        tr_later(
            "the secret key doesn't belong to the access key at {0}: give both anew to `meanwhile library "
            "secret URL`")},
    KnownCode{"ExpiredToken", ErrorCode::PermissionDenied,
              tr_later("the session token has run out: give a new one to `meanwhile library secret URL`")},
    KnownCode{
        "InvalidToken", ErrorCode::PermissionDenied,
        tr_later("{0} doesn't take the session token: give a new one to `meanwhile library secret URL`")},
    KnownCode{"UserSuspended", ErrorCode::PermissionDenied,
              tr_later("{0} has locked this access key: ask whoever runs the server")},
    KnownCode{"RequestTimeTooSkewed", ErrorCode::Unavailable,
              tr_later("this machine's clock and that of {0} are more than 15 minutes apart: set the clock")},
    KnownCode{"QuotaExceeded", ErrorCode::NoSpace,
              tr_later("the quota of the bucket {1} is used up: make room there, or raise it")},
    KnownCode{"InsufficientStorage", ErrorCode::NoSpace, tr_later("{0} has no space left: make room there")},
    KnownCode{"BadDigest", ErrorCode::Unavailable,
              tr_later("the bytes were damaged on their way to {0}: they are sent again")},
    KnownCode{"XAmzContentSHA256Mismatch", ErrorCode::Unavailable,
              tr_later("the bytes were damaged on their way to {0}: they are sent again")},
    KnownCode{"IncompleteBody", ErrorCode::Unavailable,
              tr_later("the bytes were cut off on their way to {0}: they are sent again")},
    KnownCode{"RequestTimeout", ErrorCode::Unavailable,
              tr_later("{0} waited too long for our bytes: they are sent again")},
    KnownCode{"InvalidBucketName", ErrorCode::Unavailable,
              tr_later("{1} is no name for a bucket at {0}: mend the library's URL")}};

// Without S3's own words, who sends us on may be anybody.
bool is_sent_on(const HttpResponse& response, const S3Place& place) {
  if (response.status != 301 && response.status != 307) return false;
  return !response.headers.find("x-amz-bucket-region").empty() || !is_foreign_page(response, place.endpoint);
}

bool is_about_the_region(const HttpResponse& response, const S3Failure& failure, const S3Place& place) {
  return failure.code == "AuthorizationHeaderMalformed" || failure.code == "PermanentRedirect" ||
         failure.code == "TemporaryRedirect" || failure.code == "IllegalLocationConstraintException" ||
         is_sent_on(response, place);
}

Error region_error(const HttpResponse& response, const S3Failure& failure, const S3Place& place) {
  std::string region = response.headers.find("x-amz-bucket-region");
  if (region.empty()) region = failure.region;
  return {
      ErrorCode::Unavailable,
      region.empty()
          ? tr_format("the bucket {} isn't in the region that the library's URL says: put the right one into "
                      "?region=, and its address before it",
                      place.bucket)
          : tr_format("the bucket {0} is in the region {1}: write ?region={1} in the library's URL",
                      place.bucket, region)};
}

}  // namespace

bool is_about_the_clock(const S3Failure& failure) {
  return failure.code == "RequestTimeTooSkewed";
}

bool is_about_the_secret(const S3Failure& failure) {
  return failure.code == "InvalidAccessKeyId" || failure.code == "SignatureDoesNotMatch" ||
         failure.code == "ExpiredToken" || failure.code == "InvalidToken";
}

Error error_from_s3(const HttpResponse& response, const S3Failure& failure, const S3Place& place) {
  const auto* known = std::ranges::find(kKnownCodes, std::string_view(failure.code), &KnownCode::name);
  if (known != kKnownCodes.end())
    return {known->code, tr_format(known->sentence, place.endpoint, place.bucket)};
  if (is_about_the_region(response, failure, place)) return region_error(response, failure, place);
  // An answer without words: to a HEAD, or from a proxy.
  if (failure.code.empty() && (response.status == 401 || response.status == 403))
    return {
        ErrorCode::PermissionDenied,
        tr_format(
            "{} refuses it: check access key and secret key (`meanwhile library secret URL`), and that they "
            "may list, get, put and delete objects in the bucket {}",
            place.endpoint, place.bucket)};
  Error error = error_from_status(response, place.endpoint);
  if (!failure.code.empty()) error.message += fmt::format(" ({})", failure.code);
  return error;
}

}  // namespace meanwhile
