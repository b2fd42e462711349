// What an Index holds on to; only index*.cpp see it.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

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

  // SqliteFile keeps a prepared statement by its text's address: the same text always has the same one.
  const char* kept_sql(const std::string& sql) { return sql_.insert(sql).first->c_str(); }

 private:
  std::set<std::string> sql_;
};

}  // namespace meanwhile
