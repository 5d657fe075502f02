#!/usr/bin/env bash
# Records what a real Nix prints when things go wrong, for the tests of everything that reads it.
# What is left out: the text of the expression in traces, the end of endless ones, and all but the first counters of a build.
# usage: record.sh NAME DIRECTORY-OF-PROGRAMS     writes evaluation.NAME.txt and build.NAME.txt beside this script
set -uo pipefail
name=$1 bin=$2
here=$(cd "$(dirname "$0")" && pwd)
# A plain name of always the same length, so that recordings of several versions can be compared.
work=/tmp/bento-record
[ ! -e $work ] || { echo "$work exists" >&2; exit 1; }
mkdir -p $work/{conf,home,tmp,f}
cleanup() { [ -n "${web:-}" ] && kill "$web"; [ -n "${daemon:-}" ] && kill "$daemon" 2> /dev/null; chmod -R u+w $work; rm -rf $work; }
trap cleanup EXIT
export PATH=$bin:$PATH NIX_STORE_DIR=$work/store NIX_STATE_DIR=$work/var NIX_LOG_DIR=$work/log NIX_CONF_DIR=$work/conf HOME=$work/home TMPDIR=$work/tmp
export XDG_CACHE_HOME=$work/home/.cache XDG_CONFIG_HOME=$work/home XDG_STATE_HOME=$work/home NIX_PATH= LC_ALL=C.UTF-8 GIT_TERMINAL_PROMPT=0 NIX_REMOTE=
unset NIX_CONFIG NIX_USER_CONF_FILES
printf 'sandbox = false\nbuild-users-group =\nsubstituters =\nexperimental-features = nix-command flakes\nfsync-metadata = false\nconnect-timeout = 3\n' > $work/conf/nix.conf
nix-store --init

# A server whose answer is the number in the path.
python3 - 18081 > /dev/null 2>&1 << 'END' &
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(self.path.split('/')[1].split('.')[0])); self.send_header('Content-Length', '0'); self.end_headers()
    do_HEAD = do_GET
http.server.HTTPServer(('127.0.0.1', 18081), Answer).serve_forever()
END
web=$!

