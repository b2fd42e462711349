// S3's errors in our terms.
#pragma once

#include <string>

#include "media/base/result.h"
#include "upload/http/http_message.h"
#include "upload/s3/s3_answers.h"

namespace meanwhile {

struct S3Place {
  std::string endpoint;  // "https://host"
  std::string bucket;
};

// An answer that isn't a success. NotFound (this object only: a bucket that isn't there is Unavailable, as a
// folder that isn't mounted), PermissionDenied (key, secret, token, rights), NoSpace (quota), Unavailable
// (skew, region, load, damage on the way), Io. Each a sentence with the way out.
Error error_from_s3(const HttpResponse& response, const S3Failure& failure, const S3Place& place);

// The server took our clock for wrong.
bool is_about_the_clock(const S3Failure& failure);
// It didn't take who we are: another secret may help.
bool is_about_the_secret(const S3Failure& failure);

}  // namespace meanwhile
