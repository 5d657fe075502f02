# A host without a flake: the name of this directory is the name of the host, and its
# own <nixpkgs> decides what it builds. Put a flake.nix here instead to lock the inputs;
# then every nixosConfigurations.<name> in it is a host.
{ ... }:
{
  imports = [ ./utils/bento.nix ];

  networking.hostName = "example";

  # Replace this line by the hardware configuration of the machine.
  boot.isContainer = true;

  services.bento = {
    enable = true;
    # The public key that signs releases: .bento/signing-key.pub of the Bento directory.
    trust.keys = [ "@signing-key@" ];
    server = {
      host = "sftp.example.org";
      user = "example";
      privateKeyFile = "/etc/ssh/ssh_host_ed25519_key";
      # The public host key of the server: the first two words of /etc/ssh/ssh_host_ed25519_key.pub there.
      hostKeys = [ "ssh-ed25519 AAAA..." ];
    };
  };

  system.stateVersion = "25.05";
}
