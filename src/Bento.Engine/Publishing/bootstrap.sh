set -eu
umask 022
PATH="${PATH:+$PATH:}/run/current-system/sw/bin"
NIX_PATH=${NIX_PATH:-nixpkgs=/nix/var/nix/profiles/per-user/root/channels/nixos:/nix/var/nix/profiles/per-user/root/channels}
export PATH NIX_PATH

# From an installer: sh bootstrap.sh install [/mnt]. What is mounted there becomes the host.
root=
if [ "${1-}" = install ]; then
    root=${2:-/mnt}
    [ -d "$root" ] || { echo "bento: There is no directory $root: mount the disks of the new host there." >&2; exit 1; }
    command -v nixos-install >/dev/null || { echo "bento: There is no nixos-install here: run this on an installer of NixOS." >&2; exit 1; }
fi

state=${BENTO_STATE:-$root/var/bento}
profile=${BENTO_PROFILE:-/nix/var/nix/profiles/system}
current=${BENTO_CURRENT:-/run/current-system}
pause=${BENTO_PAUSE:-15}

exec 3>&2
say() {
    printf 'bento: %s\n' "$*" >&3
}

if [ "${1-}" = autoupdate ]; then
    say "This host does not update its own flake any more: the agent of Bento does."
    exit 0
fi

mkdir -p "$state"
cd "$state"

# Here lay the tree that bash bento fetched. Its update.sh would go on to update the lock file of a tree that nobody builds any more.
rm -f SELF_UPDATE REBOOT

work=$(mktemp -d "$state/.bento.XXXXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
log=$work/log
exec >"$log" 2>&1

known='~/.ssh/known_hosts'
if [ -n "$host_keys" ]; then
    known=$work/known_hosts
    if [ "$port" = 22 ]; then name=$server; else name="[$server]:$port"; fi
    printf '%s\n' "$host_keys" | while read -r key; do printf '%s %s\n' "$name" "$key"; done >"$known"
fi
case $server in
    *:*) address="[$server]" ;;
    *) address=$server ;;
esac

# Has sftp do what it is told, and tries again when that fails: update.sh of bash bento takes a failure for done.
transfer() {
    attempt=1
    until printf '%s\n' "$1" | sftp -q -b - -P "$port" \
        -o StrictHostKeyChecking=yes -o "UserKnownHostsFile=$known" \
        -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4 \
        -o "IdentityFile=${BENTO_IDENTITY:-~/.ssh/id_ed25519}" -o IdentityFile=~/.ssh/id_ecdsa -o IdentityFile=~/.ssh/id_rsa \
        -o "IdentityFile=$root/etc/ssh/ssh_host_ed25519_key" \
        "$host@$address"; do
        [ "$attempt" -lt 5 ] || return 1
        attempt=$((attempt + 1))
        sleep "$pause"
    done
}

# The name of a log says what runs now and how it came to that. Renamed when it is whole.
report() {
    running=$(basename "$(readlink -f "${installed:-$profile}")")
    name=$(date +%Y%m%d-%H%M)_${running}_$1.log.gz
    gzip -9 -c "$log" >"$work/log.gz"
    transfer "put $work/log.gz /logs/.$name
rename /logs/.$name /logs/$name" || say "The server could not be told."
}

fail() {
    printf 'bento: %s\n' "$*"
    tail -n 20 "$log" >&3
    report failure
    exit 1
}

# In a unit of its own where systemd runs: a switch that stops whoever called it still comes to its end.
switch() {
    if [ -d /run/systemd/system ]; then
        systemd-run --unit=bento-switch-to-configuration --collect --quiet --wait --service-type=exec \
            --property="StandardOutput=append:$log" --property="StandardError=append:$log" \
            "$1/bin/switch-to-configuration" switch
    else
        "$1/bin/switch-to-configuration" switch
    fi
}

activate() {
    nix-env -p "$profile" --set "$1" && switch "$1"
}

undo() {
    printf 'bento: %s Going back to %s.\n' "$*" "$previous"
    say "$* Going back."
    code=0
    activate "$previous" || code=$?
    case $code in
        0 | 4) report rollback ;;
        *) fail "Going back failed with code $code." ;;
    esac
    exit 1
}

# Whether a file has that SHA-256. Another one goes.
is() {
    [ "$(sha256sum <"$1" | cut -c1-64)" = "$2" ] || { rm -f "$1"; return 1; }
}

# Fetches the configuration, and has Nix evaluate and build it.
build() {
    transfer "get /content/$archive.tar.gz $work/content.tar.gz" || fail "The content could not be fetched from $server."
    is "$work/content.tar.gz" "$archive" || fail "The content is not what the server promised."
    tree=$work/source
    mkdir "$tree"
    tar -xzpof "$work/content.tar.gz" -C "$tree" || fail "The content could not be unpacked."

    # Nix puts the newest time of a tree into its evaluation: the same here as where it was published.
    TZ=UTC0 touch -t "$modified" "$tree"

    say "building"
    if [ "$kind" = flake ]; then
        # A registry of its own: every Nix takes a path as it is there, and where in it the flake lies.
        printf '{"version":2,"flakes":[{"from":{"type":"indirect","id":"bento-source"},"to":{"type":"path","path":"%s"%s}]}' \
            "$tree" "$flake" >"$work/registry.json"
        nix --extra-experimental-features 'nix-command flakes' build --no-update-lock-file --option accept-flake-config false \
            --option flake-registry "$work/registry.json" --out-link "$work/result" \
            "bento-source#nixosConfigurations.\"$attribute\".config.system.build.toplevel" || fail "The system does not build."
    else
        nix-build --out-link "$work/result" --argstr dir "$tree${directory:+/$directory}" \
            --expr '{ dir }: (import <nixpkgs/nixos> { configuration = /. + (dir + "/configuration.nix"); }).system' ||
            fail "The system does not build."
    fi
    system=$(readlink -f "$work/result")
    [ -z "$expected" ] || [ "$system" = "$expected" ] || fail "The configuration describes $system here, and the release expects $expected."
}

