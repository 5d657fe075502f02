using System.Runtime.InteropServices;

namespace Bento.Cli;

/// <summary>
/// OpenSSL, which .NET loads by name when it first hashes something, and without which it aborts the process in the middle of its work.
/// </summary>
internal static class OpenSslCheck
{
    /// <summary>What .NET looks for, newest first.</summary>
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1"];

    /// <summary>Says what is missing and what to do; null when OpenSSL can be loaded.</summary>
    public static string? WhyMissing() => WhyMissing(name => NativeLibrary.TryLoad(name, out _));

    internal static string? WhyMissing(Func<string, bool> load) => Names.Any(load)
        ? null
        : $"""
        bento: OpenSSL is missing: {Names[0]} cannot be loaded.
               Install it (Debian, Ubuntu: apt-get install libssl3). On NixOS use the package of nix/package.nix, which knows where OpenSSL is.
        """;
}
