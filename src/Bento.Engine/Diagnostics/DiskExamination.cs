using System.Globalization;
using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Processes;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>Room on the disks that a deploy writes to.</summary>
internal sealed class DiskExamination(IOptions<BentoOptions> bento, [Guarded] ITransport transport) : IExamination
{
    private const long LeastBytes = 1L << 30;
    private const string Store = "/nix/store";

    public string Subject => "disks";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var state = bento.Value.StateDirectory ?? Path.Join(bento.Value.Directory, BentoFiles.StateDirectory);
        string[] directories = transport.As<ILocalAreas>() is { } areas ? [state, areas.Directory, Store] : [state, Store];
        foreach (var drive in directories.Select(Existing)
            .Select(directory => (directory, drive: new DriveInfo(directory)))
            .DistinctBy(place => place.drive.AvailableFreeSpace))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (drive.drive.AvailableFreeSpace < LeastBytes)
            {
                yield return new Finding
                {
                    Subject = Subject,
                    Kind = FindingKind.Warning,
                    Message = string.Create(
                        CultureInfo.InvariantCulture,
                        $"'{drive.directory}' has {drive.drive.AvailableFreeSpace >> 20} MiB left; a deploy may need more."),
                    NextStep = "Run: nix-collect-garbage",
                };
            }
        }
    }

    /// <summary>The directory, or what there is above it.</summary>
    private static string Existing(string path) => Directory.Exists(path) ? path : Existing(Path.GetDirectoryName(path) ?? "/");
}
