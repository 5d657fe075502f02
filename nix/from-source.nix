# Bento built from its sources, as one native program like the released one. deps.json holds the hashes of the packages that the build takes from
# NuGet; eng/nix-deps.sh writes it.
{ lib, buildDotnetModule, dotnetCorePackages, stdenv, openssl, patchelf, zlib }:

buildDotnetModule {
  pname = "bento";
  version = "0.1.0";

  src = lib.cleanSource ../.;
  projectFile = "src/Bento.Cli/Bento.Cli.csproj";
  nugetDeps = ./deps.json;

  dotnet-sdk = dotnetCorePackages.sdk_10_0;
  dotnet-runtime = null;
  selfContainedBuild = true;

  # For restore, build and publish alike: without it in all of them the program is silently none that stands alone.
  dotnetFlags = [ "-p:PublishAot=true" "-p:PackAsTool=false" ];

  nativeBuildInputs = [ stdenv.cc patchelf ];
  buildInputs = [ openssl zlib ];
  executables = [ "bento" ];

  # OpenSSL is loaded by name. Not by a variable: the agent's own programs would inherit that.
  postFixup = ''
    patchelf --add-rpath "${lib.makeLibraryPath [ openssl ]}" "$out/lib/bento/bento"
  '';

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
