using System.CommandLine;
using Bento.Cli.Terminal;

namespace Bento.Cli.Options;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<string?> On() => new("--on")
    {
        Description =
            "Which hosts: names, globs (web-*), tags (@lab) and states (:failing), joined by ',' (or), '+' (and) and '!' (not). "
                + "Default: $NAME, else all.",
        HelpName = "HOSTS",
    };

    public static Option<bool> Verbose() => new("--verbose", "-v")
    {
        Description = "Show what Nix prints. Default: only when $VERBOSE is set.",
    };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Print JSON.",
    };

    public static Option<bool> Yes() => new("--yes", "-y")
    {
        Description = "Do not ask. Default: ask on a terminal only.",
    };

    public static Option<bool> Unpin() => new("--unpin")
    {
        Description = "Also publish for hosts that keep what 'bento rollback' gave them back. Default: they are left alone, and named.",
    };

    public static OutputStyle Style(CliIo io, bool isVerbose, bool isJson) => new(isVerbose || io.Variable("VERBOSE") is not null, isJson);

    public static Option<string?> ForSigning() => new("--for-signing")
    {
        Description =
            "Write the releases to this directory instead of publishing them: sign them on another machine ('bento sign'), then publish "
                + "them here ('bento publish').",
        HelpName = "DIR",
    };

    public static string? ForSigning(CliIo io, string? directory) => directory is null ? null : io.FullPath(directory);
}
