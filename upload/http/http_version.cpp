#include "upload/http/http_version.h"

#include <curl/curl.h>

#include <string>

namespace meanwhile {

std::string http_version() {
  return curl_version();
}

}  // namespace meanwhile
