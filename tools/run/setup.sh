case ${1:-test} in
    demo) install_packages "${packages_demo[@]}"; ensure_node ;;
    test) install_packages "${packages_test[@]}"; ensure_node ;;
    *) echo "setup demo|test" >&2; exit 2 ;;
esac
