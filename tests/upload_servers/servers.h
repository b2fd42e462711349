// The real servers of this process: each is started when it is first asked for, and ends with the process.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tests/support/storage_server.h"
#include "upload/storage.h"

namespace meanwhile {

const TestAuthority& test_authority();

enum class Transport { Plain, Tls };

using ServerResult = Result<std::unique_ptr<StorageServer>>;

// Errors: Unsupported (something isn't installed: says what), Internal (it doesn't come up).
ServerResult& apache();
ServerResult& apache_digest();
ServerResult& nginx();
ServerResult& rclone();
ServerResult& rclone_tls();
ServerResult& ceph();

// A new place on the server. secret: the server's own, unless another is given.
std::string new_url(const StorageServer& server, Transport transport);
Result<std::shared_ptr<Storage>> open_url(const std::string& url, const Secret& secret);

}  // namespace meanwhile
