namespace Bento.Protocol;

/// <summary>Which agents understand what a release says (docs/protocol.md, "Versions"). Pure.</summary>
internal static class ProtocolVersion
{
    /// <summary>The oldest agent that knows what to do with secrets.</summary>
    private const int WithSecrets = 2;

    /// <summary>The oldest agent that looks for a configuration below the top of its tree.</summary>
    private const int WithSubdirectory = 3;

    /// <summary>The oldest agent that knows what to do with a closure.</summary>
    public const int WithClosures = 4;

    /// <summary>The oldest agent that waits for a window before it switches, holds itself back, and can be frozen.</summary>
    private const int WithWaits = 5;

    /// <summary>What this program speaks.</summary>
    public const int Current = WithWaits;

    /// <summary>The oldest agent that does all that a release says: an older one must not take it and do the half.</summary>
    public static int Of(Release release) => release switch
    {
        { Policy: { SwitchWindow: not null } or { HoldBack: not null } or { Freeze: not null } } => WithWaits,
        { Policy.RebootWindow: { } windows } when !IsDaily(windows) => WithWaits,
        { Closure: not null } => WithClosures,
        { Content.Subdirectory: not null } => WithSubdirectory,
        { Secrets: not null } => WithSecrets,
        _ => PayloadJson.Schema,
    };

    /// <summary>Whether windows are what the first agents know: one span of every day, by the host's own clock.</summary>
    private static bool IsDaily(TimeWindows windows) => windows is { Zone: null, Windows: [{ Days: WeekDays.All }] };
}
