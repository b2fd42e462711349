#include "app/platform/keyring.h"

#include <optional>
#include <string>

#ifdef MEANWHILE_KEYRING
#include <libsecret/secret.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>

#include "media/base/blocking.h"
#include "media/base/log.h"
#include "media/base/named_thread.h"
#endif

namespace meanwhile {

#ifdef MEANWHILE_KEYRING
namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr const char* kAttribute = "library";

const SecretSchema& schema() {
  static const SecretSchema made = [] {
    SecretSchema empty{};
    empty.name = "com.meanwhile.Library";
    empty.flags = SECRET_SCHEMA_NONE;
    empty.attributes[0] = {kAttribute, SECRET_SCHEMA_ATTRIBUTE_STRING};
    return empty;
  }();
  return made;
}

// Cancels what takes too long.
class Patience {
 public:
  Patience()
      : cancellable_(g_cancellable_new()), thread_("keyring", [this](const std::stop_token& stop) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any never;
          never.wait_for(lock, stop, kPatience, [] { return false; });
          if (!stop.stop_requested()) g_cancellable_cancel(cancellable_.get());
        }) {}
  GCancellable* cancellable() { return cancellable_.get(); }

 private:
  struct Unreference {
    void operator()(GCancellable* object) const { g_object_unref(object); }
  };
  const std::unique_ptr<GCancellable, Unreference> cancellable_;
  NamedThread thread_;  // last: joined before the cancellable goes
};

// No keyring is no failure: the words are for whoever looks into why.
void pass_over(GError* error) {
  if (!error) return;
  log(LogLevel::Debug, std::string("the keyring isn't used: ") + error->message);
  g_error_free(error);
}

}  // namespace

std::optional<std::string> find_in_keyring(const std::string& name) {
  may_block(Blocking::Bus, "keyring");
  Patience patience;
  GError* error = nullptr;
  char* text = secret_password_lookup_sync(&schema(), patience.cancellable(), &error, kAttribute,
                                           name.c_str(), nullptr);
  pass_over(error);
  if (!text) return std::nullopt;
  std::string copy(text);
  secret_password_free(text);
  return copy;
}

bool keep_in_keyring(const std::string& name, const std::string& label, const std::string& text) {
  may_block(Blocking::Bus, "keyring");
  Patience patience;
  GError* error = nullptr;
  const bool kept =
      secret_password_store_sync(&schema(), SECRET_COLLECTION_DEFAULT, label.c_str(), text.c_str(),
                                 patience.cancellable(), &error, kAttribute, name.c_str(), nullptr) != 0;
  pass_over(error);
  return kept;
}

#else

std::optional<std::string> find_in_keyring(const std::string&) {
  return std::nullopt;
}

bool keep_in_keyring(const std::string&, const std::string&, const std::string&) {
  return false;
}

#endif

}  // namespace meanwhile
