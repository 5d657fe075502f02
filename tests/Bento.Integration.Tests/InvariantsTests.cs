using Bento.Agents;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench.Fleet;

namespace Bento.Integration.Tests;

/// <summary>Each rule finds what breaks it, and nothing in what does not.</summary>
public sealed class InvariantsTests
{
    private static readonly StorePath Old = StorePath.Parse($"/nix/store/{new string('0', 32)}-old");
    private static readonly StorePath New = StorePath.Parse($"/nix/store/{new string('1', 32)}-new");
    private static readonly StorePath Third = StorePath.Parse($"/nix/store/{new string('2', 32)}-third");
    private static readonly SeenRelease Current = new(new ReleaseNumber(0, 2), ReleaseId.Parse(new string('a', 32)), New, IsWhole: true);
    private static readonly SeenReport Success = new(Current.Id, Current.Number, 1, AttemptOutcome.Succeeded, New);

    private static readonly Observation Fine = new()
    {
        Host = HostName.Parse("web"),
        Published = Current,
        Releases = [Current],
        First = Old,
        Running = New,
        Profile = New,
        Activated = [New],
        MostAtOnce = 1,
        Floor = Current.Number,
        Reports = [Success with { Outcome = null }, Success],
        State = HostState.UpToDate,
        Result = new AgentResult(AgentConclusion.Attempted, "It switched.") { Number = Current.Number, Outcome = AttemptOutcome.Succeeded },
    };

    public static TheoryData<string, Observation> Broken => new()
    {
        { "I1", Fine with { Published = Current with { IsWhole = false } } },
        { "I1", Fine with { Published = null } },
        { "I1", Fine with { Published = Current with { Id = ReleaseId.Parse(new string('b', 32)) }, State = null } },
        { "I2", Fine with { Activated = [New, Third] } },
        { "I3", Fine with { Floor = new ReleaseNumber(0, 1) } },
        { "I3", Fine with { Floor = null } },
        { "I4", Fine with { Running = Third, Result = null } },
        { "I4", Fine with { Profile = Third } },
        { "I6", Fine with { MostAtOnce = 2 } },
        { "I9", Fine with { Reports = [] } },
        { "I9", Fine with { Reports = [Success with { Outcome = AttemptOutcome.BuildFailed }] } },
        { "I10", Fine with { Exposed = ["/var/lib/bento"] } },
        { "I11", Fine with { Running = Old } },
        { "I11", Fine with { Result = Fine.Result! with { Outcome = AttemptOutcome.RolledBack } } },
    };

    public static TheoryData<string, Observation> Unsettled => new()
    {
        { "I5", Fine with { Reports = [Success, Success with { Attempt = 2, Outcome = null }] } },
        { "I7", Fine with { Leftovers = ["spool/000000000001_2-1-result.json"] } },
        { "I8", Fine with { State = HostState.Failing } },
        { "I8", Fine with { Running = Old } },
        { "I8", Fine with { Reports = [] } },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void What_breaks_a_rule_is_found(string rule, Observation seen) =>
        Assert.StartsWith(rule + " ", Assert.Single(Invariants.Check(Fine, seen)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Unsettled), DisableDiscoveryEnumeration = true)]
    public void What_is_not_settled_is_found(string rule, Observation seen) =>
        Assert.StartsWith(rule + " ", Assert.Single(Invariants.CheckSettled(seen)), StringComparison.Ordinal);

    [Fact]
    public void What_is_fine_is_fine() => Assert.Empty(Invariants.Check(Fine, Fine).Concat(Invariants.CheckSettled(Fine)));

    [Fact]
    public void What_was_not_looked_at_is_not_judged() =>
        Assert.Empty(Invariants.Check(null, new Observation { Host = Fine.Host })
            .Concat(Invariants.CheckSettled(new Observation { Host = Fine.Host })));
}
