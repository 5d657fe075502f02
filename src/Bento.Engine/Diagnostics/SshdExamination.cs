using System.Runtime.CompilerServices;
using Bento.Administration;
using Bento.Files;
using Bento.Processes;
using Bento.Status;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>What the sshd of this machine would do with a host that logs in, where this machine serves the areas.</summary>
internal sealed class SshdExamination(
    IOptions<LocalDirectoryOptions> options, [Guarded] ITransport transport, IHostRegistry hosts, IProcessRunner processes) : IExamination
{
    private const string KeysSetting = "authorizedkeysfile";

    private static readonly (string Setting, string Value)[] Wanted =
        [("forcecommand", "internal-sftp"), (
            "disableforwarding", "yes"), ("permittty", "no"), ("permituserrc", "no"), ("authenticationmethods", "publickey")];

    public string Subject => "sshd";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (transport.As<ILocalAreas>() is null || options.Value.Ownership != AreaOwnership.SystemUsers)
        {
            yield break;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Unknown,
                Message = "Only root can ask sshd what it would do with a host.",
                NextStep = new NextStep("Ask as root.") { Verb = NextStepVerb.Examine, NeedsRoot = true },
            };
            yield break;
        }

        var accounts = (await hosts.ListAsync(cancellationToken).ConfigureAwait(false)).Select(host => host.Name)
            .Where(host =>
                SystemUser.Find(host.ToString()) is { } user && HostAccountRule.FindObjection(user, options.Value.Directory) is null)
            .ToList();
        if (accounts.Count == 0)
        {
            yield break;
        }

        // They are all in one group: one host of it stands for them.
        var members = await MembersAsync(cancellationToken).ConfigureAwait(false);
        var asked = accounts.Find(host => IsMember(host, members)) is var member && member != default ? member : accounts[0];
        var (settings, problem) = await AskAsync(asked.ToString(), cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            yield return problem with { Host = asked };
            yield break;
        }

        foreach (var finding in Judge(settings, options.Value.Directory, asked.ToString(), File.Exists))
        {
            yield return finding with { Host = asked };
        }

        foreach (var host in accounts)
        {
            // A group of the administrator's own is nothing to complain about, as long as sshd knows it.
            if (!IsMember(host, members) && (host == asked
                ? Judge(settings, options.Value.Directory, asked.ToString(), File.Exists).Count > 0
                : IsMember(asked, members)))
            {
                yield return new Finding
                {
                    Subject = Subject,
                    Kind = FindingKind.Problem,
                    Message =
                        $"The account '{host}' is not in the group {SshdConfiguration.DefaultGroup}, "
                            + "so sshd would not shut it into its area.",
                    Host = host,
                    NextStep =
                        "Where the account is there for this host only, run: "
                            + $"usermod --append --groups {SshdConfiguration.DefaultGroup} {host}",
                };
            }

            if (KeyProblem(settings, host.ToString(), File.Exists) is { } missing)
            {
                yield return missing with { Host = host };
            }
        }
    }

    private static bool IsMember(HostName host, IReadOnlySet<string> members) =>
        members.Contains(host.ToString())
            || (FileOwner.FindGroup(SshdConfiguration.DefaultGroup) is { } group && FileOwner.Find(host.ToString())?.GroupId == group);

    /// <summary>Who is in the group of the hosts, wherever the machine keeps groups.</summary>
    private async Task<IReadOnlySet<string>> MembersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await processes.RunAsync(
                new ProcessCommand("getent", ["group", SshdConfiguration.DefaultGroup]), cancellationToken).ConfigureAwait(false);
            return outcome.Output.Trim().Split(':') is [_, _, _, var names] ? names.Split(',').ToHashSet(StringComparer.Ordinal) : [];
        }
        catch (ProcessStartException)
        {
            return new HashSet<string>();
        }
    }

    private async Task<(string Settings, Finding? Problem)> AskAsync(string user, CancellationToken cancellationToken)
    {
        try
        {
            // sshd wants to be called by its whole path.
            var outcome = await processes.RunAsync(
                new ProcessCommand("/usr/sbin/sshd", ["-T", "-C", $"user={user},host=localhost,addr=127.0.0.1"]),
                cancellationToken).ConfigureAwait(false);
            return (outcome.Output, outcome.IsSuccess
                ? null
                : new Finding
                {
                    Subject = Subject,
                    Kind = FindingKind.Problem,
                    Message = $"sshd does not take its own configuration: {PlainText.OfLines(outcome.Error).Trim()}",
                    NextStep = "Check it with: sshd -t",
                });
        }
        catch (ProcessStartException exception)
        {
            return (string.Empty, new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Unknown,
                Message = $"sshd could not be asked: {exception.Message}",
                NextStep = "Check it with: /usr/sbin/sshd -T",
            });
        }
    }

    /// <param name="settings">What <c>sshd -T</c> prints: a setting a line, in small letters.</param>
    /// <param name="areas">The directory that holds the areas.</param>
    /// <param name="user">Who was asked about.</param>
    /// <param name="exists">Whether there is a file.</param>
    internal static IReadOnlyList<Finding> Judge(string settings, string areas, string user, Predicate<string> exists)
    {
        var said = Said(settings);
        var chroot = said.GetValueOrDefault("chrootdirectory", "none");
        var wrong = Wanted
            .Where(wanted => !said.GetValueOrDefault(wanted.Setting, string.Empty).StartsWith(wanted.Value, StringComparison.Ordinal))
            .Select(wanted => $"{wanted.Setting} is '{said.GetValueOrDefault(wanted.Setting, "not set")}' and not '{wanted.Value}'")
            .ToList();
        if (chroot.Replace("%u", user, StringComparison.Ordinal) != Path.Join(areas, user))
        {
            wrong.Insert(0, $"chrootdirectory is '{chroot}' and not '{Path.Join(areas, "%u")}'");
        }

        // Where the administrator keeps keys elsewhere, and the key of this host is there, all is well.
        var keyFiles = KeyFiles(said, user);
        if (!keyFiles.Contains(Path.Join(SshdConfiguration.DefaultKeysDirectory, user)) && !keyFiles.Any(file => exists(file)))
        {
            wrong.Add(
                $"authorizedkeysfile is '{said.GetValueOrDefault(KeysSetting, "not set")}' and not "
                    + $"'{SshdConfiguration.DefaultKeysDirectory}/%u'");
        }

        return wrong.Count == 0
            ? []
            : [new Finding
            {
                Subject = "sshd",
                Kind = FindingKind.Problem,
                Message = $"sshd would not let hosts in, each to its own area and nothing else: {string.Join("; ", wrong)}.",
                NextStep = new NextStep(
                    $"Write the configuration for sshd into {SshdFile.FullPath}, check it with 'sshd -t', reload sshd, and see that each "
                        + "host is in the group that it names.")
                {
                    Verb = NextStepVerb.PrintSshdConfiguration,
                },
            }];
    }

    /// <summary>Whether sshd would find a key of the host where it looks for one.</summary>
    internal static Finding? KeyProblem(string settings, string user, Predicate<string> exists)
    {
        var said = Said(settings);
        var files = KeyFiles(said, user);
        return files.Count == 0 || files.Any(file => exists(file)) || said.GetValueOrDefault("authorizedkeyscommand", "none") != "none"
            ? null
            : new Finding
            {
                Subject = "sshd",
                Kind = FindingKind.Problem,
                Message = $"sshd would refuse the host: its key is expected in '{files[^1]}', and there is no such file.",
                NextStep = AddHostStep.For(user),
            };
    }

    /// <summary>Accounts of hosts have no home: only whole paths can have their keys.</summary>
    private static List<string> KeyFiles(Dictionary<string, string> said, string user) =>
        [.. said.GetValueOrDefault(KeysSetting, string.Empty)
            .Split(' ')
            .Where(file => file.StartsWith('/'))
            .Select(file => file.Replace("%u", user, StringComparison.Ordinal))];

    private static Dictionary<string, string> Said(string settings) => settings.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2))
        .Where(parts => parts.Length == 2)
        .GroupBy(parts => parts[0], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First()[1].Trim(), StringComparer.Ordinal);
}
