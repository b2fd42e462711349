#include "upload/webdav/propfind.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/http/http_headers.h"
#include "upload/http/url.h"
#include "upload/http/xml.h"

namespace meanwhile {

const std::string_view kPropfindBody =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<propfind xmlns=\"DAV:\"><prop><resourcetype/><getcontentlength/></prop></propfind>\n";

std::string path_of_href(std::string_view href) {
  if (const auto host = href.find("://"); host != std::string_view::npos && host < href.find('/')) {
    const auto path = href.find('/', host + 3);
    href = path == std::string_view::npos ? std::string_view() : href.substr(path);
  }
  std::string decoded = percent_decode(href);
  while (decoded.ends_with('/')) decoded.pop_back();
  return decoded;
}

Result<std::vector<DavEntry>> parse_propfind(std::span<const std::byte> bytes) {
  std::vector<DavEntry> entries;
  DavEntry entry;
  bool is_multistatus = false;
  bool has_href = false;
  int depth_in_response = 0;  // hrefs deeper down, in <location> or <error>, aren't the response's
  const XmlEvents events{.open =
                             [&](std::string_view name) {
                               is_multistatus = is_multistatus || name == "multistatus";
                               if (name == "response") {
                                 entry = {};
                                 has_href = false;
                                 depth_in_response = 0;
                               } else {
                                 ++depth_in_response;
                               }
                               if (name == "collection") entry.is_collection = true;
                             },
                         .close =
                             [&](std::string_view name, std::string_view text) {
                               if (name == "href" && depth_in_response == 1) {
                                 entry.path = path_of_href(text);
                                 has_href = true;
                               }
                               // Empty where the server hasn't got it (a propstat with status 404).
                               if (name == "getcontentlength" && !text.empty())
                                 entry.size_bytes = parse_decimal(text);
                               if (name == "response" && has_href) entries.push_back(std::move(entry));
                               if (name != "response") --depth_in_response;
                             }};
  MEANWHILE_TRY(read_xml(bytes, events));
  if (!is_multistatus) return fail(ErrorCode::Corrupt, tr("the server's answer is no list of files"));
  return entries;
}

}  // namespace meanwhile
