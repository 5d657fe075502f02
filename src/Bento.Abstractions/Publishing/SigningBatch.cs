using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>What a directory holds for people to sign.</summary>
/// <param name="Requests">The releases, in ordinal order of their hosts.</param>
/// <param name="Problems">The files that are not a release to sign, each with the host that its name says; they hold no other host
/// back.</param>
/// <remarks>Immutable.</remarks>
public sealed record SigningBatch(IReadOnlyList<SigningRequest> Requests, IReadOnlyList<FleetProblem> Problems)
{
    /// <summary>The releases, in ordinal order of their hosts.</summary>
    public IReadOnlyList<SigningRequest> Requests { get; init => field = ValueList.Of(value); } = ValueList.Of(Requests);

    /// <summary>The files that are not a release to sign, each with the host that its name says; they hold no other host back.</summary>
    public IReadOnlyList<FleetProblem> Problems { get; init => field = ValueList.Of(value); } = ValueList.Of(Problems);
}
