# The server of a fleet as a NixOS module: an account for each host in bento.json that has a publicKey, and an sshd that
# shows each of them its own area and nothing else. For the configuration of the machine that serves the areas.
{ lib, ... }:
let
  # bento.json may have comments and commas at the end of a list, as Bento reads it. Strings are left as they are.
  string = ''"([^"\\]|\\.)*"'';
  comment = "//[^\n]*|/\\*([^*]|\\*+[^*/])*\\*+/";
  replace = pattern: by:
    text: lib.concatStrings (map (part: if builtins.isList part then by part else part) (builtins.split pattern text));
  withoutComments = replace "(${string})|(${comment})" (part: if builtins.head part == null then "" else builtins.head part);
  withoutCommas = replace ''(${string})|,[[:space:]]*([]}])'' (part: if builtins.head part == null then builtins.elemAt part 2 else builtins.head part);
  fleet = builtins.fromJSON (withoutCommas (withoutComments (builtins.readFile ./bento.json)));

  hosts = lib.filterAttrs (name: host: host ? publicKey) (fleet.hosts or { });
  directory = fleet.areas.directory or "";
  areas = if lib.hasPrefix "/" directory then directory else throw "areas.directory in bento.json is no absolute path, and sshd needs one.";

  # As 'bento server sshd-config' says it for other machines: the same rules, directive for directive.
  chroot = "${builtins.replaceStrings [ "%" ] [ "%%" ] areas}/%u";
  quoted = if builtins.match ".* .*" chroot == null then chroot else "\"${chroot}\"";
  logins = 10 + builtins.length (builtins.attrNames hosts);
in
{
  users.groups = { bento-hosts = { }; } // lib.mapAttrs (name: host: { }) hosts;

  # Everybody has the name of a host, its group, and no way to a shell.
  users.users = lib.mapAttrs (name: host: {
    isSystemUser = true;
    group = name;
    extraGroups = [ "bento-hosts" ];
    home = "/var/empty";
    createHome = false;
    hashedPassword = "*";
    openssh.authorizedKeys.keys = [ host.publicKey ];
  }) hosts;

  systemd.tmpfiles.rules = [ "d ${areas} 0755 root root -" ];

  services.openssh.enable = true;
  services.openssh.extraConfig = ''
    MaxStartups ${toString logins}:30:${toString (2 * logins)}
    Match Group bento-hosts
      ChrootDirectory ${quoted}
      AuthorizedKeysFile /etc/ssh/authorized_keys.d/%u
      ForceCommand internal-sftp -u 0027 -p open,close,read,write,lstat,fstat,stat,opendir,readdir,realpath,remove,posix-rename,statvfs,limits
      AuthenticationMethods publickey
      DisableForwarding yes
      PermitTTY no
      PermitUserRC no
      MaxSessions 4
      ClientAliveInterval 30
      ClientAliveCountMax 4
    Match all
  '';
}
