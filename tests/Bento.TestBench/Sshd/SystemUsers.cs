using System.Security.Cryptography;

namespace Bento.TestBench.Sshd;

/// <summary>System users that are called like hosts, in a group of their own. Needs root. Gone at dispose.</summary>
public sealed class SystemUsers : IDisposable
{
    /// <summary>useradd locks /etc/passwd and fails instead of waiting.</summary>
    internal static readonly Lock PasswordFile = new();

    private readonly List<HostName> _hosts = [];

    public SystemUsers(int count)
    {
        lock (PasswordFile)
        {
            Shell.Run("groupadd", "--system", Group);
            for (var number = 0; number < count; number++)
            {
                // Not locked: with UsePAM no a password of '!' refuses keys too, '*' does not.
                var name = $"bt-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
                Shell.Run(
                    "useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin",
                    "--groups", Group, "--password", "*", name);
                _hosts.Add(HostName.Parse(name));
            }
        }
    }

    public string Group { get; } = $"bt-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    public IReadOnlyList<HostName> Hosts => _hosts;

    public void Dispose()
    {
        lock (PasswordFile)
        {
            _hosts.ForEach(host => Shell.Try("userdel", "--force", host.ToString()));
            Shell.Try("groupdel", Group);
        }
    }
}
