#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The disk image with the application and a link to where it goes; notarised where a profile of
# notarytool's is named in TINYWRIGHT_NOTARY_PROFILE.
#   packaging/macos/make_dmg.sh build/package/Tinywright.app dist/tinywright-VERSION-macos-arm64.dmg
set -eu

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ditto "$1" "$scratch/Tinywright.app"
ln -s /Applications "$scratch/Applications"
mkdir -p "$(dirname "$2")"
hdiutil create -volname Tinywright -srcfolder "$scratch" -format ULMO -ov "$2"
if [ -n "${TINYWRIGHT_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$2" --keychain-profile "$TINYWRIGHT_NOTARY_PROFILE" --wait
    xcrun stapler staple "$2"
fi
