#include "domain/groups.h"

#include "support/catch.h"

using namespace quartier;

TEST_CASE("the leaves of the tree are the partition", "[domain]") {
  Groups groups;
  groups.nodes = {{"everyone", "Everyone", no_index, false},
                  {"eu", "European Union", 0, false},
                  {"poland", "Poland", 1, false},
                  {"eu_others", "Other EU", 1, true},
                  {"turkey", "Turkey", 0, false}};
  CHECK(groups.leaves() == std::vector<GroupIndex>{2, 3, 4});
  CHECK(groups.children(1) == std::vector<GroupIndex>{2, 3});
  CHECK(groups.find("Turkey") == 4);
  CHECK(groups.find("turkey") == 4);
  CHECK(groups.find("none") == no_index);
  CHECK_FALSE(groups.is_leaf(1));
}
