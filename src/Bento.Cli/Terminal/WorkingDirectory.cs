namespace Bento.Cli.Terminal;

/// <summary>The directory in which the program was started.</summary>
internal static class WorkingDirectory
{
    /// <returns>Its path; null when it no longer exists.</returns>
    public static string? Enter()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            // Programs that are started inherit it, and many refuse to run in a directory that is gone.
            Environment.CurrentDirectory = "/";
            return null;
        }
    }
}
