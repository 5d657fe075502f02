using System.Runtime.CompilerServices;
using Bento.Files;
using Bento.Processes;
using Bento.Status;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>What the sshd of this machine would do with a host that logs in, where this machine serves the areas.</summary>
internal sealed class SshdExamination(IOptions<LocalDirectoryOptions> options, ITransport transport, IHostRegistry hosts, IProcessRunner processes) : IExamination
{
    private static readonly (string Setting, string Value)[] Wanted =
        [("forcecommand", "internal-sftp"), ("disableforwarding", "yes"), ("permittty", "no"), ("permituserrc", "no"), ("authenticationmethods", "publickey")];

    public string Subject => "sshd";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (transport is not LocalDirectoryTransport || options.Value.Ownership != AreaOwnership.SystemUsers)
        {
            yield break;
        }

        if (!Environment.IsPrivilegedProcess)
        {
            yield return new Finding(Subject, FindingKind.Unknown, "Only root can ask sshd what it would do with a host.") { NextStep = "Run: sudo bento doctor" };
            yield break;
        }

        // They are all in one group: one host with an account stands for them.
        var host = (await hosts.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(host => FileOwner.Find(host.Name.ToString()) is not null);
        if (host is not null)
        {
            foreach (var finding in await AskAsync(host.Name.ToString(), cancellationToken).ConfigureAwait(false))
            {
                yield return finding with { Host = host.Name };
            }
        }
    }

    private async Task<IReadOnlyList<Finding>> AskAsync(string user, CancellationToken cancellationToken)
    {
        try
        {
            // sshd wants to be called by its whole path.
            var outcome = await processes.RunAsync(new ProcessCommand("/usr/sbin/sshd", ["-T", "-C", $"user={user},host=localhost,addr=127.0.0.1"]), cancellationToken).ConfigureAwait(false);
            return outcome.IsSuccess
                ? Judge(outcome.Output, options.Value.Directory, user)
                : [new Finding(Subject, FindingKind.Problem, $"sshd does not take its own configuration: {PlainText.OfLines(outcome.Error).Trim()}") { NextStep = "Check it with: sshd -t" }];
        }
        catch (ProcessStartException exception)
        {
            return [new Finding(Subject, FindingKind.Unknown, $"sshd could not be asked: {exception.Message}") { NextStep = "Check it with: /usr/sbin/sshd -T" }];
        }
    }

    /// <param name="settings">What <c>sshd -T</c> prints: a setting a line, in small letters.</param>
    /// <param name="areas">The directory that holds the areas.</param>
    /// <param name="user">Who was asked about.</param>
    internal static IReadOnlyList<Finding> Judge(string settings, string areas, string user)
    {
        var said = settings.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First()[1].Trim(), StringComparer.Ordinal);
        var chroot = said.GetValueOrDefault("chrootdirectory", "none");
        var wrong = Wanted
            .Where(wanted => !said.GetValueOrDefault(wanted.Setting, string.Empty).StartsWith(wanted.Value, StringComparison.Ordinal))
            .Select(wanted => $"{wanted.Setting} is '{said.GetValueOrDefault(wanted.Setting, "not set")}' and not '{wanted.Value}'")
            .ToList();
        if (chroot.Replace("%u", user, StringComparison.Ordinal) != Path.Join(areas, user))
        {
            wrong.Insert(0, $"chrootdirectory is '{chroot}' and not '{Path.Join(areas, "%u")}'");
        }

        return wrong.Count == 0
            ? []
            : [new Finding("sshd", FindingKind.Problem, $"sshd would not shut hosts into their areas: {string.Join("; ", wrong)}.")
            {
                NextStep = "Run: bento server sshd-config > /etc/ssh/sshd_config.d/bento.conf; sshd -t; then reload sshd. A host must be in the group that it names.",
            }];
    }
}
