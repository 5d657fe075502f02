namespace Bento.Agents.Machine;

/// <summary>A kernel that somebody loaded for <c>kexec</c>: not the one that the next boot should start, as a rule.</summary>
internal static class LoadedKernel
{
    private const string Mark = "/sys/kernel/kexec_loaded";

    public static bool IsThere()
    {
        try
        {
            return File.ReadAllText(Mark).Trim() == "1";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <returns>Whether it is gone.</returns>
    public static async Task<bool> UnloadAsync(MachinePrograms programs, CancellationToken cancellationToken)
    {
        try
        {
            return (await programs.RunAsync("kexec", ["--unload"], null, cancellationToken).ConfigureAwait(false)).IsSuccess && !IsThere();
        }
        catch (ActivationException)
        {
            // Without kexec-tools nobody can unload it, and the long way ends at the right kernel.
            return false;
        }
    }
}
