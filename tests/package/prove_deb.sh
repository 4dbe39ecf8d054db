#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves the Debian package on a system that never saw the studio or its sources:
#   - it installs in a clean root with the dependencies it names, and no others;
#   - without any network, as an ordinary user whose name and project path hold Korean letters and
#     spaces, the whole demo runs to its end, the window opens (screenshots), and opens the project;
#   - removed, it leaves nothing behind but what the user made.
#
#   sudo tests/package/prove_deb.sh dist/tinywright_*.deb OUT [BASE]
#
# Needs Debian 12 with debootstrap, xvfb, imagemagick and iproute2 here. OUT gets screenshots and
# report.txt. BASE is a root made by debootstrap --variant=minbase before; without it one is made.
set -euo pipefail

deb=$(realpath "$1")
out=$(realpath -m "$2")
base=${3:-}
suite=bookworm
user=한결
project="/home/$user/내 프로젝트/손짓 데모"
mkdir -p "$out"
report=$out/report.txt
: >"$report"
work=$(mktemp -d "${TMPDIR:-/var/tmp}/prove-deb.XXXXXX")
root=$work/root
screen=
window=

say() { echo "$*" | tee -a "$report"; }
fail() {
    say "FAILED: $*"
    exit 1
}
finish() {
    [ -z "$window" ] || kill "$window" 2>/dev/null || true
    [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
    for place in tmp/.X11-unix dev/shm dev/pts dev proc; do
        ! mountpoint -q "$root/$place" || umount -l "$root/$place"
    done
    rm -rf --one-file-system "$work"
}
trap finish EXIT

inside() { chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${proxies[@]}" "$@"; }
# Everything on the disk but caches, logs and what belongs to the user.
files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./home -o -path ./tmp \
    -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/apt -o -path ./package.deb \) -prune \
    -o -print | sort); }
now_ms() { date +%s%3N; }
took_s() { awk "BEGIN { printf \"%.1f s\", ($(now_ms) - $1) / 1000 }"; }

mapfile -t proxies < <(env | grep -iE '^(https?|no)_proxy=' || true)

if [ -n "$base" ]; then
    cp -a "$base" "$root"
else
    debootstrap --variant=minbase "$suite" "$root" >"$out/debootstrap.log"
fi
# Where this computer gets its packages from, and whom it trusts.
: >"$root/etc/apt/sources.list"
for place in etc/apt/sources.list etc/apt/sources.list.d etc/apt/apt.conf.d usr/share/keyrings \
    etc/resolv.conf etc/hosts etc/ssl/certs; do
    [ -e "/$place" ] || continue
    mkdir -p "$root/$(dirname "$place")"
    rm -rf "${root:?}/$place"
    cp -aL "/$place" "$root/$place"
