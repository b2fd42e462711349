// Where keys and passwords are kept, and where not.
#include "app/libraries/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "app/platform/keyring.h"
#include "tests/support/environment.h"
#include "tests/support/keyring_service.h"

namespace meanwhile {
namespace {

const std::string kS3Place = "s3://bucket?endpoint=https://host";
const std::string kDavPlace = "webdavs://host/team";

// No keyring, and nothing in the environment.
Environment bare(const std::filesystem::path& folder) {
  return {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (folder / "no-bus").string()},
          {"MEANWHILE_S3_ACCESS_KEY", ""},
          {"AWS_ACCESS_KEY_ID", ""},
          {"MEANWHILE_WEBDAV_USER", ""}};
}

class SecretsTest : public testing::Test {
 protected:
  std::string file_text() {
    std::stringstream text;
    text << std::ifstream(secrets_file(home_)).rdbuf();
    return text.str();
  }
  ScopedFolder folder_;
  ScopedEnvironment environment_{bare(folder_.path())};
  const Home home_ = *Home::open(folder_.path() / "home");
};

TEST_F(SecretsTest, WithoutAKeyringAreInAFileForNobodyElse) {
  EXPECT_FALSE(*find_secret(home_, kS3Place));
  EXPECT_EQ(*keep_secret(home_, kS3Place, {.user = "a", .password = "geheim", .session_token = "t"}),
            KeptWhere::File);
  EXPECT_EQ(*keep_secret(home_, kDavPlace, {.user = "anna", .password = "wort"}), KeptWhere::File);
  struct stat info{};
  ASSERT_EQ(::stat(secrets_file(home_).c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  const auto found = find_secret(home_, kS3Place);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->user, "a");
  EXPECT_EQ((*found)->password, "geheim");
  EXPECT_EQ((*found)->session_token, "t");
  EXPECT_EQ(find_secret(home_, kDavPlace)->value().password, "wort");
}

TEST_F(SecretsTest, AFileThatOthersMayReadIsRefused) {
  ASSERT_TRUE(keep_secret(home_, kS3Place, {.user = "a", .password = "geheim"}));
  ::chmod(secrets_file(home_).c_str(), 0640);
  for (const Error& error : {find_secret(home_, kS3Place).error(),
                             keep_secret(home_, kS3Place, {.user = "a", .password = "b"}).error()}) {
    EXPECT_EQ(error.code, ErrorCode::PermissionDenied);
    EXPECT_TRUE(error.message.contains("chmod 600")) << error.message;
    EXPECT_FALSE(error.message.contains("geheim"));
  }
}

TEST_F(SecretsTest, ADamagedFileIsSaidWithoutItsWords) {
  ASSERT_TRUE(keep_secret(home_, kS3Place, {.user = "a", .password = "b"}));
  std::ofstream(secrets_file(home_)) << "{\"geheim";
  const auto found = find_secret(home_, kS3Place);
  EXPECT_EQ(found.error().code, ErrorCode::Corrupt);
  EXPECT_FALSE(found.error().message.contains("geheim"));
}

TEST_F(SecretsTest, TheEnvironmentComesFirst) {
  ASSERT_TRUE(keep_secret(home_, kS3Place, {.user = "a", .password = "b"}));
  const ScopedEnvironment aws({{"AWS_ACCESS_KEY_ID", "aws"}, {"AWS_SECRET_ACCESS_KEY", "x"}});
  EXPECT_EQ(find_secret(home_, kS3Place)->value().user, "aws");
  const ScopedEnvironment own({{"MEANWHILE_S3_ACCESS_KEY", "own"}, {"MEANWHILE_S3_SECRET_KEY", "x"}});
  EXPECT_EQ(find_secret(home_, kS3Place)->value().user, "own");
  EXPECT_FALSE(*find_secret(home_, kDavPlace));
}

#ifdef MEANWHILE_KEYRING
TEST_F(SecretsTest, AKeyringKeepsThemBeforeTheFileDoes) {
  if (!KeyringService::missing().empty()) GTEST_SKIP() << KeyringService::missing() << " isn't installed";
  ASSERT_TRUE(keep_secret(home_, kS3Place, {.user = "a", .password = "old"}));
  const auto service = KeyringService::start();
  ASSERT_TRUE(service) << service.error().message;
  const ScopedEnvironment keyring((*service)->environment());
  EXPECT_EQ(*keep_secret(home_, kS3Place, {.user = "a", .password = "geheim"}), KeptWhere::Keyring);
  EXPECT_FALSE(file_text().contains("old"));
  EXPECT_FALSE(file_text().contains("geheim"));
  EXPECT_EQ(find_secret(home_, kS3Place)->value().password, "geheim");
  EXPECT_FALSE(*find_secret(home_, kDavPlace));
  EXPECT_EQ(find_in_keyring("nothing"), std::nullopt);
}
#endif

TEST(SecretPlace, IsTheUrlWithoutItsQuery) {
  EXPECT_EQ(secret_place("s3://bucket/a/?region=x&endpoint=https://host&style=path"),
            "s3://bucket/a?endpoint=https://host");
  EXPECT_EQ(secret_place("s3://bucket?region=x"), "s3://bucket");
  EXPECT_EQ(secret_place("webdavs://anna@host/?ca=/x"), "webdavs://anna@host");
  EXPECT_EQ(user_of("webdavs://anna@host"), "anna");
  EXPECT_EQ(secret_place("folder:/srv/team"), "");
}

}  // namespace
}  // namespace meanwhile
