# The server of this fleet, for the configuration of the machine that serves the areas: accounts and sshd for the hosts in bento.json that have a
# publicKey. docs/guide/nixos-options.md of Bento lists what else services.bento-server has, such as timers.
{
  imports = [ ./utils/server.nix ];

  services.bento-server = {
    enable = true;
    settings = ./bento.json;
  };
}
