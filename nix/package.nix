# Bento from a released binary. It was linked on a distribution that has /lib64 and /usr/lib; on NixOS it is told where the C library and OpenSSL are,
# which it loads by name. The binary is the one that programs.json beside this file names by its hash (bento init writes that file), or another:
#
#   pkgs.callPackage ./package.nix { src = ./bento; }
#
{ lib, stdenv, fetchurl, patchelf, openssl
, programs ? if builtins.pathExists ./programs.json then builtins.fromJSON (builtins.readFile ./programs.json) else { version = "0.1.0"; systems = { }; }
, version ? programs.version
, src ? null
}:
let
  platform = stdenv.hostPlatform.system;
  program = programs.systems.${platform} or (throw "bento: programs.json names no program for ${platform}.");

  # By its hash: a file of this name that is in the store already (nix-store --add-fixed sha256 bento) is not fetched.
  fetched = fetchurl {
    name = "bento";
    inherit (program) url;
    hash = if program.hash == null then lib.fakeHash else program.hash;
  };
  binary = if src == null then fetched else src;
in

stdenv.mkDerivation {
  pname = "bento";
  inherit version;
  src = binary;

  nativeBuildInputs = [ patchelf ];
  dontUnpack = true;
  dontConfigure = true;
  dontBuild = true;

  # It is stripped, and whatever else would look at the file may only undo what is done here.
  dontStrip = true;
  dontPatchELF = true;

  installPhase = ''
    runHook preInstall
    install -D -m 0755 "$src" "$out/bin/bento"
    patchelf --set-interpreter "${stdenv.cc.bintools.dynamicLinker}" \
      --set-rpath "${lib.makeLibraryPath [ stdenv.cc.libc openssl ]}" "$out/bin/bento"
    runHook postInstall
  '';

  # Bento looks for OpenSSL before anything else, so that a wrong path fails here and not on a host.
  doInstallCheck = stdenv.buildPlatform.canExecute stdenv.hostPlatform;
  installCheckPhase = ''
    runHook preInstallCheck
    "$out/bin/bento" --version
    runHook postInstallCheck
  '';

  meta = {
    description = "Keeps a fleet of NixOS machines up to date by pull, over SFTP";
    homepage = "https://github.com/bento-fleet/bento";
    license = lib.licenses.mit;
    mainProgram = "bento";
    platforms = [ "x86_64-linux" "aarch64-linux" ];
  };
}
