using Microsoft.Extensions.Options;

namespace Bento.Sftp;

/// <summary>The rules that no attribute states.</summary>
internal sealed class SftpOptionsRules : IValidateOptions<SftpOptions>
{
    public ValidateOptionsResult Validate(string? name, SftpOptions options)
    {
        List<string> problems = [.. HostKeyProblems(options), .. PathProblems(options), .. TimeProblems(options)];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> HostKeyProblems(SftpOptions options)
    {
        if (options.AcceptFirstHostKey && options.AcceptedHostKeyFile is null)
        {
            yield return $"{Name(nameof(options.AcceptedHostKeyFile))} is missing: a key that is taken at first contact must be kept.";
        }

        if (options.AcceptedHostKeyFile is { } accepted && !Path.IsPathFullyQualified(accepted))
        {
            yield return $"{Name(nameof(options.AcceptedHostKeyFile))} is '{accepted}', which is no absolute path.";
        }

        var isFirstContactAllowed = options.AcceptFirstHostKey || File.Exists(options.AcceptedHostKeyFile);
        if (!isFirstContactAllowed && new HostKeyPins(options.HostKeys, []).IsEmpty && options.HostKeys.All(HostKeyPins.IsLine))
        {
            yield return $"{Name(nameof(options.HostKeys))} has none to trust: without a pinned key any server could pose as yours. On "
                + "the server, run: cat /etc/ssh/ssh_host_ed25519_key.pub. A host that cannot know it may take the first key that it "
                + "sees: bento agent once --accept-first";
        }

        foreach (var line in options.HostKeys.Where(line => !HostKeyPins.IsLine(line)))
        {
            yield return $"{Name(nameof(options.HostKeys))} holds '{line}', which is no public key of the form "
                + $"'{string.Join('|', PinnedHostKey.Types)} AAAA… [comment]', nor one with @cert-authority or @revoked before it.";
        }
    }

    private static IEnumerable<string> PathProblems(SftpOptions options)
    {
        if (options.PrivateKeyFile is { Length: > 0 } key && !Path.IsPathFullyQualified(key))
        {
            yield return $"{Name(nameof(options.PrivateKeyFile))} is '{key}', which is no absolute path.";
        }

        if (options.PrivateKeyPassphraseFile is { } passphrase && !Path.IsPathFullyQualified(passphrase))
        {
            yield return $"{Name(nameof(options.PrivateKeyPassphraseFile))} is '{passphrase}', which is no absolute path.";
        }

        if (options.Directory is { } directory && !directory.StartsWith('/'))
        {
            yield return $"{Name(nameof(options.Directory))} is '{directory}', which is no absolute path on the server.";
        }
    }

    private static IEnumerable<string> TimeProblems(SftpOptions options)
    {
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(options.ConnectTimeout), options.ConnectTimeout),
            (nameof(options.OperationTimeout), options.OperationTimeout),
            (nameof(options.KeepAliveInterval), options.KeepAliveInterval),
            (nameof(options.LockRefreshInterval), options.LockRefreshInterval),
        ];
        foreach (var (property, value) in times.Where(time => time.Value <= TimeSpan.Zero || time.Value > TimeSpan.FromHours(1)))
        {
            yield return $"{Name(property)} is {value}, which is not between 0 and 1 hour.";
        }

        if (options.LockRefreshInterval >= SftpDefaults.LockLease / 2)
        {
            yield return $"{Name(nameof(options.LockRefreshInterval))} is {options.LockRefreshInterval}, but a lock is lost after "
                + $"{SftpDefaults.LockLease}: refresh it at least twice in that time.";
        }
    }

    private static string Name(string property) => $"{nameof(SftpOptions)}.{property}";
}
