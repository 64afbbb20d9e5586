#!/bin/sh
# cc for macOS. Rust's build scripts pass the options of Apple's compiler; Zig is told the target its own way.
for option in "$@"; do
  shift
  case $leave_out$option in
    yes*) leave_out= ;;
    -target | -arch | -isysroot) leave_out=yes ;;
    --target=* | -mmacosx-version-min=*) ;;
    *) set -- "$@" "$option" ;;
  esac
done
exec "${0%/*}/ziglang/zig" cc -target aarch64-macos "$@"
