using Bento.Transport;

namespace Bento.Administration;

/// <summary>
/// What the sshd of a server must be told so that each host reads its own area, writes its reports, and can do nothing else: a block for
/// <c>sshd_config</c>.
/// </summary>
/// <remarks>Immutable. The text depends on these properties and nothing else.</remarks>
public sealed record SshdConfiguration
{
    /// <summary>The system group of all hosts when nothing is said.</summary>
    public const string DefaultGroup = HostAccountRule.DefaultGroup;

    /// <summary>Where the keys of hosts lie when nothing is said.</summary>
    public const string DefaultKeysDirectory = "/etc/ssh/authorized_keys.d";

    /// <summary>The most hosts that one server is configured for.</summary>
    public const int MaxHosts = 100_000;

    /// <summary>Room beside the hosts for people and publishers that log in at the same time.</summary>
    internal const int OtherLogins = 10;

    /// <summary>
    /// What an agent asks of SFTP, and nothing more. No setstat, link, symlink, mkdir or plain rename: none of them could be asked back.
    /// </summary>
    private const string Requests = "open,close,read,write,lstat,fstat,stat,opendir,readdir,realpath,remove,posix-rename,statvfs,limits";

    /// <summary>Creates a configuration.</summary>
    /// <param name="areasDirectory">The directory that holds the areas: an absolute path without control characters and quotes.</param>
    /// <param name="hosts">How many hosts may log in at the same moment; from 1 to <see cref="MaxHosts"/>.</param>
    /// <param name="group">The system group that every host is in: a letter or <c>_</c>, then letters, digits, <c>_</c> and <c>-</c>, 32 at
    /// most.</param>
    /// <exception cref="ArgumentException">The directory or the group could not stand in the file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of hosts is out of range.</exception>
    public SshdConfiguration(string areasDirectory, int hosts, string group = DefaultGroup)
    {
        ArgumentException.ThrowIfNullOrEmpty(areasDirectory);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hosts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hosts, MaxHosts);
        AreasDirectory = Checked(areasDirectory, nameof(areasDirectory));
        if (group.Length is 0 or > 32
            || !(char.IsAsciiLetter(group[0]) || group[0] == '_')
            || !group.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new ArgumentException($"'{group}' is not the name of a system group.", nameof(group));
        }

        Hosts = hosts;
        Group = group;
    }

    /// <summary>The directory that holds the areas.</summary>
    public string AreasDirectory { get; }

    /// <summary>How many hosts may log in at the same moment.</summary>
    public int Hosts { get; }

    /// <summary>The system group that every host is in.</summary>
    public string Group { get; }

    /// <summary>
    /// The directory in which sshd finds the public key of each host, in a file of its name: outside the areas, so that no host changes who
    /// logs in as it.
    /// </summary>
    /// <value>Default: <see cref="DefaultKeysDirectory"/>; an absolute path without control characters and quotes.</value>
    /// <exception cref="ArgumentException">The directory could not stand in the file.</exception>
    public string KeysDirectory { get; init => field = Checked(value, nameof(KeysDirectory)); } = DefaultKeysDirectory;

    /// <summary>The block, with the rules for directories and users as comments.</summary>
    /// <returns>Lines for <c>sshd_config</c>, the last one with its line feed.</returns>
    public override string ToString() => $"""
        # The hosts of Bento: each logs in by SFTP, into its own area, and can do nothing else here.
        # Put this into a file of /etc/ssh/sshd_config.d/, check it with 'sshd -t', and reload sshd.
        #
        # sshd refuses every login below a directory that does not belong to root or that others may write:
        #   groupadd --system {Group}
        #   install --directory --owner=root --group=root --mode=0755 {AreasDirectory}
        # Each host has a system user of its name, in this group, and its public key in {KeysDirectory}/NAME:
        #   useradd --system --user-group --groups {Group} --no-create-home --home-dir /var/empty --shell /usr/sbin/nologin --password '*' NAME
        # A deploy as root makes the areas: root:NAME 0750, in them logs/ NAME:NAME 0750, and nothing for others.

        # A fleet that polls in the same minute: all {Hosts} hosts may log in at once, and {OtherLogins} others, before sshd drops anybody.
        # From OpenSSH 9.8 on, hosts behind one address share their penalties for failed logins: see PerSourcePenaltyExemptList.
        MaxStartups {Hosts + OtherLogins}:30:{2 * (Hosts + OtherLogins)}

        Match Group {Group}
          ChrootDirectory {Quoted(AreasDirectory)}
          AuthorizedKeysFile {Quoted(KeysDirectory)}
          ForceCommand internal-sftp -u 0027 -p {Requests}
          AuthenticationMethods publickey
          DisableForwarding yes
          PermitTTY no
          PermitUserRC no
          MaxSessions 4
          ClientAliveInterval 30
          ClientAliveCountMax 4
        Match all

        """;

    private static string Checked(string directory, string name) =>
        System.IO.Path.IsPathFullyQualified(directory) && !directory.Any(c => char.IsControl(c) || c is '"' or '\\' or '\'')
            ? System.IO.Path.TrimEndingDirectorySeparator(directory)
            : throw new ArgumentException($"'{directory}' is not an absolute path that can stand in sshd_config.", name);

    /// <summary>What is there for whoever logs in; a percent sign of the path itself is none of sshd's.</summary>
    private static string Quoted(string directory)
    {
        var path = $"{directory.Replace("%", "%%", StringComparison.Ordinal)}/%u";
        return path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
    }
}