# The expression is hundreds of characters, and shown with every step of a trace.
shorten() { sed -E 's/^( *1\| cs: let names).*/\1 .../; s/^( *\| ) {60,}\^/\1^/' "$1" | awk 'NR <= 400'; }
counters() { awk '/"action":"result".*"type":10[56]}$/ { if (n++ >= 4) next } { print }' "$1"; }
section() { printf '=== %s exit=%s\n' "$1" "$2"; }
FUNCTION='cs: let names = builtins.attrNames cs; say = v: builtins.trace ("mark " + builtins.toJSON v) null; one = n: let c = cs.${n}.config.system.build.toplevel or null; in if !(cs ? ${n}) then { a = n; e = "missing"; } else if !(builtins.isAttrs c && c ? drvPath && c ? outPath) then { a = n; e = "other"; } else { a = n; d = c.drvPath; o = c.outPath; }; in builtins.foldl'"'"' (done: n: builtins.seq done (say (one n))) (say { inherit names; }) (builtins.genList (builtins.elemAt names) ((builtins.length names + 1) / 2))'
evaluate() { # NAME, the file flake.nix on standard input
  mkdir -p $work/f; cat > $work/f/flake.nix
  PATH=${PROGRAMS:-$PATH} "$bin/nix" --extra-experimental-features 'nix-command flakes' eval --json "path:$work/f#nixosConfigurations" --show-trace --no-update-lock-file \
    --option accept-flake-config false --option eval-cache false --option download-attempts 1 ${EXTRA:-} --apply "$FUNCTION" > $work/out 2> $work/err < /dev/null
  section "$1" $?; shorten $work/err; rm -rf $work/f
}
host() { # NAME, then an expression for the system
  mkdir -p $work/f; printf '{ broken = ; }\n' > $work/f/broken.nix; printf '{ needed, other ? 1 }: needed\n' > $work/f/function.nix
  printf '{ config, ... }:\n{\n  services.web = config.missing.port;\n}\n' > $work/f/module.nix
  evaluate "$1" << END
{
  outputs = { self }: let
    ok = derivation { name = "ok"; system = "$system"; builder = "/bin/sh"; };
  in {
    nixosConfigurations.web.config.system.build.toplevel =
      $2;
  };
}
END
}
system=$(nix-instantiate --eval --expr builtins.currentSystem | tr -d '"')
modified='"lastModified": 1,'
input() { # NAME, URL, further attributes of the lock: an input that is locked and has to be fetched
  mkdir -p $work/f
  cat > $work/f/flake.lock << END
{ "nodes": { "dep": { "flake": false, "locked": { $modified "narHash": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", $3 }, "original": { ${4:-$3} } }, "root": { "inputs": { "dep": "dep" } } }, "root": "root", "version": 7 }
END
  evaluate "$1" << END
{
  inputs.dep = { url = "$2"; flake = false; };
  outputs = { self, dep }: { nixosConfigurations.web.config.system.build.toplevel = derivation { name = "x"; system = "$system"; builder = "/bin/sh"; src = dep; }; };
}
END
}
git_lock() { printf '"type": "git", "url": "%s", "ref": "master", "rev": "0123456789012345678901234567890123456789", "revCount": 1' "$1"; }
git_input() { input "$1" "git+$2" "$(git_lock "$2")" "\"type\": \"git\", \"url\": \"$2\""; }
{
  host throw 'throw "the port is taken"'
  host throw-many-lines 'throw "\nFailed assertions:\n- The option `services.web.port'"'"' is set twice.\n- Another thing."'
  host abort 'abort "cannot go on"'
  host assert 'assert 1 == 2; ok'
  host undefined-variable 'pkgs.hello'
  host syntax-error-in-import '(import ./broken.nix).broken'
  host missing-attribute '{ a = 1; }.b'
  host missing-attribute-in-module '((import ./module.nix) { config = { missing = { }; }; }).services.web'
  host infinite-recursion 'let x = x + 1; in x'
  host type-error '1 + "a"'
  host set-as-string '"${{ }}"'
  host missing-argument '(import ./function.nix) { }'
  host unexpected-argument '(import ./function.nix) { needed = ok; oops = 1; }'
  host not-a-function '1 2'
  host missing-file 'import ./nothing.nix'
  host absolute-path 'import /etc/nothing.nix'
  host import-fails 'import (derivation { name = "ifd"; system = "'$system'"; builder = "/bin/sh"; args = [ "-c" "echo no luck; exit 3" ]; })'
  EXTRA='--option allow-import-from-derivation false' host import-not-allowed 'import (derivation { name = "ifd"; system = "'$system'"; builder = "/bin/sh"; args = [ "-c" "echo 1 > $out" ]; })'
  host stack-overflow 'let f = n: 1 + f (n + 1); in f 0'
  host not-a-derivation '42'
  host bad-json 'builtins.fromJSON "{"'
  host division-by-zero '1 / 0'
  host context 'builtins.addErrorContext "while evaluating the option `services.web.enable'"'"':" (builtins.addErrorContext "while evaluating definitions from `/etc/x.nix'"'"':" (throw "A definition is not of type `boolean'"'"'."))'
  host warning-and-trace 'builtins.trace "warning: web uses an old option" (builtins.trace "just looking" (builtins.trace "\nevaluation warning: colours are old" ok))'
  host warning-and-throw 'builtins.trace "warning: web uses an old option" (throw "then it broke")'
  host fetch-without-hash 'builtins.fetchTarball "http://127.0.0.1:18081/200.tar.gz"'
  host fetchurl-404 'builtins.fetchurl { url = "http://127.0.0.1:18081/404"; sha256 = "0000000000000000000000000000000000000000000000000000"; }'
  host fetchurl-403 'builtins.fetchurl { url = "http://127.0.0.1:18081/403"; sha256 = "0000000000000000000000000000000000000000000000000000"; }'
  host fetchurl-429 'builtins.fetchurl { url = "http://127.0.0.1:18081/429"; sha256 = "0000000000000000000000000000000000000000000000000000"; }'
  host fetchurl-503 'builtins.fetchurl { url = "http://127.0.0.1:18081/503"; sha256 = "0000000000000000000000000000000000000000000000000000"; }'
  host fetchurl-refused 'builtins.fetchurl { url = "http://127.0.0.1:1/x"; sha256 = "0000000000000000000000000000000000000000000000000000"; }'
  host fetchurl-no-name 'builtins.fetchurl { url = "http://files.example.invalid/x"; sha256 = "0000000000000000000000000000000000000000000000000000"; }'
  host fetchurl-hash 'builtins.fetchurl { url = "file://'$work'/conf/nix.conf"; sha256 = "0000000000000000000000000000000000000000000000000000"; }'
  evaluate syntax-error <<< '{ outputs = { self }: { nixosConfigurations = { ; }; }'
  evaluate no-configurations <<< '{ outputs = { self }: { }; }'
  evaluate outputs-throw <<< '{ outputs = { self }: throw "not today"; }'
  evaluate no-outputs <<< '{ description = "x"; }'
  evaluate unknown-flake-attribute <<< '{ oops = 1; outputs = { self }: { }; }'
  evaluate unlocked <<< '{ inputs.dep.url = "path:'$work'/conf"; inputs.dep.flake = false; outputs = { self, dep }: { nixosConfigurations = { }; }; }'
  mkdir -p $work/f; printf '<<<<<<< HEAD\n{ "version": 7 }\n' > $work/f/flake.lock
  evaluate broken-lock <<< '{ outputs = { self }: { nixosConfigurations = { }; }; }'
  git_input git-no-name https://git.example.invalid/x
  git_input git-refused https://127.0.0.1:1/x
  git_input git-ssh-refused ssh://git@127.0.0.1:1/x
  git_input git-404 http://127.0.0.1:18081/404/x
  git_input git-401 http://127.0.0.1:18081/401/x
  git_input git-503 http://127.0.0.1:18081/503/x
  git_input git-directory-gone file://$work/nothing
  PROGRAMS=$work/tools git_input git-program-missing https://git.example.invalid/x
  input github-no-name github:NixOS/nixpkgs '"type": "github", "owner": "NixOS", "repo": "nixpkgs", "rev": "0123456789012345678901234567890123456789"' '"type": "github", "owner": "NixOS", "repo": "nixpkgs"'
  EXTRA=--offline input github-offline github:NixOS/nixpkgs '"type": "github", "owner": "NixOS", "repo": "nixpkgs", "rev": "0123456789012345678901234567890123456789"' '"type": "github", "owner": "NixOS", "repo": "nixpkgs"'
  modified=
  input tarball-404 http://127.0.0.1:18081/404.tar.gz '"type": "tarball", "url": "http://127.0.0.1:18081/404.tar.gz"'
  input tarball-429 http://127.0.0.1:18081/429.tar.gz '"type": "tarball", "url": "http://127.0.0.1:18081/429.tar.gz"'
  input tarball-503 http://127.0.0.1:18081/503.tar.gz '"type": "tarball", "url": "http://127.0.0.1:18081/503.tar.gz"'
  input tarball-refused http://127.0.0.1:1/x.tar.gz '"type": "tarball", "url": "http://127.0.0.1:1/x.tar.gz"'
  modified='"lastModified": 1,'
  input path-gone path:$work/nothing '"type": "path", "path": "'$work'/nothing"'
  input path-changed path:$work/conf '"type": "path", "path": "'$work'/conf"'
  NIX_REMOTE=daemon host daemon-away 'ok'
} > "$here/evaluation.$name.txt"

ok='PATH = "/bin:/usr/bin"; builder = "/bin/sh"; system = "'$system'";'
build() { # NAME, then what the bad derivation has beyond the plain ones
  drvs=$(nix-instantiate --expr "let good = derivation { name = \"good\"; $ok args = [ \"-c\" \"echo good > \$out\" ]; }; bad = derivation ({ name = \"bad\"; $ok args = [ \"-c\" \"echo x > \$out\" ]; } // { $2 }); in [ (derivation { name = \"top\"; $ok inherit bad; args = [ \"-c\" \"echo \$bad > \$out\" ]; }) good ]" 2> /dev/null)
  # shellcheck disable=SC2086
  nix-store --realise --keep-going --log-format internal-json -v ${EXTRA:-} $drvs > $work/out 2> $work/err < /dev/null
  section "$1" $?; counters $work/err
  nix-store --delete --ignore-liveness $(nix-store --query --outputs $drvs) > /dev/null 2>&1
}
{
  build fails 'args = [ "-c" "echo some text; echo no luck >&2; exit 3" ];'
  build connection-refused-in-log 'args = [ "-c" "echo dial tcp 127.0.0.1:5432: connection refused; exit 1" ];'
  build fetcher 'args = [ "-c" "echo \"curl: (6) Could not resolve host: files.example.invalid\" >&2; echo error: cannot download x from any mirror; exit 1" ]; outputHash = "0000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha256";'
  build other-platform 'system = "riscv64-linux";'
  build unknown-feature 'requiredSystemFeatures = [ "gccarch-znver9" ];'
  build builder-missing 'builder = "/nope";'
  build no-output 'args = [ "-c" "true" ];'
  build hash-mismatch 'outputHash = "0000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha256";'
  build disallowed-reference 'ref = builtins.toFile "r" "r"; args = [ "-c" "echo $ref > $out" ]; allowedReferences = [ ];'
  build fetchurl-refused 'builder = "builtin:fetchurl"; system = "builtin"; url = "http://127.0.0.1:1/x"; outputHash = "0000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha256"; unpack = false; executable = false;'
  build fetchurl-404 'builder = "builtin:fetchurl"; system = "builtin"; url = "http://127.0.0.1:18081/404"; outputHash = "0000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha256"; unpack = false; executable = false;'
  build fetchurl-503 'builder = "builtin:fetchurl"; system = "builtin"; url = "http://127.0.0.1:18081/503"; outputHash = "0000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha256"; unpack = false; executable = false;'
  build unknown-builtin 'builder = "builtin:nosuch"; system = "builtin";'
  build signal 'args = [ "-c" "kill -9 $$" ];'
  build device-as-output 'args = [ "-c" "mkfifo $out" ];'
  EXTRA='--timeout 1' build timeout 'args = [ "-c" "echo waiting; sleep 30" ];'
  EXTRA='--option max-silent-time 1' build silent 'args = [ "-c" "sleep 30" ];'
  build no-space 'args = [ "-c" "echo x > /dev/full" ];'
  build input-of-other-platform 'src = derivation { name = "src"; system = "riscv64-linux"; builder = "/bin/sh"; args = [ "-c" "true" ]; };'
  EXTRA="--option builders ssh://nobody@127.0.0.1:1?system=riscv64-linux" build remote-builder-away 'system = "riscv64-linux";'
  EXTRA="--option builders ssh://nobody@builder.example.invalid --max-jobs 0" build only-remote-builder-away ''
  EXTRA="--option substituters http://127.0.0.1:18081/500 --option connect-timeout 1 --option download-attempts 1" build cache-500 'args = [ "-c" "exit 1" ];'
  EXTRA="--option substituters http://127.0.0.1:1 --option download-attempts 1" build cache-refused 'args = [ "-c" "exit 1" ];'
  # A derivation whose file is gone, or empty, although the books have it.
  drv=$(nix-instantiate --expr "derivation { name = \"top\"; $ok args = [ \"-c\" \"echo x > \$out\" ]; }" 2> /dev/null)
  for damage in missing empty; do
    cp $drv $work/keep; chmod u+w $drv; if [ $damage = missing ]; then rm -f $drv; else : > $drv; fi
    nix-store --realise --keep-going --log-format internal-json -v $drv > $work/out 2> $work/err < /dev/null; section derivation-$damage $?; cat $work/err
    rm -f $drv; cp $work/keep $drv; chmod 444 $drv
  done
  nix-store --delete --ignore-liveness $drv > /dev/null 2>&1
  nix-store --realise --keep-going --log-format internal-json -v $drv > $work/out 2> $work/err < /dev/null; section derivation-collected $?; cat $work/err
  NIX_REMOTE=daemon nix-store --realise --keep-going --log-format internal-json -v $drv > $work/out 2> $work/err < /dev/null; section daemon-away $?; cat $work/err

  # The same through a daemon, which words some things in another way.
  nix-daemon > /dev/null 2>&1 & daemon=$!
  while [ ! -e $work/var/daemon-socket/socket ]; do sleep 0.1; done
  export NIX_REMOTE=daemon
  build daemon-fails 'args = [ "-c" "echo some text; echo no luck >&2; exit 3" ];'
  build daemon-connection-refused-in-log 'args = [ "-c" "echo dial tcp 127.0.0.1:5432: connection refused; exit 1" ];'
  build daemon-other-platform 'system = "riscv64-linux";'
  build daemon-no-output 'args = [ "-c" "true" ];'
  build daemon-device-as-output 'args = [ "-c" "mkfifo $out" ];'
  build daemon-hash-mismatch 'outputHash = "0000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha256";'
  build daemon-fetcher 'args = [ "-c" "echo \"curl: (6) Could not resolve host: files.example.invalid\" >&2; echo error: cannot download x from any mirror; exit 1" ]; outputHash = "0000000000000000000000000000000000000000000000000000"; outputHashAlgo = "sha256";'
  EXTRA='--timeout 1' build daemon-timeout 'args = [ "-c" "echo waiting; sleep 30" ];'
  kill $daemon
} > "$here/build.$name.txt"
