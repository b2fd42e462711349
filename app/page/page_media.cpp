#include "app/page/page_media.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/fetching/joined_file.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/manifest.h"
#include "app/page/joined_content.h"
#include "app/page/page_keys.h"
#include "app/page/share_content.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

std::vector<std::string> keys_of_page(const Manifest& manifest) {
  std::vector<std::string> keys;
  for (const ManifestFile& file : page_pictures(manifest)) keys.push_back(clip_file_key(manifest.clip, file));
  for (const ClipObject& object : beginnings_of(manifest, MediaTime::max())) keys.push_back(object.key);
  return keys;
}

// Of each track the first object and the last, and those beside a step in the numbers: what was sent in
// between was sealed between them.
std::vector<std::string> keys_at_ends(const Manifest& manifest) {
  std::vector<std::string> keys;
  for (const ManifestTrack& track : manifest.tracks) {
    keys.push_back(init_key(manifest.clip, track.name, track.init_number));
    for (std::size_t i = 0; i < track.segments.size(); ++i) {
      const auto number = [&](std::size_t at) { return track.segments[at].number; };
      const bool is_at_end = i + 1 == track.segments.size() || number(i + 1) != number(i) + 1 ||
                             (i > 0 && number(i) != number(i - 1) + 1);
      if (is_at_end) keys.push_back(segment_key(manifest.clip, track.name, number(i)));
    }
  }
  for (const ManifestFile& file : page_pictures(manifest)) keys.push_back(clip_file_key(manifest.clip, file));
  return keys;
}

// keys: below prefix.
void add_links(Json& media, const std::vector<std::string>& keys, SignedLinks links,
               const std::string& prefix) {
  media["query"] = std::move(links.query);
  // Not by name: looking for each among thousands would cost seconds.
  auto& signatures = media["signatures"].get_ref<Json::object_t&>();
  for (std::size_t i = 0; i < keys.size(); ++i)
    signatures.emplace_back(keys[i].substr(prefix.size()), std::move(links.signatures[i]));
}

constexpr std::string_view kJoinedPrefix = "joined-";
constexpr std::string_view kTrackEnd = ".mp4";

std::string track_file(const std::string& prefix, const ManifestTrack& track) {
  return fmt::format("{}{}{}", prefix, track.name, kTrackEnd);
}

// What lies beside a page, by its name there.
using FilesOfPage = std::map<std::string, std::vector<ClipObject>>;

FilesOfPage files_of_page(const ShareContent& content) {
  FilesOfPage files;
  const auto add_tracks = [&](const Manifest& manifest, const std::string& prefix) {
    for (const ManifestTrack& track : manifest.tracks)
      files[track_file(prefix, track)] = parts_of(manifest.clip, track);
  };
  add_tracks(content.manifest, "");
  for (std::size_t i = 0; i < content.joined.size(); ++i) {
    if (content.joined[i].missing.empty())
      add_tracks(manifest_until_shown(content.joined[i]), joined_prefix(i));
  }
  for (const ManifestFile& file : page_pictures(content.manifest))
    files[file.name] = {{clip_file_key(content.manifest.clip, file), {file.bytes, file.sha256}}};
  return files;
}

// What was corrected, removed or isn't joined any more isn't shown by any file that stays.
Result<void> remove_others(const std::filesystem::path& folder, const FilesOfPage& files) {
  std::error_code error;
  std::vector<std::filesystem::path> others;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if ((name.ends_with(kTrackEnd) || is_page_picture(name)) && !files.contains(name))
      others.push_back(entry.path());
  }
  if (error)
    return std::unexpected(error_from_errno(error.value(), tr_format("reading {}", folder.string())));
  for (const auto& other : others) {
    if (!std::filesystem::remove(other, error) && error)
      return std::unexpected(error_from_errno(error.value(), tr_format("removing {}", other.string())));
  }
  return {};
}

}  // namespace

std::vector<ManifestFile> page_pictures(const Manifest& manifest) {
  std::vector<ManifestFile> files;
  for (const ManifestFile& file : manifest.files) {
    if (is_page_picture(file.name)) files.push_back(file);
  }
  return files;
}

Result<Json> objects_media(LibrarySession& session, const Manifest& manifest, const std::string& share,
                           std::optional<std::chrono::seconds> valid) {
  const std::string prefix = clip_prefix(manifest.clip);
  Json media = {{"kind", "objects"},
                {"base", "../../" + prefix},
                {"query", ""},
                {"signatures", Json::object()},
                {"rest", kRestName}};
  if (!valid) return media;
  std::vector<std::string> keys = keys_of_page(manifest);
  keys.push_back(rest_key(share));
  auto links = session.storage().capabilities().link_signer->sign_links(keys, *valid);
  if (!links) return std::unexpected(links.error());
  media["rest"] = fmt::format("{}?{}&X-Amz-Signature={}", kRestName, links->query, links->signatures.back());
  keys.pop_back();
  add_links(media, keys, std::move(*links), prefix);
  return media;
}

Result<Json> joined_objects_media(LibrarySession& session, const JoinedContent& joined,
                                  std::optional<std::chrono::seconds> valid) {
  const std::string prefix = clip_prefix(joined.manifest.clip);
  Json media = {
      {"kind", "objects"}, {"base", "../../" + prefix}, {"query", ""}, {"signatures", Json::object()}};
  if (!valid) return media;
  const std::vector<std::string> keys = keys_of_page(shown_manifest(joined));
  auto links = session.storage().capabilities().link_signer->sign_links(keys, *valid);
  if (!links) return std::unexpected(links.error());
  add_links(media, keys, std::move(*links), prefix);
  return media;
}

std::string joined_prefix(std::size_t place) {
  return fmt::format("{}{}-", kJoinedPrefix, place + 1);
}

Json files_media(const Manifest& manifest, const std::string& prefix) {
  Json files = Json::object();
  for (const ManifestTrack& track : manifest.tracks) files[track.name] = track_file(prefix, track);
  Json sound = nullptr;
  for (const char* name : {"system", "voice"}) {
    if (files.contains(name)) sound = name;
  }
  return {{"kind", "mp4"}, {"files", std::move(files)}, {"sound", std::move(sound)}};
}

Result<void> write_media_files(OpenLibrary& library, const ShareContent& content,
                               const std::filesystem::path& folder, const std::stop_token& stop) {
  MEANWHILE_TRY(make_folders(folder));
  const ClipStore& clips = *library.clips;
  Storage& storage = library.session->storage();
  const FilesOfPage files = files_of_page(content);
  for (const auto& [name, parts] : files)
    MEANWHILE_TRY(write_joined(clips, storage, folder / name, parts, stop));
  return remove_others(folder, files);
}

Result<Json> seal_of_page(LibrarySession& session, const Manifest& manifest, std::stop_token stop) {
  if (!session.sealed()) return Json(nullptr);
  std::optional<std::array<unsigned char, 32>> scope;
  for (const std::string& key : keys_at_ends(manifest)) {
    const auto opens = session.clip_scope(key, stop);
    if (!opens) return std::unexpected(opens.error());
    if (scope && *scope != *opens)
      return fail(ErrorCode::Unsupported, tr("the members of the library changed while this update was sent, "
                                             "so one key doesn't open all of it: "
                                             "share it as a file (--file)"));
    scope = *opens;
  }
  if (!scope) return Json(nullptr);
  return Json{
      {"library", session.id()}, {"scope", to_base64(*scope)}, {"clip_prefix", clip_prefix(manifest.clip)}};
}

}  // namespace meanwhile
