#include "app/moving/library_export.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/fetching/joined_file.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/ascii.h"
#include "app/library/comment_json.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/moving/library_export_pages.h"
#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// With a date before it and an id behind it, it stays under the 255 bytes of usual file systems, and paths
// stay short enough for Windows.
constexpr std::size_t kLongestNameBytes = 100;
constexpr std::uint64_t kLargestPageBytes = 64u << 20;
constexpr const char* kChaptersFile = "chapters.vtt";

// Source: Microsoft, "Naming Files, Paths, and Namespaces".
bool is_device_name(std::string_view name) {
  const std::string stem = ascii_lower(std::string(name.substr(0, name.find('.'))));
  if (stem == "con" || stem == "prn" || stem == "aux" || stem == "nul") return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' &&
         stem[3] <= '9';
}

std::string name_or(std::string_view text, std::string fallback) {
  std::string name = safe_file_name(text, kLongestNameBytes);
  return name.empty() ? fallback : name;
}

fs::path path_of(const std::string& utf8) {
  return fs::path(std::u8string(utf8.begin(), utf8.end()));
}

// The clip whose folder this is; "": nobody's yet.
std::string owner_of(const fs::path& folder) {
  const auto bytes = read_file(folder / "comments.json", kLargestPageBytes);
  if (!bytes) return "";
  const auto json = parse_json(as_text(*bytes));
  return json ? string_member(*json, "clip").value_or("") : "";
}

// The folders that clips have from an earlier run, below root: they stay theirs, whatever the clips are
// called now.
std::map<std::string, fs::path> earlier_folders(const fs::path& root) {
  std::map<std::string, fs::path> folders;
  std::error_code error;
  for (const auto& channel : fs::directory_iterator(root, error)) {
    std::error_code inner;
    for (const auto& entry : fs::directory_iterator(channel.path(), inner)) {
      if (const std::string owner = owner_of(entry.path()); !owner.empty())
        folders.try_emplace(owner, channel.path().filename() / entry.path().filename());
    }
  }
  return folders;
}

// Of clips with the same date and title the oldest has the plain name, also in the next run.
std::map<std::string, fs::path> folders_of(const LibraryContents& contents, const fs::path& root) {
  std::vector<const Clip*> clips;
  for (const Clip& clip : contents.clips) clips.push_back(&clip);
  std::ranges::sort(clips, {}, [](const Clip* clip) { return clip->id; });
  std::map<std::string, fs::path> folders = earlier_folders(root);
  std::set<std::string> taken;
  for (const auto& [clip, folder] : folders) taken.insert(ascii_lower(folder.generic_string()));
  for (const Clip* clip : clips) {
    if (folders.contains(clip->id)) continue;
    const fs::path channel = path_of(name_or(clip->channel_name, "No channel"));
    const std::string day = format_rfc3339(clip->recorded).substr(0, 10);
    const std::string name = day + " " + name_or(clip->title, "Untitled");
    const bool is_free = taken.insert(ascii_lower((channel / path_of(name)).generic_string())).second;
    folders[clip->id] = channel / path_of(is_free ? name : name + " " + clip->id);
  }
  return folders;
}

struct Writing {
  const ClipStore& clips;
  Storage& storage;
  const fs::path& folder;
  std::stop_token stop;
  ExportedClip& report;
};

Result<void> write_file(const Writing& writing, const std::string& name,
                        const std::vector<ClipObject>& parts) {
  const auto joined =
      write_joined(writing.clips, writing.storage, writing.folder / name, parts, writing.stop);
  if (!joined) return std::unexpected(joined.error());
  writing.report.written_bytes += joined->written_bytes;
  writing.report.present_bytes += joined->present_bytes;
  writing.report.files.push_back(name);
  return {};
}

// Playlists name segments, which the export joins; and a file of a clip's own must not take the place of
// ours.
bool is_left_out(const std::string& name) {
  return name.ends_with(".m3u8") || name == "comments.json" || name == kChaptersFile;
}

// "captions.vtt", in place of those that it was published with; "captions-pt-br.vtt".
std::string exported_name(const Addition& addition) {
  std::string name(addition_kind_name(addition.kind));
  if (!addition.language.empty()) name += "-" + ascii_lower(addition.language);
  return name + fs::path(addition.object.name).extension().string();
}

// One that somebody damaged is no reason to do without the rest.
Result<void> write_added(const Writing& writing, const Clip& clip, const Addition& addition) {
  const AddedObject& object = addition.object;
  const std::string name = exported_name(addition);
  auto bytes = writing.clips.added_file(clip.id, addition, writing.stop);
  if (!bytes && bytes.error().code == ErrorCode::Corrupt) {
    log(LogLevel::Warning, "not exported: " + bytes.error().message);
    return {};
  }
  if (!bytes) return std::unexpected(bytes.error());
  const auto there = read_file(writing.folder / name, kLargestAddedBytes);
  const bool is_there = there && *there == *bytes;
  (is_there ? writing.report.present_bytes : writing.report.written_bytes) += object.bytes;
  writing.report.files.push_back(name);
  return is_there ? Result<void>() : write_file_durably(writing.folder / name, *bytes);
}

