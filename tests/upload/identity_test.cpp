#include "upload/identity.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>
#include <thread>

#include "media/base/files.h"
#include "tests/support/environment.h"
#include "upload/signed_document.h"

namespace meanwhile {
namespace {

TEST(Identity, StaysTheSame) {
  const ScopedFolder home;
  const auto first = Identity::open(home.path(), "Ada");
  ASSERT_TRUE(first) << first.error().message;
  const auto again = Identity::open(home.path(), "Another name");
  EXPECT_EQ((*again)->person(), (*first)->person());
  EXPECT_EQ((*again)->device().id(), (*first)->device().id());
  EXPECT_EQ((*again)->device().certificate.name, "Ada");
  EXPECT_TRUE(is_key_id((*first)->person()));
}

TEST(Identity, ManyOpeningAtOnceMakeOne) {
  const ScopedFolder home;
  std::vector<std::string> found(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& id : found) {
      threads.emplace_back([&] { id = (*Identity::open(home.path(), "Ada"))->device().id(); });
    }
  }
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), 1u);
}

TEST(Identity, NobodyElseMayReadIt) {
  const ScopedFolder home;
  ASSERT_TRUE(Identity::open(home.path(), "Ada"));
  struct stat info{};
  ::stat((home.path() / "identity").c_str(), &info);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST(Identity, ADamagedKeyIsSaidAndKept) {
  const ScopedFolder home;
  ASSERT_TRUE(Identity::open(home.path(), "Ada"));
  const auto path = home.path() / "identity" / "person.key";
  std::ofstream(path, std::ios::trunc) << "garbage";
  const auto opened = Identity::open(home.path(), "Ada");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::Corrupt);
  EXPECT_NE(opened.error().message.find("person.key"), std::string::npos);
  EXPECT_EQ(as_text(*read_file(path, 100)), "garbage");
}

TEST(Identity, ADamagedCertificateIsMadeAgain) {
  const ScopedFolder home;
  const auto first = Identity::open(home.path(), "Ada");
  std::ofstream(home.path() / "identity" / "device.json", std::ios::trunc) << "{";
  const auto again = Identity::open(home.path(), "Ada");
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->device().id(), (*first)->device().id());
}

TEST(Identity, AForkedDeviceIsRenewedOnceForAll) {
  const ScopedFolder home;
  const auto one = *Identity::open(home.path(), "Ada");
  const auto other = *Identity::open(home.path(), "Ada");
  const std::string forked = one->device().id();
  const auto renewed = one->renew_device(forked);
  ASSERT_TRUE(renewed) << renewed.error().message;
  EXPECT_NE(renewed->id(), forked);
  EXPECT_EQ(other->renew_device(forked)->id(), renewed->id());
  EXPECT_EQ(other->device().id(), renewed->id());
  EXPECT_EQ(other->device().certificate.person, one->person());
}

class CertificateTest : public testing::Test {
 protected:
  const KeyPair person_ = KeyPair::generate();
  const KeyPair device_ = KeyPair::generate();
  const std::string id_ = device_.public_key().id();
  const Bytes bytes_ = *make_certificate(person_, device_, "Ada", wall_now(), "");

  Json json() { return *read_unverified_document(bytes_, kLargestCertificateBytes); }
  ErrorCode error_of(const Json& changed, const KeyPair& signer) {
    const auto read = read_certificate(sign_document(changed, signer), id_, "");
    return read ? ErrorCode::EndOfStream : read.error().code;
  }
};

TEST_F(CertificateTest, TellsPersonAndDevice) {
  const auto read = read_certificate(bytes_, id_, "");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->person, person_.public_key().id());
  EXPECT_EQ(read->device_key, device_.public_key());
  EXPECT_EQ(read->name, "Ada");
}

TEST_F(CertificateTest, EveryChangedBitIsSeen) {
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    Bytes changed = bytes_;
    changed[i] ^= std::byte{4};
    EXPECT_FALSE(read_certificate(changed, id_, "")) << i;
  }
}

TEST_F(CertificateTest, UnderAnotherNameItIsWorthless) {
  EXPECT_FALSE(read_certificate(bytes_, KeyPair::generate().public_key().id(), ""));
  const Bytes bound = *make_certificate(person_, device_, "Ada", wall_now(), "one");
  EXPECT_TRUE(read_certificate(bound, id_, "one"));
  EXPECT_FALSE(read_certificate(bound, id_, "two"));
  EXPECT_TRUE(read_certificate(bytes_, id_, "two")) << "an older version didn't name it";
}

// Whoever can write to the library must not be able to take the words of a device for theirs.
TEST_F(CertificateTest, NobodyCanClaimAnothersDevice) {
  const KeyPair thief = KeyPair::generate();
  Json claim = json();
  claim["person"] = thief.public_key().id();
  claim["person_key"] = thief.public_key().base64();
  EXPECT_EQ(error_of(claim, thief), ErrorCode::Corrupt);
}

TEST_F(CertificateTest, EveryMemberIsNeeded) {
  for (const char* member :
       {"device", "device_key", "person", "person_key", "name", "created", "proof", "format"}) {
    Json changed = json();
    changed[member] = Json::array({1});
    EXPECT_EQ(error_of(changed, person_), ErrorCode::Corrupt) << member;
  }
  Json unknown = json();
  unknown["later"] = 1;
  EXPECT_EQ(error_of(unknown, person_), ErrorCode::EndOfStream);
  unknown["format"] = 2;
  EXPECT_EQ(error_of(unknown, person_), ErrorCode::Unsupported);
}

TEST_F(CertificateTest, NamesHaveALimit) {
  EXPECT_EQ(make_certificate(person_, device_, std::string(201, 'x'), wall_now(), "").error().code,
            ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace meanwhile
