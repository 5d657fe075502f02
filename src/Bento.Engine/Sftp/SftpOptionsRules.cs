using Bento.Validation;

namespace Bento.Sftp;

/// <summary>What the options of an SFTP server may be.</summary>
internal sealed class SftpOptionsRules : OptionsRules<SftpOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public override IEnumerable<OptionsProblem> Check(SftpOptions options) =>
    [
        .. Bounds.Required(nameof(options.Host), options.Host),
        .. Bounds.Between(nameof(options.Port), options.Port, 1, ushort.MaxValue),
        .. Bounds.Required(nameof(options.User), options.User),
        .. Bounds.Required(nameof(options.PrivateKeyFile), options.PrivateKeyFile),
        .. Bounds.AbsolutePath(nameof(options.PrivateKeyFile), options.PrivateKeyFile),
        .. Bounds.AbsolutePath(nameof(options.PrivateKeyPassphraseFile), options.PrivateKeyPassphraseFile),
        .. HostKeyProblems(options),
        .. options.Directory is { } directory && !directory.StartsWith('/')
            ? [new OptionsProblem(nameof(options.Directory), $"'{directory}' is not an absolute path on the server.")]
            : Array.Empty<OptionsProblem>(),
        .. Bounds.Between(nameof(options.ConnectTimeout), options.ConnectTimeout, Shortest, Longest),
        .. Bounds.Between(nameof(options.OperationTimeout), options.OperationTimeout, Shortest, Longest),
        .. Bounds.Between(nameof(options.KeepAliveInterval), options.KeepAliveInterval, Shortest, Longest),
        .. Bounds.Between(nameof(options.LockRefreshInterval), options.LockRefreshInterval, Shortest, Longest),
        .. options.LockRefreshInterval >= SftpDefaults.LockLease / 2
            ? [new OptionsProblem(
                nameof(options.LockRefreshInterval),
                $"Is {Bounds.Text(options.LockRefreshInterval)}, but a lock is lost after {Bounds.Text(SftpDefaults.LockLease)}: "
                    + "refresh it at least twice in that time.")]
            : Array.Empty<OptionsProblem>(),
    ];

    private static IEnumerable<OptionsProblem> HostKeyProblems(SftpOptions options)
    {
        if (options.AcceptFirstHostKey && options.AcceptedHostKeyFile is null)
        {
            yield return new(nameof(options.AcceptedHostKeyFile), "Is missing: a key that is accepted at first contact must be kept.");
        }

        foreach (var problem in Bounds.AbsolutePath(nameof(options.AcceptedHostKeyFile), options.AcceptedHostKeyFile))
        {
            yield return problem;
        }

        var isFirstContactAllowed = options.AcceptFirstHostKey || File.Exists(options.AcceptedHostKeyFile);
        if (!isFirstContactAllowed && new HostKeyPins(options.HostKeys, []).IsEmpty && options.HostKeys.All(HostKeyPins.IsLine))
        {
            yield return new(
                nameof(options.HostKeys),
                "There is none to trust: without a pinned key any server could pose as yours. On the server, run: cat "
                    + "/etc/ssh/ssh_host_ed25519_key.pub");
        }

        for (var i = 0; i < options.HostKeys.Count; i++)
        {
            if (!HostKeyPins.IsLine(options.HostKeys[i]))
            {
                yield return new(
                    $"{nameof(options.HostKeys)}[{i}]",
                    $"'{options.HostKeys[i]}' is not a public key of the form '{string.Join('|', PinnedHostKey.Types)} AAAA… [comment]', "
                        + "nor one with @cert-authority or @revoked before it.");
            }
        }
    }
}