Result<void> export_clip_files(const Writing& writing, const Clip& clip) {
  const auto manifest = writing.clips.manifest(clip, writing.stop);
  if (!manifest) return std::unexpected(manifest.error());
  std::set<std::string> added;
  for (const Addition& addition : clip.additions) {
    if (addition.is_suggestion || addition.kind == AdditionKind::Manifest) continue;
    MEANWHILE_TRY(write_added(writing, clip, addition));
    added.insert(exported_name(addition));
  }
  for (const ManifestFile& file : manifest->files) {
    if (is_left_out(file.name) || added.contains(file.name)) continue;
    MEANWHILE_TRY(
        write_file(writing, file.name, {{clip_file_key(clip.id, file), {file.bytes, file.sha256}}}));
  }
  for (const ManifestTrack& track : manifest->tracks)
    MEANWHILE_TRY(write_file(writing, track.name + ".mp4", parts_of(clip.id, track)));
  return {};
}

Result<void> write_text(const fs::path& path, const std::string& text) {
  const auto there = read_file(path, kLargestPageBytes);
  if (there && as_text(*there) == text) return {};
  return write_file_durably(path, as_byte_span(text));
}

// The words first: they say whose the folder is.
Result<void> export_one(const Writing& writing, const Clip& clip, const std::vector<Thread>& threads,
                        const std::string& zone) {
  MEANWHILE_TRY(make_folders(writing.folder));
  Json words = {{"clip", clip.id}, {"title", clip.title}, {"comments", json_of(threads)}};
  if (!clip.chapters.empty()) words["chapters"] = json_of(clip.chapters);
  MEANWHILE_TRY(write_text(writing.folder / "comments.json", to_text(words, 2) + "\n"));
  MEANWHILE_TRY(write_text(writing.folder / "comments.md", comments_page(clip, threads, zone)));
  if (!clip.chapters.empty()) {
    MEANWHILE_TRY(write_text(writing.folder / kChaptersFile, chapters_web_vtt(clip.chapters, clip.duration)));
    writing.report.files.emplace_back(kChaptersFile);
  }
  return export_clip_files(writing, clip);
}

Error in_words(Error error) {
  if (error.code == ErrorCode::NoSpace)
    // TRANSLATORS: {0} says what went wrong; it has no full stop.
    error.message = tr_format("{}. Make room and run the same command again: what is written already stays",
                              error.message);
  return error;
}

}  // namespace

std::string safe_file_name(std::string_view text, std::size_t limit_bytes) {
  std::string name = display_line(text);
  for (char& c : name)
    if (std::string_view("/\\:*?\"<>|\t\n").contains(c)) c = '-';
  const auto first = name.find_first_not_of(". ");
  name.erase(0, std::min(first, name.size()));
  if (is_device_name(name)) name.insert(0, "_");
  name = std::string(utf8_prefix(name, limit_bytes));
  const auto last = name.find_last_not_of(". ");
  name.resize(last == std::string::npos ? 0 : last + 1);
  return name;
}

Result<LibraryContents> contents_of(LibrarySession& session) {
  auto clips = session.index().clips({.order = ClipOrder::NewestFirst});
  if (!clips) return std::unexpected(clips.error());
  std::erase_if(*clips, [](const Clip& clip) { return clip.is_live; });
  LibraryContents contents{
      .id = session.id(), .name = session.name(), .clips = std::move(*clips), .threads = {}};
  for (const Clip& clip : contents.clips) {
    auto threads = session.index().comments(clip.id);
    if (!threads) return std::unexpected(threads.error());
    contents.threads[clip.id] = std::move(*threads);
  }
  return contents;
}

Result<LibraryExport> export_library(const LibraryContents& contents, const ClipStore& clips,
                                     Storage& storage, const fs::path& root,
                                     const LibraryExportOptions& options, std::stop_token stop) {
  LibraryExport done;
  done.folder = root / path_of(name_or(contents.name, "Library") + " " + contents.id.substr(0, 8));
  MEANWHILE_TRY(make_folders(done.folder));
  const auto folders = folders_of(contents, done.folder);
  for (const Clip& clip : contents.clips) {
    ExportedClip& report = done.clips.emplace_back();
    report.clip = clip;
    report.folder = folders.at(clip.id);
    const fs::path folder = done.folder / report.folder;
    const auto threads = contents.threads.find(clip.id);
    const auto written =
        export_one({clips, storage, folder, stop, report}, clip,
                   threads == contents.threads.end() ? std::vector<Thread>() : threads->second, options.zone);
    if (!written) {
      const ErrorCode code = written.error().code;
      if (code == ErrorCode::NoSpace || code == ErrorCode::Aborted)
        return std::unexpected(in_words(written.error()));
      report.failure = written.error();
    }
    options.on_clip(report);
  }
  const std::map<std::string, std::string> pages = {
      {"library.json", library_json(contents, done)},
      {"index.html", library_page(contents, done, options.zone)}};
  for (const auto& [name, text] : pages) {
    if (auto written = write_text(done.folder / name, text); !written)
      return std::unexpected(in_words(written.error()));
  }
  return done;
}

}  // namespace meanwhile
