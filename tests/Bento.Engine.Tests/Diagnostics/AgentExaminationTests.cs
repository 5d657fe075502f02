using Bento.Diagnostics;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Engine.Tests.Diagnostics;

public sealed class AgentExaminationTests : IDisposable
{
    private static readonly HostName Host = HostName.Parse("h1");

    private readonly DeployBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("0.0.9", true)]
    [InlineData(null, false)]
    public async Task A_host_whose_agent_is_of_another_version_than_the_operators_program_is_told(string? version, bool isTold)
    {
        _bench.Flake("lab", "h1");
        await _bench.DeployAsync();
        var agent = version ?? BentoVersion.Current;
        _bench.Transport.Server.Put(
            Host,
            "logs/beat.json",
            ReportJson.Write(new Heartbeat { At = _bench.Clock.GetUtcNow(), Interval = TimeSpan.FromDays(1), Agent = agent }));
        var status = Assert.Single(await _bench.Status.ReadAsync(HostSelector.All, TestContext.Current.CancellationToken));

        var findings = (await _bench.Get<IDoctor>().ExamineAsync(TestContext.Current.CancellationToken))
            .Where(finding => finding.Subject == "agents")
            .ToList();

        Assert.Equal(agent, status.AgentVersion);
        Assert.Equal(isTold ? [(Host, FindingKind.Warning)] : [], findings.Select(finding => (finding.Host!.Value, finding.Kind)));
        Assert.All(
            findings,
            finding => Assert.StartsWith(
                $"Its agent is version 0.0.9, and this program is {BentoVersion.Current}", finding.Message, StringComparison.Ordinal));
    }
}
