using System.CommandLine;
using Bento.Agents;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Agent;

/// <summary><c>bento agent pause</c> and <c>resume</c>: leave this host as it is for a while.</summary>
internal static class AgentPauseCommand
{
    public static Command CreatePause(CliIo io, Option<string> config)
    {
        var reason = new Argument<string?>("reason")
        {
            Description = "The reason, shown by 'bento status'.",
            HelpName = "REASON",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var duration = new Option<string?>("--for")
        {
            Description = "End the pause after this time (30m, 8h, 2d). Default: when it is resumed.",
            HelpName = "TIME",
        };
        duration.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Durations.TryParse(text) is null)
            {
                result.AddError($"--for: '{text}' is not a time: give one like 30m, 8h or 2d.");
            }
        });
        var command = new Command("pause", "Take no new release on this host until it is resumed. Survives restarts.")
        {
            reason,
            duration,
            config,
        };
        command.SetAction((parsed, _) => PauseAsync(
            io, AgentFilePath.Of(io, parsed.GetValue(config)!), parsed.GetValue(reason), parsed.GetValue(duration) is { } text
                ? Durations.TryParse(text)
                : null));
        return command;
    }

    public static Command CreateResume(CliIo io, Option<string> config)
    {
        var command = new Command("resume", "End a pause.") { config };
        command.SetAction((parsed, _) => ResumeAsync(io, AgentFilePath.Of(io, parsed.GetValue(config)!)));
        return command;
    }

    private static async Task<int> PauseAsync(CliIo io, string config, string? reason, TimeSpan? duration)
    {
        await using var services = FleetServices.CreateAgent(io, config);
        var pause = services.GetRequiredService<IAgentControl>().Pause(reason, duration);
        await io.Error.WriteLineAsync(
            $"bento: paused {(pause.Until is { } until ? $"until {until:u}" : "until 'bento agent resume'")}. A switch that has begun is "
                + "still confirmed or undone.");
        return ExitCodes.Success;
    }

    private static async Task<int> ResumeAsync(CliIo io, string config)
    {
        await using var services = FleetServices.CreateAgent(io, config);
        await io.Error.WriteLineAsync(services.GetRequiredService<IAgentControl>().Resume()
            ? "bento: resumed. The next poll may take a release."
            : "bento: the agent was not paused.");
        return ExitCodes.Success;
    }
}
