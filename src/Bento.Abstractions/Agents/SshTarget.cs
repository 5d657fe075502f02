namespace Bento.Agents;

/// <summary>A machine that OpenSSH reaches.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SshTarget
{
    /// <summary>Names a machine.</summary>
    /// <param name="destination">What <c>ssh</c> takes: <c>root@192.0.2.7</c>, or a host of the user's ssh configuration. Without a user it
    /// is <c>root</c>: only root activates.</param>
    /// <param name="arguments">More arguments for <c>ssh</c>, one each: <c>-p</c>, <c>2222</c>.</param>
    /// <exception cref="ArgumentException">The destination is empty, begins with a dash or has white space.</exception>
    public SshTarget(string destination, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(arguments);
        if (destination.Length == 0 || destination.StartsWith('-') || destination.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new ArgumentException($"'{destination}' is not a destination of ssh.", nameof(destination));
        }

        Destination = destination.Contains('@', StringComparison.Ordinal) ? destination : $"root@{destination}";
        Arguments = arguments;
    }

    /// <summary>User and host.</summary>
    public string Destination { get; }

    /// <summary>More arguments for <c>ssh</c>.</summary>
    public IReadOnlyList<string> Arguments { get; private init => field = ValueList.Of(value); }
}
