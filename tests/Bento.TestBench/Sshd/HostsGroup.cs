using Bento.Administration;

namespace Bento.TestBench.Sshd;

/// <summary>The group by which a server knows the accounts of hosts. Needs root. Gone at dispose where it was not there before.</summary>
public sealed class HostsGroup : IDisposable
{
    private readonly bool _wasThere = Shell.Try("getent", "group", SshdConfiguration.DefaultGroup).ExitCode == 0;

    public HostsGroup(IEnumerable<HostName> hosts)
    {
        lock (SystemUsers.PasswordFile)
        {
            if (!_wasThere)
            {
                Shell.Run("groupadd", "--system", SshdConfiguration.DefaultGroup);
            }

            foreach (var host in hosts)
            {
                Shell.Run("usermod", "--append", "--groups", SshdConfiguration.DefaultGroup, host.ToString());
            }
        }
    }

    public void Dispose()
    {
        lock (SystemUsers.PasswordFile)
        {
            _ = _wasThere ? default : Shell.Try("groupdel", SshdConfiguration.DefaultGroup);
        }
    }
}
