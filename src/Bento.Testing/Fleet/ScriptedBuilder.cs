using System.Security.Cryptography;
using System.Text;
using Bento.Building;
using Bento.Hosts;

namespace Bento.Testing.Fleet;

/// <summary>
/// Plays Nix: a <c>flake.nix</c> has a line <c>host version kind</c> for each host, and its system is a name made of that line.
/// </summary>
/// <param name="store">The directory that plays the store.</param>
/// <param name="isOnHost">Whether it builds on a host: what is <see cref="Unbuildable"/> or <see cref="Impure"/> shows only there.</param>
/// <param name="faults">Where the process may end.</param>
public sealed class ScriptedBuilder(string store, bool isOnHost, FaultPoint faults) : ISystemBuilder
{
    /// <summary>A kind of version that builds where it is published and nowhere else.</summary>
    public const string Unbuildable = "unbuildable";

    /// <summary>A kind of version that is another system on the host.</summary>
    public const string Impure = "impure";

    /// <summary>A kind of version that does not evaluate.</summary>
    public const string Broken = "broken";

    private static readonly BuildFailure Torn = new(BuildFailureKind.Evaluation, "Expected lines of the form: host version kind");

    private readonly Lock _gate = new();

    /// <summary>How the next build fails; null for not at all.</summary>
    public BuildFailureKind? FailNext { get; set; }

    /// <summary>The system that a machine runs before its first release.</summary>
    public static StorePath SystemOf(string store, string host, string version) =>
        Path(store, $"{host} {version}", $"nixos-system-{host}-{version}");

    /// <inheritdoc/>
    public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken = default) =>
        AskAsync(
            () => Lines(source) is { } lines ? new SystemListing([.. lines.Select(line => line[0])]) : new SystemListing([], Torn),
            cancellationToken);

    /// <inheritdoc/>
    public Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Pass("evaluate");
        if (Lines(source) is not { } lines)
        {
            return Task.FromResult(new DirectoryEvaluation([], Torn));
        }

        var wanted = attributes ?? [.. lines.Select(line => line[0])];
        return Task.FromResult(new DirectoryEvaluation(
            [.. wanted.Order(StringComparer.Ordinal).Select(attribute => Evaluate(attribute, lines.Find(line => line[0] == attribute)))]));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Pass("build");
        var fails = FailNext;
        FailNext = null;
        return Task.FromResult<IReadOnlyList<SystemBuild>>(
            [.. derivations.Select(derivation => new SystemBuild(derivation, (fails, derivation.System.Name) switch
            {
                ({ } kind, _) => new BuildFailure(kind, "The script says that the build fails."),
                (_, var name) when isOnHost && name.EndsWith(Unbuildable, StringComparison.Ordinal) =>
                    new BuildFailure(BuildFailureKind.Build, "The builder failed."),
                _ => null,
            }))]);
    }

    /// <inheritdoc/>
    public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken = default) =>
        Task.FromResult(new BuildForecast([], []));

    /// <inheritdoc/>
    public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken = default) =>
        Task.FromResult<BuildFailure?>(null);

    /// <inheritdoc/>
    public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken = default) =>
        Task.FromResult<SystemClosure?>(null);

    /// <summary>A publisher evaluates several directories at once.</summary>
    private void Pass(string what)
    {
        lock (_gate)
        {
            faults.Pass(what);
        }
    }

    private SystemEvaluation Evaluate(string attribute, string[]? line)
    {
        if (line is not [var host, var version, var kind] || kind == Broken)
        {
            return new SystemEvaluation(attribute, new BuildFailure(
                BuildFailureKind.Evaluation, line is null ? "There is no such host." : "The script says that it does not evaluate."));
        }

        var name = $"nixos-system-{host}-{version}-{kind}";
        var text = string.Join(' ', line) + (isOnHost && kind == Impure ? "here" : string.Empty);
        return new SystemEvaluation(new SystemDerivation
        {
            Attribute = host,
            Derivation = Path(store, text, name + ".drv"),
            System = Path(store, text, name),
        });
    }

    /// <returns>The lines in the order of their hosts; null where one of them is not such a line.</returns>
    private static List<string[]>? Lines(ConfigurationSource source)
    {
        var lines = File.ReadAllLines(System.IO.Path.Join(source.Directory, "flake.nix"))
            .Select(line => line.Split(' '))
            .OrderBy(line => line[0], StringComparer.Ordinal)
            .ToList();
        return lines.TrueForAll(line => line.Length == 3) ? lines : null;
    }

    private static Task<T> AskAsync<T>(Func<T> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ask());
    }

    private static StorePath Path(string store, string text, string name) =>
        StorePath.Parse(
            $"{store}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32].Replace('e', 'z')}-{name}");
}
