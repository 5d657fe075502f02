using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Building.Locks;

/// <summary>
/// Updates a private copy of each flake, and puts the new lock file into the Bento directory only when Nix is done with it.
/// </summary>
internal sealed class FlakeInputs(FleetReader reader, [Guarded] ISystemBuilder builder, StateDirectories state) : IFlakeInputs
{
    private const int MaxConcurrentUpdates = 4;

    public async Task<IReadOnlyList<DirectoryInputs>> UpdateAsync(
        string? input, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        var (directories, problems) = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var flakes = directories.Where(directory => directory.Configuration.Kind == ConfigurationKind.Flake)
            .Select(directory => (
                Directory: directory,
                Lock: FlakeLockFile.Read(directory.Configuration.FullPath),
                Problem: FlakeLockFile.FindProblem(directory.Configuration.FullPath)))
            .ToList();
        var concerned = input is null
            ? flakes
            : flakes.FindAll(flake => flake.Problem is not null || flake.Lock?.Inputs.Contains(input, StringComparer.Ordinal) is true);
        var unlocked = input is null
            ? []
            : flakes.Where(flake => flake is { Lock: null, Problem: null } && Names(flake.Directory.Configuration, input))
                .Select(flake => flake.Directory.Configuration.Path)
                .ToList();
        if (concerned.Count + unlocked.Count == 0)
        {
            throw new InvalidFleetException([.. problems, input is null || flakes.Count == 0
                ? new FleetProblem("hosts", "There is no flake in the fleet.")
                : Unknown(input, flakes.SelectMany(flake => flake.Lock?.Inputs ?? []))]);
        }

        var results = new ConcurrentBag<DirectoryInputs>(unlocked.Select(path => new DirectoryInputs(path, [])
        {
            Failure = new Failure(
                FailureKind.Configuration,
                $"Its flake.nix names '{input}', and there is no flake.lock in which it could be moved. Update without naming an "
                    + "input: all are locked then."),
        }));
        using var work = WorkDirectory.Create(state);
        var parallelism = new ParallelOptions
        {
            MaxDegreeOfParallelism = int.Min(MaxConcurrentUpdates, Environment.ProcessorCount),
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(concerned, parallelism, async (flake, token) =>
        {
            progress.Tell(new FleetEvent.Evaluating(flake.Directory.Configuration.Path));
            results.Add(flake.Problem is { } problem
                ? new DirectoryInputs(flake.Directory.Configuration.Path, []) { Failure = new Failure(FailureKind.Damaged, problem) }
                : await UpdateAsync(flake.Directory, flake.Lock, input, work, token).ConfigureAwait(false));
        }).ConfigureAwait(false);
        return [.. results.OrderBy(result => result.Directory, StringComparer.Ordinal)];
    }

    private async Task<DirectoryInputs> UpdateAsync(
        ScannedDirectory directory, FlakeLock? before, string? input, WorkDirectory work, CancellationToken cancellationToken)
    {
        var configuration = directory.Configuration;
        try
        {
            var snapshot = Snapshot.Take(directory.Scan.Entries, work.NewPath(), cancellationToken);
            if (await builder.UpdateLockAsync(
                directory.ToSource(snapshot), input, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                return new DirectoryInputs(configuration.Path, []) { Failure = failure.ToFailure() };
            }

            // A flake without inputs has no lock file, and needs none.
            var updated = Path.Join(snapshot.Directory, directory.Subdirectory);
            var moves = FlakeLockFile.Read(updated) is { } after ? FlakeLock.Moves(before, after) : [];
            if (moves.Count > 0)
            {
                FlakeLockFile.Take(configuration.FullPath, updated);
            }

            return new DirectoryInputs(configuration.Path, moves);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new DirectoryInputs(configuration.Path, []) { Failure = FailureReading.Of(exception, exception.Message) };
        }
    }

    /// <summary>Without a lock file only the text can tell: better one flake too many is named than one too few.</summary>
    private static bool Names(ConfigurationDirectory configuration, string input)
    {
        var text = GivenFile.ReadText(Path.Join(configuration.FullPath, BentoFiles.Flake)) ?? string.Empty;
        return text.Contains("inputs", StringComparison.Ordinal)
            && Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(input)}(?![\w-])", RegexOptions.CultureInvariant);
    }

    private static FleetProblem Unknown(string input, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new FleetProblem("input", names.Count == 0
            ? $"No lock file knows an input '{input}'. Without a name, all inputs are locked."
            : $"No flake has an input '{input}'. There are {string.Join(", ", names)}.");
    }
}
