# Three hosts from one flake. Their systems are stand-ins that need no nixpkgs, so that
# the story plays in seconds and without a network; a real flake takes nixpkgs as an input
# and says `nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }` where this one says `system`.
{
  outputs =
    { self }:
    let
      system = import ./utils/system.nix;
      host = name: greeting: { config.system.build.toplevel = system { inherit name greeting; }; };
    in
    {
      nixosConfigurations = {
        web = host "web" (builtins.readFile ./web.txt);
        db = host "db" (builtins.readFile ./db.txt);
        mail = host "mail" (builtins.readFile ./mail.txt);
      };
    };
}
