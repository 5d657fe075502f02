using System.Runtime.CompilerServices;
using Bento.Files;
using Bento.Processes;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>
/// What lies where the areas of this machine are, and whose it is: directories that are not areas, and areas that others may change.
/// </summary>
internal sealed class LocalAreaExamination(IOptions<LocalDirectoryOptions> options, [Guarded] ITransport transport) : IExamination
{
    private const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public string Subject => "areas";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (transport.As<ILocalAreas>() is not { Directory: var areas }
            || FileStatus.ReadTarget(areas) is not { Kind: FileKind.Directory } root)
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateDirectories(areas).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!HostName.TryParse(Path.GetFileName(path), out var host)
                || FileStatus.Read(path) is not { Kind: FileKind.Directory } status)
            {
                continue;
            }

            if (!AreaMarks.IsArea(path))
            {
                var beside = $"{Path.TrimEndingDirectorySeparator(areas)}.{Path.GetFileName(path)}";
                yield return new Finding
                {
                    Subject = Subject,
                    Kind = FindingKind.Warning,
                    Message = $"'{path}' lies among the areas but is not one: a host of that name would get it.",
                    NextStep = $"Run: {ShellCommand.Text("mv", path, beside)}",
                };
            }
            else if (options.Value.Ownership == AreaOwnership.CurrentUser)
            {
                foreach (var finding in Judge(path, status, root.Owner))
                {
                    yield return finding with { Host = host };
                }
            }
        }
    }

    /// <summary>Areas of one user are that user's: whoever else may write there decides what hosts are offered.</summary>
    private IEnumerable<Finding> Judge(string path, FileStatus status, FileOwner owner)
    {
        if (status.Owner.UserId != owner.UserId)
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Problem,
                Message = $"'{path}' belongs to {SystemUser.Describe(status.Owner.UserId)}, and the directory of the areas to "
                    + $"{SystemUser.Describe(owner.UserId)}.",
                NextStep = $"Run: {ShellCommand.Text("chown", "--recursive", "--no-dereference", $"{owner.UserId}:{owner.GroupId}", path)}",
            };
        }

        if ((status.Mode & Writable) != 0)
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Problem,
                Message = $"'{path}' can be written by its group or by others (mode {Convert.ToString((int)status.Mode, 8)}).",
                NextStep = $"Run: {ShellCommand.Text("chmod", "go-w", path)}",
            };
        }
    }
}
