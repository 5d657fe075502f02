using Bento.Building;
using Bento.Cli.Agent;
using Bento.Cli.Deploy;
using Bento.Cli.Diff;
using Bento.Cli.Doctor;
using Bento.Cli.History;
using Bento.Cli.Hosts;
using Bento.Cli.Inputs;
using Bento.Cli.Progress;
using Bento.Cli.Show;
using Bento.Cli.Status;
using Bento.Cli.Terminal;
using Bento.Cli.Trust;
using Bento.Hosts;

namespace Bento.Cli.Tests.Approved;

/// <summary>What each renderer makes of the sample fleet.</summary>
internal static class SampleViews
{
    public static IReadOnlyDictionary<string, Action<CliIo>> Views { get; } = new Dictionary<string, Action<CliIo>>(StringComparer.Ordinal)
    {
        ["status"] = io => Status(isRepeated: false).Write(io, SampleFleet.Statuses, SampleFleet.Now),
        ["status-watch"] = io => Status(isRepeated: true).Write(io, SampleFleet.Statuses, SampleFleet.Now),
        ["status-summary"] = io => StatusSummary.Write(io.Out, SampleFleet.Statuses),
        ["show"] = io => HostSheet.Write(
            io, SampleFleet.Statuses[1], SampleFleet.History, SampleFleet.Differences[3], SampleFleet.Now, isVerbose: false),
        ["plan"] = io => PlanRenderer.Write(io, io.Out, SampleFleet.Plan, isVerbose: false),
        ["deploy"] = io => DeployReportRenderer.Write(io, new OutputStyle(IsVerbose: false, IsJson: false), SampleFleet.Report),
        ["build-dry-run"] = io => DeployReportRenderer.Write(io, new OutputStyle(IsVerbose: false, IsJson: false), SampleFleet.Forecast),
        ["progress"] = WriteProgress,
        ["diff"] = io => DifferenceTable.Write(io, SampleFleet.Differences, isVerbose: false),
        ["diff-one-host"] = io => DifferenceTable.Write(io, [SampleFleet.Differences[3]], isVerbose: false),
        ["host-list"] = io => HostsRenderer.Write(io, SampleFleet.Hosts),
        ["host-next-step"] = io =>
            HostNextStep.Write(
                io, SampleFleet.Name("web"), new BootstrapOptions { Host = "sftp.example.org", Port = 2222 }, isPublished: true),
        ["doctor"] = io => FindingsRenderer.Write(io, SampleFleet.Findings, isWell: false),
        ["history"] = io => HistoryTable.Write(io, [SampleFleet.History], limit: 3),
        ["trust-show"] = io => TrustView.Write(io, SampleFleet.Trust, SampleFleet.Keys, isJson: false, isNix: false),
        ["flake-update"] = WriteInputs,
        ["agent-status"] = io => AgentStateText.Write(io.Out, SampleFleet.Agent),
    };

    private static StatusView Status(bool isRepeated) => new(StatusFormat.Table, [], StatusOrder.Host, isRepeated);

    private static void WriteProgress(CliIo io)
    {
        var lines = new LineProgress(io.Error, isVerbose: false);
        FleetEvent[] events =
        [
            new FleetEvent.Evaluating("hosts/lab"),
            new FleetEvent.Evaluated(SampleFleet.Name("web"), SampleFleet.Wanted),
            new FleetEvent.Building([SampleFleet.Name("db"), SampleFleet.Name("web")]),
            new FleetEvent.BuildAdvanced { DoneCount = 1, TotalCount = 2, RunningCount = 1, FailedCount = 0 },
            new FleetEvent.Built(SampleFleet.Name("web"), SampleFleet.Wanted),
            new FleetEvent.Failed(SampleFleet.Name("db"), new Failure(FailureKind.Build, "hosts/db does not build\nlog")),
            new FleetEvent.Published(SampleFleet.Name("web"), SampleFleet.Release(7)),
        ];
        Array.ForEach(events, lines.Report);
        new ConnectionLines(io.Error).Report(new Transport.ConnectionWait("sftp.example.org:22", TimeSpan.FromSeconds(12)));
    }

    private static void WriteInputs(CliIo io)
    {
        IReadOnlyList<DirectoryInputs> inputs =
        [
            new DirectoryInputs(
                "hosts/lab",
                [
                    new InputMove
                    {
                        Input = "nixpkgs",
                        From = new FlakeRevision("8b27c1239e5c421a2bbc2c65d52e4a6fbf2ff296", SampleFleet.Now.AddDays(-30)),
                        To = new FlakeRevision("f771eb401a46846c1aebd20552521b233dd7e18b", SampleFleet.Now),
                    },
                    new InputMove
                    {
                        Input = "utils/systems",
                        From = null,
                        To = new FlakeRevision("da67096a3b9bf56a91d16901293e51ba5b49a27e", null),
                    },
                ]),
            new DirectoryInputs("hosts/web", []),
            new DirectoryInputs("hosts/db", [])
            {
                Failure = new Failure(FailureKind.Unreachable, "error: unable to download 'https://example.org/x.tar.gz'"),
            },
        ];
        InputsRenderer.Write(io, inputs);
        InputsRenderer.WriteFailures(io.Error, inputs);
    }
}
