namespace Bento.Hosting;

/// <summary>What of a failure goes into a log beside its message.</summary>
internal static class Unexpected
{
    /// <summary>What Bento throws says all in its message; of anything else whoever reads the log wants the place.</summary>
    public static Exception? Of(Exception exception) => exception is BentoException ? null : exception;
}
