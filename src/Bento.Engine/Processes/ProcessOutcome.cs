namespace Bento.Processes;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal when a signal ended it.</param>
/// <param name="Output">What it printed to standard output, up to <see cref="ProcessCommand.MaxOutputLength"/>.</param>
/// <param name="Error">What it printed to standard error: beginning and end of it when it was much.</param>
/// <param name="IsOutputCut">Whether there was more standard output than <paramref name="Output"/> holds.</param>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Error, bool IsOutputCut = false)
{
    /// <summary>Whether the program says that it did what it was asked.</summary>
    public bool IsSuccess => ExitCode == 0;
}
