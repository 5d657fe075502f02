using System.Runtime.CompilerServices;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>
/// What publishers left that were killed. It stands in nobody's way and goes with the next publication for that host; until then it takes
/// room.
/// </summary>
internal sealed class LeftoverExamination(
    IHostRegistry hosts,
    [Guarded] ITransport transport,
    IOptions<BentoOptions> bento,
    IOptions<LocalDirectoryOptions> areas,
    TimeProvider clock) : IExamination
{
    /// <summary>No publication of one file takes as long: what is younger may be somebody's who is at work.</summary>
    private static readonly TimeSpan LeastAge = TimeSpan.FromHours(1);

    public string Subject => "leftovers";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var directory in WorkDirectory.Abandoned(new StateDirectories(bento).Work))
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Warning,
                Message = $"An operation that was killed left '{directory}'; the next deploy removes it.",
                NextStep = $"Run: {Remove([directory])}",
            };
        }

        var known = await hosts.ListAsync(cancellationToken).ConfigureAwait(false);
        var session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            foreach (var host in known.Where(host => host.HasArea).Select(host => host.Name))
            {
                var left = await LeftAsync(session.OpenArea(host), cancellationToken).ConfigureAwait(false);
                if (left.Count > 0)
                {
                    yield return new Finding
                    {
                        Subject = Subject,
                        Kind = FindingKind.Warning,
                        Message =
                            $"A publisher that was killed left {left.Count} temporary {(left.Count == 1 ? "entry" : "entries")} "
                                + "in its area; its next release removes them.",
                        Host = host,
                        NextStep = transport.As<ILocalAreas>() is not null
                            ? $"Run: {Remove(left.Select(path => Path.Join(areas.Value.Directory, host.ToString(), path)))}"
                            : $"On the server, in the directory of the areas, run: {Remove(left.Select(path => $"{host}/{path}"))}",
                    };
                }
            }
        }
    }

    private async Task<IReadOnlyList<string>> LeftAsync(IArea area, CancellationToken cancellationToken)
    {
        var left = new List<string>();
        foreach (var directory in new[] { string.Empty, AreaPath.Content })
        {
            await foreach (var entry in area.ListAsync(directory, cancellationToken).ConfigureAwait(false))
            {
                if (DurableFile.IsTemporary(entry.Name) && IsPlain(entry.Name) && entry.Changed < clock.GetUtcNow() - LeastAge)
                {
                    left.Add(directory.Length == 0 ? entry.Name : $"{directory}/{entry.Name}");
                }
            }
        }

        left.Sort(StringComparer.Ordinal);
        return left;
    }

    private static string Remove(IEnumerable<string> paths) => ShellCommand.Text(["rm", "-r", .. paths]);

    /// <summary>It will stand in a command that somebody pastes into a shell.</summary>
    private static bool IsPlain(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
