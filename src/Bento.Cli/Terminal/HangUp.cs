using System.Runtime.InteropServices;

namespace Bento.Cli.Terminal;

/// <summary>
/// The end of the terminal, SIGHUP: stops a command as SIGTERM does, so that a lost session leaves nothing half done. Under nohup(1) it is
/// ignored, as it should be.
/// </summary>
internal sealed class HangUp : IDisposable
{
    private const string IgnoredSignals = "SigIgn:";

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration? _registration;

    public HangUp() => _registration = IsIgnored()
        ? null
        : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            _stop.Cancel();
        });

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _registration?.Dispose();
        _stop.Dispose();
    }

    /// <summary>As proc(5) tells: a mask in hexadecimal digits, whose lowest bit is signal 1, SIGHUP.</summary>
    private static bool IsIgnored()
    {
        try
        {
            return File.ReadLines("/proc/self/status")
                .FirstOrDefault(line => line.StartsWith(IgnoredSignals, StringComparison.Ordinal)) is { } line
                && Convert.ToUInt64(line[IgnoredSignals.Length..].Trim(), 16) % 2 == 1;
        }
        catch (Exception exception) when (exception is IOException or FormatException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
