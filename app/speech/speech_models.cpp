#include "app/speech/speech_models.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/library/home.h"
#include "app/speech/model_fetch.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/running_hash.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 1u << 20;
constexpr const char* kModelEnding = ".bin";
constexpr std::string_view kModelBeginning = "ggml-";
// "ggml", as a number that lies the other way round. Source: whisper.cpp, ggml.h, GGML_FILE_MAGIC.
constexpr std::string_view kMagic = "lmgg";

constexpr std::array<KnownModel, 15> kKnown = {
    {{"tiny", "bd577a113a864445d4c299885e0cb97d4ba92b5f", 78},
     {"tiny.en", "c78c86eb1a8faa21b369bcd33207cc90d64ae9df", 78},
     {"base", "465707469ff3a37a2b9b8d8f89f2f99de7299dac", 148},
     {"base.en", "137c40403d78fd54d454da0f9bd998f78703390c", 148},
     {"small", "55356645c2b361a969dfd0ef2c5a50d530afd8d5", 488},
     {"small.en", "db8a495a91d927739e50b3fc1cc4c6b8f6c2d022", 488},
     {"medium", "fd9727b6e1217c2f614f9b698455c4ffd82463b4", 1534},
     {"medium.en", "8c30f0e44ce9560643ebd10bbe50cd20eafd3723", 1534},
     {"large-v1", "b1caaf735c4cc1429223d5a74f0f4d0b9b59a299", 3095},
     {"large-v2", "0f4c8e34f21cf1a914c59d8b3ce882345ad349d6", 3095},
     {"large-v2-q5_0", "00e39f2196344e901b3a2bd5814807a769bd1630", 1081},
     {"large-v3", "ad82bf6a9043ceed055076d0fd39f5f186ff8062", 3095},
     {"large-v3-q5_0", "e6e2ed78495d403bef4b7cff42ef4aaadcfea8de", 1081},
     {"large-v3-turbo", "4af2b29d7ec73d781377bfd1758ca957a807e941", 1625},
     {"large-v3-turbo-q5_0", "e050f7970618a659205450ad97eb95a18d69c9ee", 574}}};

bool is_model_name(std::string_view name) {
  return name.ends_with(kModelEnding) && name.size() > 4 && name.size() <= 100 && name.front() != '.' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view("-_.").contains(c);
         });
}

// "…/ggml-base.bin?download=true": "ggml-base.bin".
std::string name_of(std::string_view file_or_url) {
  file_or_url = file_or_url.substr(
      0, is_model_address(file_or_url) ? file_or_url.find_first_of("?#") : file_or_url.npos);
  return std::string(file_or_url.substr(file_or_url.rfind('/') + 1));
}

SpeechModel model_at(const fs::path& path) {
  std::error_code error;
  return {path.stem().string(), path, fs::file_size(path, error)};
}

// Reads all of it, and hands it on.
Result<std::string> hash_file(const fs::path& path,
                              const std::function<Result<void>(std::span<const std::byte>)>& take,
                              const std::function<void(double)>& progress, const std::stop_token& stop) {
  auto file = FileSource::open(path);
  if (!file) return std::unexpected(file.error());
  const auto size = (*file)->size();
  if (!size) return std::unexpected(size.error());
  RunningHash hash(HashKind::Sha1);
  Bytes piece(kPieceBytes);
  for (std::uint64_t at = 0; at < *size;) {
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped"));
    const auto read = (*file)->read_at(at, piece);
    if (!read) return std::unexpected(read.error());
    if (*read == 0)
      return fail(ErrorCode::Corrupt, tr_format("{} got shorter while it was read", path.string()));
    const auto part = std::span(piece).first(*read);
    if (at == 0 && !as_text(part).starts_with(kMagic))
      return fail(ErrorCode::InvalidArgument,
                  tr_format("{} is no model of whisper.cpp: those are called ggml-….bin",
                            display_line(path.filename().string())));
    hash.update(part);
    MEANWHILE_TRY(take(part));
    at += *read;
    progress(static_cast<double>(at) / static_cast<double>(*size));
  }
  return hash.hex();
}

