using System.Diagnostics.CodeAnalysis;

namespace Bento.Processes;

/// <summary>A program could not be started. Never leaves the engine: each room says what it means there.</summary>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Every caller is in the engine and translates it.")]
internal sealed class ProcessStartException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="program">The program.</param>
    /// <param name="isMissing">Whether there is no such program, rather than one that may not be started.</param>
    /// <param name="innerException">What the system said.</param>
    public ProcessStartException(string program, bool isMissing, Exception? innerException = null)
        : base(isMissing ? $"There is no program '{program}'." : $"The program '{program}' could not be started.", innerException)
    {
        Program = program;
        IsMissing = isMissing;
    }

    /// <summary>The program.</summary>
    public string Program { get; }

    /// <summary>Whether there is no such program, rather than one that may not be started.</summary>
    public bool IsMissing { get; }
}
