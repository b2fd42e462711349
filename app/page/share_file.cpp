#include "app/page/share_file.h"

#include <fmt/format.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/fetching/joined_file.h"
#include "app/libraries/libraries.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/library/share.h"
#include "app/page/base64_sink.h"
#include "app/page/joined_content.h"
#include "app/page/page_frame.h"
#include "app/page/page_lock.h"
#include "app/page/page_media.h"
#include "app/page/rendition.h"
#include "app/page/share_content.h"
#include "app/page/share_document.h"
#include "app/page/share_terms.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/edit_list.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSealedBytesMore = 12 + 16;  // nonce and tag
constexpr std::size_t kPieceBytes = 3u << 20;

fs::path folder_of(const fs::path& out) {
  return out.has_parent_path() ? out.parent_path() : fs::path(".");
}

Result<void> check_free(const fs::path& out, bool may_replace) {
  std::error_code error;
  if (!fs::is_directory(folder_of(out), error))
    return fail(ErrorCode::NotFound, tr_format("there is no folder {}", folder_of(out).string()));
  const auto status = fs::symlink_status(out, error);
  if (!fs::exists(status)) return {};
  if (fs::is_directory(status))
    return fail(ErrorCode::AlreadyExists, tr_format("{} is a folder", out.string()));
  if (may_replace) return {};
  return fail(ErrorCode::AlreadyExists, tr_format("{} is there already", out.string()));
}

Result<void> check_room(const fs::path& out, std::uint64_t size) {
  const auto room = free_space(folder_of(out));
  if (!room || *room >= size) return {};  // who can't be asked is found out by writing
  return fail(ErrorCode::NoSpace, tr_format("writing {}: it needs {}, and the disk has only {} left",
                                            out.string(), format_size(size), format_size(*room)));
}

bool is_shown_of_rendition(std::string_view name) {
  return name == "poster.jpg" || name == "thumbs.jpg";
}

}  // namespace

Result<ShareFile> ShareFile::prepare(OpenLibrary& library, const Clip& clip, FileRequest request,
                                     std::stop_token stop) {
  MEANWHILE_TRY(check_free(request.out, request.may_replace));
  auto content = read_share_content(*library.session, library.session->index(), *library.clips, clip, stop);
  if (!content) return std::unexpected(content.error());
  ShareFile file(library, std::move(request));
  file.terms_.share = new_share_id();
  file.terms_.form = ShareForm::File;
  file.terms_.takes_answers = file.request_.takes_answers;
  file.lock_if_needed();
  file.list_inside(*content);
  file.frame(*content);
  MEANWHILE_TRY(file.make_smaller_if_needed(*content, stop));
  return file;
}

void ShareFile::lock_if_needed() {
  const bool is_sealed = library_->session->sealed() != nullptr;
  if (!request_.password.empty())
    lock_.password = new_password(request_.password);
  else if (is_sealed)
    lock_.secret = new_page_secret();
  if (is_sealed) add_answers_key(terms_);
  write_lock(lock_, terms_);
  if (!is_locked(terms_)) return;
  inline_key_.emplace();
  RAND_priv_bytes(inline_key_->data(), static_cast<int>(inline_key_->size()));
}

void ShareFile::list_inside(const ShareContent& content) {
  const Manifest& manifest = content.manifest;
  inside_.clear();
  if (rendition_) inside_.push_back({.name = "screen", .bytes = rendition_->size_bytes(), .parts = {}});
  for (const ManifestFile& file : manifest.files) {
    if (rendition_ ? is_shown_of_rendition(file.name) : is_page_picture(file.name))
      inside_.push_back(
          {file.name, file.bytes, {{clip_file_key(manifest.clip, file), {file.bytes, file.sha256}}}});
  }
  if (rendition_) return;
  add_tracks(manifest, "");
  for (std::size_t i = 0; i < content.joined.size(); ++i) {
    if (content.joined[i].missing.empty()) add_tracks(shown_manifest(content.joined[i]), joined_prefix(i));
  }
}

void ShareFile::add_tracks(const Manifest& manifest, const std::string& prefix) {
  for (const ManifestTrack& track : manifest.tracks) {
    Inside inside{.name = prefix + track.name, .parts = parts_of(manifest.clip, track)};
    for (const ClipObject& part : inside.parts) inside.bytes += part.object.bytes;
    inside_.push_back(std::move(inside));
  }
}

// Of each that is joined: where it is inside.
std::vector<PageMedia> ShareFile::media_of_joined(const ShareContent& content) const {
  std::vector<PageMedia> all;
  for (std::size_t i = 0; i < content.joined.size(); ++i)
    all.push_back({.media = {{"kind", "inline"}, {"prefix", joined_prefix(i)}}});
  return all;
}

void ShareFile::frame(const ShareContent& content) {
  PageTerms terms{.made = wall_now(),
                  .media = {{"kind", "inline"}},
                  .is_rendition = is_rendition(),
                  .joined = media_of_joined(content),
                  .inline_key = inline_key_ ? to_base64(*inline_key_) : std::string()};
  if (terms_.takes_answers) terms.answers = {.way = AnswerWay::Copy, .seal_to = answers_seal_key(terms_)};
  Json inner = share_document(content, terms);
  const bool is_open = !is_locked(terms_);
  frame_ = frame_page({.title = is_open ? content.clip.title : std::string(),
                       .share = is_open ? open_page(terms_.share, std::move(inner))
                                        : locked_page(terms_.share, inner, lock_)});
}

