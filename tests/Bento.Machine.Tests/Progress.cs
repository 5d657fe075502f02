namespace Bento.Machine.Tests;

/// <summary>Tells whoever started tests of many minutes how far they are: lines that <c>./test.sh</c> prints as they come.</summary>
internal static class Progress
{
    private static readonly string? File = Environment.GetEnvironmentVariable("BENTO_PROGRESS");
    private static readonly Lock Turn = new();

    public static void Say(string line)
    {
        if (File is not null)
        {
            lock (Turn)
            {
                System.IO.File.AppendAllText(File, $"{TimeProvider.System.GetLocalNow():HH:mm:ss} {line}\n");
            }
        }
    }
}
