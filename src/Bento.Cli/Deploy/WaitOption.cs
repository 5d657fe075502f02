using System.CommandLine;
using Bento.Cli.Options;

namespace Bento.Cli.Deploy;

/// <summary><c>--wait[=TIME]</c>: how long a deploy is followed to its hosts.</summary>
internal static class WaitOption
{
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(30);

    /// <summary>Null when it is not there.</summary>
    public static Option<TimeSpan?> Create() =>
        Create("Wait until every host runs its release or one has failed, at most for this time (90s, 10m, 2h). Default: 30m.");

    /// <summary>The same, for a rollout.</summary>
    public static Option<TimeSpan?> CreateForRollout() =>
        Create("Publish wave after wave until the rollout is over or needs you, at most for this time (90s, 10m, 2h). Default: 30m.");

    /// <summary>Whether hosts that are away are not waited for.</summary>
    public static Option<bool> CreateSkip(Option<TimeSpan?> wait)
    {
        var skip = new Option<bool>("--skip-absent")
        {
            Description = "With --wait: do not wait for hosts that are silent, paused or new. They catch up when they are back.",
        };
        skip.Validators.Add(result =>
        {
            if (result.GetValue(skip) && result.GetResult(wait) is not { Implicit: false })
            {
                result.AddError("--skip-absent needs --wait.");
            }
        });
        return skip;
    }

    private static Option<TimeSpan?> Create(string description) => new("--wait")
    {
        Description = description,
        HelpName = "TIME",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            if (result.Tokens is not [var token, ..])
            {
                return Default;
            }

            if (Durations.TryParse(token.Value) is { } time)
            {
                return time;
            }

            result.AddError($"'{token.Value}' is not a time: give one like 90s, 10m or 2h.");
            return null;
        },
    };
}
