# One host whose system is made of the module that `bento init` writes, and of what a test says in system.json.
{
  outputs = { self }:
    let
      given = builtins.fromJSON (builtins.readFile ./system.json);
    in
    {
      nixosConfigurations.${given.host}.config.system.build.toplevel =
        import ./system.nix { inherit given; lib = import ./nixpkgs-lib.nix; };
    };
}
