// The members of sealed libraries in the settings: shown, removed, made admins.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "app/libraries/library_members.h"
#include "app/libraries/library_session.h"
#include "app/ui/actions/member_actions.h"
#include "app/window/desk.h"
#include "media/base/result.h"

namespace meanwhile {

class MemberDesk final : public MemberActions {
 public:
  explicit MemberDesk(Desk& desk) : desk_(desk) {}

  void ask(const std::string& url) override;
  void remove(const std::string& url, const std::string& person) override;
  void set_admin(const std::string& url, const std::string& person, bool is_admin) override;

 private:
  using Change = std::function<Result<void>(LibrarySession&, std::stop_token)>;
  // Changes what is to be changed, and looks who belongs to it then.
  void at_library(const std::string& url, Change change, const std::string& failure, const std::string& done);
  void show(const std::string& url, const LibraryMembers& members);

  Desk& desk_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
