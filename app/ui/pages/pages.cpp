#include "app/ui/pages/pages.h"

#include <memory>
#include <vector>

#include "app/ui/page.h"

namespace meanwhile {

std::vector<std::unique_ptr<Page>> make_pages() {
  std::vector<std::unique_ptr<Page>> pages;
#define MEANWHILE_ADD_PAGE(make) pages.push_back(make());
  MEANWHILE_PAGES(MEANWHILE_ADD_PAGE)
#undef MEANWHILE_ADD_PAGE
  return pages;
}

}  // namespace meanwhile
