# Bento from a released binary. It was linked on a distribution that has /lib64 and /usr/lib; on NixOS it is told where the C library and OpenSSL are,
# which it loads by name. For example:
#
#   pkgs.callPackage ./package.nix { src = ./bento; }
#
{ lib, stdenv, patchelf, openssl, src, version ? "0.1.0" }:

stdenv.mkDerivation {
  pname = "bento";
  inherit version src;

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
