install_packages clang-format-19
git ls-files '*.h' '*.cc' | xargs clang-format-19 -i
