// What the first picture needs stands in the page, the rest in an object beside it: so a page is as small for
// an hour as for a minute. The format: FORMAT.md in this folder.
#pragma once

#include <string>
#include <string_view>

#include "app/library/manifest.h"
#include "media/base/json.h"

namespace meanwhile {

// Beside index.html.
constexpr std::string_view kRestName = "rest.json";
std::string rest_key(const std::string& share);

// The inner document in two.
struct SplitDocument {
  Json page;
  Json rest;
};
// inner: share_document() of that manifest's clip, with objects_media().
SplitDocument split_document(Json inner, const Manifest& manifest);

}  // namespace meanwhile
