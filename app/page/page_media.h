// Where a page's tracks are, as its document says it.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/manifest.h"
#include "app/page/joined_content.h"
#include "app/page/share_content.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {

// Objects of the library, from the page of that share two folders below it. valid: for so long their links
// are good for; nullopt: they need none. Errors: LinkSigner's.
Result<Json> objects_media(LibrarySession& session, const Manifest& manifest, const std::string& share,
                           std::optional<std::chrono::seconds> valid);

// Of what is joined no more than is shown. Errors: LinkSigner's.
Result<Json> joined_objects_media(LibrarySession& session, const JoinedContent& joined,
                                  std::optional<std::chrono::seconds> valid);

// Before the names of what is joined, where it lies beside its own: "joined-1-". place: from 0.
std::string joined_prefix(std::size_t place);

// Files beside the page, one a track.
Json files_media(const Manifest& manifest, const std::string& prefix = "");
// Joins them in that folder from what is there; other tracks and pictures that lie there go. Of what is
// joined all up to the last moment that is shown. Blocks. Errors: the disk's, ClipStore's.
Result<void> write_media_files(OpenLibrary& library, const ShareContent& content,
                               const std::filesystem::path& folder, const std::stop_token& stop);
std::vector<ManifestFile> page_pictures(const Manifest& manifest);

// What opens the objects; null in an open library. Blocks. Errors: Unsupported (members changed while it was
// sent, so that more than one key is needed: a sentence), LibrarySession::clip_scope's.
Result<Json> seal_of_page(LibrarySession& session, const Manifest& manifest, std::stop_token stop);

}  // namespace meanwhile
