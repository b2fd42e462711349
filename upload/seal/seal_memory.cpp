#include "upload/seal/seal_memory.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/file_lock.h"
#include "upload/seal/membership.h"
#include "upload/seal/object_seal.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::uint64_t kLargestMemoryBytes = 64ull << 20;

Json json_of(const SealMemory& memory) {
  Json json{{"format", 1}, {"secrets", Json::array()}, {"documents", Json::array()}};
  for (const auto& [id, secret] : memory.secrets) json["secrets"].push_back(to_base64(secret.bytes()));
  for (const auto& [key, bytes] : memory.documents)
    json["documents"].push_back({key, std::string(as_text(bytes))});
  json["settled"] = memory.settled;
  json["given_up"] = memory.given_up;
  return json;
}

bool add_secrets_of(const Json& json, SealMemory& memory) {
  const Json* secrets = array_member(json, "secrets");
  if (!secrets) return false;
  for (const Json& text : *secrets) {
    const auto bytes = from_base64(text.is_string() ? text.get<std::string>() : std::string());
    if (!bytes || bytes->size() != SealSecret::kBytes) return false;
    const SealSecret secret{std::span<const unsigned char, SealSecret::kBytes>(*bytes)};
    memory.secrets.emplace(secret.id(), secret);
  }
  return true;
}

// None of a list that isn't there.
bool add_names_of(const Json& json, const char* list, std::set<std::string>& names) {
  const Json* array = array_member(json, list);
  if (!array) return !json.contains(list);
  for (const Json& name : *array) {
    if (!name.is_string()) return false;
    names.insert(name.get<std::string>());
  }
  return true;
}

bool add_documents_of(const Json& json, SealMemory& memory) {
  const Json* documents = array_member(json, "documents");
  if (!documents) return false;
  for (const Json& pair : *documents) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) return false;
    memory.documents[pair[0].get<std::string>()] = to_bytes(pair[1].get<std::string>());
  }
  return add_names_of(json, "settled", memory.settled) && add_names_of(json, "given_up", memory.given_up);
}

Result<void> write_memory(const std::filesystem::path& file, const SealMemory& memory) {
  const std::string text = to_text(json_of(memory));
  if (text.size() > kLargestMemoryBytes)
    return fail(ErrorCode::Corrupt, tr("there is more in the library's members/ than can be kept"));
  return write_file_durably(file, as_byte_span(text), FileAccess::Owner);
}

Result<FileLock> lock_memory(const std::filesystem::path& file) {
  auto lock_path = file;
  lock_path += ".lock";
  return FileLock::wait(lock_path);
}

}  // namespace

void SealMemory::add(const SealMemory& other) {
  secrets.insert(other.secrets.begin(), other.secrets.end());
  documents.insert(other.documents.begin(), other.documents.end());
  settled.insert(other.settled.begin(), other.settled.end());
  given_up.insert(other.given_up.begin(), other.given_up.end());
}

std::vector<unsigned char> SealMemory::all_secrets() const {
  std::vector<unsigned char> all;
  for (const auto& [id, secret] : secrets)
    all.insert(all.end(), secret.bytes().begin(), secret.bytes().end());
  return all;
}

void SealMemory::add_secrets(std::span<const unsigned char> bytes, const std::set<std::string>& proven) {
  if (bytes.size() % SealSecret::kBytes != 0) return;
  for (std::size_t at = 0; at < bytes.size(); at += SealSecret::kBytes) {
    const SealSecret secret(bytes.subspan(at).first<SealSecret::kBytes>());
    if (proven.contains(secret.id())) secrets.emplace(secret.id(), secret);
  }
}

Result<SealMemory> load_seal_memory(const std::filesystem::path& file) {
  SealMemory memory;
  const auto bytes = read_file(file, kLargestMemoryBytes);
  if (!bytes && bytes.error().code == ErrorCode::NotFound) return memory;
  if (!bytes) return std::unexpected(bytes.error());
  const auto json = parse_json(as_text(*bytes));
  const auto damaged = [&] { return fail(ErrorCode::Corrupt, tr_format("{} is damaged", file.string())); };
  if (!json) return damaged();
  MEANWHILE_TRY(check_format(*json, file.string()));
  if (!add_secrets_of(*json, memory) || !add_documents_of(*json, memory)) return damaged();
  return memory;
}

Result<void> forget_members(const std::filesystem::path& file) {
  const auto lock = lock_memory(file);
  if (!lock) return std::unexpected(lock.error());
  auto memory = load_seal_memory(file);
  if (!memory) return std::unexpected(memory.error());
  for (const auto& [id, secret] : memory->secrets) memory->given_up.insert(id);
  memory->documents.clear();
  memory->settled.clear();
  return write_memory(file, *memory);
}

Result<void> save_seal_memory(const std::filesystem::path& file, const SealMemory& memory) {
  const auto lock = lock_memory(file);
  if (!lock) return std::unexpected(lock.error());
  auto all = load_seal_memory(file);
  if (!all) return std::unexpected(all.error());
  all->add(memory);
  return write_memory(file, *all);
}

}  // namespace meanwhile