done
rm -f "$root"/etc/apt/apt.conf.d/docker* "$root"/etc/apt/apt.conf.d/*appstream \
    "$root"/etc/apt/apt.conf.d/*packagekit
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount --bind /dev/pts "$root/dev/pts"
mkdir -p "$root/tmp/.X11-unix"
chmod 1777 "$root/tmp"
inside apt-get update -qq
cp "$deb" "$root/package.deb"
chmod 644 "$root/package.deb"
say "package: $(basename "$deb"), $(stat -c %s "$deb") bytes; $(. "$root/etc/os-release" && echo "$PRETTY_NAME"), $(inside dpkg-query -f '.' -W | wc -c) packages"

files >"$work/before"
began=$(now_ms)
inside apt-get install -y -qq --no-install-recommends /package.deb fonts-noto-cjk >"$out/install.log" 2>&1 ||
    { tail -20 "$out/install.log"; fail "it does not install"; }
say "installed in $(took_s "$began"); unpacked $(du -sm --apparent-size "$root/usr/lib/tinywright" | cut -f 1) MB; $(inside dpkg-query -f '.' -W | wc -c) packages now"
for file in usr/share/applications/tinywright.desktop usr/share/mime/packages/tinywright.xml \
    usr/lib/udev/rules.d/70-tinywright.rules usr/share/icons/hicolor/16x16/apps/tinywright.png; do
    [ -s "$root/$file" ] || fail "/$file is missing"
done

# useradd takes no Korean names; directory services do.
echo "$user:x:1001:1001:한결 이:/home/$user:/bin/bash" >>"$root/etc/passwd"
echo "$user:x:1001:" >>"$root/etc/group"
mkdir -p "$root/home/$user"
chown 1001:1001 "$root/home/$user"

for display in $(seq 90 120); do [ -e "/tmp/.X11-unix/X$display" ] || break; done
Xvfb ":$display" -screen 0 1360x860x24 -nolisten tcp >"$work/xvfb.log" 2>&1 &
screen=$!
# No network but the loopback, and the environment of a desktop session.
# shellcheck disable=SC2016 # for the inner shell
session=(unshare --net sh -c 'ip link set lo up && exec "$@"' sh
    chroot --userspec=1001:1001 "$root" /usr/bin/env -i "HOME=/home/$user" "USER=$user"
    LANG=C.UTF-8 PATH=/usr/bin:/bin "DISPLAY=:$display")
for _ in $(seq 100); do [ -S "/tmp/.X11-unix/X$display" ] && break || sleep 0.1; done
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"

began=$(now_ms)
"${session[@]}" tinywright-cli demo --json --keep "$project" >"$out/demo.json" 2>"$out/demo.log" ||
    { tail -20 "$out/demo.log"; fail "the demo"; }
say "demo as $user in $project, no network: $(took_s "$began")"
say "$(cat "$out/demo.json")"
grep -q '"agreement": 1.0' "$out/demo.json" || fail "the board disagrees"

# As after switching the computer on: nothing of the package is in the memory of files.
forget() { find "$root/usr/lib/tinywright" -type f -exec dd if={} iflag=nocache count=0 status=none \;; }

# Opens the window with the arguments after the picture's name, and pictures it once it has painted.
picture() {
    local name=$1 log=$out/$1.log began painted=
    shift
    : >"$log"
    began=$(now_ms)
    "${session[@]}" tinywright "$@" >"$log" 2>&1 &
    window=$!
    for _ in $(seq 600); do
        kill -0 "$window" || { cat "$log"; fail "the window went away"; }
        if grep -q "the window has painted" "$log"; then
            painted=$(($(now_ms) - began))
            break
        fi
        sleep 0.05
    done
    [ -n "$painted" ] || { cat "$log"; fail "no window within 30 s"; }
    sleep 10 # the page behind it is imported and built
    import -display ":$display" -window root "$out/$name.png"
    ! grep -E "Traceback|ERROR" "$log" || fail "the window complains"
    kill "$window"
    wait "$window" 2>/dev/null || true
    window=
    say "$name: painted after $painted ms (load $(cut -d ' ' -f 1 /proc/loadavg), $(nproc) processors)"
}
sync
forget
picture welcome-cold
picture welcome
picture welcome-again
picture project open "$project"

written=$(cd "$root/home/$user" && find . -mindepth 1 -type f -not -path "./내 프로젝트/*" -not -path "./.cache/*" | sort | tr '\n' ' ')
say "in the user's home: $written"
inside apt-get purge -y -qq tinywright >"$out/remove.log" 2>&1 || fail "it does not go"
inside apt-get purge -y -qq fonts-noto-cjk >>"$out/remove.log" 2>&1
inside apt-get autoremove -y -qq --purge >>"$out/remove.log" 2>&1
files >"$work/after"
left=$(comm -13 "$work/before" "$work/after" | grep -i tinywright || true)
[ -z "$left" ] || fail "left behind: $left"
say "removed; new on the disk since before the installation, all by its dependencies: $(comm -13 "$work/before" "$work/after" | tr '\n' ' ')"
left=$(find "$root/tmp" -mindepth 1 -not -path "*/.X11-unix*" || true)
[ -z "$left" ] || fail "left in /tmp: $left"
[ -f "$root$project/project.json" ] || fail "the user's project is gone"
say "passed"