# Reads the manifest, a line a path: writes down the paths, and of those that the store lacks their files and what Nix must know of them.
read_manifest() {
    gzip -dc "$work/manifest.gz" | tr '{' '\n' | sed 's/\\u002B/+/g' | awk -v work="$work" -v cache="$cache" '
        function text(key) {
            return match($0, "\"" key "\":\"[^\"]*") ? substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 4) : ""
        }
        function number(key) {
            return match($0, "\"" key "\":[0-9]+") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) : ""
        }
        BEGIN {
            paths = bundles = 0
            while ((getline path < (work "/missing")) > 0) lacks[path]
        }
        /"store":/ { store = text("store") }
        /^"sha256":/ { bundle[bundles++] = text("sha256") ".bundle" }
        /^"path":/ {
            name[paths] = text("path")
            path = store "/" name[paths++]
            print path > (work "/paths")
            if (!(path in lacks)) next

            references = ":"
            match($0, /"references":\[[0-9,]*/)
            count = split(substr($0, RSTART + 14, RLENGTH - 14), places, ",")
            for (i = 1; i <= count; i++) references = references " " name[places[i]]
            file = text("sha256") ".nar.zst"
            info = cache "/" substr(name[paths - 1], 1, 32) ".narinfo"
            printf "StorePath: %s\nURL: %s\nCompression: zstd\nNarHash: %s\nNarSize: %s\nReferences%s\n", \
                path, file, text("narHash"), number("narSize"), count ? references : ": " > info
            close(info)
            if (number("bundle") != "") {
                print bundle[number("bundle")], number("offset"), number("size"), file > (work "/parts")
                file = bundle[number("bundle")]
            }
            print file > (work "/files")
        }
        END { printf "StoreDir: %s\n", store > (cache "/nix-cache-info") }' && [ -s "$work/paths" ]
}

# Fetches what the store lacks of the system, as a binary cache from which Nix takes it. Nothing is evaluated or built.
import() {
    cache=$state/bootstrap-closure
    mkdir -p "$cache"
    : >"$work/missing"
    : >"$work/parts"
    : >"$work/files"
    transfer "get /content/$closure.closure.gz $work/manifest.gz" || fail "The manifest could not be fetched from $server."
    is "$work/manifest.gz" "$closure" || fail "The manifest is not what the server promised."
    read_manifest || fail "The manifest cannot be read."
    xargs nix-store ${root:+--store "$root"} --check-validity --print-invalid <"$work/paths" >"$work/missing" ||
        fail "Nix could not say what its store has."
    read_manifest || fail "The manifest cannot be read."

    # What has arrived in part goes on where it ends, also in the next run.
    say "fetching $(wc -l <"$work/missing") of $(wc -l <"$work/paths") paths"
    sort -u -o "$work/files" "$work/files"
    transfer "$(sed "s|.*|reget /store/& $cache/&|" "$work/files")" ||
        fail "The system could not be fetched from $server. What arrived is kept: run this again."
    while read -r file; do
        is "$cache/$file" "${file%%.*}" || fail "The file $file is not what the server promised."
    done <"$work/files"
    while read -r bundle offset size file; do
        tail -c "+$((offset + 1))" "$cache/$bundle" | head -c "$size" >"$cache/$file"
    done <"$work/parts"

    say "taking the system into the store"
    if [ -n "$root" ]; then set -- --store "$root"; else set -- --add-root "$work/result" --indirect; fi
    nix-store --realise "$expected" "$@" --option substituters "file://$cache?trusted=1" --option substitute true \
        --option max-jobs 4 || fail "Nix does not take the system."
    rm -rf "$cache"
    system=$expected
    [ -z "$root" ] || place=$root/nix/store/${system##*/}
}

say "fetching from $server"
place=
if [ -n "$closure" ]; then import; else build; fi
[ -x "${place:-$system}/bin/switch-to-configuration" ] || fail "$system is not a NixOS system."

if [ -n "$root" ]; then
    say "installing to $root"
    nixos-install --root "$root" --system "$system" --no-root-passwd --no-channel-copy || fail "It could not be installed to $root."
    installed=$system
    report success
    say "done: reboot into it"
    exit 0
fi

previous=
if [ -e "$profile" ]; then previous=$(readlink -f "$profile"); fi
if [ "$system" = "$previous" ] && [ "$(readlink -f "$current")" = "$system" ]; then
    say "already running $system"
    report success
    exit 0
fi

say "switching to $system"
code=0
activate "$system" || code=$?
case $code in
    0) ;;
    4) echo "bento: The system is active, and some units failed." ;;
    100) echo "bento: The system is active after the next boot." ;;
    *)
        [ -n "$previous" ] || fail "Switching failed with code $code."
        undo "Switching failed with code $code."
        ;;
esac

# The server answered a moment ago: if it does not any more, the new system took the way to it.
if ! transfer 'ls /logs'; then
    [ -n "$previous" ] || fail "The server cannot be reached from the new system."
    undo "The server cannot be reached from the new system."
fi
report success
say "done"
