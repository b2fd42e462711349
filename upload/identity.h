// Who writes: the person's key and this device's key, and the certificate that binds them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/guarded.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/signing.h"

namespace meanwhile {

// devices/<device>.json in a library: "this device writes for this person". Signed by the person's key;
// "proof" is the device's own signature, so that nobody can claim another's device as theirs.
struct Certificate {
  std::string device;
  PublicKey device_key;
  std::string person;
  PublicKey person_key;
  std::string name;  // the person's, as it was when the certificate was made
  WallTime created{};
};

constexpr std::uint64_t kLargestCertificateBytes = 4096;

// The key of a device's certificate.
std::string certificate_key(const std::string& device);

// A certificate's bytes. library: the id of the one that it is for; "": this home's own. Errors:
// InvalidArgument (name longer than 200 bytes).
Result<Bytes> make_certificate(const KeyPair& person, const KeyPair& device, const std::string& name,
                               WallTime created, const std::string& library);

// device: the one that its name in the library says. library: the one that it lies in; "": any. Errors:
// Corrupt (anything that doesn't verify, or is for another library), Unsupported.
Result<Certificate> read_certificate(std::span<const std::byte> bytes, const std::string& device,
                                     const std::string& library);

// The two keys of one home. Any thread; several processes may use one home.
class Identity {
 public:
  // <home>/identity/: person.key, device.key, device.json; made on first use with name, by one process only.
  // Errors: Corrupt (a file there is damaged: says which), PermissionDenied, NoSpace, Io.
  static Result<std::shared_ptr<Identity>> open(const std::filesystem::path& home, const std::string& name);

  std::string person() const { return person_.public_key().id(); }
  const KeyPair& person_key() const { return person_; }

  // The device may be renewed while the program runs, by this process or another: ask each time, keep the
  // answer for one piece of work only.
  struct Device {
    KeyPair key;
    Certificate certificate;
    const std::string& id() const { return certificate.device; }
  };
  Device device() const { return device_.copy(); }

  // Takes over a device key that another process made. Errors: as open.
  Result<Device> reload_device();

  // Makes a new device key when `forked` was found to write elsewhere too (a restored backup, a copied home).
  // If another process has renewed it already, that one is taken over. Errors: as open.
  Result<Device> renew_device(const std::string& forked);

 private:
  Identity(std::filesystem::path folder, std::string name, const KeyPair& person, Device device)
      : folder_(std::move(folder)), name_(std::move(name)), person_(person), device_(std::move(device)) {}
  const std::filesystem::path folder_;
  const std::string name_;
  const KeyPair person_;
  Guarded<Device> device_;
};

}  // namespace meanwhile
