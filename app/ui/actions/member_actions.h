// Who belongs to a sealed library. See actions.h.
#pragma once

#include <string>

namespace meanwhile {

class MemberActions {
 public:
  virtual ~MemberActions() = default;

  virtual void ask(const std::string& url) = 0;  // shown already: hides them
  // Confirmed already.
  virtual void remove(const std::string& url, const std::string& person) = 0;
  virtual void set_admin(const std::string& url, const std::string& person, bool is_admin) = 0;
};

}  // namespace meanwhile
