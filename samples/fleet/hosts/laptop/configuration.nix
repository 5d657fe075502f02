# A host without a flake: built with the <nixpkgs/nixos> of whoever builds it.
{ ... }:
{
  system = import ./utils/system.nix;
  name = "laptop";
  greeting = "hello from laptop";
}
