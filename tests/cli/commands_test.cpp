// The commands as a user meets them: exit codes, messages with a way out, files whole or not at
// all.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "support/catch.h"
#include "support/process.h"

using namespace quartier::test;

namespace {

namespace fs = std::filesystem;

/// A small sample city, written once for all tests of this file.
const fs::path& sample_study() {
  static const ScratchFolder folder;
  static const fs::path study = [] {
    const ProcessResult result =
        run_quartier({"sample", folder.path().string(), "--districts", "60"});
    REQUIRE(result.exit_code == 0);
    return folder.path() / "study.toml";
  }();
  return study;
}

void replace_in(const fs::path& file, const std::string& from, const std::string& to) {
  std::string text = bytes_of(file);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("help and version end with 0, wrong usage with 2", "[cli]") {
  CHECK(run_quartier({"--help"}).exit_code == 0);
  CHECK(run_quartier({"--version"}).out.find("quartier ") == 0);
  for (const char* command :
       {"run", "view", "check", "segregation", "access", "priorities", "map", "sample", "list"}) {
    const ProcessResult result = run_quartier({command, "--help"});
    INFO(command);
    CHECK(result.exit_code == 0);
    CHECK(result.out.find("Usage: quartier") != std::string::npos);
  }
  CHECK(run_quartier({}).exit_code == 2);
  CHECK(run_quartier({"frobnicate"}).exit_code == 2);
  CHECK(run_quartier({"run"}).exit_code == 2);
  CHECK(run_quartier({"map", sample_study().string(), "--out", "x.gif"}).exit_code == 2);
}

TEST_CASE("list shows what there is", "[cli]") {
  CHECK(run_quartier({"list", "metrics"}).out.find("dissimilarity") != std::string::npos);
  CHECK(run_quartier({"list", "layers"}).out.find("barcelona-barris") != std::string::npos);
  CHECK(run_quartier({"list", "palettes"}).out.find("viridis") != std::string::npos);
  CHECK(run_quartier({"list", "findings"}).out.find("suppressed_cell") != std::string::npos);
}

TEST_CASE("errors are one line that names the place, and one with the way out", "[cli]") {
  const ScratchFolder scratch;
  const std::string study = sample_study().string();
  const auto fails = [&](std::vector<std::string> arguments, const std::string& place,
                         const std::string& way_out) {
    const ProcessResult result = run_quartier(std::move(arguments));
    INFO(result.out);
    CHECK(result.exit_code == 1);
    CHECK(result.out.find(place) != std::string::npos);
    CHECK(result.out.find(way_out) != std::string::npos);
  };
  const std::string out = (scratch.path() / "m.png").string();
  fails({"map", study, "--show", "shar", "--out", out}, "'shar'", "did you mean 'share'?");
  fails({"map", study, "--group", "Southern Asi", "--out", out}, "Southern Asi", "did you mean");
  fails({"map", study, "--palette", "viridi", "--out", out}, "viridi", "viridis");
  fails({"run", (scratch.path() / "none.toml").string(), "--out", out}, "none.toml", "spelling");
  fails({"segregation", study, "--metric", "dissimilarty", "--out", out}, "dissimilarty",
        "did you mean 'dissimilarity'?");
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("a study key that does not exist is named with its line and the nearest one", "[cli]") {
  const ScratchFolder scratch;
  fs::copy(sample_study().parent_path(), scratch.path() / "city", fs::copy_options::recursive);
  const fs::path study = scratch.path() / "city" / "study.toml";
  replace_in(study, "format = 1", "format = 1\nttle = \"x\"");
  const ProcessResult result = run_quartier({"check", study.string()});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("ttle") != std::string::npos);
  CHECK(result.out.find("line ") != std::string::npos);
  CHECK(result.out.find("title") != std::string::npos);
}

TEST_CASE("a study of a newer format is refused and left untouched", "[cli]") {
  const ScratchFolder scratch;
  fs::copy(sample_study().parent_path(), scratch.path() / "city", fs::copy_options::recursive);
  const fs::path study = scratch.path() / "city" / "study.toml";
  replace_in(study, "format = 1", "format = 2");
  const std::string before = bytes_of(study);
  const ProcessResult result = run_quartier({"check", study.string()});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("format 2") != std::string::npos);
  CHECK(bytes_of(study) == before);
}

TEST_CASE("a study cannot name a folder outside its own", "[cli]") {
  const ScratchFolder scratch;
  for (const char* folder : {"../elsewhere", "/etc", "http://example.org/x", "a/../../b"}) {
    const fs::path study = scratch.path() / "study.toml";
    std::ofstream(study) << "format = 1\nid = \"x\"\ndata = \"" << folder
                         << "\"\n[[districts]]\nid = \"d\"\nlayer = \"barcelona-barris\"\n";
    const ProcessResult result = run_quartier({"check", study.string()});
    INFO(folder << "\n" << result.out);
    CHECK(result.exit_code == 1);
    CHECK(result.out.find("leaves the folder") != std::string::npos);
  }
}

TEST_CASE("wrong types and impossible settings of a study are named", "[cli]") {
  const ScratchFolder scratch;
  const std::string head = "format = 1\nid = \"x\"\n[[districts]]\nid = \"d\"\n";
  const std::vector<std::pair<std::string, std::string>> wrong{
      {head + "layer = 5\n", "layer"},
      {head + "layer = \"barcelona-barris\"\ncontiguity_tolerance_m = -1\n",
       "contiguity_tolerance_m"},
      {head + "layer = \"l\"\n[analysis]\npermutations = \"many\"\n", "permutations"},
      {head + "layer = \"l\"\n[disclosure]\nthreshold = -3\n", "threshold"},
      {head + "layer = \"l\"\n[[services]]\nid = \"s\"\nlayer = \"l\"\ncutoff_m = nan\n",
       "cutoff_m"},
      {head + "layer = \"l\"\n[[priorities]]\nid = \"p\"\n[[priorities.item]]\ncolumn = \"c\"\n"
              "direction = \"high-is-urgent\"\ndomain = \"labour\"\nweight = -1\n",
       "weight"},
      {"format = 1\nid = \"x\"\n", "districts"},
      {"format = 1\nid = [\n", "line"}};
  for (const auto& [text, place] : wrong) {
    const fs::path study = scratch.path() / "study.toml";
    std::ofstream(study) << text;
    const ProcessResult result = run_quartier({"check", study.string()});
    INFO(text << "\n" << result.out);
    CHECK(result.exit_code == 1);
    CHECK(result.out.find(place) != std::string::npos);
  }
}

TEST_CASE("composition does not enter a ranking without a written reason", "[cli]") {
  const ScratchFolder scratch;
  fs::copy(sample_study().parent_path(), scratch.path() / "city", fs::copy_options::recursive);
  const fs::path study = scratch.path() / "city" / "study.toml";
  std::ofstream(study, std::ios::app)
      << "\n[[priorities]]\nid = \"by_origin\"\n[[priorities.item]]\ncolumn = \"entropy\"\n"
         "direction = \"high-is-urgent\"\ndomain = \"housing\"\n";
  const std::string out = (scratch.path() / "p.csv").string();
  const ProcessResult refused = run_quartier({"priorities", study.string(), "--out", out});
  INFO(refused.out);
  CHECK(refused.exit_code == 1);
  CHECK(refused.out.find("written reason") != std::string::npos);
  std::ofstream(study, std::ios::app) << "reason = \"to test the gate\"\n";
  const ProcessResult allowed = run_quartier({"priorities", study.string(), "--out", out});
  INFO(allowed.out);
  CHECK(allowed.exit_code == 0);
}

TEST_CASE("the tables of one command have the promised columns", "[cli]") {
  const ScratchFolder scratch;
  const std::string header =
      "date,metric,family,group,reference,service,parameters,value,lower,upper,p_value,expected,"
      "status\n";
  for (const char* command : {"segregation", "access"}) {
    const fs::path out = scratch.path() / (std::string(command) + ".csv");
    const ProcessResult result =
        run_quartier({command, sample_study().string(), "--out", out.string()});
    INFO(result.out);
    REQUIRE(result.exit_code == 0);
    CHECK(bytes_of(out).rfind(header, 0) == 0);
  }
}

TEST_CASE("another reference may be named for one table", "[cli]") {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "d.csv";
  const std::string study = sample_study().string();
  const ProcessResult named = run_quartier({"segregation", study, "--metric", "dissimilarity",
                                            "--reference", "rest", "--out", out.string()});
  INFO(named.out);
  REQUIRE(named.exit_code == 0);
  CHECK(bytes_of(out).find(",rest,") != std::string::npos);
  CHECK(run_quartier({"segregation", study, "--reference", "nobody", "--out", out.string()})
            .exit_code == 1);
}

TEST_CASE("maps come as PNG, SVG and PDF", "[cli][gpu]") {
  const ScratchFolder scratch;
  for (const auto& [name, magic] : {std::pair<std::string, std::string>{"m.png", "\x89PNG"},
                                    {"m.svg", "<?xml"},
                                    {"m.pdf", "%PDF"}}) {
    const fs::path out = scratch.path() / name;
    const ProcessResult result = run_quartier(
        {"map", sample_study().string(), "--show", "nearest_service", "--out", out.string()});
    INFO(result.out);
    REQUIRE(result.exit_code == 0);
    CHECK(bytes_of(out).rfind(magic, 0) == 0);
  }
}

TEST_CASE("an interrupted run leaves no half-written file", "[cli][gpu]") {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const std::string program = (program_dir() / "quartier").string();
  const std::string study = sample_study().string();
  for (const useconds_t pause : {20'000U, 120'000U, 400'000U, 800'000U}) {
    const pid_t child = fork();
    if (child == 0) {
      const int null = open("/dev/null", O_RDWR);
      dup2(null, STDOUT_FILENO);
      dup2(null, STDERR_FILENO);
      execl(program.c_str(), "quartier", "run", study.c_str(), "--out", out.c_str(), nullptr);
      _exit(127);
    }
    usleep(pause);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) continue;
    const bool report = fs::exists(out / "report.html");
    const bool table = fs::exists(out / "segregation.csv");
    if (report) CHECK(bytes_of(out / "report.html").find("</html>") != std::string::npos);
    CHECK((table || !report));
  }
  const ProcessResult last = run_quartier({"run", study, "--out", out.string()});
  INFO(last.out);
  REQUIRE(last.exit_code == 0);
  for (const auto& entry : fs::directory_iterator(out)) {
    CHECK(entry.path().filename().string().rfind(".partial", 0) != 0);
  }
}
