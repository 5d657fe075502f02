namespace Bento.Cli.Terminal;

/// <summary>What the exit code of <c>bento</c> says. Documented in docs/guide/exit-codes.md, each one tested.</summary>
internal static class ExitCodes
{
    /// <summary>Everything asked for is done.</summary>
    public const int Success = 0;

    /// <summary>The command ran, and at least one host or directory failed.</summary>
    public const int HostFailed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The Bento directory, <c>bento.json</c> or the selection is wrong.</summary>
    public const int Configuration = 3;

    /// <summary>Nix could not be used.</summary>
    public const int Nix = 4;

    /// <summary>The server, or the file system that holds the areas, could not be used.</summary>
    public const int Transport = 5;

    /// <summary>Somebody else publishes.</summary>
    public const int Busy = 6;

    /// <summary>A file of this machine could not be read or written.</summary>
    public const int Machine = 7;

    /// <summary>A plan was given, and something else would be published now.</summary>
    public const int PlanOutdated = 8;

    /// <summary>The time of <c>--wait</c> is over, and hosts have not ended with their release.</summary>
    public const int StillWaiting = 9;

    /// <summary>The agent could not open the secrets that the host should have.</summary>
    public const int SecretsLocked = 10;

    /// <summary>A rollout is going on already, there is none that could be changed, or its state cannot be used.</summary>
    public const int Rollout = 11;

    /// <summary>A doctor found warnings, but no problems.</summary>
    public const int Warnings = 12;

    /// <summary>
    /// The agent does not take the release that it found: 20, and for each reason one more, in the order of <see cref="Protocol.Refusal"/>.
    /// </summary>
    public const int Refused = 20;

    /// <summary>A fault of Bento itself: EX_SOFTWARE of sysexits(3).</summary>
    public const int InternalError = 70;

    /// <summary>Interrupted: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Whoever read the output has left: 128 and the number of SIGPIPE.</summary>
    public const int OutputClosed = 141;
}
