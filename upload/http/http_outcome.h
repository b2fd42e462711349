// What an answer, or the lack of one, means for us: a code that says whether a retry makes sense, and a
// sentence with the way out.
#pragma once

#include <curl/curl.h>

#include <string>
#include <string_view>

#include "media/base/result.h"
#include "upload/http/http_message.h"

namespace meanwhile {

// No answer came. Unavailable, all of them: networks, captive portals and certificates get mended, and what
// waits in the outbox goes on by itself then. curl_text: libcurl's own words, "" for none but the code's.
Error error_from_curl(CURLcode code, std::string_view curl_text, const std::string& url);

// An answer that isn't a success, or one that isn't what was asked for. server: "https://host". NotFound
// (404, 410), PermissionDenied (401, 403, 413), NoSpace (507), Unavailable (3xx, 408, 409, 423, 425, 429,
// 5xx, pages of others), Io.
Error error_from_status(const HttpResponse& response, const std::string& server);

// Somebody between us and the server answers in its place, as the networks of hotels and trains do: with a
// web page, whatever was asked for (its head or its first bytes say so), by sending us on to another host, or
// with 511. Objects of a library are never pages. server: as above.
bool is_foreign_page(const HttpResponse& response, const std::string& server);
// Unavailable: as a network that is away.
Error foreign_page_error(const std::string& server);

// "https://host:port" of a URL, for sentences.
std::string origin_of(const std::string& url);

}  // namespace meanwhile
