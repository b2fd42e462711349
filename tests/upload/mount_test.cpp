#include "upload/folder/mount.h"

#include <gtest/gtest.h>
#include <sys/sysmacros.h>

namespace meanwhile {
namespace {

constexpr const char* kMounts =
    "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
    "65 27 0:39 / /mnt/one rw,nosuid,nodev,relatime - fuse.rclone remote:team rw,user_id=0,group_id=0\n"
    "66 27 0:40 / /mnt/two rw,nosuid shared:7 master:2 - fuse https://host/dav rw,allow_other\n"
    "67 27 0:41 / /mnt/three\\040here rw - fuse.sshfs host:/srv rw\n"
    "68 27 0:42 / /mnt/four rw - fuse something rw\n"
    "69 27 0:43\n"
    "\n";

std::string by(unsigned major, unsigned minor) {
  return late_sender(kMounts, makedev(major, minor));
}

TEST(LateSender, IsKnownByTheKindOfMount) {
  EXPECT_EQ(by(0, 39), "rclone");
  EXPECT_EQ(by(0, 40), "davfs2");
  EXPECT_EQ(by(0, 41), "") << "sshfs sends at once";
  EXPECT_EQ(by(0, 42), "");
  EXPECT_EQ(by(0, 43), "") << "cut off";
  EXPECT_EQ(by(254, 0), "");
  EXPECT_EQ(by(9, 9), "") << "not there";
  EXPECT_EQ(late_sender("", makedev(0, 39)), "");
}

}  // namespace
}  // namespace meanwhile
