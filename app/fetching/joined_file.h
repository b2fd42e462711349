// A clip's objects, joined to the whole file that they were cut from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// A track's file: its init part and its segments, in order.
std::vector<ClipObject> parts_of(const std::string& clip, const ManifestTrack& track);

// One part, from this machine's cache if it is there; what isn't is not put into it, where it would drive out
// what is watched. Errors: as write_joined, but NoSpace.
Result<Bytes> read_part(const ClipStore& clips, Storage& storage, const ClipObject& wanted,
                        const std::stop_token& stop);

// The file holds exactly these parts, by their hashes. Reads all of it.
bool holds(const std::filesystem::path& path, const std::vector<ClipObject>& parts);

struct JoinedFile {
  std::uint64_t written_bytes = 0;
  std::uint64_t present_bytes = 0;  // was there already, and right
};

// Writes parts, in order, as the file at path: whole or not at all. Holds one part in memory. Blocks. Errors:
// Corrupt (what is stored isn't what was published), NotFound, Unavailable, Aborted, NoSpace, Io.
Result<JoinedFile> write_joined(const ClipStore& clips, Storage& storage, const std::filesystem::path& path,
                                const std::vector<ClipObject>& parts, std::stop_token stop);

}  // namespace meanwhile