// Under the name of a known one lies that one.
Result<void> check_name(const std::string& name, const std::string& sha1) {
  const KnownModel* known = known_model(sha1);
  for (const KnownModel& model : kKnown) {
    const bool has_its_name = name == std::string(kModelBeginning) + std::string(model.name) + kModelEnding;
    if (has_its_name && known != &model)
      return fail(
          ErrorCode::Corrupt,
          tr_format("{} isn't the model of that name that whisper.cpp lists: it is damaged, or another "
                    "one. Under another name it can be added all the same.",
                    name));
  }
  return {};
}

Result<TakenModel> keep_part(const fs::path& part, const fs::path& target, const std::string& sha1) {
  std::error_code error;
  if (auto good = check_name(target.filename().string(), sha1); !good) {
    fs::remove(part, error);
    return std::unexpected(good.error());
  }
  fs::rename(part, target, error);
  if (error)
    return std::unexpected(error_from_errno(error.value(), tr_format("keeping {}", target.string())));
  MEANWHILE_TRY(sync_folder(target.parent_path()));
  return TakenModel{model_at(target), sha1, known_model(sha1)};
}

Result<std::string> copy_to(const fs::path& part, const fs::path& file, const ModelCalls& calls,
                            const std::stop_token& stop) {
  std::error_code error;
  fs::remove(part, error);
  auto sink = FileSink::create(part);
  if (!sink) return std::unexpected(sink.error());
  auto hash = hash_file(
      file, [&](std::span<const std::byte> bytes) { return (*sink)->append(bytes); }, calls.on_progress,
      stop);
  const auto synced = hash ? (*sink)->sync() : std::unexpected(hash.error());
  if (synced) return hash;
  fs::remove(part, error);
  return std::unexpected(synced.error());
}

Result<std::string> fetch_to(const fs::path& part, const std::string& url, const ModelCalls& calls,
                             const std::stop_token& stop) {
  MEANWHILE_TRY(fetch_model(url, part, {.on_size = calls.on_size, .on_progress = calls.on_progress}, stop));
  auto hash = hash_file(part, [](std::span<const std::byte>) { return Result<void>(); }, [](double) {}, stop);
  if (hash || hash.error().is_control()) return hash;
  std::error_code error;
  fs::remove(part, error);  // going on with it would help nobody
  return hash;
}

}  // namespace

std::span<const KnownModel> known_models() {
  return kKnown;
}

const KnownModel* known_model(std::string_view sha1) {
  const auto found = std::ranges::find(kKnown, sha1, &KnownModel::sha1);
  return found == kKnown.end() ? nullptr : &*found;
}

std::vector<SpeechModel> models_in(const fs::path& folder) {
  std::vector<SpeechModel> models;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (is_model_name(entry.path().filename().string()) && entry.is_regular_file(error))
      models.push_back(model_at(entry.path()));
  }
  std::ranges::sort(models, {}, &SpeechModel::name);
  return models;
}

fs::path model_to_use(const fs::path& folder, std::string_view name) {
  const auto models = models_in(folder);
  const auto named = std::ranges::find_if(models, [&](const SpeechModel& model) {
    return model.name == name || model.name == std::string(kModelBeginning) + std::string(name);
  });
  if (named != models.end()) return named->path;
  const auto largest = std::ranges::max_element(models, {}, &SpeechModel::bytes);
  return largest == models.end() ? fs::path() : largest->path;
}

Result<TakenModel> add_model(const fs::path& folder, const std::string& file_or_url, const ModelCalls& calls,
                             const std::stop_token& stop) {
  const std::string name = name_of(file_or_url);
  if (!is_model_name(name))
    return fail(
        ErrorCode::InvalidArgument,
        tr_format("A model's file is called like ggml-base.bin, not '{}'.", display_line(shorten(name, 60))));
  MEANWHILE_TRY(make_private_folders(folder));
  const fs::path target = folder / name;
  const fs::path part = folder / ("." + name + ".part");
  const bool is_address = is_model_address(file_or_url);
  std::error_code error;
  if (const auto bytes = fs::file_size(file_or_url, error); !is_address && !error) calls.on_size(bytes);
  const auto sha1 =
      is_address ? fetch_to(part, file_or_url, calls, stop) : copy_to(part, file_or_url, calls, stop);
  if (!sha1) return std::unexpected(sha1.error());
  return keep_part(part, target, *sha1);
}

}  // namespace meanwhile
