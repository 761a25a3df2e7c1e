preset=${1:-release}
case $preset in
    release) install_packages "${packages_demo[@]}" libgtest-dev ;;
    *) install_packages "${packages_test[@]}" ;;
esac
configure "$preset"
compile "$preset"
if [ "$preset" = release ]; then say "the program is build/release/suyuan"; fi
