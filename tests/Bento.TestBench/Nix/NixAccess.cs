namespace Bento.TestBench.Nix;

/// <summary>
/// How the programs of Nix reach a <see cref="PrivateNixStore"/>. Set by the environment variable <see cref="Variable"/>.
/// </summary>
public static class NixAccess
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "BENTO_TEST_NIX_ACCESS";

    /// <summary>Without a daemon, as the user who runs the tests. What an unset variable means.</summary>
    public const string Direct = "direct";

    /// <summary>Through a nix-daemon that trusts its user.</summary>
    public const string TrustedUser = "trusted";

    /// <summary>
    /// Through a nix-daemon, as a user that it does not trust. Needs root, and a umask that lets that user write where Bento writes.
    /// </summary>
    public const string PlainUser = "plain";

    /// <summary>What the variable says.</summary>
    public static string Current { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or Direct => Direct,
        TrustedUser => TrustedUser,
        PlainUser => PlainUser,
        var other => throw new InvalidOperationException($"{Variable} is '{other}', not {Direct}, {TrustedUser} or {PlainUser}."),
    };
}
