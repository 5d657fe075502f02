using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Attempts;

/// <summary>Attempts at any phase, and what happens to them.</summary>
internal static class AttemptStories
{
    public static readonly StorePath Old = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-old");
    public static readonly StorePath New = StorePath.Parse("/nix/store/zyxwvsrqpnmlkjihgfdcba9876543210-new");

    public static List<JournalAttempt> Play(JournalAttempt attempt, AttemptEvent[] story)
    {
        var played = new List<JournalAttempt>();
        foreach (var happened in story)
        {
            attempt = AttemptStateMachine.Next(attempt, happened);
            played.Add(attempt);
        }

        return played;
    }

    public static AttemptEvent.Switched Switched(ActivationVerdict verdict) => new(new Activation
    {
        Verdict = verdict,
        ExitCode = (int)verdict,
        FailedUnits = [],
    });

    public static JournalAttempt In(AttemptPhase phase, HostPolicy? policy = null) =>
        Start(policy) with { Phase = phase, System = New, Previous = phase == AttemptPhase.Ready ? null : Old };

    public static JournalAttempt Start(HostPolicy? policy = null) => new(
        new Release
        {
            Fleet = FleetName.Parse("test"),
            Host = HostName.Parse("web"),
            Number = new ReleaseNumber(0, 1),
            Id = ReleaseId.Parse(new string('a', 32)),
            Issued = DateTimeOffset.UnixEpoch,
            Expires = DateTimeOffset.MaxValue,
            Kind = ConfigurationKind.Flake,
            Attribute = "web",
            Content = new ReleaseContent
            {
                Archive = ContentHash.Parse(new string('0', 64)),
                ArchiveBytes = 0,
                FileCount = 0,
                TreeHash = TreeHash.FromBytes(new byte[32]),
            },
            Policy = policy ?? HostPolicy.Default,
        },
        1,
        DateTimeOffset.UnixEpoch,
        AttemptPhase.Fetching);

    public static AttemptEvent.Unconfirmed Away => new("away", IsServerAway: true);
}
