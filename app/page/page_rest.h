// What the first picture needs stands in the page, the rest in an object beside it: so a page is as small for
// an hour as for a minute. The format: FORMAT.md in this folder.
#pragma once

#include <string>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/json.h"

namespace meanwhile {

// The inner document in two.
struct SplitDocument {
  Json page;
  Json rest;
};
// inner: share_document() of that manifest's clip, with objects_media().
SplitDocument split_document(Json inner, const Manifest& manifest);

// Of what a page begins with, in the order in which it asks: each track's first part, and what goes before
// it.
std::vector<std::string> first_addresses(const Json& page);

}  // namespace meanwhile
