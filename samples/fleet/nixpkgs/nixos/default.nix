# A stand-in for nixpkgs: just enough of <nixpkgs/nixos> to build a configuration of this sample.
{ configuration }:
let
  config = import configuration { };
in
{
  system = config.system { inherit (config) name greeting; };
}
