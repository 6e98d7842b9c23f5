// What the tests run programs with: a program that hangs must become a failure with a name.

#include "support/process.h"

#include <cstdlib>

#include "support/catch.h"

using namespace quartier::test;

TEST_CASE("a program that takes too long is ended and named", "[house]") {
  const ProcessResult result =
      run_process({"/bin/sh", "-c", "echo begun; sleep 60"}, {.wall_seconds = 1});
  CHECK(result.exit_code == timed_out_code);
  CHECK(result.out.find("begun\n") == 0);
  CHECK(result.out.find("ended after 1 s: /bin/sh -c") != std::string::npos);
}

TEST_CASE("what a program leaves behind does not hold the test up", "[house]") {
  const ProcessResult result = run_process({"/bin/sh", "-c", "sleep 60 & echo done"});
  CHECK(result.exit_code == 0);
  CHECK(result.out == "done\n");
  CHECK(result.seconds < 60.0);
}

TEST_CASE("exit codes, signals and output come back whole", "[house]") {
  CHECK(run_process({"/bin/sh", "-c", "exit 3"}).exit_code == 3);
  CHECK(run_process({"/bin/sh", "-c", "kill -TERM $$"}).exit_code == 128 + 15);
  CHECK(run_process({"/no/such/program"}).exit_code == 127);
  CHECK(run_process({"/bin/sh", "-c", "head -c 300000 /dev/zero"}).out.size() == 300'000);
  CHECK(run_process({"/bin/sh", "-c", "exec >&- 2>&-; sleep 0.2; exit 4"}).exit_code == 4);
}

TEST_CASE("a program's environment is the test's, with the changes asked for", "[house]") {
  setenv("HOUSE_KEPT", "kept", 1);
  const std::vector<std::string> command{"/bin/sh", "-c", "echo ${HOUSE_KEPT-none} ${HOUSE-none}"};
  CHECK(run_process(command).out == "kept none\n");
  CHECK(run_process(command, {}, {{"HOUSE", "quartier"}}).out == "kept quartier\n");
  CHECK(run_process(command, {}, {{"HOUSE_KEPT", {}}}).out == "none none\n");
  CHECK(run_process(command, {}, {{"HOUSE_KEPT", "else"}}).out == "else none\n");
}
