using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What a directory holds for people to sign.</summary>
/// <param name="requests">The releases, in ordinal order of their hosts.</param>
/// <param name="problems">The files that are not a release to sign, each with the host that its name says; they hold no other host
/// back.</param>
/// <remarks>Immutable.</remarks>
public sealed class SigningBatch(IReadOnlyList<SigningRequest> requests, IReadOnlyList<FleetProblem> problems)
{
    /// <summary>The releases, in ordinal order of their hosts.</summary>
    public IReadOnlyList<SigningRequest> Requests { get; } = [.. requests];

    /// <summary>The files that are not a release to sign, each with the host that its name says; they hold no other host back.</summary>
    public IReadOnlyList<FleetProblem> Problems { get; } = [.. problems];
}