Result<void> ShareFile::make_smaller_if_needed(const ShareContent& content, const std::stop_token& stop) {
  if (!request_.limit_bytes || size_bytes() <= *request_.limit_bytes) return {};
  std::uint64_t beside = frame_.head.size() + frame_.tail.size();
  for (const Inside& inside : inside_) {
    if (is_shown_of_rendition(inside.name)) beside += stored_size(inside);
  }
  const std::uint64_t room = *request_.limit_bytes > beside ? *request_.limit_bytes - beside : 0;
  // A little less: the words around an object.
  constexpr std::uint64_t kAround = 4096;
  const std::uint64_t film = room > kAround ? (room - kAround) / 4 * 3 : 0;
  const auto edits = edits_of(content.arrangement, content.clip.recorded_duration);
  if (!edits) return std::unexpected(edits.error());
  const MediaTime length = edits->duration();
  const std::uint64_t least = least_rendition_bytes(length);
  if (film < least)
    return fail(
        ErrorCode::InvalidArgument,
        tr_format("the file can't be made as small as {}: allow at least {}",
                  format_size(*request_.limit_bytes), format_size(beside + kAround + base64_size(least))));
  auto opened = library_->clips->open(content.clip, stop);
  if (!opened) return std::unexpected(opened.error());
  auto made = Rendition::make(opened->media, length, folder_of(request_.out), film, request_.progress, stop);
  if (!made) return std::unexpected(made.error());
  rendition_ = std::move(*made);
  list_inside(content);
  frame(content);
  return {};
}

std::string ShareFile::fragment() const {
  return lock_.secret ? page_fragment(*lock_.secret) : std::string();
}

std::uint64_t ShareFile::stored_size(const Inside& inside) const {
  const std::uint64_t bytes = inside.bytes + (inline_key_ ? kSealedBytesMore : 0);
  return begin_inline_object(inside.name).size() + base64_size(bytes) + kEndOfInlineObject.size();
}

std::uint64_t ShareFile::size_bytes() const {
  std::uint64_t size = frame_.head.size() + frame_.tail.size();
  for (const Inside& inside : inside_) size += stored_size(inside);
  return size;
}

Result<void> ShareFile::for_each_piece(
    const Inside& inside, const std::stop_token& stop,
    const std::function<Result<void>(std::span<const std::byte>)>& take) const {
  for (const ClipObject& part : inside.parts) {
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, "stopped");
    const auto bytes = read_part(*library_->clips, library_->session->storage(), part, stop);
    if (!bytes) return std::unexpected(bytes.error());
    MEANWHILE_TRY(take(*bytes));
  }
  if (!inside.parts.empty()) return {};
  auto file = FileSource::open(rendition_->path());
  if (!file) return std::unexpected(file.error());
  Bytes piece(kPieceBytes);
  for (std::uint64_t offset = 0; offset < inside.bytes;) {
    const auto count = (*file)->read_at(offset, piece);
    if (!count) return std::unexpected(count.error());
    if (*count == 0) return fail(ErrorCode::Io, tr("reading the smaller version: it has become shorter"));
    MEANWHILE_TRY(take(std::span(piece).first(*count)));
    offset += *count;
  }
  return {};
}

Result<void> ShareFile::write_inside(ByteSink& sink, const Inside& inside,
                                     const std::stop_token& stop) const {
  MEANWHILE_TRY(sink.append(as_byte_span(begin_inline_object(inside.name))));
  Base64Sink encoded(sink);
  std::optional<PageCipher> cipher;
  if (inline_key_)
    cipher.emplace(*inline_key_, PageCipher::new_nonce(), associated_with(terms_.share, inside.name));
  MEANWHILE_TRY(for_each_piece(inside, stop, [&](std::span<const std::byte> bytes) {
    return cipher ? encoded.append(cipher->add(bytes)) : encoded.append(bytes);
  }));
  if (cipher) MEANWHILE_TRY(encoded.append(cipher->finish()));
  MEANWHILE_TRY(encoded.finish());
  return sink.append(as_byte_span(kEndOfInlineObject));
}

Result<void> ShareFile::write_to(ByteSink& sink, const std::stop_token& stop) const {
  MEANWHILE_TRY(sink.append(as_byte_span(frame_.head)));
  for (const Inside& inside : inside_) MEANWHILE_TRY(write_inside(sink, inside, stop));
  MEANWHILE_TRY(sink.append(as_byte_span(frame_.tail)));
  return sink.sync();
}

Result<void> ShareFile::write(std::stop_token stop) const {
  MEANWHILE_TRY(check_room(request_.out, size_bytes()));
  const fs::path unfinished =
      folder_of(request_.out) / fmt::format(".{}.{}.tmp", request_.out.filename().string(), ::getpid());
  std::error_code error;
  fs::remove(unfinished, error);
  auto file = FileSink::create(unfinished);
  if (!file) return std::unexpected(file.error());
  auto written = write_to(**file, stop);
  if (written) written = check_free(request_.out, request_.may_replace);
  if (written) {
    fs::rename(unfinished, request_.out, error);
    if (error)
      written =
          std::unexpected(error_from_errno(error.value(), tr_format("writing {}", request_.out.string())));
  }
  if (!written) {
    fs::remove(unfinished, error);
    return written;
  }
  return sync_folder(folder_of(request_.out));
}

}  // namespace meanwhile
