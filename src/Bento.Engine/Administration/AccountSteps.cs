using Bento.Protocol;
using Bento.Transport;

namespace Bento.Administration;

/// <summary>The commands that make and remove the account of a host. Pure: what is there already is given.</summary>
internal static class AccountSteps
{
    /// <exception cref="TransportException">The user is there and no host of Bento: nobody gets the account of a person or of a
    /// service.</exception>
    public static IReadOnlyList<ServerStep> Add(HostName host, SshPublicKey key, AccountFacts facts)
    {
        if (facts.Objection is { } objection)
        {
            throw new TransportException(TransportFailure.Denied, objection.Reason) { Host = host, NextStep = objection.NextStep };
        }

        if (facts is { HasUser: true, IsHost: false })
        {
            throw new TransportException(
                TransportFailure.Denied,
                $"The server has a user '{host}' already who is not in the group {SshdConfiguration.DefaultGroup}, so it is not a host "
                    + "of Bento.")
            {
                Host = host,
                NextStep =
                    "Give the host another name; or, where the user is there for this host only, run: usermod --append --groups "
                        + $"{SshdConfiguration.DefaultGroup} {host}",
            };
        }

        var steps = new List<ServerStep>();
        if (!facts.HasGroup)
        {
            steps.Add(new ServerStep("the group of all hosts", ["groupadd", "--system", SshdConfiguration.DefaultGroup]));
        }

        if (!facts.HasUser)
        {
            // A password that nothing matches, and not a locked one: without PAM sshd refuses the keys of a locked account.
            steps.Add(new ServerStep("the account", [
                "useradd",
                    "--system",
                    "--user-group",
                    "--groups",
                    SshdConfiguration.DefaultGroup,
                    "--no-create-home",
                    "--home-dir",
                    "/var/empty",
                    "--shell", "/usr/sbin/nologin", "--password", "*", host.ToString()]));
        }

        if (facts.Keys != Line(key))
        {
            steps.Add(new ServerStep("its key", ["install", "-D", "--mode=0644", "/dev/stdin", KeyFile(host)]) { Input = Line(key) });
        }

        if (!facts.HasArea)
        {
            var area = Path.Join(facts.AreasDirectory, host.ToString());
            steps.Add(new ServerStep("the directory of the areas", Directory("root", "root", "0755", facts.AreasDirectory)));
            steps.Add(new ServerStep("its area", Directory("root", host.ToString(), "0750", area)));
            steps.Add(new ServerStep(
                "where it reports", Directory(host.ToString(), host.ToString(), "0750", Path.Join(area, AreaPath.Logs))));
        }

        if (!SshdFile.IsTold(facts.Sshd, facts.AreasDirectory))
        {
            steps.AddRange(SshdFile.Tell(facts.Sshd, facts.AreasDirectory, facts.SshdUnit));
        }

        return steps;
    }

    /// <exception cref="TransportException">What would be removed as its area has something in it that is in no area.</exception>
    public static IReadOnlyList<ServerStep> Remove(HostName host, bool withArea, AccountFacts facts)
    {
        if (withArea && facts.Foreign is [var first, ..])
        {
            var directory = Path.Join(facts.AreasDirectory, host.ToString());
            throw new TransportException(
                TransportFailure.Foreign,
                $"'{directory}' holds '{first}', which lies in no area of a "
                    + $"host{(facts.Foreign.Count > 1 ? $", and {facts.Foreign.Count - 1} more" : string.Empty)}: nothing was removed.")
            {
                Host = host,
                NextStep = new NextStep(
                    $"Look at it with '{ShellCommand.Text("ls", "-la", directory)}', and move away what is not Bento's; or keep the area.")
                {
                    Verb = NextStepVerb.RemoveHost,
                    Host = host,
                },
            };
        }

        var steps = new List<ServerStep>();
        if (facts.Keys is not null)
        {
            steps.Add(new ServerStep("its key", ["rm", "--force", KeyFile(host)]));
        }

        if (facts is { HasUser: true, IsHost: true, HasSessions: true })
        {
            // After its key, so that none comes back; before the account, which is not removed while something runs as it.
            steps.Add(new ServerStep("its open sessions", ["pkill", "--signal", "KILL", "--euid", host.ToString()]));
        }

        if (facts is { HasUser: true, IsHost: true })
        {
            steps.Add(new ServerStep("the account", ["userdel", host.ToString()]));
        }

        if (withArea && facts.HasArea)
        {
            steps.Add(new ServerStep(
                "its area", ["rm", "--recursive", "--force", "--one-file-system", Path.Join(facts.AreasDirectory, host.ToString())]));
        }

        return steps;
    }

    public static string KeyFile(HostName host) => Path.Join(SshdConfiguration.DefaultKeysDirectory, host.ToString());

    private static string Line(SshPublicKey key) => $"{key}\n";

    private static string[] Directory(string owner, string group, string mode, string path) =>
        ["install", "--directory", $"--owner={owner}", $"--group={group}", $"--mode={mode}", path];
}
