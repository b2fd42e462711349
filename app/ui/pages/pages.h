// The pages that there are: each is a class in a file of this folder, and a line here.
#pragma once

#include <memory>

#include "app/ui/page.h"

#define MEANWHILE_PAGES(PAGE) \
  PAGE(make_inbox_page)       \
  PAGE(make_record_page)      \
  PAGE(make_publish_page)     \
  PAGE(make_watch_page)       \
  PAGE(make_settings_page)

namespace meanwhile {

#define MEANWHILE_DECLARE_PAGE(make) std::unique_ptr<Page> make();
MEANWHILE_PAGES(MEANWHILE_DECLARE_PAGE)
#undef MEANWHILE_DECLARE_PAGE

}  // namespace meanwhile
