// What an Index holds on to; only index*.cpp see it.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "app/library/index.h"
#include "app/library/sqlite.h"

namespace meanwhile {

class Index::Tables {
 public:
  Tables(std::unique_ptr<SqliteFile> opened, std::string person)
      : file(std::move(opened)), me(std::move(person)) {}

  std::mutex mutex;  // held by every call of Index
  const std::unique_ptr<SqliteFile> file;
  const std::string me;
};

}  // namespace meanwhile
