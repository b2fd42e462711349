// The pages that there are.
#pragma once

#include <memory>

#include "app/ui/page.h"

namespace meanwhile {

std::unique_ptr<Page> make_inbox_page();
std::unique_ptr<Page> make_record_page();
std::unique_ptr<Page> make_publish_page();
std::unique_ptr<Page> make_watch_page();
std::unique_ptr<Page> make_settings_page();

}  // namespace meanwhile
