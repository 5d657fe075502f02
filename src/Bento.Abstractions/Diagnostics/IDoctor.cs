namespace Bento.Diagnostics;

/// <summary>Looks at everything that a deploy needs, at once, and changes nothing.</summary>
/// <remarks>Thread-safe. Works without root; what cannot be looked at without is said.</remarks>
public interface IDoctor
{
    /// <summary>Looks at the programs, the configuration, the keys, the records, the areas, sshd, the clock and the disks.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What is not as it should be, by subject; none when all is well.</returns>
    Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken = default);
}
