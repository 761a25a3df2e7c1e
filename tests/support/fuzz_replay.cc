// SPDX-License-Identifier: Apache-2.0
//
// Runs a fuzz target without libFuzzer: files or folders given as arguments, then a fixed number of
// mutations of them (of a few built-in seeds, if there are none), the same on every run.
//
//   codec_json_fuzz [FILE|FOLDER ...]     environment: SUYUAN_FUZZ_RUNS (20000), SUYUAN_FUZZ_SEED
//   (1)

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <random>
#include <string>
#include <vector>

// The fuzz target's; libFuzzer fixes the names.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" const char* const* suyuan_fuzz_seeds();  // ends with nullptr

namespace {

std::vector<std::string> read_corpus(int argument_count, char** arguments) {
    std::vector<std::string> corpus;
    const auto add = [&](const std::filesystem::path& path) {
        std::ifstream stream(path, std::ios::binary);
        corpus.emplace_back(
            std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()
        );
    };
    for (int i = 1; i < argument_count; ++i) {
        if (std::filesystem::is_directory(arguments[i])) {
            for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
                if (entry.is_regular_file()) {
                    add(entry.path());
                }
            }
        } else {
            add(arguments[i]);
        }
    }
    for (const char* const* seed = suyuan_fuzz_seeds(); *seed != nullptr; ++seed) {
        corpus.emplace_back(*seed);
    }
    return corpus;
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string mutate(const std::vector<std::string>& corpus, std::mt19937_64& random) {
    std::string text = corpus[random() % corpus.size()];
    const std::uint64_t edits = 1 + random() % 8;
    for (std::uint64_t edit = 0; edit < edits; ++edit) {
        const std::size_t at = random() % (text.size() + 1);
        switch (random() % 5) {
            case 0:
                text.insert(at, 1, static_cast<char>(random()));
                break;
            case 1:
                text.erase(at, 1 + random() % 8);
                break;
            case 2: {
                if (at < text.size()) {
                    text[at] = static_cast<char>(random());
                }
                break;
            }
            case 3: {
                const std::string& other = corpus[random() % corpus.size()];
                const std::size_t from = random() % (other.size() + 1);
                text.insert(at, other.substr(from, random() % 64));
                break;
            }
            default:
                text.insert(at, text.substr(random() % (text.size() + 1), random() % 32));
                break;
        }
    }
    return text;
}

void run(const std::string& text) {
    // A copy of exactly this size: a read past the end is seen by the sanitizer.
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

}  // namespace

int main(int argument_count, char** arguments) {
    const std::vector<std::string> corpus = read_corpus(argument_count, arguments);
    for (const std::string& text : corpus) {
        run(text);
    }
    std::mt19937_64 random(number_from("SUYUAN_FUZZ_SEED", 1));
    const std::uint64_t runs = number_from("SUYUAN_FUZZ_RUNS", 20'000);
    for (std::uint64_t i = 0; i < runs; ++i) {
        run(mutate(corpus, random));
    }
    std::printf(
        "%zu inputs, %llu mutations\n", corpus.size(), static_cast<unsigned long long>(runs)
    );
    return 0;
}
