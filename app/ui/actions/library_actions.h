// The libraries that are used. See actions.h.
#pragma once

#include <string>

#include "app/library/library_kind.h"

namespace meanwhile {

class LibraryActions {
 public:
  virtual ~LibraryActions() = default;

  virtual void sync_now() = 0;
  virtual void add(const std::string& text) = 0;  // an invitation, answers of guests, or a URL
  virtual void choose_folder() = 0;               // in the desktop's dialog; then as add()
  virtual void create(const std::string& url, const std::string& name, LibraryKind kind) = 0;
  // The one that is shown: a sealed library was created.
  virtual void copy_recovery_key() = 0;
  virtual void put_recovery_key_away() = 0;
  // What add(), create() and use() look at, and the question whether to create one.
  virtual void cancel_adding() = 0;
  virtual void use(const std::string& url) = 0;  // to publish there by default
  // with_secret: the key or password goes along; asked about already.
  virtual void copy_invitation(const std::string& url, bool with_secret) = 0;
  virtual void leave(const std::string& url) = 0;            // confirmed already
  virtual void ask_storage_use(const std::string& url) = 0;  // shown already: hides it
};

}  // namespace meanwhile
