using System.Security.Cryptography;
using System.Text;
using Bento.Building;
using Bento.Hosts;

namespace Bento.Testing.Fleet;

/// <summary>
/// Plays Nix: the system of a host is a name made of the bytes of its <c>flake.nix</c>, one line <c>host version kind</c>.
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

    private readonly Lock _gate = new();

    /// <summary>How the next build fails; null for not at all.</summary>
    public BuildFailureKind? FailNext { get; set; }

    /// <summary>The system that a machine runs before its first release.</summary>
    public static StorePath SystemOf(string store, string host, string version) =>
        Path(store, $"{host} {version}", $"nixos-system-{host}-{version}");

    public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken) =>
        Task.FromResult(new SystemListing([Line(source)[0]]));

    public Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        Pass("evaluate");
        var line = Line(source);
        var salt = isOnHost && line[2] == Impure ? "here" : string.Empty;
        var name = $"nixos-system-{line[0]}-{line[1]}-{line[2]}";
        var text = string.Join(' ', line) + salt;
        return Task.FromResult(new DirectoryEvaluation(
            [new SystemEvaluation(new SystemDerivation
            {
                Attribute = line[0],
                Derivation = Path(store, text, name + ".drv"),
                System = Path(store, text, name),
            })]));
    }

    public Task<IReadOnlyList<SystemBuild>> BuildAsync(
        IReadOnlyList<SystemDerivation> derivations,
        BuildSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
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

    public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken) =>
        Task.FromResult(new BuildForecast([], []));

    public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken) =>
        Task.FromResult<BuildFailure?>(null);

    public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken) =>
        Task.FromResult<SystemClosure?>(null);

    /// <summary>A publisher evaluates several directories at once.</summary>
    private void Pass(string what)
    {
        lock (_gate)
        {
            faults.Pass(what);
        }
    }

    private static string[] Line(ConfigurationSource source) =>
        File.ReadAllText(System.IO.Path.Join(source.Directory, "flake.nix")).Trim().Split(' ');

    private static StorePath Path(string store, string text, string name) =>
        StorePath.Parse(
            $"{store}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32].Replace('e', 'z')}-{name}");
}
