using Bento.Cli.Terminal;
using Bento.Protocol;

namespace Bento.Cli.Deploy;

/// <summary>That hosts keep what they were given back, or are frozen, in words: once for all of which it is said.</summary>
internal static class PinWords
{
    /// <summary>The notes about hosts that a deploy leaves alone.</summary>
    /// <param name="hosts">All hosts, each with its pin.</param>
    public static IEnumerable<string> Kept(IEnumerable<(HostName Host, ReleasePin? Pin)> hosts) => hosts
        .Where(host => host.Pin is not null)
        .GroupBy(host => host.Pin!.Reason)
        .Select(group => (Names: Names(group.Select(host => host.Host)), Reason: group.Key, Alone: Alone(group)))
        .Select(group => $"note: {group.Names} {(group.Alone is { } pin
                ? $"keeps what it was given back (release {pin.To}, {pin.Since:u})"
                : "keep what they were given back")}"
            + $"{(group.Reason is { } why ? $": {why}" : string.Empty)}. To publish what is described: --unpin");

    /// <summary>The notes about hosts that take what is published later.</summary>
    public static IEnumerable<string> Frozen(IEnumerable<(HostName Host, HostFreeze? Freeze)> hosts) => hosts
        .Where(host => host.Freeze is not null)
        .GroupBy(host => (host.Freeze!.Reason, host.Freeze.Until))
        .Select(group => $"note: {Names(group.Select(host => host.Host))} {(group.Count() == 1 ? "is" : "are")} frozen"
            + $"{(group.Key.Until is { } until ? $" until {until:u}" : string.Empty)} ({group.Key.Reason}): "
            + "what is published waits until then.");

    private static ReleasePin? Alone(IEnumerable<(HostName Host, ReleasePin? Pin)> hosts) =>
        hosts.ToList() is [var only] ? only.Pin : null;

    private static string Names(IEnumerable<HostName> hosts) =>
        NameList.Of([.. hosts.Select(host => host.ToString()).Order(NaturalOrder.Instance)]);
}
