#include "upload/identity.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <expected>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/file_lock.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestNameBytes = 200;

// What a device signs to say whose it is. The person's id is in it, so the proof serves nobody else.
std::string proof_text(const std::string& device, const std::string& person) {
  return fmt::format("meanwhile device certificate 1\n{}\n{}\n", device, person);
}

Result<KeyPair> load_or_generate(const fs::path& path) {
  auto loaded = KeyPair::load(path);
  if (loaded || loaded.error().code != ErrorCode::NotFound) return loaded;
  KeyPair generated = KeyPair::generate();
  MEANWHILE_TRY(generated.save(path));
  return generated;
}

Result<bool> is_proven(const Json& document, const PublicKey& device, const std::string& person) {
  const auto proof = from_base64(string_member(document, "proof").value_or(""));
  if (!proof) return std::unexpected(proof.error());
  Signature signature;
  if (proof->size() != signature.size()) return false;
  std::ranges::copy(*proof, signature.begin());
  return is_signed_by(device, as_byte_span(proof_text(device.id(), person)), signature);
}

// Written again whenever it doesn't fit the keys: it holds nothing that the keys and the name don't give.
Result<Identity::Device> load_or_certify(const fs::path& folder, const KeyPair& person, const KeyPair& key,
                                         const std::string& name) {
  const std::string id = key.public_key().id();
  auto bytes = read_file(folder / "device.json", kLargestCertificateBytes);
  if (bytes) {
    auto certificate = read_certificate(*bytes, id, "");
    if (certificate && certificate->person_key == person.public_key()) {
      return Identity::Device{key, std::move(*certificate)};
    }
  }
  auto made = make_certificate(person, key, name, wall_now(), "");
  if (!made) return std::unexpected(made.error());
  MEANWHILE_TRY(write_file_durably(folder / "device.json", *made));
  auto certificate = read_certificate(*made, id, "");
  if (!certificate) return std::unexpected(certificate.error());
  return Identity::Device{key, std::move(*certificate)};
}

Result<Identity::Device> load_device(const fs::path& folder, const KeyPair& person, const std::string& name) {
  const auto key = load_or_generate(folder / "device.key");
  if (!key) return std::unexpected(key.error());
  return load_or_certify(folder, person, *key, name);
}

Result<void> make_private_folder(const fs::path& folder) {
  MEANWHILE_TRY(make_folders(folder));
  std::error_code error;
  const bool is_private = fs::status(folder, error).permissions() == fs::perms::owner_all;
  if (!is_private && ::chmod(folder.c_str(), 0700) != 0) {
    return std::unexpected(
        error_from_errno(errno, tr_format("making the folder {} private", folder.string())));
  }
  return {};
}

}  // namespace

std::string certificate_key(const std::string& device) {
  return "devices/" + device + ".json";
}

Result<Bytes> make_certificate(const KeyPair& person, const KeyPair& device, const std::string& name,
                               WallTime created, const std::string& library) {
  if (name.size() > kLongestNameBytes) {
    return fail(ErrorCode::InvalidArgument, tr_count(kLongestNameBytes, "the name is longer than one byte",
                                                     "the name is longer than {} bytes", kLongestNameBytes));
  }
  const std::string device_id = device.public_key().id();
  const std::string person_id = person.public_key().id();
  Json document;
  document["format"] = 1;
  document["device"] = device_id;
  document["device_key"] = device.public_key().base64();
  document["person"] = person_id;
  document["person_key"] = person.public_key().base64();
  document["name"] = name;
  document["created"] = format_rfc3339(created);
  if (!library.empty()) document["library"] = library;
  document["proof"] = to_base64(device.sign(as_byte_span(proof_text(device_id, person_id))));
  return sign_document(document, person);
}

Result<Certificate> read_certificate(std::span<const std::byte> bytes, const std::string& device,
                                     const std::string& library) {
  const auto bad = [&](std::string_view why) {
    return fail(ErrorCode::Corrupt, tr_format("the certificate of device {} is not valid: {}", device, why));
  };
  const auto document = read_unverified_document(bytes, kLargestCertificateBytes);
  if (!document) return bad(document.error().message);
  MEANWHILE_TRY(check_format(*document, tr("a device's certificate")));
  const auto person = PublicKey::from_base64(string_member(*document, "person_key").value_or(""));
  const auto key = PublicKey::from_base64(string_member(*document, "device_key").value_or(""));
  if (!person || !key) return bad(tr("a key is missing"));
  if (const auto verified = open_document(bytes, *person, kLargestCertificateBytes); !verified) {
    return bad(verified.error().message);
  }
  if (key->id() != device || string_member(*document, "device") != device)
    return bad(tr("it is another device's"));
  if (!is_of_library(*document, library)) return bad(tr("it is for another library"));
  if (string_member(*document, "person") != person->id())
    return bad(tr("it names another person than its key"));
  const auto proven = is_proven(*document, *key, person->id());
  if (!proven || !*proven) return bad(tr("the device didn't agree to it"));
  const auto name = string_member(*document, "name");
  const auto created = parse_rfc3339(string_member(*document, "created").value_or(""));
  if (!name || name->size() > kLongestNameBytes || !created) return bad(tr("name or time are missing"));
  return Certificate{.device = device,
                     .device_key = *key,
                     .person = person->id(),
                     .person_key = *person,
                     .name = *name,
                     .created = *created};
}

Result<std::shared_ptr<Identity>> Identity::open(const fs::path& home, const std::string& name) {
  const fs::path folder = home / "identity";
  MEANWHILE_TRY(make_private_folder(folder));
  const auto lock = FileLock::wait(folder / "lock");
  if (!lock) return std::unexpected(lock.error());
  auto person = load_or_generate(folder / "person.key");
  if (!person) return std::unexpected(person.error());
  auto device = load_device(folder, *person, name);
  if (!device) return std::unexpected(device.error());
  return std::shared_ptr<Identity>(new Identity(folder, name, *person, std::move(*device)));
}

Result<Identity::Device> Identity::reload_device() {
  return renew_device("");
}

Result<Identity::Device> Identity::renew_device(const std::string& forked) {
  const auto lock = FileLock::wait(folder_ / "lock");
  if (!lock) return std::unexpected(lock.error());
  auto present = load_device(folder_, person_, name_);
  if (!present) return present;
  if (present->id() == forked) {
    // The old key is kept beside the new one: it shows which words were ours.
    std::error_code error;
    fs::rename(folder_ / "device.key", folder_ / fmt::format("device-{}.key", forked), error);
    if (error)
      return std::unexpected(error_from_errno(error.value(), tr("putting the old device key aside")));
    present = load_device(folder_, person_, name_);
    if (!present) return present;
  }
  *device_.lock() = *present;
  return present;
}

}  // namespace meanwhile
