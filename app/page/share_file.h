// A share as one file that holds everything: tracks, pictures and words.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/library/share.h"
#include "app/page/page_frame.h"
#include "app/page/page_lock.h"
#include "app/page/rendition.h"
#include "app/page/share_content.h"
#include "app/page/share_document.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"

namespace meanwhile {

struct FileRequest {
  std::filesystem::path out;
  bool may_replace = false;
  std::string password = {};                      // "": none
  std::optional<std::uint64_t> limit_bytes = {};  // nullopt: as it was published
  bool takes_answers = true;
  std::function<void(double)> progress = [](double) {};  // while it is encoded smaller
};

class ShareFile {
 public:
  // All but writing it: how large it becomes is known then. In a sealed library it is always locked: with the
  // password, else with a secret of its own. library: outlives this. Blocks. Errors: AlreadyExists (out is
  // there), NotFound (its folder isn't), InvalidArgument (still being recorded; it can't be made so small:
  // sentences), read_share_content's, Rendition::make's.
  static Result<ShareFile> prepare(OpenLibrary& library, const Clip& clip, FileRequest request,
                                   std::stop_token stop);

  std::uint64_t size_bytes() const;
  bool is_rendition() const { return rendition_ != nullptr; }
  // What makes an address of the file's that opens it: "#k=…"; "": a password does, or nothing is locked.
  std::string fragment() const;
  // To be said in the library when the file is there.
  const ShareTerms& terms() const { return terms_; }

  // Whole or not at all. Errors: NoSpace (a sentence), AlreadyExists, Aborted, those of reading and writing.
  Result<void> write(std::stop_token stop) const;

 private:
  struct Inside {
    std::string name;
    std::uint64_t bytes = 0;
    std::vector<ClipObject> parts;  // none: the rendition
  };
  ShareFile(OpenLibrary& library, FileRequest request) : library_(&library), request_(std::move(request)) {}
  void lock_if_needed();
  Result<void> make_smaller_if_needed(const ShareContent& content, const std::stop_token& stop);
  void list_inside(const ShareContent& content);
  void add_tracks(const Manifest& manifest, const std::string& prefix);
  std::vector<PageMedia> media_of_joined(const ShareContent& content) const;
  void frame(const ShareContent& content);
  std::uint64_t stored_size(const Inside& inside) const;
  Result<void> write_to(ByteSink& sink, const std::stop_token& stop) const;
  Result<void> write_inside(ByteSink& sink, const Inside& inside, const std::stop_token& stop) const;
  Result<void> for_each_piece(const Inside& inside, const std::stop_token& stop,
                              const std::function<Result<void>(std::span<const std::byte>)>& take) const;

  OpenLibrary* library_;
  FileRequest request_;
  ShareTerms terms_;
  PageLock lock_;
  std::optional<std::array<unsigned char, 32>> inline_key_;
  std::unique_ptr<Rendition> rendition_;
  std::vector<Inside> inside_;
  PageFrame frame_;
};

}  // namespace meanwhile
