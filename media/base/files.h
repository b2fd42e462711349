// Files as the rest of Meanwhile needs them: read with a limit, written so that a crash leaves the old or the
// new.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/result.h"

namespace meanwhile {

// An errno value in our terms; doing: "writing /path/x".
Error error_from_errno(int error_number, std::string_view doing);
// Of errno as it is now.
std::unexpected<Error> errno_failure(std::string_view doing);

// To an open file; name: for sentences. Errors: NoSpace, Io.
Result<void> write_all(int descriptor, std::span<const std::byte> bytes, const std::string& name);

// The whole file. Errors: NotFound, PermissionDenied, Corrupt (larger than limit_bytes, or not a regular
// file), Io.
Result<Bytes> read_file(const std::filesystem::path& path, std::uint64_t limit_bytes);

enum class FileAccess {
  Everybody,  // may read it (0644, less the umask)
  Owner,      // alone (0600)
};

// Writes to a temporary name beside path, syncs it, renames it over path, syncs the folder: after a crash
// path holds the old bytes or the new ones, whole. Blocks. Errors: NoSpace, PermissionDenied, NotFound (no
// such folder), Io.
Result<void> write_file_durably(const std::filesystem::path& path, std::span<const std::byte> bytes,
                                FileAccess access = FileAccess::Everybody);

// Makes path and its parents. Errors: PermissionDenied, NoSpace, Io.
Result<void> make_folders(const std::filesystem::path& path);

// Makes a rename or a new name in folder survive a power cut.
Result<void> sync_folder(const std::filesystem::path& folder);

// Bytes that the file system still takes. Errors: NotFound, Io.
Result<std::uint64_t> free_space(const std::filesystem::path& folder);

// What a file looks like from outside: the same for as long as nobody writes to it.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size_bytes = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  bool operator==(const FileStamp&) const = default;
};

// A file that may still grow: size() asks again each time.
class FileSource final : public ByteSource {
 public:
  // Errors: NotFound, PermissionDenied, Corrupt (not a regular file), Io.
  static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path);
  ~FileSource() override;
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::uint64_t> size() override;
  // nullopt: it can't be told whether it will change, as the file was written a moment ago and file systems
  // count time in steps.
  std::optional<FileStamp> stamp() const;

 private:
  FileSource(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  const int descriptor_;
  const std::string name_;
};

// Appends to a file that it made; can take back.
class FileSink final : public ByteSink {
 public:
  // Errors: AlreadyExists, NotFound, PermissionDenied, NoSpace, Io.
  static Result<std::unique_ptr<FileSink>> create(const std::filesystem::path& path);
  ~FileSink() override;
  Result<void> append(std::span<const std::byte> bytes) override;
  Result<void> sync() override;
  Result<void> cut(std::uint64_t size_bytes) override;

 private:
  FileSink(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  const int descriptor_;
  const std::string name_;
};

}  // namespace meanwhile
