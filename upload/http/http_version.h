// Which libraries speak HTTP here, for a report.
#pragma once

#include <string>

namespace meanwhile {

// "libcurl/7.88.1 OpenSSL/3.0.17 …"
std::string http_version();

}  // namespace meanwhile
