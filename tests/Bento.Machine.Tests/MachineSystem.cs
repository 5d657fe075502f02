using System.Text.Json.Nodes;
using Bento.TestBench.Nix;

namespace Bento.Machine.Tests;

/// <summary>A system of a machine: the module of Bento as Nix evaluates it, and what else happens when it is switched to.</summary>
internal sealed record MachineSystem
{
    public required string Version { get; init; }

    /// <summary>Whether its agent stays.</summary>
    public bool IsResident { get; init; }

    /// <summary>How often the timer polls.</summary>
    public int IntervalSeconds { get; init; } = 900;

    /// <summary>How often an agent that stays looks.</summary>
    public int PollSeconds { get; init; } = 1;

    /// <summary>Whether its agent lets Nix wait for the disk, as it does by itself.</summary>
    public bool LetsNixWait { get; init; } = true;

    /// <summary>Lines of the shell that its switch ends with, as <c>systemctl restart dbus</c>.</summary>
    public string SwitchScript { get; init; } = string.Empty;

    /// <summary>Lines of the shell that its switch begins with; a failure of the last one is one of the check before the switch.</summary>
    public string PreSwitchCheck { get; init; } = string.Empty;

    public int SwitchExitCode { get; init; }

    public string Kernel { get; init; } = "6.1";

    /// <summary>Of how many derivations it is made.</summary>
    public int Parts { get; init; }

    /// <summary>Lines of the shell that build each of them.</summary>
    public string PartScript { get; init; } = string.Empty;

    /// <summary>How many numbers its evaluation keeps in memory, 32 bytes each.</summary>
    public int EvaluatedNumbers { get; init; }

    /// <param name="host">Its host.</param>
    /// <param name="bento">What <c>services.bento</c> says of the server and of trust.</param>
    public JsonObject ToJson(string host, JsonObject bento)
    {
        var given = bento.DeepClone().AsObject();
        given["intervalSeconds"] = IntervalSeconds;
        given["resident"] = IsResident;
        given["settings"] = new JsonObject { ["pollSeconds"] = PollSeconds };
        if (!LetsNixWait)
        {
            given["settings"]!["nix"] = new JsonObject
            {
                ["extraArguments"] = new JsonArray(
                    "--option", "sync-before-registering", "false", "--option", "fsync-store-paths", "false"),
            };
        }

        return new JsonObject
        {
            ["host"] = host,
            ["platform"] = TestSystem.Platform,
            ["version"] = Version,
            ["kernel"] = Kernel,
            ["switchScript"] = SwitchScript,
            ["preSwitchCheck"] = PreSwitchCheck,
            ["switchExitCode"] = SwitchExitCode,
            ["parts"] = Parts,
            ["partScript"] = PartScript,
            ["evaluatedNumbers"] = EvaluatedNumbers,
            ["bento"] = given,
        };
    }
}
