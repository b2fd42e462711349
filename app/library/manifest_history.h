// What a manifest that took another's place says of those before it.
#pragma once

#include "app/library/manifest.h"
#include "app/library/manifest_reader.h"
#include "media/base/json.h"

namespace meanwhile {

// replaces, removed and earlier; nothing where there is no `replaces`.
void read_history(const Json& json, Manifest& manifest, ManifestReader& in);
void add_history(Json& json, const Manifest& manifest);

}  // namespace meanwhile
