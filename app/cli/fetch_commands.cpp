// fetch, verify: a clip's bytes, to keep or to check.

#include <algorithm>
#include <cstdint>
#include <expected>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/arrivals.h"
#include "app/libraries/libraries.h"
#include "app/library/format.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/sending/manifest_replacing.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

struct FoundManifest {
  OpenLibrary* library = nullptr;
  Clip clip;
  Manifest manifest;
  std::string sha256;               // of clip.json
  std::vector<ClipObject> objects;  // all but clip.json
};

Result<FoundManifest> manifest_of(Context& context, const std::string& reference) {
  const auto found = find_clip(context, reference, Fresh::First);
  if (!found) return std::unexpected(found.error());
  auto manifest = found->library->clips->manifest(found->clip, {});
  if (!manifest) return std::unexpected(manifest.error());
  auto objects = objects_of(*manifest);
  std::ranges::move(added_objects(found->clip), std::back_inserter(objects));
  return FoundManifest{found->library, found->clip, std::move(*manifest), found->clip.manifest_sha256,
                       std::move(objects)};
}

Result<void> run_fetch(Context& context, const std::string& reference) {
  const auto found = manifest_of(context, reference);
  if (!found) return std::unexpected(found.error());
  std::uint64_t bytes = 0;
  for (const ClipObject& object : found->objects) {
    auto fetched = found->library->clips->cache().get(object.key, object.object, {});
    if (!fetched) return std::unexpected(fetched.error());
    bytes += fetched->size();
  }
  // Goes along with the next thing that is sent.
  MEANWHILE_TRY(say_arrivals(*found->library->session, {found->manifest.clip}, context.opened->settings()));
  context.print({{"clip", found->manifest.clip}, {"bytes", bytes}},
                tr_format("Fetched {}: it plays without a network now.\n", format_size(bytes)));
  return {};
}

// What is stored, not what the cache holds.
Result<void> check_stored(Storage& storage, const ClipObject& object) {
  auto bytes = storage.get(object.key, object.object.bytes, std::nullopt, {});
  if (!bytes) return std::unexpected(bytes.error());
  if (sha256_hex(*bytes) == object.object.sha256) return {};
  return fail(ErrorCode::Corrupt, tr_format("{} doesn't match its hash", object.key));
}

Result<void> run_verify(Context& context, const std::string& reference) {
  const auto found = manifest_of(context, reference);
  if (!found) return std::unexpected(found.error());
  Json damaged = Json::array();
  auto objects = found->objects;
  auto earlier = objects_of_earlier(*found->library->clips, found->clip, found->manifest, {});
  if (!earlier) return std::unexpected(earlier.error());
  std::ranges::move(*earlier, std::back_inserter(objects));
  objects.push_back({manifest_key(found->manifest.clip), {kLargestManifestBytes, found->sha256}});
  for (const ClipObject& object : objects) {
    if (auto checked = check_stored(found->library->session->storage(), object); !checked) {
      damaged.push_back({{"key", object.key}, {"reason", checked.error().message}});
      say_line(checked.error().message);
    }
  }
  context.print({{"clip", found->manifest.clip},
                 {"objects", objects.size()},
                 {"whole", damaged.empty()},
                 {"damaged", damaged}},
                damaged.empty() ? tr_count(objects.size(), "Whole: {} object matches its hash.\n",
                                           "Whole: {} objects match their hashes.\n", objects.size())
                                : "");
  if (damaged.empty()) return {};
  return fail(
      ErrorCode::Corrupt,
      tr_count(objects.size(),
               "{0} of {1} objects are missing or damaged; who recorded the clip can publish it again",
               "{0} of {1} objects are missing or damaged; who recorded the clip can publish it again",
               damaged.size(), objects.size()));
}

}  // namespace

void add_fetch_commands(CLI::App& cli, Context& context) {
  auto* fetch = cli.add_subcommand("fetch", tr("Fetches a clip, so that it plays without a network"));
  auto fetched = make_options<std::string>();
  fetch->add_option("clip", *fetched, tr("The clip"))->required();
  run_on_parse(fetch, context, [fetched](Context& used) { return run_fetch(used, *fetched); });

  auto* verify = cli.add_subcommand("verify", tr("Proves that a stored clip is whole, or says what isn't"));
  auto verified = make_options<std::string>();
  verify->add_option("clip", *verified, tr("The clip"))->required();
  run_on_parse(verify, context, [verified](Context& used) { return run_verify(used, *verified); });
}

}  // namespace meanwhile
