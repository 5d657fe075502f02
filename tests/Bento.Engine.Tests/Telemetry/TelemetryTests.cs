using System.Diagnostics;
using Bento.Agents;
using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Engine.Tests.Sftp;
using Bento.Processes;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Telemetry;
using Bento.TestBench.Sshd;
using Bento.Testing.Fleet;
using Bento.Transport;

namespace Bento.Engine.Tests.Telemetry;

public sealed class TelemetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deploy_is_a_span_with_its_phases_and_one_for_each_host()
    {
        using var bench = new DeployBench();
        bench.Flake("lab", "h1", "h2");
        using var heard = new Listening();

        await bench.DeployAsync();

        var deploy = heard.Span("bento.deploy");
        Assert.Equal(ActivityStatusCode.Unset, deploy.Status);
        Assert.Equal("bento", deploy.GetTagItem("bento.fleet"));
        Assert.Equal(("*", 2), (deploy.GetTagItem("bento.selector"), deploy.GetTagItem("bento.hosts")));
        Assert.All(
            ["bento.deploy.evaluate", "bento.deploy.build", "bento.deploy.publish"],
            phase => Assert.Equal(deploy.SpanId, heard.Span(phase).ParentSpanId));
        Assert.Equal(
            ["h1", "h2"],
            heard.Spans.Where(span => span.OperationName == "bento.deploy.host" && span.Parent?.OperationName == "bento.deploy.publish")
                .Select(span => span.GetTagItem("bento.host"))
                .Order());
        Assert.Equal(2, heard.Sum("bento.deploy.hosts bento.fleet=bento bento.operation=deploy bento.outcome=published"));
        Assert.Single(heard.Numbers, number => number.What == "bento.operation.duration bento.fleet=bento bento.operation=deploy");
    }

    [Fact]
    public async Task A_host_that_fails_is_an_error_of_its_span_and_of_the_deploy()
    {
        using var bench = new DeployBench();
        bench.Flake("lab", "h1", "h2");
        bench.Transport.BeforeCall = (call, _) => call is { Operation: "write" } && call.Host == HostName.Parse("h1")
            ? throw new TransportException(TransportFailure.NoSpace, "The disk is full.")
            : Task.CompletedTask;
        using var heard = new Listening();

        await bench.DeployAsync();

        var failed = heard.Spans.Where(span => span.Status == ActivityStatusCode.Error)
            .Select(span => $"{span.OperationName} {span.GetTagItem("error.type")}")
            .Distinct();
        Assert.Equal(["bento.deploy.host host", "bento.deploy hosts"], failed);
        Assert.Equal(1, heard.Sum("bento.deploy.hosts bento.fleet=bento bento.operation=deploy bento.outcome=failed"));
    }

    [Fact]
    public async Task A_deploy_that_breaks_off_is_measured_with_the_type_of_its_error()
    {
        using var bench = new DeployBench();
        bench.Flake("lab", "h1");
        bench.Transport.Failure = TransportFailure.LoginRefused;
        using var heard = new Listening();

        await Assert.ThrowsAsync<TransportException>(() => bench.DeployAsync());

        Assert.Equal("login-refused", heard.Span("bento.deploy").GetTagItem("error.type"));
        Assert.Single(
            heard.Numbers,
            number => number.What == "bento.operation.duration bento.fleet=bento bento.operation=deploy error.type=login-refused");
    }

    [Fact]
    public async Task Cancelling_a_deploy_is_no_error()
    {
        using var bench = new DeployBench();
        bench.Flake("lab", "h1");
        using var stop = new CancellationTokenSource();
        bench.Transport.BeforeCall = (_, _) => stop.CancelAsync();
        using var heard = new Listening();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => bench.Get<IDeployer>().DeployAsync(new DeployRequest(), cancellationToken: stop.Token));

        Assert.Equal(ActivityStatusCode.Unset, heard.Span("bento.deploy").Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_attempt_is_a_span_with_one_for_each_phase_and_its_observer_hears_of_each()
    {
        using var fleet = new ScriptedFleet(hosts: 1);
        var host = fleet.Hosts[0];
        var steps = new List<AttemptStep>();
        host.Observer = new Steps(steps);
        await fleet.PublishAsync(host, cancellationToken: Token);
        using var heard = new Listening();

        await host.PollAsync(Token);

        Assert.Equal(
            [AttemptStep.Fetching, AttemptStep.Building, AttemptStep.Ready, AttemptStep.Activating, AttemptStep.Confirming], steps);
        var attempt = heard.Span("bento.agent.attempt");
        Assert.Equal(("h1", "1", "succeeded"), (
            attempt.GetTagItem("bento.host"), attempt.GetTagItem("bento.release"), attempt.GetTagItem("bento.outcome")));
        Assert.Equal(heard.Span("bento.agent.poll").SpanId, attempt.ParentSpanId);
        Assert.Equal(
            ["fetching", "building", "ready", "activating", "confirming"],
            heard.Spans.Where(span => span.OperationName == "bento.agent.phase" && span.ParentSpanId == attempt.SpanId)
                .Select(span => span.GetTagItem("bento.phase")));
        Assert.Single(heard.Numbers, number => number.What == "bento.agent.attempt.duration bento.outcome=succeeded");
        Assert.Single(heard.Numbers, number => number.What == "bento.agent.phase.duration bento.phase=activating");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_refused_release_and_an_attempt_that_fails_are_counted()
    {
        using var fleet = new ScriptedFleet(hosts: 1);
        var host = fleet.Hosts[0];
        await fleet.PublishAsync(host, cancellationToken: Token);
        await fleet.PublishAsync(host, cancellationToken: Token);
        host.Builder.FailNext = BuildFailureKind.Build;
        using var heard = new Listening();
        await host.PollAsync(Token);
        fleet.Server.Put(host.Name, "release.json", fleet.Releases(host)[0]);

        var refused = await host.PollAsync(Token);

        Assert.Equal(Refusal.Rollback, refused?.Refusal);
        Assert.Equal(1, heard.Sum("bento.agent.refusals bento.refusal=rollback"));
        Assert.Contains(heard.Spans, span => span is { OperationName: "bento.agent.attempt", Status: ActivityStatusCode.Error });
    }

    [Fact(Timeout = 60_000)]
    public async Task What_goes_over_a_real_sshd_has_spans_and_is_counted_in_bytes()
    {
        await using var server = await SshdServer.StartAsync();
        using var heard = new Listening();
        await using (var session = await SftpTransports.Publisher(server).ConnectAsync(Token))
        {
            var area = session.OpenArea(HostName.Parse("web"));
            await area.EnsureAsync(Token);
            await area.WriteAsync("release.json", new MemoryStream(new byte[100_000]), Token);
            Assert.Equal(100_000, (await area.ReadAsync("release.json", 200_000, Token))!.Length);
        }

        Assert.Equal((SshdServer.Address, server.Port), (
            heard.Span("bento.sftp.connect").GetTagItem("server.address"), heard.Span("bento.sftp.connect").GetTagItem("server.port")));
        Assert.Contains("bento.sftp.upload", heard.Names);
        Assert.Contains("bento.sftp.download", heard.Names);
        Assert.Equal(100_000, heard.Sum("bento.sftp.io network.io.direction=receive"));
        Assert.InRange(heard.Sum("bento.sftp.io network.io.direction=transmit"), 100_000, 101_000);
    }

    [Fact]
    public async Task A_program_is_a_span_with_its_exit_code()
    {
        using var heard = new Listening();

        await new CliWrapProcessRunner(TimeProvider.System).RunAsync(new ProcessCommand("false", []), Token);

        var span = heard.Span("bento.process");
        Assert.Equal(("false", 1), (span.GetTagItem("process.executable.name"), span.GetTagItem("process.exit.code")));
        Assert.Single(heard.Numbers, number => number.What == "bento.process.duration process.executable.name=false");
    }

    [Fact]
    public void Source_and_meter_carry_the_version_of_Bento()
    {
        Assert.Equal(BentoVersion.Current, BentoTelemetry.Source.Version);
        Assert.Equal(BentoVersion.Current, BentoTelemetry.Meter.Version);
        Assert.NotEqual("0", BentoVersion.Current);
    }

    private sealed class Steps(List<AttemptStep> steps) : IProgress<AgentEvent>
    {
        public void Report(AgentEvent value)
        {
            if (value is AgentEvent.Entered entered)
            {
                steps.Add(entered.Step);
            }
        }
    }
}
