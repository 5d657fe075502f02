# Bento for flakes: the program, built from source and as an overlay, and the modules of hosts and servers. Nothing here is needed to use Bento:
# bento init writes the same module and package into a Bento directory.
{
  description = "Keeps a fleet of NixOS machines up to date by pull, over SFTP";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      forEachPlatform = make: lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (platform: make nixpkgs.legacyPackages.${platform});

      # The module takes its program from the package beside it; from here it is the one that is built from source.
      agent = { pkgs, lib, ... }: {
        imports = [ ./src/Bento.Configuration/Scaffold/utils/bento.nix ];
        services.bento.package = lib.mkDefault (pkgs.callPackage ./nix/from-source.nix { });
      };
    in
    {
      packages = forEachPlatform (pkgs: rec {
        bento = pkgs.callPackage ./nix/from-source.nix { };
        default = bento;
      });

      overlays.default = final: prev: { bento = final.callPackage ./nix/from-source.nix { }; };

      nixosModules = {
        inherit agent;
        default = agent;
        server = { pkgs, lib, ... }: {
          imports = [ ./nix/server.nix ];
          services.bento-server.package = lib.mkDefault (pkgs.callPackage ./nix/from-source.nix { });
        };
      };

      devShells = forEachPlatform (pkgs: {
        default = pkgs.mkShell {
          packages = [ pkgs.dotnetCorePackages.sdk_10_0 pkgs.nix pkgs.openssh pkgs.git pkgs.age pkgs.strace pkgs.patchelf ];
        };
      });

      checks = forEachPlatform (pkgs: {
        # The package starts, and says its version.
        inherit (self.packages.${pkgs.stdenv.hostPlatform.system}) bento;
      });
    };
}
