#include "app/ui/pages/pages.h"

namespace meanwhile {

std::vector<std::unique_ptr<Page>> make_pages() {
  std::vector<std::unique_ptr<Page>> pages;
  pages.push_back(make_inbox_page());
  pages.push_back(make_record_page());
  pages.push_back(make_publish_page());
  pages.push_back(make_watch_page());
  pages.push_back(make_settings_page());
  return pages;
}

}  // namespace meanwhile
