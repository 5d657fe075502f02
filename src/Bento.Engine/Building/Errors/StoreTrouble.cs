using System.Text.RegularExpressions;

namespace Bento.Building.Errors;

/// <summary>Recognises that Nix itself cannot work here, which no change of a configuration repairs.</summary>
internal static partial class StoreTrouble
{
    /// <summary>Looks at an error message.</summary>
    /// <param name="message">What Nix said, free of control characters.</param>
    /// <returns>The exception to throw; null when it is about the configuration.</returns>
    public static NixException? Find(string message)
    {
        var step = NextStep(message);
        return step is null
            ? null
            : new NixException($"Nix cannot work here: {FirstError(message)}", isTransient: Passing().IsMatch(message)) { NextStep = step };
    }

    private static string? NextStep(string message)
    {
        if (NoDaemon().IsMatch(message))
        {
            return "Start the Nix daemon (systemctl start nix-daemon), or run as a user that may open the store directly.";
        }

        if (NotAllowed().IsMatch(message))
        {
            return "Run as root or as a user that the Nix daemon allows, and check the owner of the store and of /nix/var/nix.";
        }

        if (Interrupted().IsMatch(message))
        {
            return "Somebody stopped Nix; do it again when that is over.";
        }

        if (NoBuildUsers().IsMatch(message))
        {
            return "Create the group that nix.conf names in build-users-group, or leave that setting empty.";
        }

        return BadArguments().IsMatch(message)
            ? "Check the extra arguments of NixOptions and the version of Nix: Bento needs 2.8 or newer."
            : null;
    }

    // A daemon that restarts, a disk that was remounted after an error, a database that another program holds.
    [GeneratedRegex(
        @"daemon-socket|remote store 'daemon'|cannot connect to daemon|Connection re(?:fused|set)|Read-only file system"
            + @"|readonly database|database is (?:busy|locked)|interrupted by the user",
        RegexOptions.CultureInvariant)]
    private static partial Regex Passing();

    private static string FirstError(string message)
    {
        var line = message.Split('\n').FirstOrDefault(text => text.StartsWith("error:", StringComparison.Ordinal))
            ?? message.Split('\n')[0];
        return line.Replace("error:", string.Empty, StringComparison.Ordinal).Trim();
    }

    [GeneratedRegex(
        @"^(?:error: *)?(?:cannot connect to (?:socket|daemon) at|cannot open connection to remote store 'daemon'"
            + @"|cannot connect to '[^']*daemon-socket)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NoDaemon();

    [GeneratedRegex(
        @"^(?:error: *)?(?:opening lock file '[^']*': (?:Permission denied|Read-only file system)|(?:creating|opening"
            + @"|changing ownership of)[^\n]*(?:/var/nix|/gcroots|/temproots|big-lock|/db\b)[^\n]*(?:Permission denied|Read-only"
            + @"|Operation not permitted)|creating directory '/nix[^\n]*|cannot open SQLite database"
            + @"|SQLite database '[^']*' is (?:not|read|busy)|executing SQLite [^\n]*(?:readonly database|database is locked)"
            + @"|(?:opening|creating|writing)[^\n]*Read-only file system|user '[^']*' is not allowed to connect"
            + @"|you don't have sufficient rights)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NotAllowed();

    // Ctrl+C reaches Nix as soon as Bento; that must not look like a host that does not build.
    [GeneratedRegex(@"^(?:error: *)?interrupted by the user", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Interrupted();

    [GeneratedRegex(
        @"^(?:error: *)?(?:the group '[^']*' specified in 'build-users-group' does not exist|the build users group '[^']*' has no members)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NoBuildUsers();

    [GeneratedRegex(
        @"^(?:error: *)?(?:unrecogni[sz]ed (?:flag|option)|unknown option|experimental Nix feature"
            + @"|'[^']*' is not a recogni[sz]ed command|flag '[^']*' requires)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex BadArguments();
}
