using Bento.Cli.Help;
using Bento.Cli.Terminal;
using Bento.Documents;

namespace Bento.Cli.Tests;

/// <summary>Which public record each command prints with <c>--json</c>. <see cref="CliRun"/> holds every run of every test to it.</summary>
internal static class JsonOutputs
{
    private static readonly Action<string>
        Deploy = Check<DeployDocument>, Rollout = Check<RolloutDocument>, Plan = Check<PlanDocument>, Status = Check<StatusDocument>,
        History = Check<HistoryDocument>, Difference = Check<DifferenceDocument>, Inputs = Check<InputsDocument>,
        Hosts = Check<HostsDocument>, Findings = Check<FindingsDocument>, Agent = Check<AgentStatusDocument>,
        Trust = Check<TrustDocument>;

    /// <summary>By the words of the command.</summary>
    public static IReadOnlyDictionary<string, Action<string>> ByCommand { get; } = new Dictionary<string, Action<string>>
    {
        ["agent status"] = Agent,
        ["build"] = Deploy,
        ["deploy"] = Deploy,
        ["diff"] = Difference,
        ["doctor"] = Findings,
        ["flake-update"] = Inputs,
        ["history"] = History,
        ["host freeze"] = Deploy,
        ["host list"] = Hosts,
        ["host unfreeze"] = Deploy,
        ["plan"] = Plan,
        ["publish"] = Deploy,
        ["refresh"] = Deploy,
        ["rollback"] = Deploy,
        ["rollout continue"] = Rollout,
        ["rollout status"] = Rollout,
        ["rollout undo"] = Deploy,
        ["status"] = Status,
        ["trust show"] = Trust,
    };

    /// <summary>What was printed reads as the record of the command, and is written the same.</summary>
    public static void Check(string[] arguments, CliIo io, string printed)
    {
        if (printed.Length > 0 && arguments.Contains("--json"))
        {
            ByCommand[CommandTree.PathOf(CliApplication.Root(io).Parse(arguments).CommandResult.Command)](printed);
        }
    }

    private static void Check<T>(string printed)
        where T : class
    {
        // A watch prints one document in a line.
        var isIndented = printed.StartsWith("{\n", StringComparison.Ordinal);
        foreach (var text in isIndented ? [printed] : printed.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var document = DocumentJson.Read<T>(text);
            Assert.Equal(text.TrimEnd('\n'), DocumentJson.Write(document, isIndented));
            Assert.Equal(document, DocumentJson.Read<T>(DocumentJson.Write(document)));
        }
    }
}
