seconds=${1:-60}
install_packages "${packages_test[@]}"
configure fuzz -DSUYUAN_BUILD_TESTS=OFF
mapfile -t targets < <(ninja -C build/fuzz -t targets all | sed -n 's/^\([a-z_]*_fuzz\): phony$/\1/p' | sort -u)
compile fuzz "${targets[@]}"
for target in "${targets[@]}"; do
    say "$target for $seconds s"
    mkdir -p "build/fuzz/corpus/$target"
    "$(find build/fuzz -type f -name "$target" -perm -u+x)" -max_total_time="$seconds" -print_final_stats=1 \
        "build/fuzz/corpus/$target" 2>&1 | tail -n 12
done
