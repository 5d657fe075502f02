using System.Security.Cryptography;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>What a release of a host would say, before it has a number, times and an archive.</summary>
/// <param name="Host">The host.</param>
/// <param name="TreeHash">The tree that would be shipped.</param>
/// <param name="System">The system that it describes.</param>
internal sealed record WantedRelease(HostSpec Host, TreeHash TreeHash, StorePath System)
{
    /// <summary>The files that only the host can read; null for none.</summary>
    public ReleaseSecrets? Secrets { get; init; }

    /// <summary>Where in the tree the configuration lies; null for its top.</summary>
    public string? Subdirectory { get; init; }

    /// <summary>Where the tree comes from; null when that is not known.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>The closure of the system, for a host that gets it whole; null before it is packed.</summary>
    public ReleaseClosure? Closure { get; init; }

    /// <summary>That the host is frozen, which what takes the place of its release carries on; null when it is not.</summary>
    public HostFreeze? Freeze { get; init; }

    /// <summary>Whether the host gets its system whole.</summary>
    public bool IsWhole => Host.Settings.Delivery == Delivery.System;

    /// <summary>
    /// The system that a host must arrive at; null for channels, where the host's own channel decides, unless it gets its system whole.
    /// </summary>
    public StorePath? Expected => Host.Kind == ConfigurationKind.Flake || IsWhole ? System : null;

    /// <summary>
    /// Whether the current release already says this, times aside. The same files of a later commit are the same; once they are committed
    /// that were not, a release can say so.
    /// </summary>
    public bool IsAlready(Release current, ReleaseTerms terms, bool unpins = false) =>
        !(unpins && current.Pin is not null)
        && current.Content.TreeHash == TreeHash
        && current.Number.Epoch == terms.Epoch
        && !(current.Provenance is { IsDirty: true } && Provenance is { IsDirty: false })
        && ReleaseIdentity.WithId(Apply(current, terms.Fleet) with { Provenance = current.Provenance }).Id == current.Id
        && ReleaseIdentity.WithId(current).Id == current.Id;

    /// <summary>
    /// What changes for the host when this takes the place of its release. A host that decides its system by itself is only told apart by
    /// its files.
    /// </summary>
    public PlannedChange ChangeFrom(Release? current) => current switch
    {
        null => PlannedChange.First,
        _ when current.ExpectedSystem != Expected => PlannedChange.System,
        _ when current.Content.TreeHash != TreeHash => PlannedChange.Files,
        _ => PlannedChange.Policy,
    };

    /// <summary>The id that the release would have without sequence and archive, which it gets when it is published.</summary>
    public ReleaseId Identity(FleetName fleet, long epoch) =>
        ToRelease(fleet, new ReleaseNumber(epoch, 0), new ReleaseContent
        {
            Archive = default,
            ArchiveBytes = 0,
            FileCount = 0,
            TreeHash = TreeHash,
        }, default, default).Id;

    /// <summary>Finds out before anything is built whether an agent could read the release.</summary>
    /// <exception cref="UnreadableReleaseException">None could.</exception>
    public void Check(ReleaseTerms terms)
    {
        var content = new ReleaseContent
        {
            Archive = ContentHash.FromBytes(new byte[SHA256.HashSizeInBytes]),
            ArchiveBytes = 0,
            FileCount = 0,
            TreeHash = TreeHash,
        };
        var number = new ReleaseNumber(terms.Epoch, 1);
        ReleaseFile.CheckPayload(ToRelease(terms.Fleet, number, content, DateTimeOffset.UnixEpoch, TimeSpan.Zero));
    }

    public Release ToRelease(FleetName fleet, ReleaseNumber number, ReleaseContent content, DateTimeOffset issued, TimeSpan lifetime) =>
        ReleaseIdentity.WithId(Apply(
            new Release
            {
                Fleet = fleet,
                Host = Host.Name,
                Number = number,
                Id = default,
                Issued = issued,
                Expires = issued + lifetime,
                Kind = Host.Kind,
                Content = content,
                Policy = HostPolicy.Default with { Freeze = Freeze },
            },
            fleet));

    private Release Apply(Release release, FleetName fleet) => WithVersion(release with
    {
        Fleet = fleet,
        Host = Host.Name,
        Kind = Host.Kind,
        Attribute = Host.Kind == ConfigurationKind.Flake ? Host.Attribute ?? Host.Name.ToString() : null,
        Content = release.Content with { Subdirectory = Subdirectory },
        ExpectedSystem = Expected,
        Policy = Host.Settings.Policy with { Freeze = release.Policy.Freeze },
        Secrets = Secrets,
        Provenance = Provenance,

        // The same system is the same closure, wherever its files lie.
        Closure = IsWhole ? Closure ?? release.Closure : null,
    });

    /// <summary>Before a closure is packed its release is one with a closure all the same.</summary>
    private Release WithVersion(Release release) => release with
    {
        MinimumAgent = int.Max(ProtocolVersion.Of(release), IsWhole ? ProtocolVersion.WithClosures : 0),
    };
}
